"""How every field of the register is typed, read and refused: widgets, cleaning, messages."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.postgres.forms import SimpleArrayField
from django.core.exceptions import ValidationError
from django.utils import timezone

from communities import typed

UNANSWERED = "未填"
CHOOSE = "选择"
YES_NO = (("unknown", UNANSWERED), ("true", "是"), ("false", "否"))
MESSAGES = {
    "min_value": "%(show_value)s小于%(limit_value)s，核对后改大",
    "max_value": "%(show_value)s大于%(limit_value)s，核对是否多输",
    "max_length": "写了%(show_value)d个字，最多%(limit_value)d个字，缩短后再保存",
    "max_digits": "“%(value)s”太长，最多%(max)d位数字，核对是否多输",
    "max_whole_digits": "“%(value)s”太大，整数最多%(max)d位，核对是否多输",
    "max_decimal_places": "“%(value)s”的小数太长，最多%(max)d位小数",
    "invalid_choice": "没有“%(value)s”这一项，从列出的里面选",
}


class NumberText(forms.TextInput):
    """A number typed as text: pasted digits of any width arrive, and nothing scrolls them away."""

    def __init__(self, attrs=None, *, decimal: bool = False):
        mode = "decimal" if decimal else "numeric"
        super().__init__({"inputmode": mode, **(attrs or {})})

    def format_value(self, value):
        text = super().format_value(value)
        if text and "." in text and text.replace(".", "", 1).isdigit():
            return text.rstrip("0").rstrip(".")
        return text


def day_text() -> forms.DateInput:
    """A day typed as text: a date input of the browser refuses what is pasted."""
    return forms.DateInput(
        format="%Y-%m-%d", attrs={"inputmode": "numeric", "placeholder": "2015-01-05"}
    )


def reader_of(field: forms.Field) -> Callable[[str], Any] | None:
    """What reads a typed text for a kind of field; None where people choose from a list."""
    if isinstance(field, forms.DecimalField):
        return typed.number
    if isinstance(field, forms.IntegerField):
        return typed.whole_number
    if isinstance(field, forms.DateField):
        return typed.day
    if isinstance(field, SimpleArrayField):
        return typed.names
    if isinstance(field, forms.CharField) and not isinstance(field, forms.UUIDField):
        return typed.lines if isinstance(field.widget, forms.Textarea) else typed.line
    return None


def adopt(field: forms.Field, reader: Callable[[str], Any] | None = None) -> None:
    """Give a field of a form the house's widget, its messages, and the reader of its texts.

    No text holds an identity number.
    """
    if field.widget.is_hidden:
        return
    _dress(field)
    _say_in_words(field)
    read = reader or reader_of(field)
    if read is None:
        return
    then = field.to_python

    def to_python(value):
        if isinstance(value, str) and value.strip():
            typed.check_no_identity_number(value)
            return then(read(value))
        return then(value)

    field.to_python = to_python  # type: ignore[method-assign]


def _say_in_words(field: forms.Field) -> None:
    """Replace Django's own messages; those that a form gives its field stay."""
    chosen = isinstance(field, forms.ChoiceField | forms.NullBooleanField)
    verb = "选择" if chosen or isinstance(field, forms.FileField) else "填写"
    usual: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        usual |= getattr(kind, "default_error_messages", {})
    named = {code: f"{field.label}{MESSAGES[code]}" for code in ("min_value", "max_value")}
    for code, said in (MESSAGES | named | {"required": f"{verb}{field.label}"}).items():
        if field.error_messages.get(code) == usual.get(code):
            field.error_messages[code] = said


def _dress(field: forms.Field) -> None:
    widget = field.widget
    if isinstance(widget, forms.NullBooleanSelect):
        widget.choices = list(YES_NO)
    elif isinstance(field, forms.TypedChoiceField) and isinstance(widget, forms.Select):
        empty = CHOOSE if field.required else UNANSWERED
        listed: Any = field.choices
        field.choices = [(value, empty if value == "" else label) for value, label in listed]
    elif isinstance(widget, forms.NumberInput):
        _replace(field, NumberText(widget.attrs, decimal=isinstance(field, forms.DecimalField)))
    elif isinstance(field, forms.DateField):
        _replace(field, day_text())
    elif isinstance(field, SimpleArrayField):
        field.delimiter = "、"
    elif isinstance(widget, forms.Textarea):
        widget.attrs["rows"] = 4
    # a browser would cut a long text that is pasted without a word
    field.widget.attrs.pop("maxlength", None)
    field.widget.attrs.setdefault("autocomplete", "off")


def _replace(field: forms.Field, widget: forms.Widget) -> None:
    widget.is_localized = field.localize
    widget.is_required = field.required
    for name in ("step", "min", "max"):
        widget.attrs.pop(name, None)
    field.widget = widget


class HouseFields:
    """A mixin of forms: every field is typed, read and refused the same way.

    `readers` names those of fields that have one of their own, `happened` the days that may not
    be to come.
    """

    readers: dict[str, Callable[[str], Any]] = {}
    happened: tuple[str, ...] = ()
    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            adopt(field, self.readers.get(name))

    def _post_clean(self):
        for name in self.happened:
            meant = self.cleaned_data.get(name)
            try:
                if meant:
                    typed.check_happened(meant, timezone.localdate())
            except ValidationError as error:
                self.add_error(name, error)  # type: ignore[attr-defined]
        super()._post_clean()  # type: ignore[misc]


class TypedForm(HouseFields, forms.Form):
    """A form that is of no one record, with the house's fields."""
