"""What communities have before a change act and what their successors would have after it."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from accounts.models import User
from communities.choices import ActKind
from communities.models import AnnualFacts, Community, Estate, Grid
from communities.selectors.before_after import COLUMNS, Cell, Column, Line, Table
from communities.services.areas import areas_after
from communities.services.facts_flow import COLUMNS_OF_FACTS, Flowed, Row, flow_facts
from communities.services.facts_succession import sources_of
from communities.services.funding_after import Hypothetical, money_after, money_before
from communities.services.new_housing import with_new_housing
from communities.services.plans import Plan

LABELS = {field.name: str(field.verbose_name) for field in AnnualFacts._meta.local_fields}
CHOICES = {
    field.name: dict(field.choices) for field in AnnualFacts._meta.local_fields if field.choices
}
FROM_FACTS = (
    "households",
    "population_resident",
    "committee_members_in_post",
    "community_workers_in_post",
    "premises_area_m2",
)
NOT_REPORTED = "未填报"
NOT_WRITTEN = "未写明"
PART_UNKNOWN = "有一部分未填报"
ENDED = "已停用"
# every column that is not known of a community would be a line; the table shows these
MOST_NOTES = 30
# the rest of a year's new code list is told in a note; sums are those of all
MOST_LINES = 200


@dataclass(frozen=True)
class Sides:
    """What a table is made of: the communities of before with their facts of the year and parts."""

    plan: Plan
    kind: ActKind
    on: datetime.date
    year: int
    communities: dict[int, Community]
    rows: dict[int, Row]
    # the community of each part that there is on the day
    estates: dict[int, int]
    grids: dict[int, int]


def before_after(user: User, plan: Plan, kind: str, on: datetime.date) -> Table:
    """The table of a plan: a line for each community of before and for each successor.

    By the facts of the latest year up to the day's, divided as they will be when the act takes
    effect, and the policies of the day. Communities beyond the user's scope are left out. A fixed
    number of queries, more only where a district has to be assessed anew.
    """
    sides = _read(user, plan, ActKind(kind), on)
    flowed = _flow(sides)
    before = _before(sides, money_before(user, sides.communities, sides.year, on))
    after = _after(sides, flowed, _money_after(user, sides, flowed))
    there = [line for line in before if line.note != ENDED]
    total_before, total_after = _totals(there), _totals(after)
    added = sum(plan.new_housing.values())
    return Table(
        sides.year,
        on,
        COLUMNS,
        before[:MOST_LINES],
        after[:MOST_LINES],
        total_before,
        total_after,
        {
            one.key: _balanced(one, total_before, total_after, added)
            if there or one.key == "households"
            else None
            for one in COLUMNS
        },
        tuple(_notes(sides, flowed))[:MOST_NOTES],
    )


def _read(user: User, plan: Plan, kind: ActKind, on: datetime.date) -> Sides:
    mine = Community.objects.for_user(user).filter(pk__in=plan.communities).defer("search_grams")
    communities = {row.pk: row for row in mine}
    facts = AnnualFacts.objects.for_user(user).filter(community__in=communities, year__lte=on.year)
    year = facts.order_by("-year").values_list("year", flat=True).first() or on.year
    rows = facts.filter(year=year).values("community_id", *COLUMNS_OF_FACTS)
    estates, grids = (
        dict(
            model.objects.filter(community__in=communities).as_of(on).values_list("pk", "community")
        )
        for model in (Estate, Grid)
    )
    by_community = {row["community_id"]: row for row in rows}
    return Sides(plan, kind, on, year, communities, by_community, estates, grids)


def _flow(sides: Sides) -> Flowed:
    """The facts that successors would have; without flows communities keep their own."""
    plan = sides.plan
    if plan.sources:
        sources = [
            one
            for one in sources_of(plan, sides.rows)
            if one.key in sides.communities and one.weights
        ]
        flowed = flow_facts(sources, [one.key for one in plan.successors])
        return Flowed(with_new_housing(plan, flowed.rows), flowed.notes)
    kept = {one.key: sides.rows.get(one.community or 0) for one in plan.successors}
    rows = {key: dict(row) if row else None for key, row in kept.items()}
    return Flowed(with_new_housing(plan, rows), ())


def _before(sides: Sides, money: dict[int, Cell]) -> tuple[Line, ...]:
    estates, grids = Counter(sides.estates.values()), Counter(sides.grids.values())
    going_on, reopened = sides.plan.continuing, sides.kind == ActKind.REOPEN
    return tuple(
        Line(
            one.code,
            one.name,
            "延续" if pk in going_on else ENDED if reopened else "停用",
            # what it had, others have now
            {column.key: Cell(None, ENDED) for column in COLUMNS}
            if reopened and pk not in going_on
            else _cells(sides.rows.get(pk), one.area_km2, estates[pk], grids[pk], money[pk]),
        )
        for pk, one in sorted(sides.communities.items(), key=lambda item: item[1].code)
    )


def _after(sides: Sides, flowed: Flowed, money: dict[str, Cell]) -> tuple[Line, ...]:
    plan = sides.plan
    areas = areas_after(sides.kind, plan, sides.communities)
    estates = Counter(_received(plan, sides.estates, plan.estates))
    grids = Counter(_received(plan, sides.grids, plan.grids))
    return tuple(
        Line(
            one.code,
            one.name,
            "新设" if one.community is None else "延续",
            _cells(
                flowed.rows.get(one.key),
                areas[one.key],
                estates[one.key],
                grids[one.key],
                money[one.key],
            ),
        )
        for one in plan.successors
    )


def _received(plan: Plan, parts: dict[int, int], named: dict[int, str]) -> Iterator[str]:
    """The successor of every part that somebody has after the act."""
    for pk, community in parts.items():
        heir = plan.continuing.get(community) or plan.main_successor(community)
        if pk in named:
            yield named[pk]
        elif heir is not None:
            yield heir.key


def _cells(
    row: Row | None, area: Decimal | None, estates: int, grids: int, money: Cell
) -> dict[str, Cell]:
    cells = {name: _cell(row[name] if row else None, NOT_REPORTED) for name in FROM_FACTS}
    cells |= {
        "area_km2": _cell(area, NOT_WRITTEN),
        "estates": Cell(Decimal(estates)),
        "grids": Cell(Decimal(grids)),
        "money": money,
    }
    return {column.key: cells[column.key] for column in COLUMNS}


def _cell(value: int | Decimal | None, reason: str) -> Cell:
    return Cell(None, reason) if value is None else Cell(Decimal(value))


def _money_after(user: User, sides: Sides, flowed: Flowed) -> dict[str, Cell]:
    rows = [
        Hypothetical(one.key, one.code, one.name, flowed.rows.get(one.key))
        for one in sides.plan.successors
    ]
    return money_after(user, rows, sides.communities, sides.year, sides.on)


def _totals(lines: Sequence[Line]) -> dict[str, Cell]:
    """The sums of lines; a sum with an unknown part is unknown."""
    totals = {}
    for column in COLUMNS:
        values = [line.cells[column.key].value for line in lines]
        known = [value for value in values if value is not None]
        whole = len(known) == len(values)
        totals[column.key] = Cell(sum(known, Decimal(0))) if whole else Cell(None, PART_UNKNOWN)
    return totals


def _balanced(
    column: Column, before: dict[str, Cell], after: dict[str, Cell], added: int
) -> bool | None:
    old, new = before[column.key].value, after[column.key].value
    if not column.balances or old is None or new is None:
        return None
    return new == (old + added if column.key == "households" else old)


def _notes(sides: Sides, flowed: Flowed) -> Iterator[str]:
    """What the table leaves open: who did not report, which of different values was taken."""
    names = {pk: one.short_name for pk, one in sides.communities.items()}
    later = {one.key: one.name for one in sides.plan.successors}
    if left := max(0, max(len(sides.communities), len(later)) - MOST_LINES):
        yield f"另有{left}个社区没有逐一列出，合计含这些社区"
    for key, households in sides.plan.new_housing.items():
        if households:
            yield f"{later[key]}的核定户数含新建住房{households}户，原来不属于任何社区"
    for pk in sides.plan.sources:
        if pk in names and (pk not in sides.rows or sides.rows[pk]["households"] is None):
            yield f"{names[pk]}没有填报{sides.year}年核定户数，划转户数只作分配的比例"
    for note in flowed.notes:
        label = LABELS[note.column]
        if note.unknown and note.column in FROM_FACTS:
            silent = "、".join(names[pk] for pk in note.unknown)
            yield f"{later[note.successor]}的{label}算不出：{silent}没有填报"
        elif note.values:
            taken, *others = (_said(note.column, value) for value in note.values)
            yield f"{later[note.successor]}的{label}取“{taken}”，另有“{'”“'.join(others)}”"


def _said(column: str, value: object) -> str:
    """A carried value as people read it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(CHOICES.get(column, {}).get(value, value))
