"""Forms of awards: a new one, the decision, the filter of the list."""

from typing import Any

from django import forms

from communities.choices import DecisionState
from communities.forms.editing import EditForm, Versioned
from communities.forms.fields import HouseFields
from policy.engine import catalogue
from staffing.choices import AwardKind
from staffing.models import Award

STATES = (DecisionState.PROPOSED, DecisionState.APPROVED, DecisionState.REFUSED)


class AwardFilter(forms.Form):
    """Which awards are listed; an unknown value is ignored and said."""

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


class AwardForm(EditForm):
    """申报奖励: kinds are those that the texts in force know in the person's communities."""

    class Meta:
        model = Award
        fields = ("community", "kind", "year", "starts_on", "doc_no", "note")

    def __init__(self, *args, communities, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        community: Any = self.fields["community"]
        community.queryset = communities
        community.empty_label = None
        community.label_from_instance = lambda one: one.short_name
        kind: Any = self.fields["kind"]
        kind.choices = [(one, AwardKind(one).label) for one in kinds]
        self.fields["year"].help_text = "受奖励的那一年"
        self.fields["starts_on"].help_text = "一次发放的填发放日期；按月发放的从这个月起"

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        kind, starts_on = cleaned.get("kind"), cleaned.get("starts_on")
        if kind and starts_on and catalogue().subjects[kind].period == "month":
            cleaned["starts_on"] = starts_on.replace(day=1)
        if starts_on and cleaned.get("year") and starts_on.year < cleaned["year"]:
            self.add_error("starts_on", f"{starts_on}早于考核年度{cleaned['year']}年，改其中一项")
        return cleaned


class AwardStepForm(Versioned, HouseFields, forms.Form):
    """A decision on an award."""

    approved = forms.ChoiceField(
        choices=[("yes", "批准"), ("no", "不予批准")], required=False, label="决定"
    )
    decision = forms.CharField(label="意见", max_length=300, required=False)

    def __init__(self, *args, award, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = award.version
