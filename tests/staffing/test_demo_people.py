"""Demo people: as many as a place says, of nobody's numbers, the same on every machine."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from accounts.scope import scope
from communities.services import load_demo
from staffing.models import Election, Person, PersonPhone, StaffAct
from staffing.services.demo import Addresses, load_demo_staff
from staffing.services.demo_people import Human, Place, people_of
from staffing.typed import born_in_of, identity_number, phone_number, sex_of
from tests.factories import make_community

PLACE = Place(1, "371502001001", committee=7, party=5, workers=3, residents=5)


def test_people_of_a_place_then_as_many_in_each_body_as_it_says() -> None:
    people = list(people_of(PLACE))

    posts = Counter(post["post"] for one in people for post in one.posts)
    assert posts["director"] + posts["deputy"] + posts["member"] == 7
    assert posts["secretary"] + posts["deputy_secretary"] + posts["party_member"] == 5
    assert posts["worker"] == 3
    assert sum(post.get("lives_here") is True for one in people for post in one.posts[:1]) == 5
    assert [one.columns["name"] for one in people] == [
        one.columns["name"] for one in people_of(PLACE)
    ]


def made() -> list[Human]:
    places = [Place(1, f"3715020{number:05}", 7, 5, 3, 5) for number in range(40)]
    return [one for place in places for one in people_of(place)]


def test_numbers_of_people_then_right_and_nobody_s() -> None:
    for one in made():
        number = identity_number(one.identity_number)
        assert number[:6] == "990000"
        assert born_in_of(number) == one.columns["born_in"]
        assert sex_of(number) == one.columns["sex"]
        assert phone_number(one.phone)[:3] == "154"


def test_people_then_most_studied_after_school() -> None:
    people = made()

    levels = Counter(one.columns["full_time_education"] for one in people)
    studied = sum(levels[key] for key in ("junior_college", "bachelor", "master"))
    assert 0.65 < studied / len(people) < 0.85


@pytest.mark.django_db
def test_rosters_without_accounts_then_people_alone() -> None:
    make_community("371502001001")
    with scope("0"):
        load_demo(years=[2026])
        number = load_demo_staff(
            year=2026,
            on=date(2026, 11, 22),
            at=datetime(2026, 11, 22, 2, 0, tzinfo=UTC),
            addresses=Addresses("/staff/quotas/", "/staff/extra/"),
        )

    assert number == Person.objects.count() == PersonPhone.objects.count() > 10
    assert not Person.objects.filter(is_demo=False).exists()
    assert not Election.objects.exists()
    assert not StaffAct.objects.exists()
