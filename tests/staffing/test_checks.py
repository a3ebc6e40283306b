"""核查 of staff: what each check finds, for whom, in which order, in how many queries."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.test import Client
from python_calamine import CalamineWorkbook

from accounts.models import AccessLog, User
from communities.models import Community
from staffing.models import Appointment
from staffing.selectors.checks import GROUPS, KINDS
from tests.conftest import Browse
from tests.factories import make_community, make_facts, make_user
from tests.queries import queries_of
from tests.staff_factories import (
    IDENTITY_NUMBERS,
    make_act,
    make_appointment,
    make_certificate,
    make_pay_record,
    make_person,
)
from tests.staffing.check_desk import CLAUSE, found, texts_of

pytestmark = pytest.mark.django_db
CHECKS = "/staff/checks/"
A, FAR = "371502001001", "371502002001"


@pytest.fixture(autouse=True)
def on_a_day() -> Any:
    with time_machine.travel("2026-11-22 01:00Z", tick=False):
        yield


def test_what_moves_money_comes_first() -> None:
    assert [group.title for group in GROUPS] == ["吃空饷", "人员登记", "班子配备", "条件和证书"]
    assert [*KINDS][:4] == ["two-communities", "paid-twice", "paid-outside", "own-channel"]


# ── 吃空饷 ──


def test_two_paid_posts_in_two_communities_then_found(
    community: Community, other: Community, clerk: User
) -> None:
    person = make_person()
    make_appointment(community, "worker", person)
    make_appointment(community, "secretary", person)
    make_appointment(other, "grid_worker", person, valid_from=date(2026, 3, 1))

    lines = texts_of(clerk, "two-communities")

    said = (
        "任专职工作人员、党组织书记，同时在湖南社区（371502001002）任网格员，"
        "都从社区经费领报酬，2026-03-01至今"
    )
    assert lines == [("古城社区", "王小红", said)]


@pytest.mark.parametrize(
    "second",
    [
        {"pay_channel": "unpaid"},
        {"pay_channel": "own_channel"},
        {"valid_from": date(2026, 3, 1), "first_until": date(2026, 3, 1)},  # one after the other
        {"valid_until": date(2026, 1, 1)},  # over before the year
    ],
)
def test_posts_that_are_not_paid_twice_then_nothing(
    second: dict[str, Any], community: Community, other: Community, clerk: User
) -> None:
    person = make_person()
    make_appointment(community, "worker", person, valid_until=second.pop("first_until", None))
    make_appointment(other, "worker", person, **second)

    assert found(clerk, "two-communities") == []


def test_one_identity_in_two_streets_then_the_district_finds_it_and_no_street(
    community: Community,
    clerk: User,
    clerk_elsewhere: User,
    district_officer: User,
    city_officer: User,
) -> None:
    far = make_community(FAR, "柳园社区居委会")
    for place in (community, far):
        number = IDENTITY_NUMBERS[0]
        make_appointment(place, "worker", make_person(place.code[:9], identity_number=number))

    counts = [
        len(found(user, "two-communities"))
        for user in (clerk, clerk_elsewhere, district_officer, city_officer)
    ]

    assert counts == [0, 0, 1, 1]


def test_pay_of_the_same_months_then_found(
    community: Community, other: Community, clerk: User
) -> None:
    person = make_appointment(community, "worker").person
    make_appointment(other, "worker", person)
    make_pay_record(person, community, first_month=1, last_month=6)
    make_pay_record(person, other, first_month=6, last_month=12)
    make_pay_record(person, other, year=2025, first_month=1, last_month=12)

    assert texts_of(clerk, "paid-twice") == [
        ("古城社区", "王小红", "2026年6月另在湖南社区实发，重复领取")
    ]


def test_pay_of_other_channels_or_years_then_nothing(
    community: Community, other: Community, clerk: User
) -> None:
    person = make_appointment(community, "worker").person
    make_pay_record(person, community)
    make_pay_record(person, other, pay_channel="own_channel")
    make_pay_record(person, community, year=2025)

    assert found(clerk, "paid-twice") == []


def test_pay_after_leaving_and_before_entering_then_the_months(
    community: Community, clerk: User
) -> None:
    person = make_appointment(
        community, "worker", valid_from=date(2026, 2, 28), valid_until=date(2026, 9, 2)
    ).person
    make_pay_record(person, community)

    assert texts_of(clerk, "paid-outside") == [
        ("古城社区", "王小红", "2026年1、10~12月没有任职，仍有实发（2026年1~12月42,000.00元）")
    ]


def test_pay_of_the_last_year_for_a_post_of_then_nothing(community: Community, clerk: User) -> None:
    person = make_appointment(community, "worker", valid_until=date(2025, 12, 2)).person
    make_pay_record(person, community, year=2025)

    assert found(clerk, "paid-outside") == []


def test_funds_that_pay_whom_the_own_channel_pays_then_the_clause(
    community: Community, clerk: User, opinions: None
) -> None:
    person = make_appointment(community, "worker", identity="seconded").person
    own = make_appointment(
        community, "worker", make_person(name="李明"), identity="other", pay_channel="own_channel"
    ).person
    make_pay_record(own, community, first_month=1, last_month=2, allowance_yuan="7000")

    assert texts_of(clerk, "own-channel") == [
        ("古城社区", person.name, "身份是下派，由原渠道付酬，报酬渠道登记为社区经费"),
        ("古城社区", "李明", "报酬渠道是原渠道，2026年1~2月又从社区经费实发7,000.00元"),
    ]
    assert [line.clause for line in found(clerk, "own-channel")] == [f"{CLAUSE}四、（三）", ""]


def test_funds_that_pay_when_the_channel_changes_then_only_the_months_after(
    community: Community, clerk: User
) -> None:
    person = make_appointment(community, "worker", valid_until=date(2026, 7, 1)).person
    make_appointment(
        community, "member", person, valid_from=date(2026, 7, 1), pay_channel="own_channel"
    )
    make_pay_record(person, community, last_month=6, allowance_yuan="20000")
    assert found(clerk, "own-channel") == []

    make_pay_record(person, community, first_month=7, last_month=8, allowance_yuan="0")
    assert found(clerk, "own-channel") == []

    make_pay_record(person, community, first_month=9, last_month=10, insurance_yuan="800.5")
    assert texts_of(clerk, "own-channel") == [
        ("古城社区", "王小红", "报酬渠道是原渠道，2026年9~10月又从社区经费实发42,800.50元")
    ]


def test_funds_that_pay_the_unpaid_and_who_has_left_then_found(
    community: Community, clerk: User
) -> None:
    person = make_appointment(
        community, "worker", pay_channel="unpaid", valid_until=date(2025, 10, 1)
    ).person
    make_pay_record(person, community, year=2025)
    both = make_appointment(community, "worker", make_person(name="李明")).person
    make_appointment(community, "party_member", both, pay_channel="unpaid")
    make_pay_record(both, community)

    said = "登记为不领报酬，2025年1~9月又从社区经费实发（2025年1~12月共42,000.00元）"
    assert texts_of(clerk, "own-channel") == [("古城社区", "王小红", said)]


def test_funds_that_pay_somebody_seconded_where_no_text_says_else_then_nothing(
    community: Community, clerk: User
) -> None:
    make_appointment(community, "worker", identity="seconded")

    assert found(clerk, "own-channel") == []


# ── pages ──


def crowd(numbers: range, by: User) -> None:
    """Communities with something for every check."""
    for number in numbers:
        community = make_community(f"371502001{number:03d}", f"第{number}社区居委会")
        make_facts(community)
        twin = make_person(name=f"张{number}", born_in=date(1960, 5, 1))
        person = make_person(name=twin.name, born_in=twin.born_in, leads_collective=True)
        post = make_appointment(community, "member", person, lives_here=False)
        Appointment.objects.filter(pk=post.pk).update(identity="recruited")
        make_certificate(person, expires_on=date(2026, 1, 1))
        make_pay_record(person, community, year=2025)
        make_act(person, community, made_by=by)


@pytest.mark.parametrize("kind", ["", *KINDS])
def test_pages_with_1_and_12_communities_then_the_same_queries(
    kind: str, clerk: User, browse: Browse, opinions: None
) -> None:
    client, path = browse(clerk), f"{CHECKS}?kind={kind}"
    crowd(range(1, 2), clerk)
    client.get(path)  # the session is stored, the texts are read
    first = queries_of(client, path)

    crowd(range(2, 13), clerk)
    client.get(path)  # the year's facts are read

    assert queries_of(client, path) == first
    assert first <= 24


def sheet(client: Client, kind: str) -> list[list[Any]]:
    answer = client.get(f"{CHECKS}export.xlsx?kind={kind}")
    assert answer.status_code == 200
    return CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()


def test_file_then_lines_office_and_the_log_without_names(
    community: Community, clerk: User, browse: Browse
) -> None:
    make_appointment(community, "worker")

    rows = sheet(browse(clerk), "no-number")

    assert rows[-1] == [
        "古城社区",
        A,
        "古楼街道",
        "王小红",
        "没有登记证件号码，跨街道重复任职查不出",
        "",
    ]
    assert "古楼街道办事处　李敏" in rows[2][0]
    assert AccessLog.objects.get(act="export").target == (
        "人员核查-371502001-no-number-2026-11-22.xlsx"
    )


def test_file_of_an_unknown_check_then_404(clerk: User, browse: Browse) -> None:
    assert browse(clerk).get(f"{CHECKS}export.xlsx?kind=x").status_code == 404


def test_country_then_a_city_is_chosen_first(community: Community, browse: Browse) -> None:
    make_appointment(community, "secretary")
    client = browse(make_user("auditor", "0"))

    assert 'href="?street=3715"' in client.get(CHECKS).content.decode()
    page = client.get(f"{CHECKS}?street=3715&kind=vacant").content.decode()
    assert "没有居委会主任" in page


def test_other_streets_then_not_seen(
    community: Community, clerk_elsewhere: User, browse: Browse
) -> None:
    make_appointment(community, "secretary")

    for kind in KINDS:
        page = browse(clerk_elsewhere).get(f"{CHECKS}?street=371502001&kind={kind}")
        assert "王小红" not in page.content.decode()
