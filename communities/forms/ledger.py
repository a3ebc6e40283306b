"""What a reader chooses in the address: year, policy date, filters; anything wrong is said."""

import datetime

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone

FIRST_YEAR, LAST_YEAR = 1949, 2199
LONGEST_TEXT = 40


class PeriodForm(forms.Form):
    """Year and policy date; without a date the policies of 31 December of the year hold."""

    year = forms.IntegerField(required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)
    on = forms.DateField(
        required=False,
        input_formats=["%Y-%m-%d"],
        # growth is compounded year by year: a date of the year 9999 would leave every number format
        validators=[
            MinValueValidator(datetime.date(FIRST_YEAR, 1, 1)),
            MaxValueValidator(datetime.date(LAST_YEAR, 12, 31)),
        ],
    )

    def __init__(self, data, years):
        super().__init__(data)
        self.years = years
        self.full_clean()

    @property
    def chosen_year(self) -> int:
        """The chosen year, else the latest with facts, else the present one."""
        chosen = self.cleaned_data.get("year")
        return chosen or (self.years[0] if self.years else timezone.localdate().year)

    @property
    def chosen_on(self) -> datetime.date:
        return self.cleaned_data.get("on") or datetime.date(self.chosen_year, 12, 31)

    @property
    def ignored(self) -> list[str]:
        """Sentences about values in the address that could not be used."""
        said = []
        if "year" in self.errors:
            said.append(f"“{self.data['year'][:20]}”不是年度，已改看{self.chosen_year}年")
        if "on" in self.errors:
            said.append(
                f"“{self.data['on'][:20]}”不是日期，写成2018-12-31的样子，已按{self.chosen_on}的政策"
            )
        return said


class LedgerForm(forms.Form):
    """Filters of the ledger; an unknown value is ignored and said."""

    q = forms.CharField(required=False, max_length=LONGEST_TEXT)
    street = forms.CharField(required=False)
    type = forms.CharField(required=False)
    status = forms.CharField(required=False)
    gap = forms.BooleanField(required=False)
    sort = forms.CharField(required=False)
    page = forms.CharField(required=False)

    def __init__(self, data, choices):
        super().__init__(data)
        self.choices = choices
        self.ignored: list[str] = []
        self.full_clean()
        if "q" in self.errors:
            too_long = len(self.data["q"]) > LONGEST_TEXT
            wrong = "超过40个字" if too_long else "里有不能查找的字符"
            self.ignored.append(f"查找的文字{wrong}，已不按文字筛选")

    def chosen(self, name: str) -> str:
        """A filter's value if it is among its choices, else ''."""
        value = self.cleaned_data.get(name, "")
        if value and value not in self.choices[name]:
            labels = {"street": "街道", "type": "类型", "status": "填报状态", "sort": "排序"}
            sentence = f"没有“{value[:20]}”这个{labels[name]}，已不按它筛选"
            if sentence not in self.ignored:
                self.ignored.append(sentence)
            return ""
        return value
