"""Pay by the standards: months in post, clauses, payers to the fen, and what is short."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import User
from communities.models import Community
from policy.engine import catalogue
from staffing.choices import CertificateLevel, Education, Identity, Post
from staffing.rules.pay_months import month_text
from staffing.selectors.pay import pay_year, person_year
from tests.factories import make_community, make_facts
from tests.staff_factories import (
    make_appointment,
    make_pay_record,
    make_person,
)
from tests.staffing.pay_world import YEAR, adopt, index, of, sums

FND_7 = "《城乡社区建设工作意见》四、（三）（C13-FND-7）"
FND_8 = "由原渠道付酬，不计：《城乡社区建设工作意见》四、（三）（C13-FND-8）"


@pytest.fixture
def gucheng(db: None) -> Community:
    return make_community()


@pytest.fixture
def opinions(gucheng: Community) -> Community:
    """The city's opinions of 2013 in force, last year's income 44,000, insurance 9,876.55."""
    adopt("city-opinions-2013", "3715")
    index("disposable_income", "44000")
    make_facts(gucheng, social_insurance_yuan="9876.55")
    return gucheng


def test_words_of_posts_identities_and_education_then_those_of_the_engine() -> None:
    facts = catalogue().facts

    assert facts["post"].choices == dict(Post.choices)
    assert facts["identity"].choices == dict(Identity.choices)
    assert facts["education"].choices == dict(Education.choices)
    levels = {"none": "没有证书"} | dict(CertificateLevel.choices)
    assert facts["certificate_level"].choices == levels


# ── the opinions of 2013 ──


def test_allowance_when_in_post_all_year_then_last_years_income_half_from_the_city(
    opinions: Community, clerk: User
) -> None:
    for name, post in (("王小红", "director"), ("李强", "member"), ("赵敏", "worker")):
        make_appointment(opinions, post, make_person(name=name))

    made = pay_year(clerk, "371502001", YEAR)

    assert [sums(unit) for unit in made.units] == [
        {"staff_allowance": Decimal("44000.00"), "staff_social_insurance": Decimal("9876.55")}
    ] * 3
    line = of(made)["王小红"].lines[0]
    assert line.paid == {"city": 22000_00, "district": 22000_00}
    assert made.standards.clauses("staff_allowance", line.row) == [FND_7]
    insured = of(made)["王小红"].lines[1]
    assert insured.paid == {"city": 4938_27, "district": 4938_28}
    # each person's parts are rounded first, then summed
    assert made.sums.payers == {"city": 3 * 26938_27, "district": 3 * 26938_28}
    assert made.sums.fen == 3 * 53876_55 == sum(made.sums.payers.values())
    assert made.subjects == ["staff_allowance", "staff_social_insurance"]


def test_allowance_when_leaving_and_entering_within_the_year_then_by_months(
    opinions: Community, clerk: User
) -> None:
    leaving = make_person(name="王小红")
    make_appointment(opinions, "member", leaving, valid_until=date(2026, 9, 15))
    make_appointment(opinions, "member", make_person(name="李强"), valid_from=date(2026, 9, 15))

    made = of(pay_year(clerk, "371502001", YEAR))

    # 8 and 4 months: 29,333.333… and 14,666.666…
    assert {name: sums(unit)["staff_allowance"] for name, unit in made.items()} == {
        "王小红": Decimal("29333.33"), "李强": Decimal("14666.67")
    }  # fmt: skip
    assert made["王小红"].lines[0].paid == {"city": 14666_66, "district": 14666_67}


def test_allowance_when_one_person_holds_two_posts_then_once(
    opinions: Community, clerk: User
) -> None:
    both = make_person()
    make_appointment(opinions, "secretary", both)
    make_appointment(opinions, "director", both, valid_from=date(2026, 5, 8))

    [unit] = pay_year(clerk, "371502001", YEAR).units

    assert (unit.labels, len(unit.months), unit.total) == (
        "党组织书记、居委会主任", 12, Decimal("53876.55")
    )  # fmt: skip


@pytest.mark.parametrize("identity", ["seconded", "welfare_post", "three_supports"])
def test_pay_when_the_original_channel_pays_then_nothing_here_with_the_clause(
    opinions: Community, clerk: User, identity: str
) -> None:
    # what the roster says of the channel does not matter: the clause does
    make_appointment(opinions, "secretary", identity=identity, pay_channel="funded")

    [unit] = pay_year(clerk, "371502001", YEAR).units

    assert (unit.lines, unit.fen, unit.excluded) == ([], 0, FND_8)


def test_pay_when_no_clause_but_the_roster_says_so_then_nothing_here(
    opinions: Community, clerk: User
) -> None:
    make_appointment(
        opinions, "police_deputy", make_person(name="王小红"), identity="police",
        pay_channel="own_channel",
    )  # fmt: skip
    make_appointment(opinions, "member", make_person(name="李强"), pay_channel="unpaid")

    made = of(pay_year(clerk, "371502001", YEAR))

    assert {name: (unit.fen, unit.excluded) for name, unit in made.items()} == {
        "王小红": (0, "登记的报酬渠道是原渠道，不计"), "李强": (0, "登记为不领报酬，不计")
    }  # fmt: skip


def test_pay_when_the_own_channel_pays_a_part_of_the_year_then_the_other_months_count(
    opinions: Community, clerk: User
) -> None:
    person = make_person()
    make_appointment(opinions, "worker", person, valid_until=date(2026, 7, 1))
    make_appointment(
        opinions, "member", person, valid_from=date(2026, 7, 1), pay_channel="own_channel"
    )

    made = pay_year(clerk, "371502001", YEAR)

    assert sums(made.units[0])["staff_allowance"] == Decimal("22000.00")
    assert made.units[0].excluded == "7~12月登记的报酬渠道是原渠道，不计"
    # nobody is left out altogether
    assert made.sums.excluded == 0


def test_pay_when_the_series_is_missing_then_says_which_year(
    gucheng: Community, clerk: User
) -> None:
    adopt("city-opinions-2013", "3715")
    make_appointment(gucheng)

    made = pay_year(clerk, "371502001", YEAR)

    assert made.reasons(made.units) == [
        ("生活补贴（每人）：缺少2025年城镇居民人均可支配收入", 1),
        ("社会保险（每人）：还没有单位缴纳社会保险（每人每年）", 1),
    ]
    assert (made.sums.blocked, made.sums.fen) == (1, 0)


def test_pay_when_no_text_speaks_of_it_then_no_lines(gucheng: Community, clerk: User) -> None:
    make_appointment(gucheng)

    made = pay_year(clerk, "371502001", YEAR)

    assert (made.units[0].lines, made.subjects, made.sums.fen) == ([], [], 0)


# ── what was paid ──


def test_record_when_less_than_the_least_then_short_by_so_much(
    opinions: Community, clerk: User
) -> None:
    person = make_person()
    make_appointment(opinions, "member", person)
    make_pay_record(person, opinions, allowance_yuan="43999.99", insurance_yuan="9876.55")

    made = pay_year(clerk, "371502001", YEAR)

    [compared] = made.units[0].compared
    assert (compared.least_pay, compared.least_insurance) == (44000_00, 9876_55)
    assert (compared.short_pay, compared.short_insurance, compared.short) == (1, 0, 1)
    assert compared.clauses == [FND_7]
    assert (made.sums.short, made.sums.short_fen, made.sums.recorded) == (1, 1, 1)


def test_record_of_some_months_then_compared_with_the_least_of_those_in_post(
    opinions: Community, clerk: User
) -> None:
    person = make_person()
    make_appointment(opinions, "member", person, valid_from=date(2026, 4, 20))
    make_pay_record(person, opinions, first_month=1, last_month=6, allowance_yuan="11000")

    [compared] = pay_year(clerk, "371502001", YEAR).units[0].compared

    # in post from April: three months of 44,000 ÷ 12 and of 9,876.55 ÷ 12
    assert (month_text(compared.months), compared.least_pay) == ("4~6月", 11000_00)
    assert (compared.least_insurance, compared.short) == (2469_14, 2469_14)


def test_record_when_the_original_channel_pays_then_nothing_to_compare(
    opinions: Community, clerk: User
) -> None:
    person = make_person()
    make_appointment(opinions, "secretary", person, identity="seconded")
    make_pay_record(person, opinions, pay_channel="own_channel", allowance_yuan="1")

    [compared] = pay_year(clerk, "371502001", YEAR).units[0].compared

    assert (compared.known, compared.short) == (False, 0)


def test_record_when_paid_without_a_post_then_listed_all_the_same(
    opinions: Community, clerk: User
) -> None:
    make_pay_record(make_person(), opinions, allowance_yuan="43000")

    [unit] = pay_year(clerk, "371502001", YEAR).units

    assert (unit.labels, unit.fen, [one.paid for one in unit.compared]) == ("", 0, [43000_00])


# ── scope and persons ──


def test_model_when_of_another_street_then_not_in_it(opinions: Community, clerk: User) -> None:
    other = make_community("371502002001", "柳园社区居委会")
    make_appointment(other, "member", make_person("371502002"))

    assert pay_year(clerk, "371502001", YEAR).units == []
    with pytest.raises(PermissionError):
        pay_year(clerk, "371502002", YEAR)


def test_year_of_a_person_then_the_same_as_in_the_table(opinions: Community, clerk: User) -> None:
    person = make_person()
    make_appointment(opinions, "member", person)
    make_appointment(opinions, "member", make_person(name="李强"))

    [alone] = person_year(clerk, person, YEAR).units

    [listed] = [one for one in pay_year(clerk, "371502001", YEAR).units if one.person == person.pk]
    assert [(line.subject, line.fen, line.paid) for line in alone.lines] == [
        (line.subject, line.fen, line.paid) for line in listed.lines
    ]
