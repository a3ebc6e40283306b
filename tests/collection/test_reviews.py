"""What waits for review: worst first, what it moves in money, whom it concerns."""

from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from collection.models import FactsStep
from collection.rules.findings import Finding
from collection.selectors.reviews import (
    QueueQuery,
    checked,
    count_parts,
    count_states,
    get_queue,
    handed_in,
    open_comments,
)
from communities.models import AnnualFacts
from tests.collection.form_world import open_round
from tests.collection.review_world import AT, YEAR, make_queue, make_waiting
from tests.factories import make_community, make_facts
from tests.world import DISTRICT, GUCHENG, HUNAN, LIUYUAN, STREET, load_texts, set_facts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def texts(db: None) -> None:
    load_texts()


def queue(user: User, prefix: str = DISTRICT, status: str = "reviewed", only: str = ""):
    return get_queue(user, QueueQuery(prefix, YEAR, status, only))


def test_queue_then_unexplained_first_then_by_money(district_officer: User) -> None:
    make_queue()

    found = queue(district_officer)

    assert [line.facts.code for line in found.lines] == [HUNAN, GUCHENG, LIUYUAN]
    assert [line.is_clean for line in found.lines] == [False, True, True]
    assert (found.look_first, found.clean) == (1, 2)
    assert [one.name for one in found.lines[0].checked.unexplained] == ["committee_members_in_post"]


def test_queue_then_money_before_and_after_by_this_years_policies(district_officer: User) -> None:
    make_queue()

    money = {line.facts.code: line.money for line in queue(district_officer).lines}

    assert money[GUCHENG].before.value == Decimal("260000.00")
    assert money[GUCHENG].after.value == Decimal("280000.00")
    assert money[GUCHENG].change == Decimal("20000.00")
    assert money[LIUYUAN].change == Decimal("0.00")


def test_queue_when_last_year_is_not_confirmed_then_said_and_not_compared(
    district_officer: User,
) -> None:
    community = make_community(GUCHENG)
    make_facts(community, YEAR - 1, households=2847, central_urban=True, status="draft")
    make_facts(community, YEAR, households=2847, central_urban=True, status="reviewed")

    (line,) = queue(district_officer).lines

    assert (line.money.before.value, line.money.before.reason) == (None, "上年未确认")
    assert line.money.after.value == Decimal("260000.00")
    assert (line.money.change, line.moved_percent) == (None, None)
    assert not line.is_clean
    assert line.look_at == "上年未确认，没有上年金额可比"


def test_queue_when_there_is_nothing_to_compare_then_ranked_by_the_whole_sum(
    district_officer: User,
) -> None:
    make_waiting(HUNAN, households=10_000)
    first_year = make_community(GUCHENG)
    make_facts(first_year, YEAR, households=48_000, central_urban=True, status="reviewed")
    make_waiting(LIUYUAN)

    found = queue(district_officer)

    assert [line.facts.code for line in found.lines] == [GUCHENG, HUNAN, LIUYUAN]
    assert [line.is_clean for line in found.lines] == [False, False, True]
    assert [line.moved for line in found.lines] == [1_160_000, 120_000, 0]
    assert found.confirmable == [found.lines[2]]


def test_queue_when_households_are_not_determined_then_first_and_said(
    district_officer: User,
) -> None:
    make_waiting(GUCHENG, households=4300)
    make_waiting(LIUYUAN, households=None)

    first = queue(district_officer).lines[0]

    assert (first.facts.code, first.look_at, first.is_clean) == (LIUYUAN, "没有核定户数", False)


def test_own_work_when_one_made_the_figures_then_marked(district_officer: User) -> None:
    make_waiting(GUCHENG, makers=[district_officer.pk])

    assert [line.own for line in queue(district_officer).lines] == [True]


def test_queue_when_money_moves_a_tenth_then_looked_at_first(district_officer: User) -> None:
    make_waiting(GUCHENG, households=4300)  # 86,000 + 200,000: exactly 10 %

    (line,) = queue(district_officer).lines

    assert line.moved_percent == Decimal(10)
    assert not line.is_clean


def test_queue_when_a_reason_is_written_then_unlikely_but_explained(district_officer: User) -> None:
    make_waiting(HUNAN, committee_members_in_post=5, reasons={"committee_members_in_post": "换届"})

    (line,) = queue(district_officer).lines

    assert [one.name for one in line.checked.unlikely] == ["committee_members_in_post"]
    assert line.checked.unexplained == []
    assert not line.is_clean


@pytest.mark.parametrize(
    ("only", "codes"),
    [("", [HUNAN, GUCHENG, LIUYUAN]), ("look", [HUNAN]), ("clean", [GUCHENG, LIUYUAN])],
)
def test_queue_of_a_kind_then_those_only(
    district_officer: User, only: str, codes: list[str]
) -> None:
    make_queue()

    assert [line.facts.code for line in queue(district_officer, only=only).lines] == codes


def test_queue_of_another_state_or_street_then_not_listed(
    district_officer: User, reviewer: User, clerk_elsewhere: User
) -> None:
    make_queue()

    assert queue(district_officer, status="submitted").lines == []
    assert [line.facts.code for line in queue(reviewer, STREET).lines] == [HUNAN, GUCHENG]
    assert [line.facts.code for line in queue(clerk_elsewhere, "371502002").lines] == [LIUYUAN]
    with pytest.raises(PermissionError):
        queue(reviewer, DISTRICT)


def test_own_work_then_marked_and_not_offered_with_the_others(
    district_officer: User, clerk: User
) -> None:
    make_queue(by=district_officer)

    found = queue(district_officer)

    assert [line.own for line in found.lines] == [True, True, True]
    assert found.confirmable == []


def test_queue_then_the_same_queries_for_three_and_for_thirty(
    district_officer: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_queue()
    queue(district_officer)  # the texts are read once for all
    for year in (YEAR - 1, YEAR):  # both registers are read anew
        set_facts(GUCHENG, year, households=4001)
    with django_assert_max_num_queries(99) as few:
        queue(district_officer)
    for number in range(10, 37):
        make_waiting(f"3715020010{number}", households=2000)
    with django_assert_max_num_queries(99) as many:
        lines = queue(district_officer).lines

    assert len(lines) == 30
    assert len(many) == len(few)


def test_counts_by_state_and_by_division(city_officer: User, reviewer: User) -> None:
    make_queue()

    assert count_states(city_officer, "3715", YEAR) == {"reviewed": 3}
    assert count_states(reviewer, STREET, YEAR) == {"reviewed": 2}
    assert [(one.code, one.counts) for one in count_parts(city_officer, "3715", YEAR, 9)] == [
        (STREET, {"reviewed": 2}),
        ("371502002", {"reviewed": 1}),
    ]


def test_checked_when_asked_and_empty_then_wrong(district_officer: User) -> None:
    facts = make_waiting(GUCHENG)
    open_round(asked=["households_resident"])

    found = checked([facts], YEAR)[facts.pk]

    assert [one.name for one in found.wrong] == ["households_resident"]


def test_checked_when_the_determined_households_are_another_figure_then_said(
    district_officer: User,
) -> None:
    facts = make_waiting(GUCHENG, households_resident=2932, households=2847)
    open_round(asked=["households_resident"], households_measure="households_resident")

    found = [one for one in checked([facts], YEAR)[facts.pk].unlikely if "核定" in one.message]

    assert found == [
        Finding(
            "households_resident",
            "unlikely",
            "核定户数2,847户与常住户数2,932户不一致，标准按核定户数测算，退回后重新提交",
        )
    ]
    set_facts(GUCHENG, households_resident=2847)
    facts.refresh_from_db()
    assert not [one for one in checked([facts], YEAR)[facts.pk].unlikely if "核定" in one.message]


def test_open_comments_then_those_of_the_last_return_only_while_returned(
    district_officer: User,
) -> None:
    facts = make_waiting(GUCHENG, "returned")
    for text in ("户数", "面积"):
        FactsStep.objects.create(
            facts=facts,
            code=facts.code,
            kind="return",
            comments={"premises_area_m2": text},
            by=district_officer,
            at=AT,
        )

    assert open_comments(facts) == {"premises_area_m2": "面积"}
    AnnualFacts.objects.filter(pk=facts.pk).update(status="submitted")
    facts.refresh_from_db()
    assert open_comments(facts) == {}
    assert open_comments(None) == {}


def test_handed_in_then_the_last_time_and_its_number(clerk: User, district_officer: User) -> None:
    facts = make_waiting(GUCHENG)
    for kind, by in (("submit", clerk), ("return", district_officer), ("submit", clerk)):
        FactsStep.objects.create(facts=facts, code=facts.code, kind=kind, by=by, at=AT)

    sent = handed_in([facts.pk])[facts.pk]

    assert (sent.by, sent.at, sent.number) == ("李敏", AT, 2)
