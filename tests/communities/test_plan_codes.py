"""Checks of a plan's codes, names, extents and divisions."""

from datetime import date
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from communities.models import Division
from communities.services.plans import DivisionChange, Plan
from tests.change_acts import applied, begins, goes_on, make_plan, mistakes, pair
from tests.factories import make_community, make_division, make_former

pytestmark = pytest.mark.django_db

A, B, C, NEW = "371502001001", "371502001002", "371502001003", "371502001009"
ELSEWHERE = "371502002001"
DAY = date(2027, 3, 1)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("", "没有代码。填12位数字"),
        ("37150200100", "社区代码“37150200100”应为12位数字"),
        ("37150200100x", "社区代码“37150200100x”应为12位数字"),
        ("３７１５０２００１００９", "社区代码“３７１５０２００１００９”应为12位数字"),
        (
            "371521001009",
            "代码371521001009不在辖区371502内。改正代码，或由上级提出这项变更",
        ),
        (
            "371502008009",
            "街道371502008在2027-03-01不存在。改代码的前9位，或先登记这个街道",
        ),
        (B, f"代码{B}已由湖南社区使用。换一个没有用过的代码"),
        (C, f"代码{C}已由后来社区使用。换一个没有用过的代码"),
        ("371502001005", "代码371502001005已由旧城社区（原代码）使用。换一个没有用过的代码"),
    ],
)
def test_code_of_a_successor(code: str, message: str, district_officer: User) -> None:
    pair()
    make_community(C, "后来社区居委会", valid_from=date(2028, 1, 1))
    renamed = make_community("371502001006", "新城社区居委会")
    make_former(renamed, date(2027, 5, 1), code="371502001005", name="旧城社区居委会")

    plan = make_plan([], [begins(code, "光岳社区居委会", households=0)])

    assert mistakes(district_officer, "establish", plan) == [("successor:s1", message)]


def test_code_given_twice_in_a_plan(district_officer: User) -> None:
    one = make_community(A)
    plan = make_plan(
        [one],
        [begins(NEW, "东城社区居委会"), begins(NEW, "西城社区居委会", "s2")],
        {(one, "s1"): 10, (one, "s2"): 10},
    )

    words = f"代码{NEW}写了2次。每个社区一个代码"
    assert mistakes(district_officer, "split", plan) == [
        ("successor:s1", words),
        ("successor:s2", words),
    ]


@pytest.mark.parametrize(
    ("kind", "changed", "message"),
    [
        ("rename", {}, "名称仍是“古城社区居委会”。填新的名称"),
        ("rename", {"name": "新居委会", "code": NEW}, f"更名不改代码。代码改回{A}，或改为代码变更"),
        ("recode", {}, f"代码和名称仍是{A}“古城社区居委会”。填新的代码，或去掉这个社区"),
        ("transfer", {"code": NEW}, f"代码{NEW}仍属原街道371502001。填新街道的代码"),
    ],
)
def test_change_that_changes_nothing(
    kind: str, changed: dict[str, str], message: str, district_officer: User
) -> None:
    one = make_community(A)

    assert mistakes(district_officer, kind, make_plan([one], [goes_on(one, **changed)])) == [
        (f"successor:c{one.pk}", message)
    ]


def test_names_that_cannot_be_written_or_stand_in_the_street_already(
    district_officer: User,
) -> None:
    one, _ = pair()
    make_community(ELSEWHERE, "柳园社区居委会")

    def rename(name: str) -> list[str]:
        plan = make_plan([one], [goes_on(one, name=name)])
        return [message for _, message in mistakes(district_officer, "rename", plan)]

    assert rename("") == ["没有名称。填写全称"]
    assert rename("字" * 65) == ["名称有65个字。缩短到64个字以内"]
    assert rename("湖南社区居委会") == [f"本街道已有“湖南社区居委会”（{B}）。换一个名称"]
    assert rename("柳园社区居委会") == []


def test_names_that_a_plan_gives_twice_or_gives_up(district_officer: User) -> None:
    one, other = pair()
    swap = make_plan([one, other], [goes_on(one, name=other.name), goes_on(other, name=one.name)])
    same = make_plan(
        [one],
        [begins(NEW, "东城社区居委会"), begins(C, "东城社区居委会", "s2")],
        {(one, "s1"): 1, (one, "s2"): 1},
    )

    assert mistakes(district_officer, "rename", swap) == []
    words = "“东城社区居委会”在同一街道写了2次。换一个名称"
    assert mistakes(district_officer, "split", same) == [
        ("successor:s1", words),
        ("successor:s2", words),
    ]


def test_recode_is_not_hindered_by_names_that_stood_twice_before(district_officer: User) -> None:
    one = make_community(A, "古城社区居委会")
    make_community(B, "古城社区居委会")

    assert mistakes(district_officer, "recode", make_plan([one], [goes_on(one, code=NEW)])) == []


@pytest.mark.parametrize("area", ["-0.1", "100000", "0.00001"])
def test_area_that_the_register_does_not_hold(area: str, district_officer: User) -> None:
    make_community(A)
    plan = make_plan([], [begins(NEW, "光岳社区居委会", area_km2=Decimal(area), households=0)])

    assert mistakes(district_officer, "establish", plan) == [
        (
            "successor:s1",
            f"面积{Decimal(area)}平方公里不对。填0到100000之间的数，最多4位小数",
        )
    ]


def test_boundary_that_is_too_long(district_officer: User) -> None:
    make_community(A)
    new = begins(NEW, "光岳社区居委会", boundaries={"boundary_east": "路" * 101}, households=0)

    assert mistakes(district_officer, "establish", make_plan([], [new])) == [
        (
            "successor:s1",
            f"四至“{'路' * 20}…”有101个字。缩短到100个字以内",
        )
    ]


def division(code: str, new: str, name: str = "光岳街道") -> DivisionChange:
    return DivisionChange(code, new, name)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (division("371502001", "371502015", ""), "没有名称。填写全称"),
        (
            division("371521001", "371521015"),
            "区划371521001→371521015不在辖区371502内。由上级提出",
        ),
        (division("371502008", "371502015"), "区划371502008在2027-03-01不存在。去掉它"),
        (division("371502001", "37150201"), "区划371502001的新代码“37150201”应为9位数字"),
        (division("371502001", "371502002"), "区划代码371502002已在使用。换一个代码"),
        (division("371502001", "371508015"), "区划371502001→371508015不在辖区371502内。由上级提出"),
    ],
)
def test_division_that_cannot_change(
    change: DivisionChange, message: str, district_officer: User
) -> None:
    one = make_community(A)
    make_division("371502002")
    make_division("371521", name="阳谷县")
    make_division("371521001", name="侨润街道")
    plan = make_plan([one], [goes_on(one, name="新居委会")], divisions=(change,))

    found = mistakes(district_officer, "recode", plan)

    assert ("divisions", message) in found


def test_divisions_that_get_one_code_or_lose_the_one_above(city_officer: User) -> None:
    one = make_community(A)
    make_division("371502002")
    twice = (division("371502001", "371502015"), division("371502002", "371502015"))
    nowhere = (division("371502002", "371508002"),)

    def found(changes: tuple[DivisionChange, ...]) -> list[str]:
        plan = make_plan([one], [goes_on(one, code="371502015001")], divisions=changes)
        return [message for item, message in mistakes(city_officer, "recode", plan)]

    assert found(twice) == ["区划代码371502015写了2次。每个区划一个代码"] * 2
    assert "区划371508002的上级不存在。先登记上级" in found(nowhere)


def test_division_that_changes_takes_all_its_communities_along(district_officer: User) -> None:
    one, other = pair()
    change = division("371502001", "371502015")
    whole = make_plan(
        [one, other],
        [goes_on(row, code=f"371502015{row.code[9:]}") for row in (one, other)],
        divisions=(change,),
    )
    part = make_plan([one], [goes_on(one, code="371502015001")], divisions=(change,))
    staying = make_plan(
        [one, other], [goes_on(one, code="371502015001"), goes_on(other)], divisions=(change,)
    )

    assert mistakes(district_officer, "recode", whole) == []
    assert mistakes(district_officer, "recode", part) == [
        ("divisions", "区划371502001下还有1个社区没有新代码。补上它们的新代码")
    ]
    assert ("divisions", "区划371502001停用，仍有社区用它的代码。改这些社区的代码") in mistakes(
        district_officer, "recode", staying
    )


def test_number_of_queries_does_not_depend_on_the_divisions(
    city_officer: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_community(A)
    for number in range(11, 41):
        make_division(f"3715020{number}")
    for number in (1, 30):
        streets = [f"3715020{one}" for one in range(11, 11 + number)]
        plan = Plan(
            divisions=tuple(division(one, f"3715021{one[7:]}", f"区划{one}") for one in streets)
        )
        with django_assert_num_queries(12):
            assert mistakes(city_officer, "recode", plan) == []


def test_division_may_change_its_name_alone(district_officer: User) -> None:
    one = make_community(A)
    plan = make_plan(
        [one],
        [goes_on(one, name="新社区居委会")],
        divisions=(division("371502001", "371502001", "新古楼街道"),),
    )

    assert mistakes(district_officer, "recode", plan) == []

    applied("recode", plan)

    rows = Division.objects.filter(code="371502001").order_by("pk")
    assert list(rows.values_list("name", "valid_until")) == [
        ("古楼街道", DAY),
        ("新古楼街道", None),
    ]


def test_divisions_change_with_a_code_list_only_which_needs_no_community(
    district_officer: User,
) -> None:
    one = make_community(A)
    change = division("371502001", "371502001", "新古楼街道")
    renaming = make_plan([one], [goes_on(one, name="新社区居委会")], divisions=(change,))

    assert mistakes(district_officer, "recode", Plan(divisions=(change,))) == []
    assert mistakes(district_officer, "rename", renaming) == [
        ("divisions", "更名不改区划的代码和名称。另提代码变更")
    ]
