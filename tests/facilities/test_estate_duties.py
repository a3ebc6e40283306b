"""物业服务用房: what each estate must have for its floor area, and which bound decides."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from communities.models import Community, Estate
from facilities.models import Inspection
from facilities.selectors.estate_duties import Duty, get_duties, sums_of
from tests.conftest import Browse
from tests.files import xlsx_rows
from tests.queries import queries_of
from tests.space_factories import AT, make_premises, make_room, make_share, maker
from tests.world import DISTRICT, GUCHENG, HUNAN, LIUYUAN, STREET, make_world

pytestmark = pytest.mark.django_db
ON, DAY = date(2026, 12, 31), date(2026, 11, 22)
PAGE = "/space/estates/"


def community(code: str) -> Community:
    return Community.objects.get(code=code)


def make_estate(code: str, name: str, area: str | None = None, **more: Any) -> Estate:
    found: Estate = Estate.objects.create(
        community=community(code), code=code, name=name,
        gross_floor_area_m2=None if area is None else Decimal(area), **more,
    )  # fmt: skip
    return found


def by_name(user: User, prefix: str = STREET) -> dict[str, Duty]:
    return {one.name: one for one in get_duties(user, prefix, ON, DAY)}


def test_duty_then_three_per_mille_or_the_least_of_the_clause(clerk: User) -> None:
    make_world(GUCHENG)
    for name, area in (("大", "50000"), ("小", "20000"), ("限", "33333.34"), ("不明", None)):
        make_estate(GUCHENG, name, area)

    found = by_name(clerk)

    figures = {name: (one.required, one.computed, one.bound) for name, one in found.items()}
    assert figures == {
        "大": (Decimal("150.00"), None, "按总建筑面积计算"),
        "小": (Decimal("100.00"), Decimal("60.00"), "取下限"),
        "限": (Decimal("100.00"), None, "按总建筑面积计算"),
        "不明": (None, None, ""),
    }
    assert (found["不明"].state, found["不明"].reason) == ("unknown", "缺少小区总建筑面积")
    clause = found["大"].clause
    assert clause is not None
    assert (clause.article, clause.id) == ("第三十条", "LC-SPC-4")


def test_duty_then_rooms_for_property_in_use_in_the_estates_premises_count_whole(
    clerk: User,
) -> None:
    make_world(GUCHENG, HUNAN)
    estate = make_estate(GUCHENG, "湖畔", "50000")
    other = make_estate(HUNAN, "湖心", "10000")
    premises = make_premises(community(GUCHENG), estate=estate, total_parts=2)
    make_share(premises, community(HUNAN))
    make_room(premises, "property", "120.25")
    make_room(premises, "work", "500")
    make_room(premises, "property", "70", valid_until=DAY)
    stopped = make_room(make_premises(community(HUNAN), estate=other), "property", "150")
    Inspection.objects.create(
        premises=stopped.premises, room=stopped, community=stopped.community, code=stopped.code,
        inspected_on=DAY, finding="misused", stops_from=DAY, made_by=maker(), made_at=AT,
    )  # fmt: skip

    found = by_name(clerk)

    assert (found["湖畔"].actual, found["湖畔"].gap) == (Decimal("120.25"), Decimal("-29.75"))
    assert (found["湖心"].actual, found["湖心"].gap) == (Decimal("0.00"), Decimal("-100.00"))


def test_sums_then_shortages_only_and_the_unknown_apart(clerk: User) -> None:
    make_world(GUCHENG)
    rich = make_estate(GUCHENG, "富", "50000")
    make_estate(GUCHENG, "缺", "50000")
    make_estate(GUCHENG, "不明")
    make_room(make_premises(community(GUCHENG), estate=rich), "property", "400")

    found = sums_of(STREET, "合计", get_duties(clerk, STREET, ON, DAY))

    assert (found.estates, found.judged, found.met, found.unknown) == (3, 2, 1, 1)
    assert (found.required, found.actual, found.lacking) == (
        Decimal("300.00"), Decimal("400.00"), Decimal("150.00"),
    )  # fmt: skip


def test_page_then_the_own_scope_by_street_and_state(
    browse: Browse, clerk: User, clerk_elsewhere: User, district_officer: User
) -> None:
    make_world()
    make_estate(GUCHENG, "湖畔花园", "20000")
    make_estate(LIUYUAN, "柳岸花园")

    page = browse(clerk).get(PAGE).content.decode()
    assert "湖畔花园" in page
    assert "柳岸花园" not in page
    assert "取下限，第三十条（LC-SPC-4）" in page
    assert browse(clerk_elsewhere).get(f"{PAGE}?division={STREET}").status_code == 404
    page = browse(district_officer).get(f"{PAGE}?state=unknown").content.decode()
    assert "柳岸花园" in page
    assert "湖畔花园" not in page
    assert "古楼街道" in page
    said = browse(clerk).get(f"{PAGE}?state=x").content.decode()
    assert "没有“x”这种情况，已列出全部小区" in said


def test_page_of_many_estates_then_the_queries_are_as_few(browse: Browse, clerk: User) -> None:
    make_world(GUCHENG)
    estates = [make_estate(GUCHENG, "一", "20000")]
    make_room(make_premises(community(GUCHENG), estate=estates[0]), "property", "50")
    client = browse(clerk)
    client.get(PAGE)
    one = queries_of(client, PAGE)
    for number in range(30):
        estate = make_estate(GUCHENG, f"小区{number}", "20000")
        make_room(
            make_premises(community(GUCHENG), f"用房{number}", estate=estate), "property", "50"
        )

    assert queries_of(client, PAGE) == one


def test_export_then_every_estate_and_nothing_of_more_than_a_city(
    browse: Browse, district_officer: User, auditor: User
) -> None:
    make_world()
    make_estate(GUCHENG, "湖畔花园", "20000")
    make_estate(LIUYUAN, "柳岸花园")

    rows = xlsx_rows(browse(district_officer).get(f"{PAGE}export.xlsx").content)

    lines = {row[2]: row[3:9] for row in rows if row[0] in (GUCHENG, LIUYUAN)}
    assert lines["湖畔花园"] == [20000, 100, 60, 0, -100, "不足"]
    assert lines["柳岸花园"][5] == "不能判断"
    assert browse(district_officer).get(f"{PAGE}?division=37").status_code == 404
    assert DISTRICT == "371502"
