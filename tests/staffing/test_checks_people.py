"""核查 of staff: files, bodies of communities, recruits and certificates."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from accounts.models import User
from communities.models import Community
from staffing.selectors.checks_ground import Ground
from staffing.selectors.checks_posts import both_posts_share
from tests.factories import make_facts, make_user
from tests.staff_factories import (
    IDENTITY_NUMBERS,
    make_act,
    make_appointment,
    make_certificate,
    make_person,
)
from tests.staffing.check_desk import CLAUSE, TODAY, found, texts_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_day() -> Any:
    with time_machine.travel("2026-11-22 01:00Z", tick=False):
        yield


def test_two_files_alike_without_a_number_then_both(community: Community, clerk: User) -> None:
    make_appointment(community, "worker", make_person(identity_number=IDENTITY_NUMBERS[0]))
    make_person()
    make_person(born_in=date(1990, 6, 1))

    said = "2份登记同名、同性别、同为1990-05出生，其中有的没有证件号码"
    assert texts_of(clerk, "same-person") == [
        ("古城社区", "王小红", said), ("", "王小红", said),
    ]  # fmt: skip


def test_two_files_alike_with_two_numbers_then_two_persons(clerk: User) -> None:
    for number in IDENTITY_NUMBERS:
        make_person(identity_number=number)

    assert found(clerk, "same-person") == []


def test_person_in_post_without_a_number_then_once(
    community: Community, other: Community, clerk: User
) -> None:
    person = make_appointment(community, "secretary").person
    make_appointment(community, "director", person)
    make_appointment(other, "worker", make_person(identity_number=IDENTITY_NUMBERS[0]))
    make_appointment(other, "worker", valid_until=date(2026, 1, 1))

    assert [line.person for line in found(clerk, "no-number")] == [person.pk]


def test_file_without_post_and_without_leaving_then_found(
    community: Community, clerk: User
) -> None:
    idle = make_person(name="赵一")
    make_appointment(community, "worker", valid_until=date(2026, 1, 1))
    make_act(make_person(name="钱二"), community, "leave")

    assert [line.person for line in found(clerk, "no-post")] == [idle.pk]


def test_act_that_waits_for_30_days_then_found_with_its_act(
    community: Community, clerk: User
) -> None:
    day = TODAY - timedelta(days=30)
    made = {"made_at": f"{day}T10:00+08:00", "made_by": clerk}
    act = make_act(make_person(), community, **made)
    make_act(make_person(), community, "follow", **made)
    make_act(
        make_person(), community, **made | {"made_at": f"{day + timedelta(days=1)}T10:00+08:00"}
    )
    colleague = make_user("district_officer", "371502")
    make_act(make_person(), community, checked_by=colleague, checked_at=f"{TODAY}T01:00Z", **made)

    [line] = found(clerk, "unchecked")

    assert (line.act, line.text) == (
        act.pk, "进入（2026-03-01）2026-10-23登记，30天没有核对",
    )  # fmt: skip


# ── bodies ──


def test_community_without_director_then_named_and_one_without_anybody_apart(
    community: Community, other: Community, clerk: User
) -> None:
    make_appointment(community, "secretary")

    assert texts_of(clerk, "vacant") == [("古城社区", "", "没有居委会主任")]
    assert texts_of(clerk, "no-roster") == [("湖南社区", "", "还没有登记人员")]


def test_committee_below_the_least_then_how_many(
    community: Community, clerk: User, opinions: None
) -> None:
    make_facts(community, households=2847)
    for post in ("director", "member", "member"):
        make_appointment(community, post)
    make_appointment(community, "deputy", identity="police")

    [line] = found(clerk, "short")

    low = int(line.text.split("应不少于")[1].split("人")[0])
    assert line.text == f"居委会成员3人，应不少于{low}人，缺{low - 3}人"
    assert low > 3
    assert line.clause.startswith(CLAUSE)


@pytest.mark.parametrize(
    ("live", "away", "unknown", "said"),
    [
        (4, 2, 0, None),  # 3 × 4 = 2 × 6
        (4, 3, 0, "成员7人，居住在本社区4人，应不少于5人"),
        (4, 2, 1, "成员7人，居住在本社区4人，应不少于5人；1人没有登记是否居住在本社区，补齐再判断"),
        (5, 2, 0, None),
    ],
)
def test_residents_of_a_committee_then_two_thirds_in_whole_persons(
    live: int, away: int, unknown: int, said: str | None, community: Community, clerk: User,
    opinions: None,
) -> None:  # fmt: skip
    for number, here in ((live, True), (away, False), (unknown, None)):
        for _ in range(number):
            make_appointment(community, "member", lives_here=here)

    lines = found(clerk, "residents")

    assert [line.text for line in lines] == ([said] if said else [])
    assert {line.clause for line in lines} <= {f"{CLAUSE}三、（二）"}


def test_residents_where_no_text_asks_then_nothing(community: Community, clerk: User) -> None:
    make_appointment(community, "member", lives_here=False)

    assert found(clerk, "residents") == []


def test_secretary_and_director_in_one_then_counted_and_shared(
    community: Community, other: Community, clerk: User
) -> None:
    person = make_appointment(community, "secretary").person
    make_appointment(community, "director", person)
    make_appointment(other, "secretary")
    make_appointment(other, "director")

    assert texts_of(clerk, "both") == [("古城社区", "王小红", "党组织书记、居委会主任一肩挑")]
    assert both_posts_share(Ground(clerk, clerk.scope, TODAY, 2026)) == (1, 2, 50)


def test_leader_of_the_collective_in_a_committee_then_found(
    community: Community, clerk: User
) -> None:
    person = make_person(leads_collective=True)
    make_appointment(community, "deputy", person)
    make_appointment(community, "secretary", person)
    make_appointment(community, "worker", make_person(leads_collective=True))

    assert texts_of(clerk, "collective") == [
        ("古城社区", "王小红", "集体经济组织负责人任居委会副主任")
    ]


def test_police_in_a_committee_then_the_clause(
    community: Community, clerk: User, opinions: None
) -> None:
    person = make_appointment(community, "police_deputy", identity="police").person
    make_appointment(community, "deputy", person, identity="elected")
    make_appointment(community, "police_deputy", identity="police")

    [line] = found(clerk, "police")

    assert (line.person, line.text) == (person.pk, "社区民警任居委会副主任，不占居委会职数")
    assert line.clause == f"{CLAUSE}三、（二）"


# ── conditions ──


def test_recruits_judged_by_their_own_day(
    community: Community, clerk: User, opinions: None
) -> None:
    old = make_person(name="赵一", born_in=date(1980, 5, 1))
    make_appointment(community, "worker", old, valid_from=date(2022, 3, 1))
    early = make_person(name="钱二", born_in=date(1970, 5, 1))
    make_appointment(community, "worker", early, valid_from=date(2012, 3, 1))  # before the text
    moved = make_person(name="孙三", born_in=date(1988, 5, 1))
    make_appointment(community, "worker", moved, valid_from=date(2020, 3, 1), valid_until=TODAY)
    make_appointment(community, "grid_worker", moved, valid_from=TODAY)  # 38 now, 31 then
    gone = make_person(name="李四", born_in=date(1960, 5, 1))
    make_appointment(community, "worker", gone, valid_until=date(2026, 1, 1))
    unknown = make_person(name="周五", full_time_education="", highest_education="")
    make_appointment(community, "worker", unknown)

    lines = found(clerk, "recruits")

    assert [(line.name, line.bad) for line in lines] == [("赵一", True), ("周五", False)]
    assert lines[0].text == "2022-03-01招聘时年龄41岁，应不超过35岁"
    assert {line.clause for line in lines} == {f"{CLAUSE}三、（二）"}


def test_certificates_of_persons_in_post_then_the_last_of_each(
    community: Community, clerk: User
) -> None:
    person = make_appointment(community, "worker").person
    for level, day in (
        ("assistant", date(2026, 11, 21)),
        ("intermediate", date(2027, 2, 20)),
        ("senior", date(2027, 2, 21)),
        ("other", date(2026, 1, 1)),
        ("other", date(2028, 1, 1)),  # registered anew
    ):
        make_certificate(person, level, expires_on=day)
    make_certificate(make_person(), expires_on=date(2026, 1, 1))

    assert [(line.text, line.bad) for line in found(clerk, "certificates")] == [
        ("助理社会工作师登记已于2026-11-21过期", True),
        ("社会工作师登记2027-02-20到期", False),
    ]
