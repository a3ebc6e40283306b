"""Forms of quotas: a plan with its shifts, its steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from communities.forms.editing import Versioned
from communities.forms.fields import HouseFields, adopt
from staffing.models import QuotaPlan
from staffing.selectors.quotas import Line, Place, QuotaRange, shares
from staffing.services.quotas import Shift

MOST_TOTAL, MOST_SHIFT = 99_999, 999


@dataclass(frozen=True)
class ShiftRow:
    """A community as the form has it: its part, the fields of its shift, what comes of it."""

    place: Place
    street: str
    computed: int | None
    more: Any
    less: Any
    why: Any
    net: int

    @property
    def number(self) -> int | None:
        return None if self.computed is None else self.computed + self.net


class QuotaForm(Versioned, HouseFields, forms.Form):
    """A plan: its total, and for each community how many are shifted to or from it, and why."""

    total = forms.IntegerField(label="总量（人）", min_value=0, max_value=MOST_TOTAL)
    reason = forms.CharField(label="总量的理由", max_length=300, required=False)

    def __init__(
        self,
        *args: Any,
        allowed: QuotaRange,
        places: Sequence[Place],
        plan: QuotaPlan | None = None,
        lines: Sequence[Line] = (),
        **kwargs: Any,
    ) -> None:
        self.allowed, self.places, self.plan = allowed, places, plan
        kwargs["initial"] = {
            "total": plan.total if plan else allowed.least,
            "reason": plan.reason if plan else "",
            "version": plan.version if plan else 0,
        }
        super().__init__(*args, **kwargs)
        hint = "在区间以外，或没有区间时填写"
        self.fields["reason"].help_text = hint
        held = {one.place.key: one for one in lines}
        for place in places:
            self._add(place, held.get(place.key))

    def _add(self, place: Place, line: Line | None) -> None:
        shift, why = (line.shift, line.reason) if line else (0, "")
        for name, label, value in (("more", "调增", shift), ("less", "调减", -shift)):
            field = forms.IntegerField(
                label=f"{place.name}{label}", min_value=0, max_value=MOST_SHIFT, required=False
            )
            field.initial = value if value > 0 else None
            self._take(f"{name}-{place.key}", field)
        reason = forms.CharField(label=f"{place.name}理由", max_length=200, required=False)
        reason.initial = why
        self._take(f"why-{place.key}", reason)

    def _take(self, name: str, field: forms.Field) -> None:
        adopt(field)
        self.fields[name] = field

    def net(self, key: int) -> int:
        """By how many a community's part is shifted, as far as it can be read."""
        if self.is_bound:
            given: Mapping[str, Any] = self.cleaned_data
            return (given.get(f"more-{key}") or 0) - (given.get(f"less-{key}") or 0)
        fields = self.fields
        return (fields[f"more-{key}"].initial or 0) - (fields[f"less-{key}"].initial or 0)

    def shifts(self) -> dict[int, Shift]:
        """The shifts that are not 0, and reasons without one left out."""
        return {
            one.key: Shift(net, self.cleaned_data.get(f"why-{one.key}", ""))
            for one in self.places
            if (net := self.net(one.key))
        }

    @property
    def shown_total(self) -> int | None:
        if not self.is_bound:
            return self.initial["total"]
        found: int | None = self.cleaned_data.get("total")
        return found

    def rows(self, streets: Mapping[str, str]) -> Iterator[ShiftRow]:
        """The communities with their parts of the total that is typed."""
        total = self.shown_total
        parts = {} if total is None else shares(total, self.places)
        for one in self.places:
            yield ShiftRow(
                one,
                streets.get(one.code[:9], ""),
                parts.get(one.key),
                self[f"more-{one.key}"],
                self[f"less-{one.key}"],
                self[f"why-{one.key}"],
                self.net(one.key),
            )

    def sums(self) -> dict[str, int]:
        """How many are shifted to and from communities, and what is left over."""
        nets = [self.net(one.key) for one in self.places]
        more, less = sum(n for n in nets if n > 0), -sum(n for n in nets if n < 0)
        return {"more": more, "less": less, "off": more - less}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for one in self.places:
            if cleaned.get(f"more-{one.key}") and cleaned.get(f"less-{one.key}"):
                self.add_error(f"less-{one.key}", f"{one.name}调增和调减只填一个")
        return cleaned


class PlanStepForm(Versioned, HouseFields, forms.Form):
    """What every step of a plan carries: its key, the version seen, words and a document number."""

    decision = forms.CharField(label="意见", max_length=300, required=False)
    doc_no = forms.CharField(label="批准文号", max_length=64, required=False)

    def __init__(self, *args: Any, plan: QuotaPlan, why: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = plan.version
        if why:
            self.fields["decision"].required = True
            self.fields["decision"].error_messages["required"] = why
