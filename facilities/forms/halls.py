"""The check of a service hall: the five, each with photos."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from facilities.choices import Unified
from facilities.forms.fields import SpaceForm
from facilities.forms.inspections import PhotosField, ask_again
from facilities.models import HallCheck
from facilities.services.halls import check_is_hall

YES, NO = "yes", "no"
MOST_PHOTOS = 4


def photos_of(item: str) -> str:
    """The name of the field with the photos of an item."""
    return f"{item}_photos"


class HallCheckForm(SpaceForm):
    """A check of the hall of the premises of its instance."""

    happened = ("checked_on",)
    blamed = "note"
    groups = (
        ("检查", ("checked_on",)),
        *((one.label, (one.value, photos_of(one.value))) for one in Unified),
        ("说明", ("note",)),
    )

    class Meta:
        model = HallCheck
        fields = ("checked_on", *(one.value for one in Unified), "note")
        widgets = {"note": forms.Textarea}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["checked_on"] = timezone.localdate()
        self.fields["note"].help_text = "有未统一的，写明差在哪里"
        for one in Unified:
            self.fields[one.value] = forms.TypedChoiceField(
                label=self.fields[one.value].label,
                choices=[("", "选择"), (YES, "统一"), (NO, "未统一")],
                coerce=lambda value: value == YES,
                empty_value=None,
                error_messages={"required": f"选择{one.label}是否统一"},
            )
            self.fields[photos_of(one.value)] = PhotosField(
                label=f"{one.label}的照片", most=MOST_PHOTOS, help_text="JPG、PNG，可不传"
            )

    @property
    def photos(self):
        """The photos by item."""
        return {one.value: self.cleaned_data[photos_of(one.value)] for one in Unified}

    def clean_checked_on(self):
        day = self.cleaned_data["checked_on"]
        try:
            check_is_hall(self.instance.premises, day)
        except ValidationError as wrong:
            raise ValidationError(wrong.messages) from wrong
        return day

    def clean(self):
        super().clean()
        first: dict[str, Unified] = {}
        for item in Unified:
            name = photos_of(item.value)
            for one in self.cleaned_data.get(name) or ():
                other = first.setdefault(one.sha256, item)
                if other != item:
                    self.add_error(name, f"“{one.name}”和{other.label}的照片相同。每项选自己的照片")
                    break
        return self.cleaned_data

    def _post_clean(self):
        super()._post_clean()
        for one in Unified:
            ask_again(self, photos_of(one.value))
