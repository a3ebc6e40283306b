"""核查 of premises: what each kind finds, its file, and a page of 20,000 premises."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from communities.models import Community
from facilities.models import Premises
from facilities.selectors.premises_checks import KINDS, Ground, count_of, findings_of
from tests.conftest import Browse
from tests.factories import make_community, make_facts
from tests.files import xlsx_rows
from tests.queries import queries_of
from tests.space_factories import make_contract, make_premises, make_room, make_share

ON = date(2026, 11, 22)


@pytest.fixture
def first(db: None) -> Community:
    return make_community()


@pytest.fixture
def second(first: Community) -> Community:
    return make_community("371502001002", "新城社区居委会")


def found(user: User, kind: str) -> list[tuple[str, str]]:
    """What a check finds: name (or place) and words."""
    ground = Ground(user, "371502", ON, 2026)
    rows = list(KINDS[kind].find(ground))
    assert len(rows) == count_of(KINDS[kind], ground)
    lines = findings_of(KINDS[kind], rows)
    return [(one.name or one.place, one.text) for one in lines]


def sound(community: Community, name: str = "好用房", **values: Any) -> Premises:
    """Premises that no check finds."""
    whole = {"title_no": f"鲁{name}", "address": f"{name}路1号"} | values
    premises = make_premises(community, name, **whole)
    make_room(premises, "work", "100", usable_m2=Decimal(80))
    return premises


def test_nothing_is_found_where_all_is_sound(first: Community, clerk: User) -> None:
    sound(first)
    make_facts(first, premises_area_m2=Decimal(100), premises_usable_area_m2=Decimal(80))

    assert {kind: found(clerk, kind) for kind in KINDS} == {kind: [] for kind in KINDS}


def test_same_title_or_address_twice_is_found(
    first: Community, second: Community, clerk: User
) -> None:
    sound(first, "甲", title_no="鲁1")
    sound(second, "乙", title_no="鲁1")
    sound(second, "丙", address="甲路1号")
    sound(second, "丁", title_no="鲁1", valid_until=date(2026, 1, 1))

    assert found(clerk, "same-title") == [("甲", "证号鲁1"), ("乙", "证号鲁1")]
    assert found(clerk, "same-address") == [("甲", "坐落甲路1号"), ("丙", "坐落甲路1号")]


def test_what_is_not_registered_is_found(first: Community, clerk: User) -> None:
    sound(first, "无证", title_no="")
    sound(first, "借来", title_no="", acquisition="lent", acquired_on=None)
    measured = sound(first, "未测")
    make_room(measured, "hall", "20")
    make_room(measured, "property", "20")

    assert found(clerk, "no-title") == [("无证", "无偿移交，没有不动产权证号")]
    assert found(clerk, "no-day") == [("借来", "没有取得（移交）日期")]
    assert found(clerk, "not-measured") == [("未测", "1个房间没有使用面积")]


def test_leases_that_ran_out_are_found(first: Community, clerk: User) -> None:
    over = sound(first, "到期", acquisition="rented")
    make_contract(over, valid_until=date(2026, 11, 22))
    make_contract(sound(first, "在期", acquisition="rented"))
    sound(first, "没有合同", acquisition="rented")
    renewed = sound(first, "续租")
    make_contract(renewed, valid_until=date(2026, 1, 1))
    make_contract(renewed, valid_from=date(2026, 1, 1))

    assert found(clerk, "lease-over") == [
        ("到期", "租约2026-11-22到期，仍在计入"),
        ("没有合同", "租用，没有登记在期的租赁合同"),
    ]


def test_shares_that_do_not_make_up_the_whole_are_found(
    first: Community, second: Community, clerk: User
) -> None:
    over = sound(first, "超出", total_parts=2, parts=0)
    make_share(over, first, 2)
    # the database lets only shares that end be more than the whole
    make_share(over, second, 1, valid_until=date(2030, 1, 1))
    sound(first, "有余", total_parts=3)
    sound(first, "无人", parts=0)

    assert found(clerk, "over-whole") == [("超出", "各社区合计3份，共2份")]
    assert found(clerk, "with-rest") == [("有余", "各社区合计1份，共3份")]
    assert found(clerk, "unused") == [("无人", "没有社区使用")]


def test_rooms_that_were_typed_twice_are_found(first: Community, clerk: User) -> None:
    same_use, same_area = sound(first, "同用途"), sound(first, "同面积")
    apart = sound(first, "不同")
    for area in ("20", "30"):
        make_room(same_use, "hall", area, name="同名")
    for use in ("hall", "activity"):
        make_room(same_area, use, "20", name="同名")
    make_room(apart, "hall", "20", name="一楼")
    make_room(apart, "activity", "30", name="一楼")
    make_room(apart, "hall", "25", name="一楼", valid_until=date(2026, 1, 1))

    assert found(clerk, "twin-rooms") == [
        ("同用途", "“同名”登记了不止一次"), ("同面积", "“同名”登记了不止一次")
    ]  # fmt: skip


def test_contracts_that_do_not_fit_the_premises_are_found(first: Community, clerk: User) -> None:
    rented = sound(first, "租来", acquisition="rented")
    built = sum(room.building_m2 for room in rented.rooms.all())
    make_contract(rented, area_m2=built)
    make_contract(rented, valid_from=date(2020, 1, 1), valid_until=date(2025, 1, 1), area_m2=1)
    bought = sound(first, "租来又买", acquisition="rented")
    make_contract(bought, "purchase", area_m2=Decimal("99999"))
    make_contract(bought, area_m2=None)

    assert found(clerk, "contract-area") == [
        ("租来又买", f"合同99,999.00㎡，房间合计{built:,}㎡")
    ]  # fmt: skip
    assert found(clerk, "other-contract") == [
        ("租来又买", "取得方式是租赁，登记了购买、租赁合同")
    ]  # fmt: skip


def test_premises_of_ended_communities_are_found(
    first: Community, second: Community, clerk: User
) -> None:
    shared = sound(first, "合用", total_parts=2)
    make_share(shared, second)
    sound(second, "登记")
    Community.objects.filter(pk=second.pk).update(valid_until=date(2026, 6, 1))

    assert found(clerk, "in-ended") == [
        ("合用", "合用的社区已撤销，份额没有终止"),
        ("登记", "新城社区已于2026-06-01撤销，用房没有转出或终止"),
    ]


def test_figures_that_differ_from_the_facts_are_found_with_both(
    first: Community, second: Community, clerk: User
) -> None:
    sound(first)
    sound(second)
    make_facts(first, premises_area_m2=Decimal("100.01"), premises_usable_area_m2=Decimal(70))
    make_facts(second, premises_area_m2=None, premises_usable_area_m2=Decimal(80))

    assert found(clerk, "usable-differs") == [("古城社区", "台账80.00㎡，2026年度数据70.00㎡")]
    assert found(clerk, "building-differs") == [("古城社区", "台账100.00㎡，2026年度数据100.01㎡")]


def test_pages_and_file_of_checks(first: Community, clerk: User, browse: Browse) -> None:
    sound(first, "无证", title_no="")

    overview = browse(clerk).get("/premises/checks/").content.decode()
    listed = browse(clerk).get("/premises/checks/?kind=no-title").content.decode()
    file = browse(clerk).get("/premises/checks/export.xlsx?kind=no-title")

    assert "没有产权证号" in overview
    assert "1处" in overview
    assert "无偿移交，没有不动产权证号" in listed
    assert xlsx_rows(file.content)[-1] == [
        "古楼街道",
        "古城社区",
        "371502001001",
        "无证",
        "无偿移交，没有不动产权证号",
    ]
    assert browse(clerk).get("/premises/checks/export.xlsx").status_code == 404


def test_checks_ask_as_many_queries_for_30_rows_as_for_one(
    first: Community, clerk: User, browse: Browse
) -> None:
    path = "/premises/checks/?kind=no-title"
    sound(first, "无证", title_no="")
    client = browse(clerk)
    client.get(path)
    asked = queries_of(client, path)
    for number in range(30):
        sound(first, f"无证{number}", title_no="")

    assert queries_of(client, path) == asked
