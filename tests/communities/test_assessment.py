"""Register under policy: figures worked out by hand, quotas, freshness, scope."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.scope import scope
from communities.models import Division
from communities.selectors import assessment as module
from communities.selectors.assessment import Assessment, plain_reason
from policy import services
from policy.models import Exemption, IndexValue, PolicyText
from tests.factories import as_owner, make_community
from tests.policy.samples import published, rule
from tests.world import (
    CHANGZHENG,
    DAY,
    DISTRICT,
    GUCHENG,
    HUNAN,
    LIUYUAN,
    STREET,
    WENXUAN,
    YANGGU,
    assessed,
    load_texts,
    make_place,
    make_world,
    required,
    set_facts,
)

pytestmark = pytest.mark.django_db
COMPLETE = (GUCHENG, HUNAN, LIUYUAN, CHANGZHENG)


@pytest.mark.parametrize(
    ("subject", "figures"),
    [
        ("committee_members", [9, 9, None, 5, 5]),
        ("work_premises_area", [None, 300_00, None, None, None]),
        ("service_area", [854_10, 1200_00, None, 300_00, 180_30]),
        ("combined_premises_area", [150_00, None, 150_00, 150_00, 150_00]),
        ("work_funding", [60_000_00, 80_000_00, None, 60_000_00, 60_000_00]),
        ("service_the_masses_fund", [200_000_00] * 5),
    ],
)
def test_column_of_a_subject_then_the_figure_of_every_community(
    district_officer: User, subject: str, figures: list[int | None]
) -> None:
    make_world()

    found = required(assessed(district_officer), subject)

    assert found == dict(zip((GUCHENG, HUNAN, WENXUAN, LIUYUAN, CHANGZHENG), figures, strict=True))


def test_premises_then_the_larger_of_the_joint_standard_and_the_parts(
    district_officer: User,
) -> None:
    make_world()
    make_place("371502001004", households=400, area_kind="built", central_urban=True)

    measure = assessed(district_officer).measure("premises")

    # 古城 services 854.10; 湖南 300 + 1,200; 文轩 unknown; 004 services 120 < 150 in sum
    assert measure.required.tolist() == [854_10, 1500_00, 0, 150_00, 300_00, 180_30]
    assert measure.has_required.tolist() == [True, True, False, True, True, True]
    assert measure.blocked.tolist() == [False, False, True, False, False, False]
    assert measure.actual.tolist() == [128_00, 1900_00, 0, 0, 360_00, 0]
    assert measure.has_actual.tolist() == [True, True, False, False, True, False]
    assert measure.gap.tolist() == [-726_10, 400_00, 0, 0, 60_00, 0]
    assert measure.short.tolist() == [True, False, False, False, False, False]


@pytest.mark.parametrize(
    ("service", "gap", "short"),
    [(399, -1_00, True), (400, 0, False), (700, 0, False), (1000, 0, False), (1001, 1_00, False)],
)
def test_gap_then_below_what_is_kept_at_least_or_above_what_is_aimed_at(
    district_officer: User, service: int, gap: int, short: bool
) -> None:
    # a new area of 1,000 households: 300 for work and 900 or so for services, but at least 300
    make_world(HUNAN)
    set_facts(HUNAN, households=1000, work_area_m2=200, service_area_m2=service)

    measure = assessed(district_officer).measure("premises")

    assert (measure.low.tolist(), measure.required.tolist()) == ([600_00], [1200_00])
    assert (measure.gap.tolist(), measure.short.tolist()) == ([gap], [short])


def test_funding_when_a_part_is_missing_then_the_rest_counts_and_is_marked(
    district_officer: User,
) -> None:
    make_world()

    measure = assessed(district_officer).measure("funding")

    assert measure.required.tolist() == [
        260_000_00,
        280_000_00,
        200_000_00,
        260_000_00,
        260_000_00,
    ]
    assert measure.has_required.tolist() == [True] * 5
    assert measure.blocked.tolist() == [False, False, True, False, False]


def test_funding_when_nothing_can_be_computed_then_there_is_no_figure(
    district_officer: User,
) -> None:
    make_world(GUCHENG)
    set_facts(GUCHENG, households=None, central_urban=None)

    measure = assessed(district_officer).measure("funding")

    assert (measure.has_required.tolist(), measure.blocked.tolist()) == ([False], [True])


def test_payers_then_every_fen_is_borne(district_officer: User) -> None:
    make_world()

    payers = assessed(district_officer).payers("work_funding")

    assert {payer: column.tolist() for payer, column in payers.items()} == {
        "district": [60_000_00, 80_000_00, 0, 60_000_00, 60_000_00]
    }


def test_quota_of_a_district_for_a_clerk_then_divided_over_the_whole_district(clerk: User) -> None:
    make_world(*COMPLETE)

    # 8,448 ÷ 400 rounded up = 22 for the district: 7.41, 10.42, 2.60, 1.57 by largest remainder.
    # The street alone would be 6,847 ÷ 400 = 18, and 湖南 11 of them.
    assert required(assessed(clerk, STREET), "community_workers") == {
        GUCHENG: 7,
        HUNAN: 10,
        LIUYUAN: 3,
        CHANGZHENG: 2,
    }


def test_quota_for_city_district_and_street_then_the_same(
    clerk: User, district_officer: User, city_officer: User, administrator: User
) -> None:
    make_world(*COMPLETE, YANGGU)

    answers = [
        required(assessed(person, person.scope), "community_workers")
        for person in (clerk, district_officer, city_officer, administrator)
    ]

    assert [{code: answer[code] for code in COMPLETE} for answer in answers] == [
        {GUCHENG: 7, HUNAN: 10, LIUYUAN: 3, CHANGZHENG: 2}
    ] * 4
    assert [answer.get(YANGGU) for answer in answers] == [None, None, 4, 4]


def test_quota_when_one_number_is_missing_in_another_street_then_cannot_be_computed(
    clerk_elsewhere: User,
) -> None:
    make_world()
    assessment = assessed(clerk_elsewhere, clerk_elsewhere.scope)
    row = assessment.register.place(LIUYUAN)
    assert row is not None

    reason = assessment.reason(["community_workers"], row)

    assert required(assessment, "community_workers")[LIUYUAN] is None
    assert reason == "缺少核定户数，有社区未填，总量无法分配"


@pytest.mark.parametrize("prefix", ["371502002", LIUYUAN, DISTRICT, "3715", "0"])
def test_assessment_outside_the_scope_then_refused(clerk: User, prefix: str) -> None:
    make_world(GUCHENG, LIUYUAN)

    with pytest.raises(PermissionError):
        assessed(clerk, prefix)


def test_assessment_inside_a_clerks_request_then_reads_the_district(clerk: User) -> None:
    make_world(*COMPLETE)

    with scope(clerk.scope):
        assessment = assessed(clerk, STREET)

    assert assessment.register.codes == [*COMPLETE]


def test_staff_subject_then_the_committee_where_a_text_speaks_of_it_else_the_workers(
    district_officer: User, administrator: User
) -> None:
    make_world(GUCHENG)
    make_place("330206002002", street_tier="better")

    assert assessed(district_officer).staff_subject == "committee_members"
    assert assessed(administrator, "330206").staff_subject == "community_workers"


def test_reason_then_without_the_names_of_files_and_each_once(district_officer: User) -> None:
    make_world()
    assessment = assessed(district_officer)
    row = assessment.register.place(WENXUAN)
    assert row is not None

    assert assessment.reason(["committee_members", "service_area"], row) == "缺少核定户数"
    assert assessment.reason(["combined_premises_area"], row) == ""
    assert plain_reason("缺少核定户数（households）；缺少类型（area_kind）") == (
        "缺少核定户数；缺少类型"
    )


def test_assessment_when_nothing_changed_then_the_same_for_two_queries(
    district_officer: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_world()
    first = assessed(district_officer)

    with django_assert_num_queries(2):
        second = assessed(district_officer)

    assert second is first


def work_funding(user: User) -> dict[str, int | None]:
    return required(assessed(user), "work_funding")


def test_assessment_when_facts_change_then_computed_again(district_officer: User) -> None:
    make_world(GUCHENG)
    before = work_funding(district_officer)

    set_facts(GUCHENG, households=5000)

    assert (before, work_funding(district_officer)) == (
        {GUCHENG: 60_000_00},
        {GUCHENG: 100_000_00},
    )


def exempt() -> None:
    Exemption.objects.create(
        code=GUCHENG, provision="SD-FND-1", reason="甲", approver="乙", valid_from=date(2026, 1, 1)
    )


def withdraw() -> None:
    text = PolicyText.objects.get(text_id="shandong-2018", status="published")
    services.withdraw(text, by=None, on=date(2026, 6, 1), reason="废止")


def grow() -> None:
    IndexValue.objects.create(
        division_code="3715", series="natural_growth", year=2026, value=Decimal(10), unit="%"
    )


# 古城 has 2,847 households: 56,940.00 by the households alone, 62,634.00 with 10 % growth
POLICY_CHANGES: list[tuple[Callable[[], None], int]] = [
    (exempt, 56_940_00),
    (withdraw, 56_940_00),
    (grow, 62_634_00),
]


@pytest.mark.parametrize(("change", "after"), POLICY_CHANGES)
def test_assessment_when_policy_changes_then_computed_again(
    district_officer: User, change: Callable[[], None], after: int
) -> None:
    make_world(GUCHENG)
    before = work_funding(district_officer)

    change()

    assert (before, work_funding(district_officer)) == ({GUCHENG: 60_000_00}, {GUCHENG: after})


@pytest.mark.parametrize(("change", "after"), POLICY_CHANGES)
def test_assessment_when_a_policy_change_is_rolled_back_then_as_it_was(
    district_officer: User, change: Callable[[], None], after: int
) -> None:
    make_world(GUCHENG)
    before = work_funding(district_officer)

    with transaction.atomic():
        change()
        within = work_funding(district_officer)
        transaction.set_rollback(True)

    assert within == {GUCHENG: after}
    assert work_funding(district_officer) == before == {GUCHENG: 60_000_00}


def test_exemption_of_another_street_then_counts_for_that_street_as_a_clerk_reads_it(
    clerk: User, clerk_elsewhere: User
) -> None:
    make_world(GUCHENG, LIUYUAN)
    exempt()

    with scope(clerk_elsewhere.scope):
        elsewhere = required(assessed(clerk_elsewhere, clerk_elsewhere.scope), "work_funding")
    with scope(clerk.scope):
        own = required(assessed(clerk, clerk.scope), "work_funding")

    assert own == elsewhere == {GUCHENG: 56_940_00, LIUYUAN: 60_000_00}


def test_assessment_on_another_day_then_the_policies_of_that_day(district_officer: User) -> None:
    make_world(GUCHENG)

    days = {
        date(2014, 12, 31): [],
        date(2015, 1, 1): ["聊城市城市社区管理办法（试行）"],
        DAY: [
            "聊城市城市社区管理办法（试行）",
            "山东省城市社区建设标准",
            "中华人民共和国城市居民委员会组织法",
        ],
    }

    found = {
        day: [line.title for line in assessed(district_officer, on=day).policy.lines]
        for day in days
    }
    assert found == days
    assert assessed(district_officer, on=date(2014, 12, 31)).subjects == []


def test_assessment_without_a_policy_then_no_figure_is_blocked_or_nought(
    district_officer: User,
) -> None:
    make_place(GUCHENG)
    assessment: Assessment = assessed(district_officer)

    for key in ("committee_members", "premises", "funding"):
        measure = assessment.measure(key)
        assert (measure.has_required.tolist(), measure.blocked.tolist()) == ([False], [False])


def test_assessment_without_communities_then_empty(district_officer: User) -> None:
    load_texts()
    with as_owner():
        Division.objects.all().delete()

    assessment = assessed(district_officer)

    assert assessment.register.codes == []
    assert assessment.measure("premises").required.tolist() == []
    assert assessment.funding_subjects() == []


def test_assessment_when_a_new_text_is_published_then_its_subject_is_there(
    district_officer: User,
) -> None:
    make_community()
    assert assessed(district_officer).subjects == []

    published("halls", (rule("H-1", "service_halls", 3),))

    assert required(assessed(district_officer), "service_halls") == {GUCHENG: 3}


def test_assessments_when_more_than_a_process_keeps_then_the_oldest_go(
    district_officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_KEPT", 2)
    make_world(GUCHENG)
    days = [date(2026, month, 1) for month in (4, 5, 6)]
    made = [assessed(district_officer, on=day) for day in days]

    kept = [assessed(district_officer, on=day) for day in reversed(days)]

    assert kept[0] is made[2]
    assert kept[1] is made[1]
    assert kept[2] is not made[0]
