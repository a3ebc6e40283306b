"""Forms of uploads: a pasted block or a file, and what is mended in the rows of one."""

import json
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from collection.choices import Source
from communities.forms.editing import Keyed

# cell-7-dwellings: the field of row 7; reason-7-dwellings: why it is right
TYPED = re.compile(r"(cell|reason)-([0-9]{1,9})-([a-z0-9_]{1,60})", re.ASCII)


class PasteField(forms.CharField):
    """A pasted block as it came: tabs, blanks at its ends and line ends are part of it."""

    def __init__(self, **kwargs):
        super().__init__(strip=False, required=False, widget=forms.Textarea, **kwargs)
        # NUL bytes are told of with the cell in which they stand
        self.validators = []


class UploadForm(Keyed, forms.Form):
    """What the kind asks beside the file, and a pasted block or a file."""

    kind = forms.CharField(widget=forms.HiddenInput, required=False)
    text = PasteField(
        label="从Excel粘贴",
        help_text="在Excel里选中含表头的区域，复制后在这里按Ctrl+V。列的次序不限，按表头识别",
    )
    file = forms.FileField(
        label="上传文件",
        required=False,
        help_text="xlsx或CSV",
        error_messages={
            "empty": "文件是空的。选择有内容的文件",
            "max_length": "文件名太长，缩短到150个字以内再上传",
        },
        max_length=150,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
    )

    def __init__(self, *args, kind, questions, limits, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].initial = kind
        self.questions = questions
        asked = {one.name: answer_field(one) for one in questions}
        self.fields = {**asked, **self.fields}
        self.fields["text"].widget.attrs |= {
            "rows": 9,
            "autocomplete": "off",
            "spellcheck": "false",
        }
        rows, size = limits
        self.fields["file"].help_text = f"xlsx或CSV，最多{rows:,}行、{size // 2**20}MB"

    @property
    def asked(self):
        """The bound fields of what the kind asks."""
        return [self[one.name] for one in self.questions]

    def clean(self):
        cleaned: Any = super().clean()
        text, file = cleaned.get("text", ""), cleaned.get("file")
        if "file" in self.errors or "text" in self.errors:
            return cleaned
        if text.strip() and file:
            raise ValidationError("粘贴了内容，又选了文件。清空粘贴框，或不选文件")
        if not text.strip() and not file:
            self.add_error("text", "没有内容。粘贴含表头的区域，或选择文件")
        return cleaned

    @property
    def source(self) -> str:
        return Source.FILE if self.cleaned_data.get("file") else Source.PASTE

    def content(self) -> tuple[str, bytes]:
        """The name ("" for a pasted block) and the bytes."""
        file = self.cleaned_data.get("file")
        if file:
            return file.name, file.read()
        return "", self.cleaned_data["text"].encode("utf-8", "replace")

    def options(self) -> dict[str, str]:
        """The answers by name, but the year."""
        chosen = {one.name: self.cleaned_data.get(one.name) for one in self.questions}
        return {name: text for name, text in chosen.items() if text and name != "year"}

    def chosen_year(self, on) -> int:
        """The year that was chosen; that of a day where the kind asks for none."""
        return int(self.cleaned_data.get("year") or on.year)


def answer_field(question) -> forms.ChoiceField:
    """The field in which a question is answered."""
    return forms.ChoiceField(
        label=question.label,
        choices=question.choices,
        initial=question.initial,
        required=bool(question.missing),
        help_text=question.hint,
        error_messages={"required": question.missing, "invalid_choice": question.wrong},
    )


def typed_rows(data) -> dict[int, dict[str, dict[str, str]]]:
    """What was typed into a page of rows: by row number, "cell" and "reason" texts by field.

    Only what differs from `base`, what the page showed: a colleague's correction of another cell
    stays. A base that was tampered with counts as none.
    """
    base = _base(data.get("base", ""))
    found: dict[int, dict[str, dict[str, str]]] = {}
    for name in data:
        parts = TYPED.fullmatch(name)
        if parts is None or data[name] == base.get(name, None):
            continue
        kind, number, field = parts.groups()
        row = found.setdefault(int(number), {"cell": {}, "reason": {}})
        row[kind][field] = data[name]
    return found


def _base(text: str) -> dict[str, str]:
    try:
        base = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return base if isinstance(base, dict) else {}
