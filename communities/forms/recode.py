"""Forms of a new year's code list: the upload, and the terms on which it is taken over."""

import re

from django import forms

from accounts.typed import decode
from communities.forms.fields import TypedForm

UPLOAD_LIMIT = 10 * 1024 * 1024
CHOICE = re.compile(r"([0-9]{6,12})=([0-9]{0,12})", re.ASCII)
MOST_CHOICES = 20_000


class TermsForm(TypedForm):
    """From which day a list holds, by which document, and whether its names count too."""

    on = forms.DateField(label="自何日起", help_text="如：2027-01-01")
    source = forms.CharField(
        label="依据", max_length=150, help_text="下发名录的文件名称和文号，写进变更的理由"
    )
    names = forms.BooleanField(
        label="名称也按名录改", required=False, help_text="不选则只改代码，名称照旧"
    )


class UploadForm(TermsForm):
    """A file of codes and names; its text is kept beside it."""

    file = forms.FileField(
        label="代码名录",
        help_text="CSV，表头为：代码,名称，含街道和社区的全部行。不超过10MB",
        error_messages={"empty": "文件是空的。选择有内容的CSV文件"},
        widget=forms.ClearableFileInput({"accept": ".csv,text/csv"}),
    )
    field_order = ("file", "on", "source", "names")

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > UPLOAD_LIMIT:
            raise forms.ValidationError(
                f"文件有{file.size / 1024 / 1024:.1f}MB。只留本辖区的行，不超过10MB"
            )
        try:
            self.cleaned_data["text"] = decode(file.read())
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        return file


def read_choices(data) -> dict[str, str]:
    """Matches that somebody changed: those kept from other pages, and those of this one.

    A select named m-<listed code> stands beside a hidden s-<listed code>, what it showed.
    """
    kept = dict(CHOICE.findall(data.get("kept", ""))[:MOST_CHOICES])
    for name in data:
        code = name.removeprefix("m-")
        if code != name and code.isdigit() and data[name] != data.get(f"s-{code}", ""):
            kept[code] = data[name]
    return {code: old for code, old in kept.items() if CHOICE.fullmatch(f"{code}={old}")}


def kept_choices(chosen: dict[str, str]) -> str:
    """The changed matches as one hidden field."""
    return ";".join(f"{code}={old}" for code, old in sorted(chosen.items()))
