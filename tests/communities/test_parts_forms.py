"""The form of 小区: what it asks across its fields, and of an estate that another community has."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from communities.models import Community, Estate
from communities.selectors.estates import Namesake, namesakes
from tests.conftest import Browse
from tests.factories import make_community, make_estate

pytestmark = pytest.mark.django_db
PAGE = "/communities/371502001001/"
ADD = f"{PAGE}estates/add/"


@pytest.fixture
def community(db: None) -> Community:
    return make_community()


@pytest.fixture
def desk(browse: Browse, clerk: User, community: Community) -> Client:
    return browse(clerk)


def errors(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 422
    return {name: list(said) for name, said in answer.context["form"].errors.items()}


# ── the form ──


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        (
            {"dwellings": "100", "completed_dwellings": "101"},
            "completed_dwellings",
            "已竣工住宅套数101多于住宅套数100。改小已竣工住宅套数，或改住宅套数",
        ),
        (
            {"completed_dwellings": "1,000", "occupied_dwellings": "1001"},
            "occupied_dwellings",
            "已入住住宅套数1,001多于已竣工住宅套数1,000。改小已入住住宅套数，或改已竣工住宅套数",
        ),
        (
            {"dwellings": "10", "occupied_dwellings": "11"},
            "occupied_dwellings",
            "已入住住宅套数11多于住宅套数10。改小已入住住宅套数，或改住宅套数",
        ),
        (
            {"management": "none", "management_name": "甲物业"},
            "management_name",
            "物业选的是“无物业”，却填了物业服务企业名称“甲物业”。物业改选“物业服务企业”，或清空名称",
        ),
        (
            {"management_name": "甲物业"},
            "management_name",
            "物业还没有选，却填了物业服务企业名称“甲物业”。物业改选“物业服务企业”，或清空名称",
        ),
    ],
)
def test_form_when_fields_contradict_then_said_at_the_field(
    desk: Client, typed: dict[str, str], field: str, message: str
) -> None:
    answer = desk.post(ADD, {"name": "阳光花园", **typed})

    assert errors(answer) == {field: [message]}
    assert Estate.objects.count() == 0


def test_form_when_figures_are_equal_then_stored(desk: Client) -> None:
    typed = {
        "name": "阳光花园",
        "dwellings": "100",
        "completed_dwellings": "100",
        "occupied_dwellings": "100",
        "management": "company",
        "management_name": "甲物业",
        "gross_floor_area_m2": "12,345.6",
        "is_new": "true",
        "has_party_branch": "false",
        "has_residents_group": "unknown",
    }

    assert desk.post(ADD, typed).status_code == 302

    estate = Estate.objects.get()
    assert (estate.dwellings, estate.completed_dwellings, estate.occupied_dwellings) == (
        100, 100, 100,
    )  # fmt: skip
    assert estate.gross_floor_area_m2 == Decimal("12345.60")
    assert (estate.is_new, estate.has_party_branch, estate.has_residents_group) == (
        True, False, None,
    )  # fmt: skip


def test_form_when_year_is_to_come_then_said(desk: Client) -> None:
    year = timezone.localdate().year

    late = desk.post(ADD, {"name": "阳光花园", "built_year": str(year + 1)})
    now = desk.post(ADD, {"name": "阳光花园", "built_year": str(year)})

    assert errors(late) == {"built_year": [f"{year + 1}年还没有到。还没有建成的空着"]}
    assert now.status_code == 302


@pytest.mark.parametrize("number", ["11010519491231002X", "110105194912310021"])
def test_form_when_an_identity_number_is_typed_then_refused_unless_it_is_none(
    desk: Client, number: str
) -> None:
    answer = desk.post(ADD, {"name": "阳光花园", "remarks": f"联系人{number}。"})

    if number.endswith("X"):
        assert errors(answer) == {
            "remarks": ["里面有居民身份证号（11…2X）。删去，本系统不登记居民个人信息"]
        }
    else:  # the check digit does not fit: some other number
        assert answer.status_code == 302


# ── the same estate in two communities ──


def test_form_when_another_community_has_the_estate_then_asked_and_stored_when_ticked(
    desk: Client,
) -> None:
    beside = make_community("371502001002", "湖南社区居委会")
    make_estate(beside)

    plain = desk.get(ADD).content.decode()
    asked = desk.post(ADD, {"name": " 阳光花园 "})

    assert "确为另一小区" not in plain
    assert errors(asked) == {
        "another": [
            "湖南社区（371502001002）已经登记了同名的小区“阳光花园”。"
            "同一个小区只登记在一个社区；确为另一小区的，勾选后再保存"
        ]
    }
    assert 'type="checkbox" name="another"' in asked.content.decode()
    stored = desk.post(ADD, {"name": "阳光花园", "another": "on"})
    assert stored.status_code == 302
    event = Estate.objects.get(code="371502001001").events.get()
    assert event.pgh_context.metadata["reason"] == "与其他社区的小区同名，经核对确为另一小区"


def test_form_when_a_namesake_is_known_then_other_fields_are_changed_without_asking(
    desk: Client, community: Community
) -> None:
    make_estate(make_community("371502001002", "湖南社区居委会"))
    mine = make_estate(community)
    path = f"{PAGE}estates/{mine.pk}/edit/"

    kept = desk.post(path, {"name": "阳光花园", "households": "5", "version": "1"})
    renamed = desk.post(path, {"name": "阳光家园", "version": "2"})
    back = desk.post(path, {"name": "阳光花园", "version": "3"})

    assert (kept.status_code, renamed.status_code) == (302, 302)
    assert set(errors(back)) == {"another"}


def test_namesakes_then_in_the_district_inside_the_scope_and_not_ended(
    community: Community, clerk: User, district_officer: User
) -> None:
    make_estate(community)
    make_estate(make_community("371502001002", "湖南社区居委会"))
    make_estate(make_community("371502001003", "文轩社区居委会"), valid_until=date(2026, 1, 1))
    make_estate(make_community("371502002001", "柳园社区居委会"))
    make_estate(make_community("371521001001", "谷山社区居委会"))

    assert namesakes(clerk, community, "阳光花园") == [Namesake("371502001002", "湖南社区")]
    assert namesakes(district_officer, community, "阳光花园") == [
        Namesake("371502001002", "湖南社区"),
        Namesake("371502002001", "柳园社区"),
    ]
    assert namesakes(district_officer, community, "阳光") == []
