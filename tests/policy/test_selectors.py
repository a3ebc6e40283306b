"""What holds for a code on a day: stacks, series, texts in force, and what they cost."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.scope import scope
from policy import services
from policy.engine import Facts, Stack, assess
from policy.models import Exemption, IndexValue, PolicyText
from policy.selectors import (
    history_of,
    policy_for,
    provision_lines,
    series_for,
    stack_for,
    texts_in_force,
    versions_of,
)
from tests.policy.samples import ON, published, rule, source

pytestmark = pytest.mark.django_db
CODE = "371502001001"


def halls(code: str, on: date, prefix: str = "") -> Any:
    """The required service halls of a community, None where no text asks for any."""
    stack = stack_for(prefix or code, on)
    result = assess(Facts.from_rows([{"code": code}]), stack, series_for(prefix or code, on))
    return result.row("service_halls", 0).required if "service_halls" in result.subjects else None


def test_texts_in_force_when_several_levels_then_nearest_first() -> None:
    services.import_texts(on=ON)

    lines = texts_in_force(CODE, ON)

    assert [(line.level, line.title, line.trial, line.source_grade) for line in lines] == [
        ("市", "聊城市城市社区管理办法（试行）", True, "转载"),
        ("省", "山东省城市社区建设标准", False, "转载"),
        ("全国", "中华人民共和国城市居民委员会组织法", False, "转载"),
    ]
    assert [line.title for line in texts_in_force("330206002001", date(2023, 1, 1))] == [
        "北仑区城市社区经费与用房标准"
    ]


@pytest.mark.parametrize(
    ("on", "titles"),
    [
        (date(2014, 12, 31), []),
        (date(2015, 1, 1), ["聊城市城市社区管理办法（试行）"]),
        (date(2018, 7, 24), ["聊城市城市社区管理办法（试行）", "山东省城市社区建设标准"]),
    ],
)
def test_texts_in_force_when_day_changes_then_those_of_the_day(on: date, titles: list[str]) -> None:
    services.import_texts(on=ON)

    assert [line.title for line in texts_in_force(CODE, on)] == titles
    assert bool(stack_for(CODE, on).rules) == bool(titles)


def test_stack_when_prefix_is_wide_then_holds_the_texts_above_and_below() -> None:
    services.import_texts(on=ON)

    assert stack_for("3715", ON).jurisdictions == ("", "37", "3715")
    assert stack_for("37", ON).jurisdictions == ("", "37", "3715")
    assert stack_for("3702", ON).jurisdictions == ("", "37")
    assert stack_for("0", ON).jurisdictions == ("", "330206", "37", "3715")


def test_prefix_when_not_a_code_then_refused_or_empty() -> None:
    published()

    with pytest.raises(ValueError, match="not a scope"):
        stack_for("371", ON)
    assert stack_for("", ON).rules == ()


def test_policy_when_funding_is_asked_then_figures_of_both_texts() -> None:
    services.import_texts(on=ON)
    facts = Facts.from_rows([{"code": CODE, "households": 2847}])

    row = assess(facts, stack_for("371502", date(2018, 12, 31))).row("work_funding", 0)

    assert (row.required, row.binding) == (Decimal("60000.00"), ("SD-FND-1",))


def test_reading_when_two_places_choose_differently_then_each_has_its_own(
    administrator: User,
) -> None:
    services.import_texts(on=ON)
    text = PolicyText.objects.get(text_id="city-opinions-2013")
    for place, boundary in (("3301", "upper"), ("3303", "lower")):
        options = {"C13-STF-1.boundary": boundary}
        adopted = services.adopt(text, by=administrator, jurisdiction=place, options=options)
        services.publish(adopted, by=None, on=ON)
    rows = [{"code": f"{place}02001001", "households": 3000} for place in ("3301", "3303")]

    result = assess(Facts.from_rows(rows), stack_for("33", ON))

    workers = [result.row("community_workers", number) for number in range(2)]
    assert [row.low for row in workers] == [3, 1]


def test_subject_when_superseded_then_only_the_later_text_answers() -> None:
    earlier = published(provisions=(rule(value=2), rule("A-2", "grids")))
    later = services.draft(
        source("b-2025", (rule("B-1"),), effective_from=date(2025, 1, 1)), by=None
    )
    services.publish(later, by=None, on=ON, supersede=True)

    assert halls(CODE, date(2024, 12, 31)) == 2
    assert halls(CODE, date(2025, 1, 1)) == 1
    titles = [line.title for line in texts_in_force(CODE, ON)]
    assert titles == [later.title, earlier.title]


def test_subject_when_later_text_ends_then_the_earlier_does_not_come_back() -> None:
    published(provisions=(rule(value=2), rule("A-2", "grids")))
    head = {"effective_from": date(2025, 1, 1), "effective_until": date(2026, 1, 1)}
    later = services.draft(source("b-2025", (rule("B-1"),), **head), by=None)
    services.publish(later, by=None, on=ON, supersede=True)

    assert halls(CODE, date(2025, 6, 1)) == 1
    assert halls(CODE, date(2026, 6, 1)) is None


def test_cited_rule_when_its_text_holds_then_stays_beside_a_successor() -> None:
    cited = rule("A-9", value=4, more='superior = "37"')
    published(provisions=(rule(value=2), rule("A-2", "grids"), cited))
    later = services.draft(
        source("b-2025", (rule("B-1"),), effective_from=date(2025, 1, 1)), by=None
    )
    services.publish(later, by=None, on=ON, supersede=True)

    assert halls(CODE, ON) == 4


def test_withdrawal_when_in_the_past_then_earlier_days_still_answer() -> None:
    services.withdraw(published(), by=None, on=date(2024, 1, 1), reason="废止")

    assert (halls(CODE, date(2023, 12, 31)), halls(CODE, date(2024, 1, 1))) == (1, None)


def test_draft_when_not_published_then_holds_nowhere() -> None:
    services.draft(source(), by=None)

    assert texts_in_force(CODE, ON) == []


def test_exemption_when_valid_on_the_day_then_lifts_the_provision() -> None:
    published()
    lift(valid_until=date(2025, 1, 1))

    assert stack_for("3715", date(2024, 6, 1)).exemptions == {CODE: {"A-1"}}
    assert stack_for("3702", date(2024, 6, 1)).exemptions == {}
    assert stack_for("3715", date(2025, 1, 1)).exemptions == {}
    assert halls(CODE, date(2024, 6, 1)) is None
    assert halls("371502001002", date(2024, 6, 1)) == 1


def lift(**values: Any) -> Exemption:
    return Exemption.objects.create(
        **{
            "code": CODE,
            "provision": "A-1",
            "reason": "规模较小",
            "approver": "聊城市民政局",
            "valid_from": date(2024, 1, 1),
        }
        | values
    )


def test_exemption_when_its_text_has_ended_then_left_out() -> None:
    published(effective_until=date(2025, 1, 1))
    lift()

    assert stack_for("3715", ON).exemptions == {}


def test_exemption_when_scope_is_elsewhere_then_not_shown_to_it_nor_lost_to_others() -> None:
    published()
    lift()

    with scope("371502002"):
        elsewhere = stack_for("3715", ON).exemptions
    with scope("3715"):
        city = stack_for("3715", ON).exemptions

    assert (elsewhere, city) == ({}, {CODE: {"A-1"}})


def figure(year: int, value: str, division: str = "3715") -> None:
    IndexValue.objects.create(
        division_code=division,
        series="average_rent",
        year=year,
        value=Decimal(value),
        unit="元/㎡·月",
        source="年鉴",
    )


def test_series_when_asked_then_nearest_division_up_to_the_year() -> None:
    figure(2024, "13.8")
    figure(2024, "20", "")
    figure(2027, "99")
    series = series_for("371502", ON)

    found = series.find("average_rent", CODE, 2024)
    assert (found.division, found.value) == ("3715", Decimal("13.8"))
    assert series.find("average_rent", "370202001001", 2024).value == 20
    assert series.find("average_rent", CODE, 2027) is None
    assert series_for("3702", ON).find("average_rent", CODE, 2024).division == ""


def test_policy_when_nothing_changed_then_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    services.import_texts(on=ON)
    policy_for("371502", ON)

    with django_assert_num_queries(1):
        policy = policy_for("371502", ON)
        policy.texts_in_force(CODE)
    with django_assert_num_queries(2):
        stack_for("371502", ON)
        series_for("371502", ON)


def test_policy_when_many_texts_then_as_many_queries_as_with_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(30):
        published(f"t-{number}", jurisdiction=f"37{number:02}")

    with django_assert_max_num_queries(5):
        policy_for("37", ON)


def test_policy_when_changed_then_seen_at_once() -> None:
    before = texts_in_force(CODE, ON)
    text = published()
    during = texts_in_force(CODE, ON)
    services.withdraw(text, by=None, on=date(2026, 1, 1), reason="废止")

    assert (before, [line.id for line in during]) == ([], [text.pk])
    assert texts_in_force(CODE, ON) == []


def test_policy_when_a_change_is_rolled_back_then_forgotten() -> None:
    published()
    with transaction.atomic():
        published("b-2020", (rule("B-1", "grids"),))
        inside = len(texts_in_force(CODE, ON))
        transaction.set_rollback(True)
    published("c-2020", (rule("C-1", "grids", 3),))

    assert inside == 2
    assert {line.title for line in texts_in_force(CODE, ON)} == {"办法a-2020", "办法c-2020"}


def test_provisions_then_in_words_with_their_readings() -> None:
    services.import_texts(on=ON)

    lines = provision_lines(PolicyText.objects.get(text_id="beilun"))

    (line,) = [one for one in lines if one.id == "BL-FND-2"]
    assert (line.subject, line.binding, line.level) == ("工作经费", "标准", "社区")
    readings = {one.key: one.value for one in line.options}
    assert readings["BL-FND-2.start_year"] == "2024"


def test_versions_and_history_then_newest_first(city_officer: User) -> None:
    with scope("3715", user=city_officer.pk):
        first = services.draft(source(), by=city_officer)
        services.publish(first, by=None, on=ON)
        second = services.draft(source(), by=city_officer)

    assert versions_of(first, city_officer) == [second, first]
    assert [(line.act, line.status, line.by) for line in history_of(first)] == [
        ("修改", "已发布", city_officer.display_name),
        ("起草", "草稿", city_officer.display_name),
    ]


DAYS = [date(year, 1, 1) for year in range(2015, 2026)]
SUBJECTS = ("service_halls", "grids")


class TestAgreement(TestCase):
    """The rows of PolicySubject and the engine's own supersession say the same."""

    @given(
        starts=st.lists(st.sampled_from(DAYS), min_size=1, max_size=4, unique=True),
        named=st.lists(st.sets(st.sampled_from(SUBJECTS), min_size=1), min_size=4, max_size=4),
        on=st.sampled_from(DAYS),
    )
    @settings(max_examples=25, deadline=None)
    def test_stack_when_texts_follow_each_other_then_as_the_engine_alone(
        self, starts: list[date], named: list[set[str]], on: date
    ) -> None:
        texts = []
        for number, start in enumerate(sorted(starts)):
            rules = tuple(
                rule(f"T{number}-{subject}", subject, number + 1)
                for subject in sorted(named[number])
            )
            draft = services.draft(source(f"t-{number}", rules, effective_from=start), by=None)
            texts.append(services.publish(draft, by=None, on=ON, supersede=True).as_written)

        facts = Facts.from_rows([{"code": CODE}])
        ours = assess(facts, stack_for("3715", on))
        engines = assess(facts, Stack.of(texts, on))

        assert ours.subjects == engines.subjects
        for subject in ours.subjects:
            assert ours.row(subject, 0) == engines.row(subject, 0)
