"""Rounds: planned, changed while streets fill in, opened, extended, closed."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Message, User
from accounts.scope import scope
from collection.models import Extension, Round
from collection.selectors.rounds import call_for
from collection.services.rounds import (
    RoundError,
    change_round,
    close_round,
    extend,
    open_round,
    plan,
)
from communities.services.editing import StaleError
from tests.factories import make_divisions_above, make_round, make_user

pytestmark = pytest.mark.django_db
ON = date(2026, 10, 20)
AT = datetime(2026, 10, 20, 1, 30, tzinfo=UTC)
GULOU, LIUYUAN = "371502001", "371502002"


@pytest.fixture(autouse=True)
def streets() -> None:
    for code in (GULOU, LIUYUAN):
        make_divisions_above(f"{code}001")


def told(user: User) -> list[str]:
    return list(Message.objects.for_user(user).values_list("text", flat=True))


def opened(one: Round, by: User, **more: Any) -> Round:
    return open_round(one=one, version=one.version, by=by, on=ON, at=AT, **more)


# planning and opening


def test_plan_then_facts_in_the_order_of_the_form_with_the_determined_count(
    district_officer: User,
) -> None:
    one = Round(
        code="371502",
        year=2027,
        title="甲",
        reference_on=ON,
        households_measure="households_occupied",
        asked=["premises_area_m2", "households_registered"],
        opens_on=ON,
        closes_on=ON,
        made_by=district_officer,
    )

    assert plan(one=one).asked == [
        "households_registered",
        "households_occupied",
        "premises_area_m2",
    ]
    assert one.state == "draft"


def test_open_then_clerks_and_reviewers_of_its_streets_are_told(
    clerk: User, clerk_elsewhere: User, reviewer: User, district_officer: User
) -> None:
    one = make_round(state="draft", street_codes=[GULOU])

    assert opened(one, district_officer).state == "open"

    text = "2026年度社区数据填报已下达，2026-11-30截止"
    assert [told(one) for one in (clerk, reviewer, clerk_elsewhere, district_officer)] == [
        [text],
        [text],
        [],
        [],
    ]


def test_open_round_of_the_city_is_told_to_the_officers_of_its_districts(
    district_officer: User, city_officer: User
) -> None:
    elsewhere = make_user("district_officer", "371521")
    one = make_round("3715", state="draft", street_codes=[GULOU])

    opened(one, city_officer)

    assert [len(told(user)) for user in (district_officer, elsewhere, city_officer)] == [1, 0, 0]
    assert Message.objects.get(to=district_officer).url == f"/rounds/{one.pk}/"


def test_open_before_its_first_day_says_when_it_begins(clerk: User, district_officer: User) -> None:
    opened(make_round(state="draft", opens_on=date(2026, 11, 1)), district_officer)

    assert told(clerk) == ["2026年度社区数据填报已下达，2026-11-01开始，2026-11-30截止"]


@pytest.mark.parametrize("state", ["open", "closed"])
def test_open_again_is_refused(district_officer: User, state: str) -> None:
    with pytest.raises(RoundError, match="不能再下达"):
        opened(make_round(state=state), district_officer)


def test_open_after_its_last_day_is_refused(district_officer: User) -> None:
    one = make_round(state="draft", closes_on=date(2026, 10, 19))

    with pytest.raises(RoundError, match="截止日期2026-10-19已经过了"):
        opened(one, district_officer)


def test_open_at_another_version_is_refused(district_officer: User) -> None:
    one = make_round(state="draft")

    with pytest.raises(StaleError):
        open_round(one=one, version=9, by=district_officer, on=ON, at=AT)


@pytest.mark.parametrize(
    ("mine", "theirs", "words"),
    [
        ([], [], "古楼街道、柳园街道"),
        ([GULOU], [], "古楼街道"),
        ([], [LIUYUAN], "柳园街道"),
        ([GULOU], [LIUYUAN, GULOU], "古楼街道"),
    ],
)
def test_street_of_two_open_rounds_of_a_year_is_refused(
    district_officer: User, mine: list[str], theirs: list[str], words: str
) -> None:
    make_round(street_codes=theirs, title="先下达的")
    one = make_round(state="draft", street_codes=mine)

    with pytest.raises(RoundError) as refused:
        opened(one, district_officer)

    assert str(refused.value) == (
        f"{words}2026年度已有东昌府区下达的“先下达的”。先结束那个任务，或改选街道"
    )


def test_street_that_the_city_asks_already_is_refused(district_officer: User) -> None:
    make_round("3715", street_codes=[LIUYUAN])

    with pytest.raises(RoundError, match=r"柳园街道2026年度已有聊城市下达的.*。改选街道$"):
        opened(make_round(state="draft"), district_officer)


def test_other_streets_another_year_or_a_closed_round_hinder_nothing(
    district_officer: User,
) -> None:
    make_round(street_codes=[LIUYUAN])
    make_round(year=2025)
    make_round(state="closed")

    assert opened(make_round(state="draft", street_codes=[GULOU]), district_officer).pk


# changing


def change(one: Round, reason: str = "", **values: Any) -> Round:
    changed = Round.objects.get(pk=one.pk)
    for name, value in values.items():
        setattr(changed, name, value)
    return change_round(one=changed, fields=list(values), version=one.version, reason=reason, on=ON)


def test_draft_changes_in_every_way() -> None:
    one = make_round(state="draft")

    changed = change(one, asked=["grids"], street_codes=[GULOU], households_measure="dwellings")

    assert (changed.asked, changed.version) == (["dwellings", "grids"], 2)


def test_open_one_asks_more_and_not_less() -> None:
    one = make_round()

    one = change(one, asked=[*one.asked, "grids"])

    assert one.asked == ["households_resident", "grids", "premises_area_m2"]
    with pytest.raises(ValidationError) as refused:
        change(one, asked=["grids"])
    assert refused.value.message_dict == {"asked": ["街道已在填报，不能减去用房建筑面积。恢复勾选"]}


@pytest.mark.parametrize("before", [[], [GULOU, LIUYUAN]])
def test_open_one_asks_no_fewer_streets(before: list[str]) -> None:
    one = make_round(street_codes=before)

    with pytest.raises(ValidationError, match="不能减少街道"):
        change(one, street_codes=[GULOU])


def test_open_one_asks_more_streets() -> None:
    one = make_round(street_codes=[GULOU])

    one = change(one, street_codes=[GULOU, LIUYUAN])

    assert change(one, street_codes=[]).street_codes == []


def test_open_one_that_grows_into_a_street_of_another_round_is_refused() -> None:
    make_round(street_codes=[LIUYUAN], title="别的")

    with pytest.raises(RoundError, match="柳园街道2026年度已有东昌府区下达的“别的”"):
        change(make_round(street_codes=[GULOU]), street_codes=[GULOU, LIUYUAN])


@pytest.mark.parametrize(
    ("name", "value"),
    [("households_measure", "dwellings"), ("reference_on", ON), ("street_review", False)],
)
def test_open_one_keeps_its_measure_day_and_way(name: str, value: Any) -> None:
    with pytest.raises(ValidationError, match="不再修改"):
        change(make_round(), **{name: value})


def test_open_one_changes_its_days_with_a_reason_that_history_keeps() -> None:
    one = make_round()

    with pytest.raises(ValidationError, match="改了日期，写明原因"):
        change(one, closes_on=date(2026, 12, 10))
    with scope("371502", user=0):
        changed = change(one, "台风停工", closes_on=date(2026, 12, 10))

    last = changed.events.order_by("-pgh_id").select_related("pgh_context").first()  # type: ignore[attr-defined]
    assert (last.closes_on, last.pgh_context.metadata["reason"]) == (date(2026, 12, 10), "台风停工")


def test_open_one_does_not_end_in_the_past() -> None:
    with pytest.raises(ValidationError, match="截止日期2026-10-19已经过了"):
        change(make_round(), "提前", closes_on=date(2026, 10, 19))


def test_closed_one_does_not_change() -> None:
    with pytest.raises(RoundError, match="任务已结束，不再修改"):
        change(make_round(state="closed"), title="乙")


def test_close_then_nothing_can_be_handed_in() -> None:
    one = make_round()

    closed = close_round(one=one, version=1, at=AT)

    assert (closed.state, closed.closed_at) == ("closed", AT)
    call = call_for(GULOU, 2026)
    assert call is not None
    assert call.is_open(ON) is False
    with pytest.raises(RoundError, match="任务现在是“已结束”，不用结束"):
        close_round(one=closed, version=2, at=AT)


@pytest.mark.parametrize(
    ("rounds", "asking"),
    [
        ([("371502", "closed"), ("3715", "open")], 1),
        ([("371502", "open"), ("3715", "closed")], 0),
        ([("371502", "closed"), ("3715", "closed")], 0),
        ([("371502", "closed"), ("371502", "open")], 1),
        ([("371502", "closed"), ("371502", "closed")], 1),
        ([("371502", "draft"), ("3715", "closed")], 1),
    ],
)
def test_call_of_two_rounds_then_the_open_one_counts(
    rounds: list[tuple[str, str]], asking: int
) -> None:
    made = [make_round(code, 2026, state=state) for code, state in rounds]

    call = call_for(GULOU, 2026)

    assert call is not None
    assert call.round == made[asking]


# extending


def extended(one: Round, by: User, day: date, street: str = GULOU) -> Extension:
    return extend(one=one, street=street, closes_on=day, reason="换届", by=by, on=ON, at=AT)


def test_extension_moves_the_last_day_of_one_street_and_tells_it(
    clerk: User, reviewer: User, clerk_elsewhere: User, district_officer: User
) -> None:
    extended(make_round(), district_officer, date(2026, 12, 5))

    calls = [call_for(code, 2026) for code in (GULOU, LIUYUAN)]
    assert [(call.closes_on, call.extended_for) for call in calls if call] == [
        (date(2026, 12, 5), "换届"),
        (date(2026, 11, 30), ""),
    ]
    text = "2026年度社区数据填报延期至2026-12-05"
    assert [told(one) for one in (clerk, reviewer, clerk_elsewhere)] == [[text], [text], []]


def test_extension_is_later_than_the_one_before(district_officer: User) -> None:
    one = make_round()
    extended(one, district_officer, date(2026, 12, 5))

    for day in (date(2026, 12, 5), date(2026, 12, 1)):
        with pytest.raises(ValidationError, match="现在的截止日期是2026-12-05"):
            extended(one, district_officer, day)


def test_extension_into_the_past_is_refused(district_officer: User) -> None:
    one = make_round(closes_on=date(2026, 10, 10))

    with pytest.raises(ValidationError, match="2026-10-15已经过了"):
        extended(one, district_officer, date(2026, 10, 15))


def test_extension_by_a_slip_in_the_year_is_refused(district_officer: User) -> None:
    with pytest.raises(ValidationError, match="2199-12-31和2026年度相差一年以上。核对年份"):
        extended(make_round(), district_officer, date(2199, 12, 31))


def test_round_s_own_later_day_counts_over_an_earlier_extension(district_officer: User) -> None:
    one = make_round()
    extended(one, district_officer, date(2026, 12, 5))
    change(one, "都延期", closes_on=date(2026, 12, 31))

    call = call_for(GULOU, 2026)

    assert call is not None
    assert (call.closes_on, call.extended_for) == (date(2026, 12, 31), "")


@pytest.mark.parametrize(
    ("state", "street", "words"),
    [
        ("closed", GULOU, "任务已结束，不能延期。要补报，另下达一个只发给这个街道的任务"),
        ("draft", GULOU, "任务还没有下达，直接修改截止日期"),
        ("open", LIUYUAN, "这个街道不在任务的填报范围内"),
    ],
)
def test_extension_that_is_not_open_is_refused(
    district_officer: User, state: str, street: str, words: str
) -> None:
    one = make_round(state=state, street_codes=[GULOU])

    with pytest.raises(RoundError) as refused:
        extended(one, district_officer, date(2026, 12, 5), street)

    assert str(refused.value) == words


def test_supplementary_round_after_a_closed_one_is_the_street_s() -> None:
    make_round(state="closed")
    later = make_round(street_codes=[GULOU], title="补报")

    calls = [call_for(code, 2026) for code in (GULOU, LIUYUAN)]

    assert [call.round.title for call in calls if call] == ["补报", "2026年度社区数据填报"]
    assert calls[0] is not None
    assert calls[0].round == later
