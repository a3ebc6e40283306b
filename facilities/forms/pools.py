"""Form of a pool: its sum, how it is divided, and the weights of counties that are typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from communities.forms.fields import adopt
from facilities.choices import PoolMethod, PoolWeight
from facilities.forms.fields import SpaceForm
from facilities.models import SpacePool

MOST_WEIGHT = 10**12
WEIGHT = "weight-"


class PoolForm(SpaceForm):
    """A pool; `counties`: names of the poor counties by code, `entered`: their typed weights."""

    blamed = "title"

    class Meta:
        model = SpacePool
        fields = (
            "title", "year", "amount_yuan", "basis", "method", "weight_by", "ranked_by", "pays",
            "pays_last_in_part",
        )  # fmt: skip

    def __init__(
        self, *args: Any, counties: Mapping[str, str], entered: Mapping[str, int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.counties = counties
        helps = {
            "weight_by": "按权数分配的选择",
            "ranked_by": "按排名安排的选择",
            "pays": "按排名安排的选择：每个项目由这笔资金承担哪一部分",
            "pays_last_in_part": "按排名安排，余额不够下一项全额时，把余额安排给它",
        }
        for name, text in helps.items():
            self.fields[name].help_text = text
        for code, name in counties.items():
            field = forms.IntegerField(
                label=f"{name}权数", min_value=0, max_value=MOST_WEIGHT, required=False
            )
            field.initial = entered.get(code) or None
            adopt(field)
            self.fields[WEIGHT + code] = field
        self.groups = (
            ("", ("title", "year", "amount_yuan", "basis")),
            ("分配", ("method", "weight_by", "ranked_by", "pays", "pays_last_in_part")),
            ("录入的权数", tuple(WEIGHT + code for code in counties)),
        )

    def weights(self) -> dict[str, int]:
        """The typed weights by county; 0 where nothing is typed."""
        return {code: self.cleaned_data.get(WEIGHT + code) or 0 for code in self.counties}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        entered = cleaned.get("weight_by") == PoolWeight.ENTERED
        if cleaned.get("method") == PoolMethod.WEIGHTS and entered and self.counties:
            typed = [name for name in self.errors if name.startswith(WEIGHT)]
            if not typed and not any(self.weights().values()):
                first = WEIGHT + next(iter(self.counties))
                self.add_error(first, "选了按录入的权数，至少填一个县（市、区）的权数")
        return cleaned
