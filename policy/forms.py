"""Forms of policy: drafts and figures, readings, adoption, publication and its end."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from accounts.scope import WHOLE_COUNTRY, contains
from accounts.typed import decode
from policy.engine.texts import Option
from policy.models import Exemption, IndexValue, PolicyText
from policy.services.texts import check_within

UPLOAD_LIMIT = 1024 * 1024
PREFIX = "option:"


def add_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Put a service's messages beside the fields that they name, the rest above the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, messages in error.message_dict.items():
        form.add_error(name if name in form.fields else None, messages)


class ScopedForm(forms.ModelForm):
    """Refuses a code outside the scope of the person at the keyboard."""

    by: User
    scoped_field: str

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        code = self.cleaned_data.get(self.scoped_field)
        scope = self.by.scope
        if code is not None and scope != WHOLE_COUNTRY and not contains(scope, code):
            said = f"代码“{code or '全国'}”不在你的辖区{scope}内。改成以{scope}开头的代码"
            self.add_error(self.scoped_field, said)
        return cleaned


class IndexValueForm(ScopedForm):
    scoped_field = "division_code"

    class Meta:
        model = IndexValue
        fields = ["division_code", "series", "year", "value", "unit", "source", "document"]


class ExemptionForm(ScopedForm):
    scoped_field = "code"

    class Meta:
        model = Exemption
        fields = [
            "code",
            "provision",
            "reason",
            "approver",
            "document",
            "valid_from",
            "valid_until",
        ]


class TextForm(forms.ModelForm):
    """A draft: its source, and what the source leaves to the jurisdiction that adopts it."""

    by: User

    class Meta:
        model = PolicyText
        fields = ["source", "jurisdiction", "effective_from", "effective_until", "adopted_note"]
        widgets = {
            "source": forms.Textarea(
                {"rows": 36, "cols": 110, "spellcheck": "false", "class": "policy-source"}
            )
        }

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        try:
            check_within(self.by, self.instance)
        except ValidationError as error:
            add_errors(self, error)


class ReadingsForm(forms.Form):
    """One field for each reading that a text leaves open."""

    def __init__(self, *args: Any, text: PolicyText, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.readings = text.as_written.options
        for key, option in self.readings.items():
            self.fields[PREFIX + key] = reading_field(option, text.options.get(key))

    @property
    def chosen(self) -> dict[str, str]:
        """The readings that differ from the text's own."""
        given = {key: str(self.cleaned_data[PREFIX + key] or "").strip() for key in self.readings}
        return {
            key: value
            for key, value in given.items()
            if value and value != self.readings[key].default
        }


def reading_field(option: Option, chosen: str | None) -> forms.Field:
    """Return the field of a reading: a choice, a year or a number."""
    common: dict[str, Any] = {
        "label": f"{option.label}（{option.key}）",
        "initial": chosen or option.default,
        "required": False,
        "help_text": "" if option.default is not None else "文件没有写明，发布前填写",
    }
    if option.kind == "year":
        return forms.IntegerField(min_value=1949, max_value=2199, **common)
    if option.kind == "number":
        return forms.CharField(max_length=32, **common)
    empty = [] if option.default is not None else [("", "没有选定")]
    return forms.ChoiceField(choices=[*empty, *option.values.items()], **common)


class AdoptForm(ReadingsForm):
    """Where and when a text of nobody's holds, and how its open points are read."""

    jurisdiction = forms.CharField(
        label="适用范围", max_length=9, help_text="采用地的区划代码，2、4、6或9位"
    )
    effective_from = forms.DateField(label="自何日起执行", required=False)
    effective_until = forms.DateField(
        label="到何日止", required=False, help_text="当日起不再执行；空：继续有效"
    )
    note = forms.CharField(label="采用说明", max_length=500, required=False)


class PublishForm(forms.Form):
    supersede = forms.BooleanField(
        label="取代原来的规定",
        required=False,
        help_text="同一层级原来的文件，对本文件规定的事项，到本文件执行之日为止",
    )


class WithdrawForm(forms.Form):
    on = forms.DateField(label="自何日起停止执行", initial=timezone.localdate)
    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea({"rows": 3}))


class SeriesUploadForm(forms.Form):
    """A file to look at, or the text of the file that has been looked at."""

    file = forms.FileField(
        label="指数文件",
        required=False,
        help_text="CSV，表头为：区划代码,序列,年度,数值,单位,来源,文件。不超过1MB",
        error_messages={"empty": "文件是空的。选择有内容的CSV文件"},
    )
    seen = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        file = cleaned.get("file")
        if file is None:
            if not cleaned.get("seen") and "file" not in self.errors:
                self.add_error("file", "选择一个不超过1MB的CSV文件")
            cleaned["text"] = cleaned.get("seen", "")
        elif file.size > UPLOAD_LIMIT:
            size = f"{file.size / 1024 / 1024:.1f}"
            self.add_error("file", f"文件有{size}MB。分成几个不超过1MB的文件")
        else:
            try:
                cleaned["text"] = decode(file.read())
            except ValueError as error:
                self.add_error("file", str(error))
        return cleaned
