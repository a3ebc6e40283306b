"""Forms of pay: the division and year of the table, and a record of what was paid."""

from typing import Any

from django import forms

from accounts.scope import SHAPE, contains
from communities.forms.editing import EditForm
from staffing.models import PayRecord

FIRST_YEAR, LAST_YEAR = 1990, 2199


class PayPlace:
    """The division or community that the address names; None for one outside the scope."""

    def __init__(self, data, scope):
        given = data.get("division", "")
        inside = bool(SHAPE.fullmatch(given)) and contains(scope, given)
        self.chosen: str | None = (given if inside else None) if given else scope


class PayRecordForm(EditForm):
    """实发: what a person was paid in a community for some months of a year."""

    class Meta:
        model = PayRecord
        fields = (
            "community",
            "year",
            "first_month",
            "last_month",
            "pay_channel",
            "allowance_yuan",
            "insurance_yuan",
            "note",
        )

    def __init__(self, *args, communities, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:  # a record stays with its community
            del self.fields["community"]
        else:
            community: Any = self.fields["community"]
            community.queryset = communities
            community.empty_label = None
            community.label_from_instance = lambda one: one.short_name
        self.fields["allowance_yuan"].help_text = "这几个月实发的生活补贴、工资合计，不含社会保险"
        self.fields["insurance_yuan"].help_text = "这几个月单位缴纳的合计"

    def clean_year(self):
        year = self.cleaned_data["year"]
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise forms.ValidationError(f"年度{year}不在{FIRST_YEAR}至{LAST_YEAR}之间，核对年度")
        return year
