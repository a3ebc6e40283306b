"""Forms of increases: what is asked for, the decision, the filter of the list."""

from collections.abc import Mapping
from typing import Any

from django import forms

from communities.choices import DecisionState
from communities.forms.editing import EditForm, Versioned
from communities.forms.fields import HouseFields
from staffing.models import ExtraWorkers
from staffing.selectors.extra import Suggestion

MOST_WORKERS = 99
STATES = (
    DecisionState.PROPOSED,
    DecisionState.APPROVED,
    DecisionState.REFUSED,
    DecisionState.WITHDRAWN,
)


class IncreaseFilter(forms.Form):
    """Which increases are listed; an unknown value is ignored and said."""

    year = forms.IntegerField(required=False, min_value=1949, max_value=2199)
    state = forms.ChoiceField(
        choices=[("", "全部"), *((one.value, one.label) for one in STATES)], required=False
    )

    def __init__(self, data):
        super().__init__(data)
        self.full_clean()

    def chosen(self, name):
        return self.cleaned_data.get(name)

    @property
    def ignored(self):
        labels = {"year": "年度", "state": "状态"}
        return [f"没有“{self.data[n][:20]}”这个{labels[n]}，已不按它筛选" for n in self.errors]


class IncreaseForm(EditForm):
    """An increase of a community for a year; `suggested` by key of the community."""

    class Meta:
        model = ExtraWorkers
        fields = ("community", "year", "number", "reason")
        widgets = {"reason": forms.Textarea}

    def __init__(self, *args, communities, years, suggested: Mapping[int, Suggestion], **kwargs):
        super().__init__(*args, **kwargs)
        community: Any = self.fields["community"]
        community.queryset = communities
        community.empty_label = "选择"
        community.label_from_instance = lambda one: _named(one, suggested.get(one.pk))
        self.fields["year"] = forms.TypedChoiceField(
            label="年度", choices=[(year, f"{year}年") for year in years], coerce=int
        )
        self.fields["year"].error_messages["invalid_choice"] = "没有这个年度，从列出的里面选"
        self.fields["reason"].help_text = "写明任务重在哪里，如流动人口多、老旧小区多"

    def clean_number(self):
        number = self.cleaned_data["number"]
        if not 1 <= number <= MOST_WORKERS:
            raise forms.ValidationError(f"增配人数{number}不在1至{MOST_WORKERS}之间，核对后改")
        return number


def _named(community, known):
    """A community with what helps to choose: its households and the suggested number."""
    said = []
    if known and known.households is not None:
        said.append(f"{known.households:,}户")
    if known and known.number is not None:
        said.append(f"建议{known.number}人")
    return f"{community.short_name}（{'，'.join(said)}）" if said else community.short_name


class IncreaseStepForm(Versioned, HouseFields, forms.Form):
    """A decision on an increase, or its withdrawal."""

    approved = forms.ChoiceField(
        choices=[("yes", "批准"), ("no", "不予批准")], required=False, label="决定"
    )
    decision = forms.CharField(label="意见", max_length=300, required=False)
    doc_no = forms.CharField(label="批准文号", max_length=64, required=False)

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = record.version
