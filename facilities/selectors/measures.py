"""Measures of a plan: what they add and cost, who pays, how far they are, which are late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from accounts.models import User
from facilities.choices import MeasureState
from facilities.models import SpaceMeasure, SpacePlan
from facilities.models.plans import PAYERS
from facilities.rules.money import fen, yuan
from facilities.selectors.areas import hundredths, square_metres
from facilities.selectors.plans_standing import Standing

OPEN = (MeasureState.PLANNED, MeasureState.UNDER_WAY)
# so many days before the end of its year a measure that is not done is behind
SOON_DAYS = 90
PAYER_LABELS = dict(
    zip(PAYERS, ("省级", "市级", "县（市、区）级", "街道", "其他来源"), strict=True)
)


@dataclass(frozen=True)
class Line:
    """A measure with the figures that pages add up; area in hundredths of m², money in fen."""

    record: SpaceMeasure
    area: int
    done_area: int
    paid: tuple[int, ...]
    # "", "soon" within 90 days of the end of its year, "over" after it
    late: str

    @property
    def fen(self) -> int:
        return sum(self.paid)

    @property
    def cost(self) -> Decimal:
        return yuan(self.fen)

    @property
    def is_dropped(self) -> bool:
        return self.record.state == MeasureState.DROPPED

    @property
    def is_done(self) -> bool:
        return self.record.state == MeasureState.DONE

    @property
    def pending(self) -> int:
        """What it will add to the area of today: all, or nothing once premises stand for it."""
        if self.is_dropped or (self.is_done and self.record.premises_id):
            return 0
        return self.done_area if self.is_done else self.area

    @property
    def counted(self) -> int:
        """What it has added to the area of today already."""
        return self.done_area if self.is_done and self.record.premises_id else 0


def lateness(record: SpaceMeasure, on: date) -> str:
    """Whether a measure is behind on a day: "", "soon" or "over"."""
    if record.state not in OPEN or record.year > on.year:
        return ""
    if record.year < on.year:
        return "over"
    return "soon" if (date(on.year, 12, 31) - on).days <= SOON_DAYS else ""


def line_of(record: SpaceMeasure, on: date) -> Line:
    """A measure as pages show it on a day."""
    return Line(
        record,
        hundredths(record.area_m2) or 0,
        hundredths(record.done_area_m2) or 0,
        tuple(fen(getattr(record, f"{name}_yuan")) for name in PAYERS),
        lateness(record, on),
    )


def measures_for(user: User) -> Any:
    """The measures of the scope with what pages name of them, by year and code."""
    rows = SpaceMeasure.objects.for_user(user).select_related("community", "premises", "project")
    return rows.order_by("year", "code", "pk")


def lines_of(user: User, plan: SpacePlan, on: date) -> list[Line]:
    """A plan's measures that lie in the person's scope, by year and code. One query."""
    return [line_of(one, on) for one in measures_for(user).filter(plan=plan)]


@dataclass(frozen=True)
class Sums:
    """Measures together, dropped ones left out; year None for all years.

    `reached`: communities that come to keep what is asked by a measure of the year.
    """

    year: int | None
    count: int
    communities: int
    area: int
    fen: int
    paid: tuple[int, ...]
    done: int
    under_way: int
    done_area: int
    done_fen: int
    reached: int

    @property
    def cost(self) -> Decimal:
        return yuan(self.fen)

    @property
    def done_cost(self) -> Decimal:
        return yuan(self.done_fen)

    @property
    def area_m2(self) -> Decimal:
        return square_metres(self.area)

    @property
    def done_m2(self) -> Decimal:
        return square_metres(self.done_area)

    @property
    def payers(self) -> list[tuple[str, Decimal]]:
        return [(name, yuan(part)) for name, part in zip(PAYERS, self.paid, strict=True)]

    @property
    def done_share(self) -> Fraction | None:
        """Percent of the measures that are done, exact."""
        return _percent(self.done, self.count)

    @property
    def area_share(self) -> Fraction | None:
        return _percent(self.done_area, self.area)

    @property
    def money_share(self) -> Fraction | None:
        return _percent(self.done_fen, self.fen)


def _percent(part: int, whole: int) -> Fraction | None:
    return Fraction(part * 100, whole) if whole else None


def sums_of(lines: Iterable[Line], year: int | None = None, reached: int = 0) -> Sums:
    """The measures of a year (None: of all years) together."""
    kept = [one for one in lines if not one.is_dropped and year in (None, one.record.year)]
    done = [one for one in kept if one.is_done]
    return Sums(
        year,
        len(kept),
        len({one.record.community_id for one in kept}),
        sum(one.area for one in kept),
        sum(one.fen for one in kept),
        tuple(sum(one.paid[place] for one in kept) for place in range(len(PAYERS))),
        len(done),
        sum(one.record.state == MeasureState.UNDER_WAY for one in kept),
        sum(one.done_area for one in done),
        sum(one.fen for one in done),
        reached,
    )


@dataclass(frozen=True)
class Outlook:
    """A community beside the measures for it: what is lacking now, what comes, what is left."""

    standing: Standing
    measures: int
    coming: int
    # the year in which it will keep what is asked; None where it does not or cannot be judged
    reached_in: int | None

    @property
    def left(self) -> int | None:
        """What is lacking after all measures; 0 or less: nothing."""
        gap = self.standing.gap
        return None if gap is None else gap - self.coming

    @property
    def left_m2(self) -> Decimal | None:
        return None if self.left is None else square_metres(self.left)

    @property
    def coming_m2(self) -> Decimal:
        return square_metres(self.coming)

    @property
    def will_reach(self) -> bool:
        return self.measures > 0 and self.left is not None and self.left <= 0

    @property
    def is_left_short(self) -> bool:
        return self.measures > 0 and self.left is not None and self.left > 0

    @property
    def is_without(self) -> bool:
        """Whether it lacks area and nothing is planned for it."""
        return self.measures == 0 and self.standing.is_short


def outlooks(lines: Sequence[Line], standings: Iterable[Standing]) -> list[Outlook]:
    """Communities that lack area or have measures, in the order of the standings."""
    of: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        if not line.is_dropped:
            of[line.record.community_id].append(line)
    found = []
    for standing in standings:
        own = sorted(of.get(standing.key, []), key=lambda one: (one.record.year, one.record.pk))
        if own or standing.is_short or standing.gap is None:
            coming = sum(one.pending for one in own)
            found.append(Outlook(standing, len(own), coming, _reached_in(own, standing)))
    return found


def _reached_in(own: list[Line], standing: Standing) -> int | None:
    if standing.gap is None:
        return None
    left = standing.gap + sum(one.counted for one in own)
    for line in own:
        before, left = left, left - (line.done_area if line.is_done else line.area)
        if before > 0 >= left:
            return line.record.year
    return None
