"""The gate of recruitment: the clauses in force on the day of entry."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from communities.models import Community
from staffing.models import (
    Appointment,
    Person,
)
from staffing.services.acts import NewPost, Said, enter, promote, transfer
from tests.conftest import Browse
from tests.factories import make_community
from tests.posted import errors_of
from tests.staff_factories import make_appointment, make_person
from tests.staffing.act_desk import entry, file

AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


CLAUSE = "招聘的专职工作人员应有大专以上学历、年龄不超过35岁"


def recruit(community: Community, **overrides: Any) -> dict[str, Any]:
    """A woman of 29 with a diploma."""
    return entry(community, identity_number="", sex="female", born_in="1997-01", diploma=file(),
        **overrides)  # fmt: skip


@pytest.mark.parametrize(
    ("overrides", "reason"),
    [
        ({"born_in": "1990-01"}, "年龄36岁，应不超过35岁"),
        ({"full_time_education": "senior_high"}, "高中、中专"),
        ({"full_time_education": ""}, "不能核对招聘条件"),
        ({"diploma": ""}, "没有学历证书材料"),
        # the degree came after the day
        (
            {"full_time_education": "senior_high", "highest_education": "bachelor",
             "highest_education_on": "2026-07-01"},
            "高中、中专",
        ),
    ],
)  # fmt: skip
def test_recruit_who_does_not_meet_the_clause_then_refused_with_it(
    overrides: dict[str, Any], reason: str, opinions: None, community: Community, clerk: User,
    browse: Browse,
) -> None:  # fmt: skip
    answer = browse(clerk).post("/staff/enter/", recruit(community) | overrides)

    said = "；".join(errors_of(answer))
    assert reason in said
    assert CLAUSE in said
    assert "三、（二）" in said
    assert Person.objects.count() == 0


@pytest.mark.parametrize(
    "overrides",
    [
        {},
        {"born_in": "1990-03"},  # 35 until some day of the month: the younger counts
        {"identity": "elected", "post": "member", "born_in": "1960-01", "diploma": ""},
        {"on": "2012-03-01", "born_in": "1970-01", "diploma": ""},  # before the text
    ],
)
def test_recruit_who_meets_what_is_asked_on_the_day_then_entered(
    overrides: dict[str, Any], opinions: None, community: Community, clerk: User, browse: Browse
) -> None:
    answer = browse(clerk).post("/staff/enter/", recruit(community) | overrides)

    assert answer.status_code == 302
    assert Appointment.objects.count() == 1


def test_recruit_whose_day_of_birth_is_known_then_judged_by_the_day(
    opinions: None, community: Community, clerk: User, browse: Browse
) -> None:
    client = browse(clerk)
    data = entry(community, diploma=file(), on="2021-06-14")  # 36 on the day after

    assert client.post("/staff/enter/", data | {"on": "2021-06-15"}).status_code == 422
    assert client.post("/staff/enter/", data | {"diploma": file()}).status_code == 302


def test_recruit_where_no_text_asks_then_entered(
    community: Community, clerk: User, browse: Browse
) -> None:
    data = recruit(community, full_time_education="primary") | {"born_in": "1950-01", "diploma": ""}

    assert browse(clerk).post("/staff/enter/", data).status_code == 302


@pytest.mark.parametrize("later", [False, True])
def test_somebody_else_who_becomes_a_recruit_by_another_act_then_judged(
    later: bool, opinions: None, community: Community, clerk: User, browse: Browse
) -> None:
    since = date(2027, 11, 1) if later else date(2020, 1, 1)
    man = make_person(born_in=date(1960, 1, 1), full_time_education="primary")
    make_appointment(community, "grid_worker", man, identity="other", valid_from=since)
    place = make_community(code="371502001009", name="湖南社区", short_name="湖南社区")
    new = NewPost(place, "worker", "recruited", "funded")
    here = NewPost(community, "worker", "recruited", "funded")
    done: dict[str, Any] = {"said": Said(date(2026, 3, 1)), "by": clerk, "at": AT, "person": man}
    post = Appointment.objects.get()
    acts: list[Callable[[], Any]] = [
        lambda: enter(new=new, **done),
        lambda: promote(ended=post, new=here, **done),
        lambda: transfer(ended=[post], new=new, **done),
    ]

    for act in acts:
        with pytest.raises(ValidationError, match="不符合招聘条件"), transaction.atomic():
            act()


def test_recruit_who_changes_the_post_then_not_judged_again(
    opinions: None, community: Community, clerk: User
) -> None:
    man = make_person(born_in=date(1960, 1, 1), full_time_education="primary")
    post = make_appointment(community, "worker", man, identity="recruited")
    new = NewPost(community, "grid_worker", "recruited", "funded")

    promote(person=man, ended=post, new=new, said=Said(date(2026, 11, 1)), by=clerk, at=AT)

    assert Appointment.objects.filter(person=man).count() == 2
