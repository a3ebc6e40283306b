"""县区汇总: rows, columns and payers add up, here and everywhere else."""

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import User
from communities.choices import AreaKind
from communities.selectors.ledger import Cell3, Query, get_ledger
from portal.selectors.sheet import Check, OwnSubject, Sheet, SheetRow, Unavailable
from portal.selectors.workbench import areas, standards
from tests.factories import make_community, make_user
from tests.world import (
    CHANGZHENG,
    DISTRICT,
    FACTS,
    GUCHENG,
    HUNAN,
    LIUYUAN,
    STREET,
    STREET_ELSEWHERE,
    YANGGU,
    assessed,
    make_place,
    make_world,
    set_facts,
)

DAY = date(2026, 12, 31)


def sheet(user: User, prefix: str = DISTRICT) -> Sheet:
    return Sheet(assessed(user, prefix), prefix)


def rows_of(made: Sheet, width: int = 9) -> list[SheetRow]:
    return [made.row(code, code, "", rows) for code, rows in made.parts(width)]


def check(label: str, left: str, both: Any, right: str, unit: str) -> Check:
    return Check(label, left, both, right, both, unit)


@pytest.mark.django_db
def test_rows_then_the_sums_of_each_street(district_officer: User) -> None:
    make_world()

    gulou, liuyuan = rows_of(sheet(district_officer))

    assert gulou == SheetRow(
        code=STREET,
        name=STREET,
        url="",
        communities=3,
        households=6847,
        committee=Cell3(18, 16, -2),
        workers_required=None,
        premises=Cell3(Decimal("2354.10"), Decimal("2028.00"), Decimal("-726.10")),
        work_funding=Decimal("140000.00"),
        service_the_masses_fund=Decimal("600000.00"),
        other_funding=None,
        total_funding=Decimal("740000.00"),
        payers=[Decimal("740000.00")],
        unavailable=1,
    )
    assert (liuyuan.households, liuyuan.total_funding) == (1601, Decimal("520000.00"))
    assert liuyuan.committee == Cell3(10, 9, -1)


@pytest.mark.django_db
def test_totals_then_of_the_whole_division(district_officer: User) -> None:
    make_world()

    totals = sheet(district_officer).totals()

    assert (totals.code, totals.name, totals.communities) == (DISTRICT, "合计", 5)
    assert (totals.households, totals.unavailable) == (8448, 1)
    assert totals.committee == Cell3(28, 25, -3)
    assert totals.premises == Cell3(Decimal("2834.40"), Decimal("2388.00"), Decimal("-726.10"))
    assert (totals.total_funding, totals.payers) == (
        Decimal("1260000.00"),
        [Decimal("1260000.00")],
    )


@pytest.mark.django_db
def test_workers_when_every_number_is_there_then_the_districts_quota(
    district_officer: User, clerk: User
) -> None:
    make_world(GUCHENG, HUNAN, LIUYUAN, CHANGZHENG)

    assert [row.workers_required for row in rows_of(sheet(district_officer))] == [17, 5]
    assert sheet(district_officer).totals().workers_required == 22
    # a clerk's own sheet: the street's part of the district's quota
    assert sheet(clerk, STREET).totals().workers_required == 17


@pytest.mark.django_db
def test_row_of_a_community_without_facts_then_dashes_and_no_nought(
    district_officer: User,
) -> None:
    make_world(GUCHENG)
    make_community(HUNAN, "湖南社区居委会")
    made = sheet(district_officer)

    row = rows_of(made, 12)[1]

    assert (row.households, row.workers_required, row.total_funding) == (None, None, None)
    assert row.committee == Cell3(None, None, None, "缺少核定户数")
    assert row.premises == Cell3(None, None, None, "缺少住区类型；缺少核定户数")
    assert (row.payers, row.unavailable) == ([None], 1)


@pytest.mark.django_db
def test_beilun_then_district_and_street_share_the_money(administrator: User) -> None:
    make_world(GUCHENG)
    # 2026: 15,000 × 1.05² = 16,537.50 for 100 households; 1,201 households 198,615.375 → .38
    make_place("330206002001", households=1201, street_tier="better", social_organisations=3)
    make_place("330206003001", households=1000, street_tier="weaker", social_organisations=1)
    make_place("330206004001", households=None, street_tier="weaker", social_organisations=4)
    made = sheet(administrator, "330206")

    rows = rows_of(made)

    assert made.payer_labels == ["县（市、区）级", "街道"]
    assert [row.work_funding for row in rows] == [
        Decimal("198615.38"),
        Decimal("165375.00"),
        None,
    ]
    # 1,000,000 among 3 + 1 + 4 social organisations
    assert [row.other_funding for row in rows] == [
        Decimal("375000.00"),
        Decimal("125000.00"),
        Decimal("500000.00"),
    ]
    assert [row.payers for row in rows] == [
        [Decimal("375000.00") + Decimal("99307.69"), Decimal("99307.69")],
        [Decimal("125000.00") + Decimal("115762.50"), Decimal("49612.50")],
        [Decimal("500000.00"), Decimal("0.00")],
    ]
    assert [row.unavailable for row in rows] == [0, 0, 1]


@pytest.mark.django_db
def test_checks_then_every_sum_twice_and_equal(district_officer: User) -> None:
    make_world()
    made = sheet(district_officer)

    checks = made.checks(rows_of(made), made.totals(), "街道")

    assert checks == [
        check("户数", "各街道合计", 8448, "台账合计", "户"),
        check("居委会成员应配", "各街道合计", 28, "另行汇总", "人"),
        check("工作经费", "各街道合计", Decimal("260000.00"), "另行汇总", "元"),
        check("服务群众专项经费", "各街道合计", Decimal("1000000.00"), "另行汇总", "元"),
        check("承担合计", "各级承担合计", Decimal("1260000.00"), "经费合计", "元"),
    ]
    assert all(one.ok for one in checks)


def test_check_when_the_sides_differ_then_says_by_how_much() -> None:
    broken = Check("户数", "甲", 5, "乙", 7, "户")

    assert (broken.ok, broken.difference) == (False, 2)


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["0", "37", "3715", DISTRICT, STREET])
def test_checks_for_every_width_then_equal(administrator: User, prefix: str) -> None:
    make_world()
    made = sheet(administrator, prefix)
    width = {1: 2, 2: 4, 4: 6, 6: 9, 9: 12}[len(prefix)]

    checks = made.checks(rows_of(made, width), made.totals(), "")

    assert len(checks) >= 5
    assert [one.label for one in checks if not one.ok] == []


@pytest.mark.django_db
def test_unavailable_then_why_and_how_many(district_officer: User) -> None:
    make_world()

    found = sheet(district_officer).unavailable()

    url = "/communities/?street=371502&year=2026&status=incomplete"
    assert found == [
        Unavailable("专职工作人员", 5, "缺少核定户数，有社区未填，总量无法分配", url),
        Unavailable("居委会成员", 1, "缺少核定户数", url),
        Unavailable("服务设施", 1, "缺少核定户数", url),
        Unavailable("工作经费", 1, "缺少核定户数", url),
    ]


@pytest.mark.django_db
def test_unavailable_of_a_clerk_then_only_of_the_own_street(clerk_elsewhere: User) -> None:
    make_world()

    found = sheet(clerk_elsewhere, STREET_ELSEWHERE).unavailable()

    assert [(one.subject, one.count) for one in found] == [("专职工作人员", 2)]


@pytest.mark.django_db
def test_own_subjects_then_of_the_division_and_of_no_other(
    city_officer: User, district_officer: User, clerk: User
) -> None:
    make_world(GUCHENG, HUNAN, LIUYUAN, CHANGZHENG, YANGGU)

    # 9,948 households of the city, 30 m2 for 100
    assert sheet(city_officer, "3715").own_subjects() == [
        OwnSubject("全市综合服务设施", Decimal("2984.40"), "㎡", "SD-SPC-1.2", "")
    ]
    assert sheet(city_officer).own_subjects() == sheet(district_officer).own_subjects() == []
    assert sheet(clerk, STREET).own_subjects() == []


@pytest.mark.django_db
def test_own_subject_when_a_number_is_missing_then_none_and_why(city_officer: User) -> None:
    make_world()

    (own,) = sheet(city_officer, "3715").own_subjects()

    assert (own.value, own.reason) == (None, "缺少核定户数")


@pytest.mark.django_db
def test_sheet_without_communities_then_no_rows(district_officer: User) -> None:
    make_world("330206002002")

    made = sheet(district_officer)

    assert (made.parts(9), made.payer_labels, made.unavailable()) == ([], [], [])
    assert made.totals().total_funding is None
    assert made.totals().households is None


@pytest.mark.django_db
def test_sheet_without_a_policy_then_no_money(district_officer: User) -> None:
    make_place(GUCHENG)

    totals = sheet(district_officer).totals()

    assert (totals.households, totals.committee, totals.total_funding, totals.payers) == (
        2847,
        Cell3(None, 7, None),
        None,
        [],
    )


def added(values: list[Any]) -> Any:
    known = [value for value in values if value is not None]
    return sum(known, type(known[0])(0)) if known else None


FACT = st.fixed_dictionaries(
    {
        "households": st.none() | st.integers(0, 99_999),
        "area_kind": st.sampled_from(["", *AreaKind.values]),
        "central_urban": st.sampled_from([None, True, False]),
        "committee_members_in_post": st.none() | st.integers(0, 20),
        "work_area_m2": st.none() | st.decimals(0, 9999, places=2),
        "service_area_m2": st.none() | st.decimals(0, 9999, places=2),
    }
)
DISTRICT_CODES = [code for code in FACTS if code.startswith(DISTRICT)]


class TestSums(TestCase):
    """Whatever is reported, lines add up to sums and every page shows the same sum."""

    @given(facts=st.lists(FACT, min_size=5, max_size=5))
    @settings(max_examples=25, deadline=None)
    def test_sums_then_those_of_the_lines_on_every_page(self, facts: list[dict[str, Any]]) -> None:
        officer = make_user("district_officer", DISTRICT)
        make_world(*DISTRICT_CODES)
        for code, changes in zip(DISTRICT_CODES, facts, strict=True):
            set_facts(code, **changes)
        assessment = assessed(officer)
        made = Sheet(assessment, DISTRICT)
        streets, places, totals = rows_of(made), rows_of(made, 12), made.totals()
        ledger = get_ledger(assessment, Query(DISTRICT))
        lines, foot = ledger[0:50], ledger.totals()

        for rows in (streets, places):
            assert totals.households == added([row.households for row in rows])
            assert totals.committee.required == added([row.committee.required for row in rows])
            assert totals.premises.required == added([row.premises.required for row in rows])
            assert totals.premises.actual == added([row.premises.actual for row in rows])
            assert totals.work_funding == added([row.work_funding for row in rows])
            assert totals.total_funding == added([row.total_funding for row in rows])
            assert totals.unavailable == sum(row.unavailable for row in rows)
            for payer in range(len(made.payer_labels)):
                assert totals.payers[payer] == added([row.payers[payer] for row in rows])
            for row in rows:
                assert row.total_funding == added(
                    [row.work_funding, row.service_the_masses_fund, row.other_funding]
                )
                assert row.total_funding == added(row.payers)
        assert foot.households == totals.households == added([row.households for row in lines])
        assert foot.staff.required == totals.committee.required
        assert foot.staff.gap == totals.committee.gap
        assert foot.staff.required == added([row.staff.required for row in lines])
        assert foot.premises == totals.premises
        short = [row.premises.gap for row in lines if row.premises.gap is not None]
        assert foot.premises.gap == (sum(min(gap, Decimal(0)) for gap in short) if short else None)
        assert foot.funding == totals.total_funding == added([row.funding.value for row in lines])
        home = {one.subject: one for one in standards(assessment, DISTRICT)}
        if "年度经费" in home:
            assert home["年度经费"].required == totals.total_funding
        assert added([area.money for area in areas(assessment, DISTRICT, {})]) == foot.funding
        checks = made.checks(streets, totals, "街道")
        assert [one for one in checks if not one.ok] == []


@pytest.mark.django_db
def test_parts_then_runs_of_neighbours(district_officer: User) -> None:
    make_world()

    parts = sheet(district_officer).parts(9)

    assert [(code, rows.tolist()) for code, rows in parts] == [
        (STREET, [0, 1, 2]),
        (STREET_ELSEWHERE, [3, 4]),
    ]
    assert np.concatenate([rows for _, rows in parts]).tolist() == [0, 1, 2, 3, 4]
