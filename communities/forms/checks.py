"""The two years that a comparison takes; anything wrong is said."""

from django import forms

from communities.forms.ledger import FIRST_YEAR, LAST_YEAR


class YearsForm(forms.Form):
    """An earlier year and a later one; without them the chosen year and the one before."""

    since = forms.IntegerField(required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)
    until = forms.IntegerField(required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)

    def __init__(self, data, years, chosen):
        super().__init__(data)
        self.full_clean()
        self.ignored = [
            f"“{self.data[name][:20]}”不是年度，已改用通常的年度" for name in self.errors
        ]
        self.second = self.cleaned_data.get("until") or chosen
        self.first = self.cleaned_data.get("since") or self.second - 1
        if self.first >= self.second:
            self.ignored.append(
                f"起始年度{self.first}不早于截止年度{self.second}，已改用{self.second - 1}"
            )
            self.first = self.second - 1
        self.years = sorted({*years, self.first, self.second}, reverse=True)

    def selects(self):
        """The two selects, as a page shows them."""
        return [
            {
                "name": name,
                "label": label,
                "choices": [
                    {"value": year, "label": f"{year}年末", "selected": year == chosen}
                    for year in self.years
                ],
            }
            for name, label, chosen in (
                ("since", "从", self.first),
                ("until", "到", self.second),
            )
        ]
