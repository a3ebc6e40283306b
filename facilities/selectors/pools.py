"""用房补助资金: pools that a person reads, how one is divided, and what changed since it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Q

from accounts.models import User
from accounts.scope import DISTRICT, contains
from communities.choices import DecisionState, Level
from communities.models import Division
from communities.selectors.assessment import Present
from facilities.choices import MeasureState, PoolMethod, PoolShare, PoolWeight
from facilities.models import SpaceMeasure, SpacePool, SpacePoolLine
from facilities.rules.money import fen, yuan
from facilities.rules.pools import by_rank, by_weight
from facilities.selectors.areas import square_metres
from facilities.selectors.measures import line_of
from facilities.selectors.plans import readable
from facilities.selectors.plans_standing import Standings, get_standings
from facilities.selectors.ranking import Ranked, rank_lines

FROZEN = (DecisionState.PROPOSED, DecisionState.APPROVED)


@dataclass(frozen=True)
class Part:
    """What one county, or one measure, gets of a pool; money in fen.

    weight: a number without unit, hundredths of m² or households, by what the pool is divided.
    """

    code: str
    name: str
    measure: SpaceMeasure | None
    weight: int | None
    rank: int | None
    asked: int | None
    amount: int

    @property
    def key(self) -> tuple[str, int | None]:
        return self.code, self.measure.pk if self.measure else None

    @property
    def amount_yuan(self) -> Decimal:
        return yuan(self.amount)

    @property
    def asked_yuan(self) -> Decimal | None:
        return None if self.asked is None else yuan(self.asked)


@dataclass(frozen=True)
class Divided:
    """A pool divided: its parts, and sentences on what they leave out. Money in fen.

    `demo`: whether it was divided by figures that are made up.
    """

    parts: list[Part]
    total: int
    said: list[str]
    demo: bool = False

    @property
    def given(self) -> int:
        return sum(one.amount for one in self.parts)

    @property
    def given_yuan(self) -> Decimal:
        return yuan(self.given)

    @property
    def asked_yuan(self) -> Decimal:
        return yuan(sum(one.asked or 0 for one in self.parts))

    @property
    def left_yuan(self) -> Decimal:
        return yuan(self.total - self.given)

    @property
    def weight(self) -> int:
        return sum(one.weight or 0 for one in self.parts)


def pools_for(user: User) -> Any:
    """The pools that a person may read, the latest year first."""
    rows = readable(SpacePool.objects.for_user(user), user)
    return rows.select_related("made_by", "decided_by").order_by("-year", "code", "-pk")


def find_pool(user: User, key: int) -> SpacePool | None:
    """A pool that this person may read, or None. One query."""
    found: SpacePool | None = pools_for(user).filter(pk=key).first()
    return found


def poor_counties(prefix: str, on: date) -> dict[str, str]:
    """The poor counties under a division on a day: names by code. One query."""
    rows = Division.objects.under(prefix).as_of(on).filter(level=Level.DISTRICT, poor_county=True)
    return dict(rows.order_by("code").values_list("code", "name"))


def shown_weight(weight: int | None, weight_by: str) -> Decimal | int | None:
    """A weight in its unit: m² for a gap."""
    if weight is None or weight_by != PoolWeight.GAP:
        return weight
    return square_metres(weight)


def divide(
    user: User,
    pool: SpacePool,
    on: date,
    entered: Mapping[str, int],
    present: Present | None = None,
) -> Divided:
    """How a pool is divided by the facts of a day; entered: typed weights by county.

    Eleven queries at most, beside those of the assessment. Raises PermissionError for whoever does
    not see all of the pool's division.
    """
    counties = poor_counties(pool.code, on)
    total = fen(pool.amount_yuan)
    if not counties:
        return Divided([], total, ["没有县（市、区）登记为贫困县。在区划里登记以后再分配"])
    if pool.method == PoolMethod.WEIGHTS and pool.weight_by == PoolWeight.ENTERED:
        weights = {code: entered.get(code, 0) for code in counties}
        return _weighed(total, counties, weights, [])
    standings = get_standings(user, pool.code, on, present)
    if pool.method == PoolMethod.WEIGHTS:
        weights, said = _weights(pool.weight_by, counties, standings)
        divided = _weighed(total, counties, weights, said)
    else:
        divided = _ranked(pool, total, counties, standings, on)
    return replace(divided, demo=standings.assessment.register.is_demo)


def _weights(
    weight_by: str, counties: Iterable[str], standings: Standings
) -> tuple[dict[str, int], list[str]]:
    """The weight of each county, and what could not be counted."""
    weights, unknown, without = Counter[str](), 0, 0
    for one in standings.by_key.values():
        county = one.code[:DISTRICT]
        if county not in counties:
            continue
        unknown += one.gap is None
        if one.is_short and weight_by == PoolWeight.GAP:
            weights[county] += one.gap or 0
        elif one.is_short:
            without += one.households is None
            weights[county] += one.households or 0
    said = [f"{unknown}个社区不能测算缺口，没有计入权数"] if unknown else []
    said += [f"{without}个未达标社区没有户数，没有计入权数"] if without else []
    return {code: weights[code] for code in counties}, said


def _weighed(
    total: int,
    counties: Mapping[str, str],
    weights: Mapping[str, int],
    said: list[str],
) -> Divided:
    codes = list(counties)
    parts = by_weight(total, [weights[code] for code in codes], codes)
    if not any(weights.values()):
        said = [*said, "权数合计为0，不能分配"]
    return Divided(
        [
            Part(code, counties[code], None, weights[code], None, None, part)
            for code, part in zip(codes, parts, strict=True)
        ],
        total,
        said,
    )


def _ranked(
    pool: SpacePool, total: int, counties: Mapping[str, str], standings: Standings, on: date
) -> Divided:
    measures = SpaceMeasure.objects.under(pool.code).filter(plan__state=DecisionState.APPROVED)
    measures = measures.filter(plan__code__in=list(counties)).exclude(state=MeasureState.DROPPED)
    lines = [line_of(one, on) for one in measures.select_related("community")]
    rows = rank_lines(lines, standings.by_key, pool.ranked_by)
    of_year = [one for one in rows if one.line.record.year == pool.year]
    asked = _asked(pool, of_year)
    wanting = [one for one in of_year if asked[one.line.record.pk] > 0]
    parts = by_rank(
        total,
        [asked[one.line.record.pk] for one in wanting],
        last_in_part=pool.pays_last_in_part,
    )
    said = [] if of_year else [f"贫困县批准的达标计划里没有{pool.year}年的项目"]
    idle = len(of_year) - len(wanting)
    said += [f"{idle}个项目没有要承担的费用，或已由其他资金安排"] if idle else []
    return Divided(
        [
            Part(
                one.line.record.code,
                one.line.record.community.short_name,
                one.line.record,
                None,
                place,
                asked[one.line.record.pk],
                part,
            )
            for place, (one, part) in enumerate(zip(wanting, parts, strict=True), start=1)
        ],
        total,
        said,
    )


def _asked(pool: SpacePool, rows: Sequence[Ranked]) -> dict[int, int]:
    """What each measure asks of a pool: the part that it pays, less what other pools give.

    One query. No measure gets more than it costs, from whatever pools: whoever stores the parts
    holds the measures (`services.pools.hold_measures`).
    """
    lines = SpacePoolLine.objects.filter(measure__in=[one.line.record.pk for one in rows])
    lines = lines.filter(pool__state__in=FROZEN).exclude(pool=pool.pk)
    by_all, by_same = Counter[int](), Counter[int]()
    for measure, pays, amount in lines.values_list("measure_id", "pool__pays", "amount_yuan"):
        by_all[measure] += fen(amount)
        by_same[measure] += fen(amount) if pays == pool.pays else 0
    found = {}
    for one in rows:
        record, cost = one.line.record, one.line.fen
        part = cost
        if pool.pays != PoolShare.TOTAL:
            part = fen(getattr(record, f"{pool.pays}_yuan"))
        left = min(part - by_same[record.pk], cost - by_all[record.pk])
        found[record.pk] = max(0, left)
    return found


def given_to(measures: Collection[int]) -> Counter[int]:
    """What proposed and approved pools give to measures, in fen by key. One query."""
    lines = SpacePoolLine.objects.filter(measure__in=measures, pool__state__in=FROZEN)
    found = Counter[int]()
    for measure, amount in lines.values_list("measure_id", "amount_yuan"):
        if measure is not None:
            found[measure] += fen(amount)
    return found


def lines_for(user: User, pool: SpacePool) -> Any:
    """The lines of a pool in a person's scope, in the order of rank and code."""
    rows = SpacePoolLine.objects.for_user(user).filter(pool=pool)
    rows = rows.select_related("measure__community")
    return rows.order_by(F("rank").asc(nulls_first=True), "code", "pk")


def kept(lines: Iterable[SpacePoolLine], names: Mapping[str, str]) -> list[Part]:
    """Lines as they were divided, as parts."""
    return [
        Part(
            one.code,
            one.measure.community.short_name if one.measure else names.get(one.code, one.code),
            one.measure,
            one.weight,
            one.rank,
            None if one.asked_yuan is None else fen(one.asked_yuan),
            fen(one.amount_yuan),
        )
        for one in lines
    ]


def entered_weights(pool: SpacePool) -> dict[str, int]:
    """The weights of a pool's counties that were typed, by code. One query."""
    if pool._state.adding:
        return {}
    rows = SpacePoolLine.objects.filter(Q(pool=pool), measure__isnull=True)
    return {code: weight or 0 for code, weight in rows.values_list("code", "weight")}


def changes_since(parts: Sequence[Part], now: Divided, pool: SpacePool) -> list[str]:
    """What is not any more as it was when a pool was divided, in sentences."""
    before, after = ({one.key: one for one in some} for some in (parts, now.parts))
    said = []
    for key, old in before.items():
        new = after.get(key)
        if new is None:
            said.append(f"{old.name}不再参加分配")
        elif old.weight != new.weight:
            was, now_is = (shown_weight(one.weight, pool.weight_by) for one in (old, new))
            said.append(f"{old.name}的权数由{was:,}变为{now_is:,}")
        elif old.asked != new.asked:
            said.append(f"{old.name}申请的由{old.asked_yuan:,}元变为{new.asked_yuan:,}元")
        elif old.rank != new.rank:
            said.append(f"{old.name}由第{old.rank}名变为第{new.rank}名")
    said += [f"{new.name}没有参加分配" for key, new in after.items() if key not in before]
    return said


def sees_all(user: User, pool: SpacePool) -> bool:
    """Whether a person sees every line of a pool."""
    return contains(user.scope, pool.code)
