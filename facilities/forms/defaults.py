"""Forms of defaults of builders: one that was found, and how it was put right."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from facilities.choices import DefaultKind
from facilities.forms.fields import SpaceForm
from facilities.forms.inspections import StepForm
from facilities.models import BuilderDefault


class DefaultForm(SpaceForm):
    """A default of the builder of its project; `known` is what the register says of it."""

    happened = ("found_on",)
    blamed = "kind"

    class Meta:
        model = BuilderDefault
        fields = ("kind", "found_on", "facts")
        widgets = {"facts": forms.Textarea}

    def __init__(self, *args, known, kind="", **kwargs):
        super().__init__(*args, **kwargs)
        first = kind if kind in DefaultKind.values else known.suggested
        self.initial["kind"] = first
        self.initial["found_on"] = timezone.localdate()
        if first:
            self.initial["facts"] = known.facts(first)
        self.fields["facts"].help_text = "写明约定、期限和现状，告知函照它写，不写居民姓名"


class RemedyForm(StepForm):
    """On which day a default was put right, and how."""

    happened = ("remedied_on",)
    field_order = ["remedied_on", "remedy"]

    remedied_on = forms.DateField(label="纠正日期")
    remedy = forms.CharField(
        label="纠正情况", max_length=300, widget=forms.Textarea, help_text="写明怎样纠正的"
    )

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        del self.fields["outcome"]
        self.found_on = record.found_on

    def clean_remedied_on(self):
        day = self.cleaned_data["remedied_on"]
        if day < self.found_on:
            raise ValidationError(f"纠正日期{day}早于认定日期{self.found_on}，核对日期")
        return day
