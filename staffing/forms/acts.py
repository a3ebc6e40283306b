"""Forms of acts: who enters, which post begins or ends on which day, on what papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.models import fields_for_model
from django.utils import timezone

from communities.forms.editing import Keyed, Versioned
from communities.forms.fields import TypedForm, adopt
from communities.forms.papers import document_number
from communities.models import Community
from staffing.choices import ActKind, LeaveReason, PaperKind
from staffing.forms.persons import GROUPS as PERSON_GROUPS
from staffing.forms.persons import PersonFields, refuse_telephones
from staffing.models import Appointment
from staffing.services.acts import NewPost, Said
from staffing.services.papers import ACCEPT, ACCEPTED, Given, checked

Groups = tuple[tuple[str, tuple[str, ...]], ...]
POST_COLUMNS = ("post", "identity", "pay_channel", "grade", "lives_here", "basis")
POST_GROUP = ("任职", ("community", *POST_COLUMNS))
ACT_GROUP = ("变动", ("on", "doc_no", "note"))
PAPER_KINDS = {
    "decision": PaperKind.DECISION,
    "diploma": PaperKind.DIPLOMA,
    "certificate": PaperKind.CERTIFICATE,
    "leaving": PaperKind.LEAVE,
}
# an act may be registered before its day, but not so long that it is a slip
AHEAD = timedelta(days=366)


def grouped_fields(form: Any) -> Iterator[tuple[str, list[BoundField]]]:
    """The visible fields of a form under the legends of its `groups`."""
    for legend, names in form.groups:
        if shown := [form[name] for name in names if name in form.fields]:
            yield legend, shown


class PaperField(forms.FileField):
    """A PDF or picture, checked for what it is."""

    def __init__(self, *args: Any, kind: PaperKind, **kwargs: Any) -> None:
        widget = forms.FileInput({"accept": ACCEPT})
        super().__init__(*args, allow_empty_file=True, widget=widget, **kwargs)
        self.kind = kind

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        return checked(file, self.kind) if file else None


class ActForm(Versioned, TypedForm):
    """What every act says: its day, document and note, and papers of some kinds."""

    groups: Groups = (ACT_GROUP,)
    paper_names: Sequence[str] = ()
    readers = {"doc_no": document_number}

    on = forms.DateField(label="变动日期")
    doc_no = forms.CharField(label="文号", max_length=64, required=False, help_text="没有不填")
    note = forms.CharField(
        label="说明", max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, version: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = version
        self.fields["on"].initial = timezone.localdate()
        refuse_telephones(self.fields, ("doc_no", "note"))
        for name in self.paper_names:
            self._add_paper(name)

    def _add_paper(self, name: str) -> None:
        kind = PAPER_KINDS[name]
        field = PaperField(label=kind.label, required=False, kind=kind, help_text=ACCEPTED)
        adopt(field)
        self.fields[name] = field

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > timezone.localdate() + AHEAD:
            raise ValidationError(f"{day}在一年以后。核对年份")
        return day

    @property
    def papers(self) -> list[Given]:
        files = {name: self.cleaned_data.get(name) for name in self.paper_names}
        return [Given(PAPER_KINDS[name], file) for name, file in files.items() if file]

    @property
    def said(self) -> Said:
        cleaned = self.cleaned_data
        return Said(cleaned["on"], cleaned["doc_no"], cleaned["note"], self.papers)

    def grouped(self) -> Iterator[tuple[str, list[BoundField]]]:
        yield from grouped_fields(self)
        if self.paper_names:
            yield "材料", [self[name] for name in self.paper_names]

    def warn_of_papers(self) -> None:
        """Say that browsers forget chosen files when a form is shown again."""
        for one in self.papers:
            name = next(key for key, kind in PAPER_KINDS.items() if kind == one.kind)
            if name not in self.errors:
                self.add_error(name, f"{one.file.stem}没有问题。改好别处，再选择一次这个文件")


class PostForm(ActForm):
    """An act that begins a post. `places`: (street, communities) that may be chosen."""

    groups: Groups = (POST_GROUP, ACT_GROUP)
    paper_names: Sequence[str] = ("decision", "diploma", "certificate")

    community = forms.ChoiceField(label="社区")

    def __init__(
        self,
        *args: Any,
        places: Sequence[tuple[str, Sequence[Community]]],
        chosen: Community | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.communities = {str(one.pk): one for _, held in places for one in held}
        listed: list[Any] = [
            (street, [(str(one.pk), one.short_name) for one in held]) for street, held in places
        ]
        flat = listed[0][1] if len(listed) == 1 else listed
        community: Any = self.fields["community"]
        community.choices = [("", "选择"), *flat]
        if chosen is not None:
            community.initial = str(chosen.pk)
        elif len(self.communities) == 1:
            community.initial = next(iter(self.communities))
        for name, field in fields_for_model(Appointment, POST_COLUMNS).items():
            if field is not None:
                self.fields[name] = field
                adopt(field)
        refuse_telephones(self.fields, ("basis",))
        self.fields["basis"].help_text = "文号或招聘公告，没有不填"
        self.fields["grade"].help_text = "专职工作人员的等级，没有不填"
        self.fields["on"].label = "任职日期"

    @property
    def new(self) -> NewPost:
        cleaned = self.cleaned_data
        return NewPost(
            community=self.communities[cleaned["community"]],
            **{name: cleaned[name] for name in POST_COLUMNS},
        )


class EntryForm(PersonFields, PostForm):
    """登记进入: a person with the first post."""

    groups: Groups = (*PERSON_GROUPS, POST_GROUP, ACT_GROUP)

    @property
    def born_on(self) -> date | None:
        """The day of birth that the identity number tells."""
        number = self.cleaned_data.get("identity_number")
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14])) if number else None


class EndForm(ActForm):
    """An act that ends posts; `posts` are those that have not ended."""

    posts = forms.MultipleChoiceField(
        label="结束的职务",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "选择至少一个要结束的职务"},
    )

    def __init__(self, *args: Any, posts: Sequence[Appointment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = {str(one.pk): one for one in posts}
        field: Any = self.fields["posts"]
        field.choices = [(key, post_words(one)) for key, one in self.held.items()]
        field.initial = [*self.held]

    @property
    def ended(self) -> list[Appointment]:
        return [self.held[key] for key in self.cleaned_data["posts"]]


class LeaveForm(EndForm):
    """退出: posts end, for a reason."""

    groups: Groups = (("退出", ("posts", "on", "reason", "doc_no", "note")),)
    paper_names: Sequence[str] = ("leaving",)

    # 调出 is said by a transfer
    reason = forms.ChoiceField(label="离任原因", choices=[("", "选择"), *LeaveReason.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = "离任日期"
        self.fields["on"].help_text = "当日起不再任职"


class TransferForm(EndForm, PostForm):
    """调动: posts end, and one begins in another community."""

    groups: Groups = (("现任", ("posts",)), ("调入", POST_GROUP[1]), ACT_GROUP)
    paper_names: Sequence[str] = ("decision", "diploma")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = "调动日期"


class PromoteForm(PostForm):
    """职务变动: one post ends, another of the community begins."""

    groups: Groups = (("现任", ("ended",)), ("改任", POST_COLUMNS), ACT_GROUP)
    paper_names: Sequence[str] = ("decision", "diploma")

    ended = forms.ChoiceField(label="结束的职务")

    def __init__(self, *args: Any, posts: Sequence[Appointment], **kwargs: Any) -> None:
        super().__init__(*args, places=(), **kwargs)
        del self.fields["community"]
        self.held = {str(one.pk): one for one in posts}
        field: Any = self.fields["ended"]
        field.choices = [(key, post_words(one)) for key, one in self.held.items()]
        self.fields["on"].label = "变动日期"

    @property
    def ended_post(self) -> Appointment:
        return self.held[self.cleaned_data["ended"]]

    @property
    def new(self) -> NewPost:
        cleaned = self.cleaned_data
        return NewPost(
            community=self.ended_post.community,
            **{name: cleaned[name] for name in POST_COLUMNS},
        )


def post_words(one: Appointment) -> str:
    """A post as a choice names it."""
    return f"{one.community.short_name}{one.get_post_display()}（自{one.valid_from}）"


class CheckForm(Versioned, TypedForm):
    """核对: one button; the version that was looked over."""


class PaperForm(Keyed, TypedForm):
    """A paper that is added to an act."""

    kind = forms.ChoiceField(label="材料类别", choices=[("", "选择"), *PaperKind.choices])
    file = forms.FileField(
        label="文件",
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ACCEPT}),
        help_text=f"{ACCEPTED}。保存时不留文件原名",
        error_messages={"invalid": "没有收到文件，重新选择文件"},
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        file = cleaned.get("file")
        if file is not None:
            try:
                cleaned["file"] = checked(file, cleaned.get("kind") or PaperKind.OTHER)
            except ValidationError as wrong:
                self.add_error("file", wrong)
        return cleaned

    @property
    def given(self) -> Given:
        return Given(self.cleaned_data["kind"], self.cleaned_data["file"])


class ActFilter(forms.Form):
    """Which acts are listed; an unknown value is ignored and said."""

    state = forms.ChoiceField(choices=[("waiting", "待核对"), ("mine", "由我核对")], required=False)
    kind = forms.ChoiceField(choices=ActKind.choices, required=False)
    street = forms.RegexField(r"^[0-9]{9}$", required=False)
    since = forms.DateField(required=False)
    until = forms.DateField(required=False)
    labels = {"state": "状态", "kind": "变动", "street": "街道", "since": "日期", "until": "日期"}

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.full_clean()

    def chosen(self, name: str) -> Any:
        return self.cleaned_data.get(name) or ""

    @property
    def narrowed(self) -> bool:
        return any(self.chosen(name) for name in self.fields)

    @property
    def ignored(self) -> list[str]:
        return [
            f"“{self.data[name][:20]}”不是可选的{self.labels[name]}，已不按它筛选"
            for name in self.errors
        ]

    def options(self, name: str) -> list[dict[str, Any]]:
        field: Any = self.fields[name]
        return [
            {"value": value, "label": label, "selected": value == self.chosen(name)}
            for value, label in field.choices
        ]
