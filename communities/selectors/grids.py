"""网格 of a community, beside what the policies in force ask: how many, and how large each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from accounts.models import User
from communities.choices import CommitteeKind
from communities.models import Community, Grid
from communities.selectors.assessment import Assessment, plain_reason
from communities.selectors.parts import Check, Reported, Sum, compare, ended_on, sum_of
from policy.engine import catalogue, explain
from policy.engine.blocks import BlockSize, block_sizes

SUBJECT = "grids"


@dataclass(frozen=True)
class GridRow:
    """A grid; `size` says in words where its households lie outside the sizes asked for."""

    id: int
    number: str
    name: str
    extent: str
    households: int | None
    worker: str
    remarks: str
    size: str
    ended: date | None


@dataclass(frozen=True)
class GridSize:
    """How many households a grid should have, by which clause, and whether that can be."""

    least: Fraction
    most: Fraction
    title: str
    article: str
    summary: str
    misfit: str

    @property
    def band(self) -> str:
        """The size as a page writes it: 400~500."""
        low, high = _plain(self.least), _plain(self.most)
        return low if low == high else f"{low}~{high}"


@dataclass(frozen=True)
class GridNeed:
    """How many grids the policies ask of a community; `asked` False: none asks.

    low, high: whole numbers, None where nothing binds; blocked: why it cannot be computed.
    `households` is what it was computed of.
    """

    asked: bool
    low: int | None = None
    high: int | None = None
    required: int | None = None
    blocked: str = ""
    conflict: str = ""
    households: int | None = None
    sizes: tuple[GridSize, ...] = ()


NOT_ASKED = GridNeed(asked=False)


def grid_need(assessment: Assessment, community: Community) -> GridNeed:
    """What is asked of a community's grids under the assessment's policies. No query."""
    urban = community.committee_kind == CommitteeKind.RESIDENTS
    if not urban or not assessment.parts(SUBJECT):
        return NOT_ASKED
    row = assessment.register.place_of(community.pk)
    if row is None:
        return GridNeed(asked=True, blocked=f"没有这个社区{assessment.register.year}年的数据")
    try:
        trace = explain(assessment.requirements, SUBJECT, row)
    except KeyError:
        return NOT_ASKED
    figures = trace.row
    if figures.status != "ok":
        return GridNeed(asked=True, blocked=plain_reason(figures.reason))
    if figures.required is None:
        return NOT_ASKED
    households = assessment.register.facts.get("households").at(row)
    count = None if households.missing else int(households.num)
    sizes = tuple(_size(one, count) for one in block_sizes(assessment.requirements, SUBJECT, row))
    return GridNeed(
        asked=True,
        low=figures.low,
        high=figures.high,
        required=figures.required,
        conflict="" if any(one.misfit for one in sizes) else figures.conflict,
        households=count,
        sizes=sizes,
    )


def _size(size: BlockSize, households: int | None) -> GridSize:
    unit = catalogue().facts[size.fact].unit
    found = GridSize(size.least, size.most, size.text.title, size.article, size.summary, "")
    if size.fits or households is None:
        return found
    label = unit.label if unit else ""
    said = f"{households:,}{label}分不成每格{found.band}{label}的整数个网格"
    return GridSize(size.least, size.most, size.text.title, size.article, size.summary, said)


def grid_rows(
    user: User, community: Community, on: date, sizes: Sequence[GridSize] = ()
) -> list[GridRow]:
    """The grids of a community by number and name, ended ones among them. One query."""
    found = Grid.objects.for_user(user).filter(community=community)
    return [
        GridRow(
            one.pk,
            one.number,
            one.name,
            one.extent,
            one.households,
            one.worker,
            one.remarks,
            size_words(one.households, sizes),
            ended_on(one, on),
        )
        for one in found.order_by("number", "name", "id")
    ]


def size_words(households: int | None, sizes: Sequence[GridSize]) -> str:
    """Where a grid's households lie outside the sizes asked for: 少于400户; '' where they fit."""
    if households is None:
        return ""
    for size in sizes:
        if households < size.least:
            return f"少于{_plain(size.least)}户"
        if households > size.most:
            return f"多于{_plain(size.most)}户"
    return ""


def grid_households(rows: Sequence[GridRow]) -> Sum:
    """The households of the grids that still are."""
    return sum_of(row.households for row in rows if row.ended is None)


def grid_checks(rows: Sequence[GridRow], facts: Reported | None) -> list[Check]:
    """The grids' households and number beside those of the community's latest facts."""
    held = [row for row in rows if row.ended is None]
    if facts is None or not held:
        return []
    return [
        *compare(
            "户数",
            ("各网格合计", grid_households(rows).total),
            (f"{facts.year}年核定户数", facts.households),
            "户",
        ),
        *compare("网格数", ("已登记", len(held)), (f"{facts.year}年填报", facts.grids), "个"),
    ]


def _plain(value: Fraction) -> str:
    return f"{value.numerator:,}" if value.denominator == 1 else str(value)
