"""物业服务用房: what each estate must have for its gross floor area, and what it has on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

import numpy as np

from accounts.models import User
from accounts.scope import bounds
from communities.models import Estate
from communities.selectors.assessment import plain_reason
from communities.selectors.clauses import Clause, clause_of
from communities.selectors.register import unit_of
from facilities.choices import RoomUse
from facilities.models import Premises
from facilities.rules.areas import counted_rooms
from facilities.selectors.areas import hundredths, sites_of, square_metres
from policy.engine import Facts, assess
from policy.engine.combine import Requirement, unclamped
from policy.engine.exact import as_array
from policy.engine.rows import reason_of
from policy.selectors import policy_for

SUBJECT: Final = "property_premises_area"
STATES = {"short": "不足", "met": "达标", "unknown": "不能判断"}


@dataclass(frozen=True)
class Duty:
    """An estate: areas in m², None where nothing is asked or known.

    computed: what its floor area alone would ask, where a bound asks another figure. gap: what is
    lacking (negative) or beyond. reason: why nothing can be computed. Rooms that count nowhere in
    the register are 0.
    """

    key: int
    name: str
    code: str
    community: str
    gross_floor_area: Decimal | None
    required: Decimal | None
    computed: Decimal | None
    actual: Decimal
    gap: Decimal | None
    clause: Clause | None
    reason: str

    @property
    def state(self) -> str:
        """A key of STATES; '' where nothing is asked."""
        if self.reason:
            return "unknown"
        if self.gap is None:
            return ""
        return "short" if self.gap < 0 else "met"

    @property
    def bound(self) -> str:
        """Which of the two measures of the clause binds."""
        if self.required is None:
            return ""
        return "按总建筑面积计算" if self.computed is None else "取下限"


@dataclass(frozen=True)
class Sums:
    """Some estates together; areas in m² of those that can be judged, shortages only."""

    code: str
    name: str
    estates: int
    judged: int
    met: int
    unknown: int
    gross_floor_area: Decimal
    required: Decimal
    actual: Decimal
    lacking: Decimal
    url: str = ""


@dataclass(frozen=True)
class _Row:
    key: int
    name: str
    code: str
    community: str
    area: int | None


def get_duties(user: User, prefix: str, on: date, register_on: date) -> list[Duty]:
    """Every estate of a division's communities on a day, by code and name. Seven queries.

    on: the day of the policies; register_on: that of estates and rooms. What counts are rooms for
    property management in premises whose estate it is, in use that day, whoever shares them.
    """
    rows = [
        _Row(key, name, code, community, hundredths(area))
        for key, name, code, community, area in Estate.objects.for_user(user)
        .under(prefix)
        .as_of(register_on)
        .order_by("code", "name", "pk")
        .values_list("pk", "name", "code", "community__short_name", "gross_floor_area_m2")
    ]
    actual = _rooms(user, prefix, register_on)
    duties = {row.key: _unasked(row, actual.get(row.key, 0)) for row in rows}
    for requirement, places in _assessed(prefix, on, rows):
        columns = _Columns(requirement)
        for place, number in enumerate(places):
            row = rows[number]
            duties[row.key] = columns.duty(row, place, actual.get(row.key, 0))
    return [duties[row.key] for row in rows]


def _rooms(user: User, prefix: str, on: date) -> dict[int, int]:
    """Hundredths of m² of the rooms for property management that count, by key of the estate."""
    low, high = bounds(prefix)
    premises = Premises.objects.for_user(user).filter(
        estate__code__gte=low, estate__code__lt=high, rooms__use=RoomUse.PROPERTY
    )
    estates = dict(premises.order_by().values_list("pk", "estate_id"))
    found: dict[int, int] = defaultdict(int)
    for key, site in sites_of(estates).items():
        rooms = (one for one in counted_rooms(site, on) if one.use == RoomUse.PROPERTY)
        found[estates[key]] += sum(one.building for one in rooms)
    return found


def _unasked(row: _Row, actual: int) -> Duty:
    return Duty(
        row.key,
        row.name,
        row.code,
        row.community,
        None if row.area is None else square_metres(row.area),
        required=None,
        computed=None,
        actual=square_metres(actual),
        gap=None,
        clause=None,
        reason="",
    )


def _assessed(
    prefix: str, on: date, rows: Sequence[_Row]
) -> Iterable[tuple[Requirement, Sequence[int]]]:
    """What the clauses ask of estates, with the numbers of the rows; no query but the policy's."""
    policy = policy_for(unit_of(prefix), on)
    rules = tuple(one for one in policy.stack.rules if one.subject.key == SUBJECT)
    if not rows or not rules:
        return []
    facts = Facts.from_units(
        [row.code for row in rows], {"gross_floor_area": [row.area for row in rows]}
    )
    block = assess(facts, replace(policy.stack, rules=rules), policy.series).blocks[0]
    numbers = np.arange(len(rows))
    return [
        (
            group.requirements[SUBJECT],
            (numbers if group.rows is None else numbers[group.rows]).tolist(),
        )
        for group in block.groups
        if SUBJECT in group.requirements
    ]


class _Columns:
    """A requirement of some estates as columns, read row by row."""

    def __init__(self, requirement: Requirement) -> None:
        size = requirement.size
        self.requirement = requirement
        self.has = as_array(requirement.required.has, size)
        self.low_has = as_array(requirement.low.has, size)
        self.required = as_array(requirement.required.num, size)
        self.low = as_array(requirement.low.num, size)
        self.computed = as_array(unclamped(requirement), size)
        self.blocked = as_array(requirement.blocked, size)
        self.binding = [
            (clause_of(one.rule.text, one.rule.provision), as_array(requirement.binds(one), size))
            for one in requirement.outcomes
        ]

    def duty(self, row: _Row, place: int, actual: int) -> Duty:
        """The duty of one estate."""
        found = _unasked(row, actual)
        if self.blocked[place]:
            reason = plain_reason(reason_of(self.requirement, place))
            return replace(found, reason=reason)
        if not self.has[place]:
            return found
        required, computed = int(self.required[place]), int(self.computed[place])
        low = int(self.low[place]) if self.low_has[place] else None
        return replace(
            found,
            required=square_metres(required),
            computed=None if computed == required else square_metres(computed),
            gap=None if low is None else square_metres(_gap(actual, low, required)),
            clause=next((one for one, binds in self.binding if binds[place]), None),
        )


def _gap(actual: int, low: int, required: int) -> int:
    return actual - low if actual < low else max(actual - required, 0)


def sums_of(code: str, name: str, duties: Sequence[Duty], url: str = "") -> Sums:
    """The sums of some estates; what cannot be judged is only counted."""
    judged = [one for one in duties if one.gap is not None]
    zero = Decimal("0.00")
    return Sums(
        code=code,
        name=name,
        estates=len(duties),
        judged=len(judged),
        met=sum(one.state == "met" for one in judged),
        unknown=sum(one.state == "unknown" for one in duties),
        gross_floor_area=sum((one.gross_floor_area or zero for one in duties), zero),
        required=sum((one.required or zero for one in judged), zero),
        actual=sum((one.actual for one in judged), zero),
        lacking=sum((-one.gap for one in judged if one.gap is not None and one.gap < 0), zero),
        url=url,
    )


def by_part(duties: Iterable[Duty], width: int) -> dict[str, list[Duty]]:
    """Duties by the first digits of their code, by code."""
    found: dict[str, list[Duty]] = defaultdict(list)
    for one in duties:
        found[one.code[:width]].append(one)
    return dict(sorted(found.items()))


def clauses_of(duties: Iterable[Duty]) -> list[Any]:
    """The clauses that determined the figures, once."""
    return list({one.clause.id: one.clause for one in duties if one.clause}.values())
