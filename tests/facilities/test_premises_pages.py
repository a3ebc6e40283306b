"""The pages of premises: the register, its filters, sums and file, one set, the tab."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from communities.models import Community
from facilities.models import Inspection, Premises
from facilities.selectors.premises import PremisesQuery, premises_of, rows_of
from facilities.selectors.premises_sums import sums_of
from tests.conftest import Browse
from tests.factories import make_community, make_facts, make_user
from tests.files import xlsx_rows
from tests.queries import queries_of
from tests.space_factories import (
    AT,
    make_contract,
    make_premises,
    make_room,
    make_share,
    maker,
)

LIST = "/premises/"
ON = date(2026, 11, 22)


@pytest.fixture
def community(db: None) -> Community:
    return make_community()


def stop(premises: Premises, **overrides: Any) -> Inspection:
    values: dict[str, Any] = {
        "inspected_on": date(2026, 9, 1),
        "finding": "occupied",
        "stops_from": date(2026, 9, 1),
        "made_by": maker(),
        "made_at": AT,
    }
    return Inspection.objects.create(
        premises=premises,
        community=premises.community,
        code=premises.code,
        **(values | overrides),
    )


def test_list_shows_what_counts_and_the_sum_of_the_filter(
    community: Community, clerk: User, browse: Browse
) -> None:
    premises = make_premises(community)
    make_room(premises, "work", "300.55", usable_m2="280")
    make_room(premises, "hall", "100", usable_m2="90")
    other = make_premises(community, "红旗路用房", acquisition="rented", parts=0, total_parts=2)
    make_share(other, community)
    make_room(other, "activity", "50.01")
    make_contract(other, valid_until=date(2026, 12, 31))

    page = browse(clerk).get(f"{LIST}?on=2026-11-22").content.decode()
    rented = browse(clerk).get(f"{LIST}?acquisition=rented&on=2026-11-22").content.decode()

    for figure in ("300.55", "合计2处", "425.56", "快到期"):
        assert figure in page
    for figure in ("合计1处", "25.01"):
        assert figure in rented
    assert "300.55" not in rented


@pytest.fixture
def several(community: Community) -> dict[str, Premises]:
    """One set of premises of every state."""
    found = {
        name: make_premises(community, name, **values)
        for name, values in {
            "在用": {"address": "柳园路", "title_no": "鲁2020第1号"},
            "停计": {},
            "停一半": {"acquisition": "bought", "title_no": "鲁2020第2号"},
            "空置": {"parts": 0},
            "没有房间": {"acquisition": "lent"},
            "未启用": {"valid_from": date(2027, 1, 1), "title_no": "3"},
            "已终止": {"valid_until": date(2026, 1, 1), "title_no": "4"},
        }.items()
    }
    for name, premises in found.items():
        if name != "没有房间":
            make_room(premises, "work", "100")
    half = make_room(found["停一半"], "hall", "50")
    stop(found["停计"])
    stop(found["停一半"], room=half)
    stop(found["在用"], resumes_on=date(2026, 10, 1))
    second = make_community("371502001002", "新城社区居委会")
    shared = make_premises(second, "合用", acquisition="rented", parts=2, total_parts=3)
    make_share(shared, community)
    make_room(shared, "activity", "90")
    make_contract(shared, valid_until=date(2027, 2, 20))
    return found | {"合用": shared}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, "停一半 停计 合用 在用 未启用 没有房间 空置"),
        ({"state": "in_use"}, "停一半 合用 在用"),
        ({"state": "stopped"}, "停一半 停计"),
        ({"state": "unused"}, "空置"),
        ({"state": "no_rooms"}, "没有房间"),
        ({"state": "coming"}, "未启用"),
        ({"state": "ended"}, "已终止"),
        ({"state": "all", "text": "第2"}, "停一半"),
        ({"acquisition": "bought"}, "停一半"),
        ({"use": "hall"}, "停一半"),
        ({"shared": "yes"}, "合用"),
        ({"shared": "no", "state": "in_use"}, "停一半 在用"),
        ({"flaw": "title"}, "停计 空置"),
        ({"flaw": "lease"}, "合用"),
        ({"text": "柳园路"}, "在用"),
        ({"prefix": "371502002"}, ""),
    ],
)
def test_filters_find(
    several: dict[str, Premises], clerk: User, asked: dict[str, str], expected: str
) -> None:
    query = PremisesQuery(**({"prefix": "371502", "on": ON} | asked))

    found = sorted(one.name for one in premises_of(clerk, query))

    assert found == sorted(expected.split())


def test_states_and_sums_of_rows_agree(several: dict[str, Premises], clerk: User) -> None:
    found = premises_of(clerk, PremisesQuery(prefix="371502001", on=ON, state="all"))

    rows = {row.premises.name: row for row in rows_of(list(found), ON)}
    sums = sums_of(found, ON)

    assert {name: row.state_label for name, row in rows.items()} == {
        "在用": "在用",
        "停计": "全部停计",
        "停一半": "部分停计",
        "空置": "无社区使用",
        "没有房间": "没有房间",
        "未启用": "未启用",
        "已终止": "已终止",
        "合用": "在用",
    }
    assert (rows["合用"].shared, rows["合用"].building, rows["停一半"].building) == (
        2,
        Decimal(90),
        Decimal(100),
    )
    assert (sums.work, sums.service, sums.building) == (
        sum(row.work for row in rows.values()),
        sum(row.service for row in rows.values()),
        sum(row.building for row in rows.values()),
    )
    assert sums.building == Decimal(290)


def test_sum_of_usable_area_is_that_of_the_rows_that_show_one(
    community: Community, clerk: User, browse: Browse
) -> None:
    first = make_premises(community, "甲")
    make_room(first, "work", "100", usable_m2="80")
    make_room(first, "hall", "10")
    found = premises_of(clerk, PremisesQuery(prefix="371502001", on=ON))
    none = sums_of(found, ON)
    page = browse(clerk).get("/premises/").content.decode()
    make_room(make_premises(community, "乙"), "work", "60", usable_m2="50")
    sums = sums_of(found, ON)

    assert (none.usable, none.unmeasured) == (None, 1)
    assert "1处的房间没有全部测量使用面积，使用面积合计不含" in page
    assert [one.usable for one in rows_of(list(found), ON)] == [Decimal(50), None]
    assert (sums.usable, sums.unmeasured) == (Decimal(50), 1)


def test_leases_that_another_follows_are_not_listed_as_ending(
    community: Community, clerk: User
) -> None:
    followed, last = (make_premises(community, name) for name in ("续租", "到期"))
    for one in (followed, last):
        make_contract(one, valid_until=ON + timedelta(days=30))
    make_contract(followed, valid_from=ON + timedelta(days=30), valid_until=None)

    found = premises_of(clerk, PremisesQuery(prefix="371502001", on=ON, flaw="lease"))

    assert [one.name for one in found] == ["到期"]
    assert [one.lease_ending for one in rows_of([followed, last], ON)] == [False, True]


def test_sums_of_shares_with_a_rest_are_those_of_the_rows(community: Community) -> None:
    for number in range(1, 40):
        premises = make_premises(community, f"用房{number}", parts=0, total_parts=number % 7 + 5)
        make_share(premises, community, number % 5 + 1)
        make_room(premises, "work", f"{number}.0{number % 10}", usable_m2=f"{number}.005"[:-1])
    officer = make_user("district_officer", "371502")
    found = premises_of(officer, PremisesQuery(prefix="371502", on=ON))

    rows, sums = rows_of(list(found), ON), sums_of(found, ON)

    assert sums.building == sum(row.building for row in rows)
    assert sums.usable == sum(row.usable or 0 for row in rows)


def test_what_the_address_asks_wrongly_is_said(clerk: User, browse: Browse) -> None:
    page = browse(clerk).get(f"{LIST}?acquisition=stolen&on=2026-13-01&street=3301")

    said = page.context["ignored"]
    assert said[-1] == "没有“stolen”这个取得方式，已不按它筛选"
    assert "没有“3301”这个街道，已不按它筛选" in said
    assert any("2026-13-01" in one for one in said)


def test_list_asks_as_many_queries_for_30_rows_as_for_one(
    community: Community, clerk: User, browse: Browse
) -> None:
    make_room(make_premises(community, "用房"), "work", "10")
    client = browse(clerk)
    client.get(LIST)
    asked = queries_of(client, LIST)
    for number in range(30):
        premises = make_premises(community, f"用房{number}")
        make_room(premises, "hall", "10")
        make_contract(premises)

    assert queries_of(client, LIST) == asked


def test_page_asks_as_many_queries_for_30_of_everything(
    community: Community, clerk: User, browse: Browse
) -> None:
    premises = make_premises(community)
    make_room(premises)
    make_contract(premises)
    stop(premises)
    client = browse(clerk)
    path = f"{LIST}{premises.pk}/"
    client.get(path)
    asked = queries_of(client, path)
    for number in range(30):
        room = make_room(premises, name=f"房间{number}")
        stop(premises, room=room)

    assert queries_of(client, path) == asked


def test_page_says_why_a_room_does_not_count(
    community: Community, clerk: User, browse: Browse
) -> None:
    premises = make_premises(community)
    make_room(premises, "work", "100", valid_until=date(2021, 1, 1))
    make_room(premises, "hall", "50", valid_from=date(2027, 1, 1))
    stopped = make_room(premises, "activity", "70")
    stop(premises, room=stopped)
    make_room(premises, "work", "30", name="值班室")

    answer = browse(clerk).get(f"{LIST}{premises.pk}/")

    card = answer.context["card"]
    assert [line.words for line in card.rooms] == [
        "2020-06-01起计入",
        "2027-01-01启用",
        "2026-09-01起停计：被其他单位或个人占用",
        "2021-01-01终止",
    ]
    assert [(span.since, span.cells.premises) for span in card.spans] == [
        (date(2027, 1, 1), Decimal(80)),
        (date(2026, 9, 1), Decimal(30)),
        (date(2021, 1, 1), Decimal(100)),
        (date(2020, 6, 1), Decimal(200)),
    ]


def test_file_has_the_rows_and_their_sums(
    several: dict[str, Premises], district_officer: User, browse: Browse
) -> None:
    answer = browse(district_officer).get(f"{LIST}export.xlsx?state=in_use&on=2026-11-22")

    lines = xlsx_rows(answer.content)
    names = [line[4] for line in lines[5:8]]
    assert sorted(names) == ["停一半", "合用", "在用"]
    total = next(line for line in lines if line[0] == "合计")
    assert (total[2], total[7], total[9], total[10]) == ("3处", 200, 90, 290)


def test_tab_shows_the_own_part_beside_what_is_asked(
    community: Community, clerk: User, browse: Browse
) -> None:
    make_facts(community, work_area_m2=Decimal(60), service_area_m2=Decimal(40))
    shared = make_premises(community, parts=0, total_parts=4)
    make_share(shared, community, 3)
    make_room(shared, "work", "100")
    make_room(shared, "hall", "20.01")
    past = make_premises(community, "旧办公室", parts=0)
    make_share(past, community, valid_until=date(2022, 1, 1))
    make_room(make_premises(community, "空房", parts=0), "work", "40")

    answer = browse(clerk).get("/communities/371502001001/premises/?on=2026-11-22")

    held = answer.context["held"]
    assert [(row.premises.name, row.cells.premises, row.whole) for row in held.rows] == [
        ("党群服务中心", Decimal("90.01"), Decimal("90.01")),
        ("旧办公室", Decimal(0), Decimal(0)),
        ("空房", Decimal(0), Decimal(0)),
    ]
    assert (held.sums.work, held.sums.service, held.halls) == (Decimal(75), Decimal("15.01"), 1)
    assert [(line.label, line.registered, line.reported) for line in held.facts] == [
        ("工作用房", Decimal(75), Decimal(60)),
        ("服务设施", Decimal("15.01"), Decimal(40)),
        ("物业服务用房", Decimal(0), None),
    ]
    assert "3/4" in answer.content.decode()
