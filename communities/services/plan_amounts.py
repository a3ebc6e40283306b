"""Checks of what a plan must account for at submission: areas and the households of new ones."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from communities.choices import ActKind
from communities.services.areas import areas_after, divides_land, total_area
from communities.services.plan_case import Case, Mistake

# kinds whose new community may be made of housing that belonged to nobody
WITH_NEW_HOUSING = (ActKind.ESTABLISH, ActKind.REOPEN)
MOST_HOUSEHOLDS = 99_999_999


def check_areas(case: Case) -> Iterator[Mistake]:
    """Where the land is divided, the areas after come to those before, all of which are known."""
    plan = case.plan
    whole = total_area(
        case.before[pk].area_km2 if pk in case.before else None for pk in plan.communities
    )
    if whole is None or not divides_land(case.kind, plan):
        return
    areas = areas_after(case.kind, plan, case.before)
    item = f"successor:{plan.successors[0].key}"
    if silent := [one.name for one in plan.successors if areas[one.key] is None]:
        yield Mistake(
            item,
            f"{'、'.join(silent)}没有写面积，变更前面积合计{shown(whole)}平方公里。"
            "逐一写明，可以空一个，空的得其余面积",
        )
    elif (after := sum((area for area in areas.values() if area), Decimal(0))) != whole:
        more = "多" if after > whole else "少"
        yield Mistake(
            item,
            f"变更后面积合计{shown(after)}平方公里，变更前{shown(whole)}平方公里，"
            f"{more}{shown(abs(after - whole))}平方公里。改面积，使两者相等，"
            "只空一个的，空的得其余面积",
        )


def shown(area: Decimal) -> str:
    """An area as people write it, without zeros at its end."""
    return f"{area.normalize():f}"


def check_households(case: Case) -> Iterator[Mistake]:
    """New housing is stated of new communities only, and theirs are stated one way or another."""
    for one in case.plan.successors:
        item, stated = f"successor:{one.key}", one.households
        if stated is not None and (one.community or case.kind not in WITH_NEW_HOUSING):
            yield Mistake(item, f"{case.label}不新增户数。去掉新建住房的{stated}户")
        elif stated is not None and not 0 <= stated <= MOST_HOUSEHOLDS:
            yield Mistake(item, f"新建住房{stated}户不对。填0到{MOST_HOUSEHOLDS}之间的整数")
    if case.kind not in WITH_NEW_HOUSING:
        return
    for one in case.plan.successors:
        given = any(flow.to == one.key and flow.households for flow in case.plan.flows)
        if one.community is None and one.households is None and not given:
            yield Mistake(
                f"successor:{one.key}",
                "没有写户数。从现有社区划出户数，或填新建住房户数，没有住户的填0",
            )
