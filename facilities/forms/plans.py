"""Forms of plans: the plan, the filter of its measures, and the steps of plans and pools."""

from __future__ import annotations

from typing import Any

from django import forms

from communities.forms.editing import Versioned
from communities.forms.fields import HouseFields
from facilities.choices import MeasureState
from facilities.forms.fields import SpaceForm, refuse_mobiles
from facilities.models import SpacePlan

LATE = "late"


class PlanForm(SpaceForm):
    """A plan: its name and its years."""

    blamed = "last_year"

    class Meta:
        model = SpacePlan
        fields = ("title", "first_year", "last_year")


class MeasureFilter(forms.Form):
    """Which measures of a plan are listed; an unknown value is ignored and said."""

    year = forms.IntegerField(required=False, min_value=1949, max_value=2199)
    street = forms.RegexField(r"^[0-9]{9}$", required=False)
    state = forms.ChoiceField(
        choices=[("", "全部"), (LATE, "落后"), *MeasureState.choices], required=False
    )

    LABELS = {"year": "年度", "street": "街道", "state": "进度"}

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.full_clean()

    def chosen(self, name: str) -> Any:
        return self.cleaned_data.get(name) or ""

    @property
    def ignored(self) -> list[str]:
        """Sentences about values in the address that could not be used."""
        return [
            f"没有“{self.data[name][:20]}”这个{self.LABELS[name]}，已不按它筛选"
            for name in self.errors
        ]


class StepForm(Versioned, HouseFields, forms.Form):
    """What every step of a plan or pool carries: key, version seen, words, document number."""

    decision = forms.CharField(label="意见", max_length=300, required=False)
    doc_no = forms.CharField(label="批准文号", max_length=64, required=False)

    def __init__(self, *args: Any, version: int, why: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        refuse_mobiles(self.fields)
        self.fields["version"].initial = version
        if why:
            self.fields["decision"].required = True
            self.fields["decision"].error_messages["required"] = why
