"""编制: who is required and who is there, by community, street, district and city."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from accounts.models import User
from communities.choices import DecisionState
from communities.selectors.assessment import Assessment
from communities.selectors.columns import Amount, nothing, units_of
from communities.selectors.ledger import households_of
from policy.engine.expressions import FactValue
from policy.engine.situation import Situation
from staffing.choices import Identity
from staffing.models import ExtraWorkers, QuotaLine
from staffing.selectors.establishment_columns import (
    COMMITTEE,
    PARTY,
    WORKERS,
    Side,
    outcomes_of,
    side,
)
from staffing.selectors.establishment_costs import Cost, Costs
from staffing.selectors.heads import heads_of

INCREASE = "discretionary_workers"


@dataclass(frozen=True)
class Cells:
    """One kind of staff of a row; None where nothing is asked or known.

    `gap`: what is lacking (negative), else what is one too many; of a sum shortages only. `facts`:
    the year's facts' figure where the roster says another one. `by_facts`: how many communities
    have no roster, so that the year's facts stand for it. `reason`: why nothing can be computed.
    """

    required: int | None
    low: int | None
    high: int | None
    unclamped: int | None
    in_post: int | None
    gap: int | None
    facts: int | None
    by_facts: int
    reason: str = ""

    @property
    def is_short(self) -> bool:
        return self.gap is not None and self.gap < 0


@dataclass(frozen=True)
class Row:
    """A community, or the sum of some. `apart`: who is there and does not count, by identity."""

    code: str
    name: str
    communities: int
    households: int | None
    committee: Cells
    party: Cells
    workers: Cells
    suggested: int | None
    approved: int | None
    quota: int | None
    apart: tuple[tuple[str, int], ...]
    cost: Cost
    place: int | None = None
    url: str = ""
    need_url: str = ""
    reasons: list[Any] = field(default_factory=list)

    @property
    def is_sum(self) -> bool:
        return self.communities > 1


class Establishment:
    """The staff of a division's communities; a row is any run of the register's rows."""

    def __init__(self, user: User, assessment: Assessment, prefix: str, roster_on: date) -> None:
        """Read rosters, approved increases and quotas: three queries."""
        self.assessment, self.prefix = assessment, prefix
        register = assessment.register
        self.rows = np.arange(len(register))[register.under(prefix)]
        keys = register.keys[self.rows].tolist()
        self.heads = heads_of(keys, roster_on) if keys else {}
        self.approved = self._by_row(approved_extra(user, keys, register.year))
        self.quota = self._by_row(approved_quotas(user, keys, register.year))
        self.suggested = suggested(assessment)
        self.committee = side(assessment, COMMITTEE, self.heads)
        self.party = side(assessment, PARTY, self.heads)
        self.workers = side(assessment, WORKERS, self.heads, self._allowed())
        self.costs = Costs(assessment, self.committee.lacking + self.workers.lacking)

    def _by_row(self, by_key: Mapping[int, int]) -> Amount:
        register = self.assessment.register
        found = nothing(len(register))
        for row in self.rows if by_key else ():
            number = by_key.get(int(register.keys[row]))
            if number is not None:
                found.num[row], found.has[row] = number, True
        return found

    def _allowed(self) -> Any:
        """Workers that a community may have: its quota or what is required, and its increase."""
        required = np.zeros(len(self.assessment.register), dtype=np.int64)
        for requirement, rows in self.assessment.parts(WORKERS):
            required[rows] = requirement.required.num
        return np.maximum(required, self.quota.num) + self.approved.num

    def row(self, code: str, name: str, rows: Any, **shown: Any) -> Row:
        """The sums of some rows."""
        alone = int(rows[0]) if len(rows) == 1 else None
        return Row(
            code=code,
            name=name,
            communities=len(rows),
            households=households_of(self.assessment.register, rows),
            committee=self._cells(self.committee, rows),
            party=self._cells(self.party, rows),
            workers=self._cells(self.workers, rows),
            suggested=total(self.suggested, rows),
            approved=total(self.approved, rows),
            quota=total(self.quota, rows),
            apart=self._apart(rows),
            cost=self.costs.of(rows),
            place=alone,
            **shown,
        )

    def _cells(self, one: Side, rows: Any) -> Cells:
        alone = int(rows[0]) if len(rows) == 1 else None
        has_gap = one.has_gap[rows].any()
        lacking, above = int(one.lacking[rows].sum()), int(one.above[rows].sum())
        gap = -lacking if lacking or alone is None else above
        bounded = one.high.has[rows] | ~one.required.has[rows]
        differs = one.differs[rows].any()
        return Cells(
            required=total(one.required, rows),
            low=total(one.low, rows),
            high=total(one.high, rows) if bounded.all() else None,
            unclamped=self._unclamped(one, alone),
            in_post=total(one.in_post, rows),
            gap=gap if has_gap else None,
            facts=total(one.facts, rows) if differs else None,
            by_facts=int(one.by_facts[rows].sum()),
            reason=self._reason(one, rows),
        )

    def _unclamped(self, one: Side, alone: int | None) -> int | None:
        """The figure before any bound, where a bound changed it."""
        if alone is None or not one.unclamped.has[alone]:
            return None
        figure = int(one.unclamped.num[alone])
        return figure if figure != int(one.required.num[alone]) else None

    def _reason(self, one: Side, rows: Any) -> str:
        stuck = rows[one.blocked[rows]]
        if not len(stuck):
            return ""
        reason = self.assessment.reason([one.subject], int(stuck[0]))
        return reason if len(rows) == 1 else f"{len(stuck)}个社区不能测算"

    def _apart(self, rows: Any) -> tuple[tuple[str, int], ...]:
        counts: Counter[str] = Counter()
        for key in self.assessment.register.keys[rows].tolist():
            if key in self.heads:
                counts.update({one: len(who) for one, who in self.heads[key].apart.items()})
        return tuple((str(one.label), counts[one]) for one in Identity if counts[one])

    def totals(self) -> Row:
        """The sums of the whole division."""
        return self.row(self.prefix, "合计", self.rows)

    def parts(self, width: int) -> list[tuple[str, Any]]:
        """The units of a code length that have communities here, with their rows."""
        return units_of(self.assessment.register, self.rows, width)

    @property
    def without_roster(self) -> int:
        """How many communities have nobody in their roster on the day."""
        keys = self.assessment.register.keys[self.rows].tolist()
        return sum(key not in self.heads for key in keys)


def total(count: Amount, rows: Any) -> int | None:
    """The sum of some rows, None where none of them has a figure."""
    return int(count.num[rows].sum()) if count.has[rows].any() else None


def suggested(assessment: Assessment) -> Amount:
    """How many workers the texts suggest beyond a bound, of every row that they concern."""
    found = nothing(len(assessment.register))
    for outcome, rows in outcomes_of(assessment, INCREASE):
        value = outcome.rule.components[0].value
        if isinstance(value, FactValue) and value.suggested is not None:
            facts = outcome.sit.facts
            own = Situation(facts, outcome.sit.on, outcome.sit.series)
            number = value.suggested.evaluate(own, True).lo.whole_units(0, "half_up")
            known = ~np.broadcast_to(own.blocked, len(facts))
            known = known & ~np.broadcast_to(own.unasked, len(facts))
            found.num[rows] = np.where(known, number, 0)
            found.has[rows] = known
    return found


def approved_extra(user: User, keys: list[int], year: int) -> dict[int, int]:
    """Workers approved beyond the clause for a year, by key of the community. One query."""
    rows = ExtraWorkers.objects.for_user(user).filter(
        community__in=keys, year=year, state=DecisionState.APPROVED
    )
    return dict(rows.order_by().values_list("community_id", "number"))


def approved_quotas(user: User, keys: list[int], year: int) -> dict[int, int]:
    """Quotas of a year in approved plans, by key of the community. One query."""
    rows = QuotaLine.objects.for_user(user).filter(
        community__in=keys, plan__year=year, plan__state=DecisionState.APPROVED
    )
    return {key: part + shift for key, part, shift in
        rows.order_by().values_list("community_id", "computed", "shift")}  # fmt: skip
