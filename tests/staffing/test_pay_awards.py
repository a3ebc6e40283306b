"""Pay by the month, by grade and certificate, and awards, of whom they are and until when."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from accounts.scope import scope
from communities.models import Community
from staffing.models import Appointment
from staffing.rules.pay_months import month_text
from staffing.selectors.pay import PayYear, pay_year
from staffing.selectors.pay_rows import posts_of
from tests.factories import make_community, make_facts, make_user
from tests.policy.samples import published
from tests.staff_factories import (
    IDENTITY_NUMBERS,
    make_appointment,
    make_award,
    make_certificate,
    make_person,
)
from tests.staffing.pay_world import YEAR, adopt, index, of, sums

# ── Beilun ──


@pytest.fixture
def beilun(db: None) -> Community:
    """Beilun's text with its start in 2024 and last year's mean wage 72,000."""
    community = make_community("330206002001", "新碶社区居委会")
    adopt("beilun", "", **{"BL-FND-2.start_year": "2024", "BL-STF-4.base": "average_wage"})
    index("average_wage", "72000", "330206")
    return community


@pytest.fixture
def officer(db: None) -> User:
    return make_user("district_officer", "330206", username="officer.330206")


def appoint(community: Community, post: str, name: str, **more: Any) -> Any:
    return make_appointment(community, post, make_person(community.code[:9], name), **more)


def test_pay_when_by_the_month_then_by_post_and_nobody_named_to_pay(
    beilun: Community, officer: User
) -> None:
    for name, post in (("甲", "director"), ("乙", "deputy"), ("丙", "worker")):
        appoint(beilun, post, name)
    appoint(beilun, "member", "丁", valid_from=date(2026, 11, 1))

    made = pay_year(officer, "330206", YEAR)

    assert {name: sums(unit) for name, unit in of(made).items()} == {
        "甲": {"staff_pay": Decimal("18000.00")},
        "乙": {"staff_pay": Decimal("15600.00")},
        "丙": {"staff_pay": Decimal("12000.00")},
        "丁": {"staff_pay": Decimal("2000.00")},
    }
    assert made.sums.payers == {"unstated": 47600_00}


def test_pay_when_the_post_changes_within_the_year_then_each_month_by_the_highest(
    beilun: Community, officer: User
) -> None:
    person = appoint(beilun, "deputy", "甲", valid_until=date(2026, 7, 1)).person
    make_appointment(beilun, "director", person, valid_from=date(2026, 7, 1))
    make_appointment(beilun, "party_member", person)

    [unit] = pay_year(officer, "330206", YEAR).units

    # director 6 months at 1,500, deputy 6 at 1,300; the party's post at 1,000 adds nothing
    assert [(line.amount, len(line.months)) for line in unit.lines] == [
        (Decimal("9000.00"), 6), (Decimal("7800.00"), 6)
    ]  # fmt: skip


def award(community: Community, person: Any, kind: str, starts_on: date, **more: Any) -> Any:
    decider = make_user("district_officer", "330206", username=f"decider-{kind.split('_')[0]}")
    return make_award(
        person, community, kind=kind, starts_on=starts_on, year=starts_on.year - 1,
        state="approved", made_by=officer_of(community),
        decided_by=decider, decided_at="2026-01-05T00:00:00Z", **more,
    )  # fmt: skip


def officer_of(community: Community) -> User:
    return User.objects.filter(scope=community.code[:6]).order_by("pk")[0]


def lines_of(made: PayYear, kind: str) -> list[tuple[Decimal, str]]:
    return [
        (line.amount, month_text(line.months))
        for unit in made.units
        for line in unit.lines
        if line.subject == kind
    ]


def test_monthly_award_when_three_years_are_over_in_the_year_then_until_then(
    beilun: Community, officer: User
) -> None:
    person = appoint(beilun, "director", "甲").person
    award(beilun, person, "long_service_award", date(2023, 6, 1))

    # half of 72,000 ÷ 12 a month, the last of 36 months is May 2026
    assert lines_of(pay_year(officer, "330206", YEAR), "long_service_award") == [
        (Decimal("15000.00"), "1~5月")
    ]
    index("average_wage", "78000", "330206", 2026)
    assert lines_of(pay_year(officer, "330206", 2027), "long_service_award") == []


def test_monthly_award_when_the_post_ends_then_only_months_in_post(
    beilun: Community, officer: User
) -> None:
    person = appoint(beilun, "director", "甲", valid_until=date(2026, 4, 10)).person
    award(beilun, person, "long_service_award", date(2026, 1, 1))

    assert lines_of(pay_year(officer, "330206", YEAR), "long_service_award") == [
        (Decimal("9000.00"), "1~3月")
    ]


def test_monthly_award_when_moving_within_the_street_then_the_same_in_every_table(
    beilun: Community, officer: User
) -> None:
    other = make_community("330206002002", "大路社区居委会")
    person = appoint(beilun, "director", "甲", valid_until=date(2026, 4, 1)).person
    make_appointment(other, "director", person, valid_from=date(2026, 4, 1))
    award(beilun, person, "long_service_award", date(2026, 1, 1))

    sums_of = [
        lines_of(pay_year(officer, prefix, YEAR), "long_service_award")
        for prefix in (beilun.code, "330206002", "330206", other.code)
    ]

    assert sums_of == [[(Decimal("36000.00"), "1~12月")]] * 3 + [[]]


def test_monthly_award_when_moving_to_another_street_then_it_goes_on(
    beilun: Community, officer: User
) -> None:
    far = make_community("330206003001", "小港社区居委会")
    number = IDENTITY_NUMBERS[0]
    here, there = (
        make_person(code, "甲", identity_number=number) for code in ("330206002", "330206003")
    )
    make_appointment(beilun, "director", here, valid_until=date(2026, 4, 1))
    make_appointment(far, "director", there, valid_from=date(2026, 4, 1))
    award(beilun, here, "long_service_award", date(2026, 1, 1))

    assert lines_of(pay_year(officer, "330206002", YEAR), "long_service_award") == [
        (Decimal("36000.00"), "1~12月")
    ]


def test_monthly_awards_when_two_overlap_then_no_month_twice_in_any_table(
    beilun: Community, officer: User
) -> None:
    other = make_community("330206002002", "大路社区居委会")
    person = appoint(beilun, "director", "甲").person
    make_appointment(other, "worker", person)
    first = award(beilun, person, "long_service_award", date(2023, 7, 1))
    again = {"made_by": first.made_by, "decided_by": first.decided_by}
    make_award(
        person, other, kind="long_service_award", starts_on=date(2024, 7, 1), year=2024,
        state="approved", decided_at="2026-01-05T00:00:00Z", **again,
    )  # fmt: skip

    # the first one's 36 months end in June 2026
    half = [(Decimal("18000.00"), "1~6月")], [(Decimal("18000.00"), "7~12月")]
    of_each = [
        lines_of(pay_year(officer, prefix, YEAR), "long_service_award")
        for prefix in (beilun.code, other.code, "330206")
    ]
    assert of_each == [half[0], half[1], half[0] + half[1]]


def test_monthly_award_when_somebody_comes_back_then_it_has_ended(
    beilun: Community, officer: User
) -> None:
    person = appoint(beilun, "director", "甲", valid_until=date(2026, 4, 10)).person
    make_appointment(beilun, "director", person, valid_from=date(2026, 8, 1))
    award(beilun, person, "long_service_award", date(2026, 1, 1))

    assert lines_of(pay_year(officer, "330206", YEAR), "long_service_award") == [
        (Decimal("9000.00"), "1~3月")
    ]


def test_awards_when_once_or_yearly_then_whole_or_by_months(
    beilun: Community, officer: User
) -> None:
    person = appoint(beilun, "director", "甲").person
    award(beilun, person, "town_assistant_award", date(2026, 7, 1))
    award(beilun, person, "annual_award", date(2026, 3, 1))

    before = pay_year(officer, "330206", YEAR)
    index("mean_yearly_income", "66666.67", "330206")
    made = pay_year(officer, "330206", YEAR)

    # 150 % of 72,000 a year, six months; 15 % of last year's mean income once it is published
    assert lines_of(made, "town_assistant_award") == [(Decimal("54000.00"), "7~12月")]
    assert [reason for reason, _ in before.reasons(before.units)] == [
        "年度奖励（每人）：缺少上年人均年收入"
    ]
    assert lines_of(made, "annual_award") == [(Decimal("10000.00"), "3月")]
    assert lines_of(pay_year(officer, "330206", 2027), "annual_award") == []


def test_award_when_only_proposed_then_no_cost(beilun: Community, officer: User) -> None:
    person = appoint(beilun, "director", "甲").person
    make_award(person, beilun, kind="town_assistant_award", starts_on=date(2026, 1, 1))

    assert lines_of(pay_year(officer, "330206", YEAR), "town_assistant_award") == []


# ── certificates and grades ──

GRADES = """[[provision]]
id = "G-1"
article = "第四条"
summary = "月工资按岗位等级"
subject = "staff_pay"
binding = "exact"
level = "person"
payers = [ { payer = "district", percent = 60 }, { payer = "street", rest = true } ]
[provision.value]
table = "grade"
rows = [
  { range = "[0,6]", value = { const = 3333 } },
  { range = "(6,)", value = { const = 4000 } },
]
[[provision]]
id = "G-2"
article = "第五条"
summary = "社会工作师每月300元"
subject = "certificate_allowance"
binding = "exact"
level = "person"
when = { fact = "certificate_level", in = ["intermediate", "senior"] }
payers = [ { payer = "street", rest = true } ]
value = { const = 300 }
"""


def test_pay_by_grade_and_certificate_then_monthly_and_the_higher_basic_pay_counts(
    clerk: User,
) -> None:
    opinions = make_community()
    adopt("city-opinions-2013", "3715")
    index("disposable_income", "44000")
    make_facts(opinions, social_insurance_yuan="9876.55")
    published("grades", (GRADES,), jurisdiction="371502")
    first, second = make_person(name="甲"), make_person(name="乙")
    make_certificate(first, "intermediate")
    make_certificate(first, "assistant")
    make_certificate(second, "senior", issued_on=date(2020, 1, 1), expires_on=date(2026, 6, 30))
    make_appointment(opinions, "worker", first, grade=6)
    make_appointment(opinions, "worker", second, grade=7)

    made = of(pay_year(clerk, "371502001", YEAR))

    # 3,333 × 12 is less than the allowance of 44,000, which counts; 4,000 × 12 is more
    assert sums(made["甲"]) == {
        "staff_allowance": Decimal("44000.00"),
        "staff_social_insurance": Decimal("9876.55"),
        "staff_pay": Decimal("0.00"),
        "certificate_allowance": Decimal("3600.00"),
    }
    assert sums(made["乙"]) == {
        "staff_allowance": Decimal("0.00"),
        "staff_social_insurance": Decimal("9876.55"),
        "staff_pay": Decimal("48000.00"),
    }
    assert [line.text for line in made["甲"].lines if line.text] == [
        "已含在生活补贴（每人）里，不另计"
    ]


def test_education_when_got_after_the_year_or_only_full_time_then_that_of_the_year(
    beilun: Community,
) -> None:
    for got in ({"highest_education": ""}, {"highest_education_on": date(2027, 1, 1)}):
        later = {"highest_education": "master", "full_time_education": "junior_college"} | got
        make_appointment(beilun, "worker", make_person(beilun.code[:9], **later))

    with scope("0"):
        found = [post.education for post in posts_of(Appointment.objects.all(), YEAR)]

    assert found == ["junior_college"] * 2
