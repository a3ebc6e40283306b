"""排名: the measures of a plan by who gains how much for the money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from accounts.models import User
from communities.selectors.assessment import Present
from facilities.choices import RankedBy
from facilities.models import SpacePlan
from facilities.rules.ranking import Ask, Gain, Need, gains, ranked
from facilities.selectors.areas import square_metres
from facilities.selectors.measures import Line, lines_of
from facilities.selectors.plans_standing import Standing, Standings, get_standings


@dataclass(frozen=True)
class Ranked:
    """A measure at its place of the ranking, with its community as it stands now."""

    rank: int
    line: Line
    gain: Gain
    standing: Standing | None

    @property
    def area_m2(self) -> Decimal:
        return square_metres(self.gain.ask.area)

    @property
    def left_m2(self) -> Decimal | None:
        """What is lacking after it; None where nothing is, or it is unknown."""
        left = self.gain.left
        return square_metres(left) if left is not None and left > 0 else None

    @property
    def share(self) -> Fraction | None:
        """Percent of the community's gap that it closes."""
        return None if self.gain.share is None else self.gain.share * 100

    @property
    def why_unknown(self) -> str:
        """Why nobody can be counted for it; '' where they can."""
        if self.gain.heads is not None:
            return ""
        if self.standing is None:
            return "社区已不在本地"
        return self.standing.why_not or "没有填报人口或户数"


def ask_of(line: Line) -> Ask:
    """A measure as the ranking takes it: the area that it added, else the planned one."""
    record = line.record
    area = line.done_area if line.is_done else line.area
    return Ask(record.pk, record.community_id, record.code, record.year, area, line.fen)


def rank_lines(lines: Iterable[Line], standings: Mapping[int, Standing], by: str) -> list[Ranked]:
    """Measures in the order of the ranking, dropped ones left out; by: one of RankedBy.

    What done measures have added to the area of today counts as still lacking, so that a measure
    keeps its place when it is done.
    """
    kept = {one.record.pk: one for one in lines if not one.is_dropped}
    counted: dict[int, int] = defaultdict(int)
    for line in kept.values():
        counted[line.record.community_id] += line.counted
    needs = {key: _before(one.need(by), counted[key]) for key, one in standings.items()}
    rows = ranked(gains((ask_of(one) for one in kept.values()), needs))
    return [
        Ranked(rank, kept[gain.ask.key], gain, standings.get(gain.ask.community))
        for rank, gain in rows
    ]


def _before(need: Need, counted: int) -> Need:
    return need if need.gap is None else Need(need.gap + counted, need.heads)


@dataclass(frozen=True)
class Ranking:
    """The ranking of a plan; standings say of which year and day its figures are."""

    rows: list[Ranked]
    standings: Standings


def get_ranking(
    user: User, plan: SpacePlan, by: RankedBy, on: date, present: Present | None = None
) -> Ranking:
    """A plan's measures by rank. Six queries and those of the assessment.

    Raises PermissionError for whoever does not see the whole district.
    """
    standings = get_standings(user, plan.code, on, present)
    return Ranking(rank_lines(lines_of(user, plan, on), standings.by_key, by), standings)
