"""How far the streets of a round are."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from collection.models import Extension, FactsDraft, FactsStep, Reminder
from collection.selectors.round_page import Counts, progress_of, round_lines
from tests.factories import make_community, make_facts, make_round

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 27)
AT = datetime(2026, 11, 26, 1, 30, tzinfo=UTC)
GULOU, LIUYUAN = "371502001", "371502002"


def draft(community: Any, by: User, at: datetime = AT) -> None:
    FactsDraft.objects.create(
        community=community, year=2026, code=community.code, changed_by=by, changed_at=at
    )


def test_progress_counts_each_community_once_in_its_state(clerk: User, city_officer: User) -> None:
    states = ["draft", "returned", "submitted", "reviewed", "confirmed", "confirmed"]
    for number, status in enumerate(states, start=1):
        make_facts(make_community(f"37150200100{number}", f"甲{number}社区居委会"), status=status)
    make_community("371502001007", "未填社区居委会")
    typed = make_community("371502001008", "已动笔社区居委会")
    draft(typed, clerk)
    returned = make_community("371502001009", "退回又改社区居委会")
    make_facts(returned, status="returned")
    draft(returned, clerk)
    make_facts(make_community("371502002001", "柳园社区居委会"), 2025)
    make_community("371502001201", "王庄村村委会", committee_kind="villagers")

    progress = progress_of(city_officer, make_round("3715"), ON)

    assert [(line.code, line.name, line.district, line.counts) for line in progress.lines] == [
        (GULOU, "古楼街道", "东昌府区", Counts(1, 2, 2, 1, 1, 2)),
        (LIUYUAN, "柳园街道", "东昌府区", Counts(none=1)),
    ]
    totals = progress.totals
    assert totals == Counts(2, 2, 2, 1, 1, 2)
    assert (totals.communities, totals.unfinished, totals.waiting) == (10, 6, 8)


def test_progress_is_of_the_streets_asked_and_of_the_reader_s_scope(
    clerk: User, district_officer: User
) -> None:
    for code in ("371502001001", "371502002001", "371521001001"):
        make_community(code)
    whole, some = make_round("3715"), make_round(year=2025, street_codes=[LIUYUAN])

    assert [line.code for line in progress_of(district_officer, whole, ON).lines] == [
        GULOU,
        LIUYUAN,
    ]
    assert [line.code for line in progress_of(clerk, whole, ON).lines] == [GULOU]
    assert [line.code for line in progress_of(district_officer, some, ON).lines] == [LIUYUAN]
    assert {line.district for line in progress_of(district_officer, whole, ON).lines} == {""}


def test_progress_tells_the_last_act_the_extension_and_the_reminder(
    clerk: User, district_officer: User
) -> None:
    first, second = make_community(), make_community("371502001002", "柳湖社区居委会")
    draft(first, clerk, datetime(2026, 11, 20, 1, 0, tzinfo=UTC))
    facts = make_facts(second, status="submitted")
    FactsStep.objects.create(facts=facts, code=second.code, kind="submit", by=clerk, at=AT)
    one = make_round()
    for day in (date(2026, 12, 1), date(2026, 12, 5)):
        Extension.objects.create(
            round=one, code=GULOU, closes_on=day, reason="换届", by=district_officer, at=AT
        )
    for number in (3, 2):
        Reminder.objects.create(round=one, code=GULOU, unfinished=number, by=None, at=AT)

    (line,) = progress_of(district_officer, one, ON).lines

    assert (line.last_at, line.call.closes_on, line.left) == (AT, date(2026, 12, 5), 8)
    assert line.reminded is not None
    assert line.reminded.unfinished == 2
    assert (line.rests(AT), line.rests(datetime(2026, 11, 27, 1, 30, tzinfo=UTC))) == (True, False)


def test_progress_asks_as_many_queries_for_30_streets_as_for_one(city_officer: User) -> None:
    one = make_round("3715")
    make_community()
    with CaptureQueriesContext(connection) as few:
        progress_of(city_officer, one, ON)
    for number in range(2, 31):
        community = make_community(f"371502{number:03}001", f"甲{number}社区居委会")
        make_facts(community)
        Reminder.objects.create(round=one, code=community.code[:9], unfinished=1, at=AT)

    with CaptureQueriesContext(connection) as many:
        lines = progress_of(city_officer, one, ON).lines

    assert (len(lines), len(many)) == (30, len(few))
    assert len(few) == 7


def test_lines_of_a_list_count_open_rounds_in_the_reader_s_scope(
    clerk: User, city_officer: User, district_officer: User
) -> None:
    make_facts(make_community(), status="confirmed")
    make_community("371502002001", "柳园社区居委会")
    make_community("371521001001", "别区社区居委会")
    some = make_round(street_codes=[LIUYUAN])
    whole = make_round("3715", title="市")
    closed = make_round(year=2025, state="closed")
    Extension.objects.create(
        round=whole, code=GULOU, closes_on=date(2026, 12, 5), reason="甲", by=city_officer, at=AT
    )

    def lines(user: User) -> list[Any]:
        found = round_lines(user, [some, whole, closed], ON)
        return [(line.unit, line.counts, line.closes_on, line.left) for line in found]

    day = date(2026, 11, 30)
    past = ("东昌府区", None, date(2025, 11, 30), None)
    assert lines(city_officer) == [
        ("东昌府区", Counts(none=1), day, 3),
        ("聊城市", Counts(none=2, confirmed=1), day, 3),
        past,
    ]
    assert lines(clerk) == [
        ("东昌府区", Counts(), day, 3),
        ("聊城市", Counts(confirmed=1), date(2026, 12, 5), 8),
        past,
    ]
