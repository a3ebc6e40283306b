"""Forms of review: one community's comments, many communities at once, a withdrawn confirmation."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms

from collection.rules.fields import FIELDS
from communities.forms.editing import Keyed, Versioned
from communities.forms.fields import TypedForm, adopt

WHOLE = "comment"
ITEM = "item:"
LONGEST_COMMENT, LONGEST_WHOLE = 200, 500


class ActForm(Versioned, TypedForm):
    """What every act on facts carries: its key against double clicks, the version that was seen."""

    def __init__(self, *args, version=0, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = version

    @property
    def said(self) -> str:
        """All mistakes in one sentence."""
        return "；".join(str(error) for errors in self.errors.values() for error in errors)


class ReviewForm(ActForm):
    """Comments on single fields, and on the whole."""

    comment = forms.CharField(
        label="总的意见",
        max_length=LONGEST_WHOLE,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args, names: Iterable[str] = FIELDS, **kwargs):
        super().__init__(*args, **kwargs)
        self.names = list(names)
        for name in self.names:
            text = forms.CharField(
                label=f"对{FIELDS[name].label}的意见",
                max_length=LONGEST_COMMENT,
                required=False,
                widget=forms.Textarea({"class": "in"}),
            )
            adopt(text)
            text.widget.attrs |= {"rows": 1, "cols": 14, "aria-label": text.label}
            self.fields[ITEM + name] = text

    @property
    def whole(self) -> str:
        return self.cleaned_data.get(WHOLE, "").strip()

    @property
    def comments(self) -> dict[str, str]:
        """What was said, by field; "" for the whole."""
        found = {name: self.cleaned_data.get(ITEM + name, "").strip() for name in self.names}
        return {name: text for name, text in {"": self.whole, **found}.items() if text}

    def on(self, name: str) -> forms.BoundField:
        """The field that takes the comment on a fact."""
        return self[ITEM + name]


class ForwardForm(ReviewForm):
    """Passing on or confirming: comments on single fields belong to a return."""

    def clean(self):
        super().clean()
        if not self.errors and any(name for name in self.comments):
            labels = "、".join(FIELDS[name].label for name in self.comments if name)
            self.add_error(None, f"{labels}写了意见。要街道改的退回修改，不用改的清空意见再办理")


class ReasonForm(ActForm):
    """An act that needs a reason; subclasses say its label, the help, and that it is missing."""

    label = help_text = missing = ""

    reason = forms.CharField(
        max_length=LONGEST_COMMENT, required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = self.label
        self.fields["reason"].help_text = self.help_text

    def clean(self):
        super().clean()
        if not self.errors and not self.why:
            self.add_error("reason", self.missing)

    @property
    def why(self) -> str:
        return self.cleaned_data.get("reason", "").strip()


class UnlockForm(ReasonForm):
    """Why a confirmation is taken back."""

    label = "撤销原因"
    help_text = "如：街道漏报租金凭证。记入办理记录和修改记录"
    missing = "没有写撤销原因。写明为什么要撤销确认"


class AskForm(ReasonForm):
    """Why facts that were handed in are wanted back."""

    label = "申请原因"
    help_text = "写明要改什么、为什么，如：漏报租金凭证。24小时内申请一次"
    missing = "没有写申请原因。写明要改什么、为什么"


class BulkForm(Keyed, forms.Form):
    """Facts that go on together, as “key.version”: ticked one by one, or all in one text."""

    stage = forms.ChoiceField(choices=[("pass", "pass"), ("confirm", "confirm")])

    @property
    def versions(self) -> dict[int, int]:
        """The versions that were seen by key of the facts; what is no such pair is left out."""
        texts = [text for name in ("row", "rows") for text in self.data.getlist(name)]
        return pairs(",".join(texts).split(","))


def pairs(texts: Iterable[str]) -> dict[int, int]:
    """Pairs of “key.version” as numbers."""
    found: dict[int, int] = {}
    for text in texts:
        key, _, version = text.partition(".")
        if _is_number(key) and _is_number(version):
            found[int(key)] = int(version)
    return found


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19
