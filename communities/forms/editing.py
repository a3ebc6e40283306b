"""What every form of a record shares: its key, the version it was opened with, a reason."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File
from django.forms.boundfield import BoundField
from django.forms.forms import DeclarativeFieldsMetaclass

from communities.forms.fields import HouseFields


def key_of_content(key: uuid.UUID | None, data: Any, files: Any = None) -> uuid.UUID:
    """The key under which a submission counts once: of the form's own key and of what it says.

    Whoever goes back after saving, types something else and saves again has said something new:
    the form's key alone would send them on without a word, and lose it.
    """
    if key is None:
        return uuid.uuid4()
    said = {name: value for name, value in dict(data).items() if name != "csrfmiddlewaretoken"}
    sent = {
        name: [
            (file.name, hash_of(file)) for file in (given if isinstance(given, list) else [given])
        ]
        for name, given in dict(files or {}).items()
    }
    return uuid.uuid5(key, json.dumps([said, sent], sort_keys=True))


def hash_of(file: File[Any]) -> str:
    """The hash of an uploaded file's bytes: a corrected one may have the same name and size."""
    found = hashlib.sha256()
    for chunk in file.chunks():  # from the beginning
        found.update(chunk)
    file.seek(0)
    return found.hexdigest()


class LenientUUIDField(forms.UUIDField):
    """A key that was tampered with counts as none."""

    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValidationError:
            return None


class LenientIntegerField(forms.IntegerField):
    """A version that was tampered with counts as none: the record is then compared anew."""

    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValidationError:
            return None


class Keyed(metaclass=DeclarativeFieldsMetaclass):
    """A mixin of forms that are acted on once: their key against double clicks."""

    key = LenientUUIDField(widget=forms.HiddenInput, required=False)

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]
    data: Any
    files: Any

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4()

    @property
    def submission_key(self) -> uuid.UUID:
        return key_of_content(self.cleaned_data.get("key"), self.data, self.files)


class Versioned(Keyed):
    """A mixin of forms that also know which version of a record was seen."""

    version = LenientIntegerField(widget=forms.HiddenInput, required=False)

    @property
    def opened_version(self) -> int:
        return self.cleaned_data.get("version") or 0


class EditForm(Versioned, HouseFields, forms.ModelForm):
    """A form of one record. Subclasses name their fields, and `groups` for long forms.

    `happened` names days that may not be to come, `readers` fields with a reader of their own.
    """

    # (legend, names of fields); empty: one group without a legend
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()

    change_reason = forms.CharField(
        label="修改依据",
        max_length=200,
        required=False,
        help_text="如：据登记证书更正。记入修改记录，可不填",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["version"].initial = self.instance.version
        else:
            del self.fields["change_reason"]

    @property
    def reason(self) -> str:
        return self.cleaned_data.get("change_reason", "")

    @property
    def written(self) -> list[str]:
        """Names of the record's own fields that the form writes."""
        return [name for name in self._meta.fields or () if name in self.fields]

    def grouped(self) -> Iterator[tuple[str, list[BoundField]]]:
        """The visible fields under their legends; those in no group come last."""
        named = {name for _, names in self.groups for name in names}
        for legend, names in self.groups:
            yield legend, [self[name] for name in names if name in self.fields]
        rest = [field for field in self.visible_fields() if field.name not in named]
        if rest:
            yield "", rest

    def posted(self, name: str, record) -> list[str]:
        """What a browser would post for a field of a record as it stands."""
        field = self.fields[name]
        value = field.prepare_value(forms.models.model_to_dict(record, [name]).get(name))
        shown = field.widget.format_value(value)
        if isinstance(shown, list | tuple):
            return [str(one) for one in shown]
        return [] if shown is None else [str(shown)]

    def _get_validation_exclusions(self):
        """Constraints also look at columns that stand on no form, such as the community.

        Otherwise the second estate of one name would be refused by the database only.
        """
        excluded = super()._get_validation_exclusions()  # type: ignore[misc]
        return {name for name in excluded if name in self.fields or self._is_missing(name)}

    def _is_missing(self, name: str) -> bool:
        """Whether a column that must be given is left to whoever stores the record."""
        field = self.instance._meta.get_field(name)
        empty = getattr(self.instance, field.attname) in field.empty_values
        return empty and not field.blank
