"""What every form of a record shares: its key, the version it was opened with, a reason."""

import uuid
from collections.abc import Iterator

from django import forms
from django.forms.boundfield import BoundField


class EditForm(forms.ModelForm):
    """A form of one record. Subclasses name their fields, and `groups` for long forms."""

    # (legend, names of fields); empty: one group without a legend
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    change_reason = forms.CharField(
        label="修改依据",
        max_length=200,
        required=False,
        help_text="如：据登记证书更正。记入变更记录，可不填",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4()
        if self.instance.pk:
            self.fields["version"].initial = self.instance.version
        else:
            del self.fields["change_reason"]

    @property
    def submission_key(self) -> uuid.UUID:
        return self.cleaned_data.get("key") or uuid.uuid4()

    @property
    def opened_version(self) -> int:
        return self.cleaned_data.get("version") or 0

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
