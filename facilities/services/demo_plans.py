"""The demo plan of 东昌府区 for what its communities lack, and the city's pool for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from accounts.models import User
from communities.models import Division
from facilities.choices import Means, MeasureState, PoolMethod, PoolWeight
from facilities.models import SpaceMeasure, SpacePlan, SpacePool
from facilities.models.plans import PAYERS
from facilities.selectors.areas import square_metres
from facilities.selectors.plans_standing import Standing, get_standings
from facilities.selectors.pools import divide
from facilities.services.plans import report_progress, save_measure, save_plan
from facilities.services.plans_steps import approve, propose
from facilities.services.pools import freeze_parts, save_pool

DISTRICT, CITY = "371502", "3715"
# counted as poor in the demo, whatever it is
POOR: Final = ("371526",)
MAKER, DECIDER = "dongchangfu", "liaocheng"
MOST_MEASURES: Final = 14
ORDER: Final = (Means.EXTEND, Means.RENT, Means.BUY, Means.REALLOCATE, Means.HANDOVER)
# yuan per m² (rent: a year), and the percent of it that city, district and street pay
COSTS: Final[dict[str, tuple[int, tuple[int, int, int]]]] = {
    Means.EXTEND: (1_800, (0, 60, 40)),
    Means.RENT: (360, (50, 50, 0)),
    Means.BUY: (5_200, (50, 50, 0)),
    Means.REALLOCATE: (300, (0, 0, 100)),
    Means.HANDOVER: (0, (0, 0, 0)),
}
PLAN_COLUMNS: Final = ("code", "title", "first_year", "last_year")
PROGRESS: Final = ("state", "done_on", "done_area_m2")
POOL_YUAN: Final = Decimal(2_000_000)


def load_plan(
    people: Mapping[str, User], *, year: int, on: date, at: datetime, url: str
) -> SpacePlan | None:
    """The approved plan of three years, last year's measures done, one late; None without makers.

    url: the list of plans.
    """
    maker, decider = people.get(MAKER), people.get(DECIDER)
    if maker is None or decider is None:
        return None
    standings = get_standings(maker, DISTRICT, on)
    short = sorted(
        (one for one in standings.under(DISTRICT) if one.is_short),
        key=lambda one: (-(one.gap or 0), one.code),
    )[:MOST_MEASURES]
    if not short:
        return None
    plan = save_plan(
        plan=SpacePlan(
            code=DISTRICT,
            title=f"演示{year - 1}至{year + 1}年用房达标计划",
            first_year=year - 1,
            last_year=year + 1,
            is_demo=True,
        ),
        fields=PLAN_COLUMNS,
        version=0,
        reason="",
        by=maker,
        at=at - timedelta(days=400),
    )
    for measure in measures_of(plan, short, year):
        save_measure(
            measure=measure, fields=(), version=0, reason="", by=maker,
            at=at - timedelta(days=398),
        )  # fmt: skip
    plan.refresh_from_db()
    plan = propose(
        record=plan, version=plan.version, url=url, by=maker, at=at - timedelta(days=396)
    )
    plan = approve(
        record=plan, version=plan.version, decision="同意", doc_no=f"演示民字〔{year - 1}〕15号",
        url=url, by=decider, at=at - timedelta(days=390),
    )  # fmt: skip
    _progress(plan, year, maker, at)
    return plan


def measures_of(plan: SpacePlan, short: Iterable[Standing], year: int) -> Iterable[SpaceMeasure]:
    """A measure for each community, of the whole gap, year by year."""
    for place, one in enumerate(short):
        means = ORDER[place % len(ORDER)]
        yuan, parts = COSTS[means]
        if means == Means.RENT:
            # the rent of all years that are left
            yuan *= plan.last_year - (year - 1 + place % 3) + 1
        area = square_metres(one.gap or 0)
        city, district, street = (
            (area * yuan * part / 100).quantize(Decimal("0.01")) for part in parts
        )
        paid: dict[str, Any] = dict.fromkeys((f"{payer}_yuan" for payer in PAYERS), Decimal(0))
        paid |= {"city_yuan": city, "district_yuan": district, "street_yuan": street}
        yield SpaceMeasure(
            plan=plan, community_id=one.key, year=year - 1 + place % 3, means=means,
            area_m2=area, remarks="演示", is_demo=True, **paid,
        )  # fmt: skip


def _progress(plan: SpacePlan, year: int, by: User, at: datetime) -> None:
    """Last year's measures are done but one, of this year's some are under way or done."""
    rows = SpaceMeasure.objects.filter(plan=plan, year__lte=year).order_by("year", "code")
    for place, one in enumerate(rows):
        last = one.year < year
        if last and place == 0:
            one.state = MeasureState.UNDER_WAY
        elif last or place % 3 == 0:
            one.state = MeasureState.DONE
            one.done_on = date(one.year, 10, 20) if last else date(year, 5, 20)
            one.done_area_m2 = one.area_m2
        elif place % 3 == 1:
            one.state = MeasureState.UNDER_WAY
        else:
            continue
        report_progress(
            measure=one, fields=PROGRESS, version=one.version, reason="", wide=True, by=by, at=at
        )  # fmt: skip


def load_pool(
    people: Mapping[str, User], *, year: int, on: date, at: datetime, url: str
) -> SpacePool | None:
    """The city's pool of the year, by gaps of its poor county, that waits to be approved.

    url: the list of pools. None where nobody may make it or no county has a gap.
    """
    maker = people.get(DECIDER)
    Division.objects.filter(code__in=POOR, poor_county=None, valid_until=None).update(
        poor_county=True
    )
    if maker is None:
        return None
    pool = SpacePool(
        code=CITY, year=year, title=f"演示{year}年贫困县社区用房补助", amount_yuan=POOL_YUAN,
        method=PoolMethod.WEIGHTS, weight_by=PoolWeight.GAP, basis="演示预算安排", is_demo=True,
    )  # fmt: skip
    divided = divide(maker, pool, on, {})
    if not divided.given:
        return None
    held = save_pool(
        pool=pool, fields=(), parts=divided.parts, version=0, reason="", by=maker,
        at=at - timedelta(days=9),
    )  # fmt: skip
    return propose(
        record=held, version=held.version, url=url, by=maker, at=at - timedelta(days=8),
        freeze=lambda one: freeze_parts(one, divided),
    )  # fmt: skip
