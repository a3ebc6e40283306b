"""The demo rosters: people of the demo communities, as many as their facts say are in post.

docs/demo-data.md describes the generator. Every row it makes carries is_demo.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction

from accounts.models import User
from communities.models import AnnualFacts
from staffing.choices import COMMITTEE_POSTS
from staffing.models import Appointment, Person
from staffing.services.demo_elections import first_elections, load_round
from staffing.services.demo_files import file_people
from staffing.services.demo_money import load_awards, load_extra, load_pay, load_quotas
from staffing.services.demo_people import Human, Place, people_of
from staffing.services.demo_quirks import load_quirks
from staffing.services.demo_training import load_courses

BATCH: Final = 2_000
# who has what a program made entered and looked over
IMPORTER: Final = "admin"


@dataclass(frozen=True)
class Addresses:
    """Where messages of the demo lead; a service knows no routes."""

    quota: str
    extra: str


@transaction.atomic
def load_demo_staff(*, year: int, on: date, at: datetime, addresses: Addresses) -> int:
    """Fill the demo rosters and what goes with them; return the persons added.

    Needs the demo accounts for everything but the people. Where a demo person stands nothing is
    added, so running it again changes nothing. on: today, from which days of the present are taken.
    """
    if Person.objects.filter(is_demo=True).exists():
        return 0
    people = {one.username: one for one in User.objects.select_related("role")}
    places = list(places_of(year))
    elections: Mapping[int, int] = {}
    if IMPORTER in people:
        elections = first_elections(places, by=people[IMPORTER], at=at)
    number = load_rosters(places, elections)
    if IMPORTER in people:
        number += load_round(people, on=on, at=at)
        load_courses(people, year=year, on=on, at=at)
        load_quotas(people, year=year, on=on, at=at, url=addresses.quota)
        load_extra(people, year=year, on=on, at=at, url=addresses.extra)
        load_awards(people, year=year, at=at)
        load_pay(people, year=year, on=on, at=at)
        number += load_quirks(people, year=year, on=on, at=at)
    return number


def load_rosters(places: Sequence[Place], elections: Mapping[int, int]) -> int:
    """Fill the rosters of communities; committees rest on `elections`, by key of the community."""
    people = [(place, one) for place in places for one in people_of(place)]
    people = list(_one_number_each(people))
    persons = file_people([one for _, one in people])
    Appointment.objects.bulk_create(
        (
            Appointment(
                person=person,
                community_id=place.key,
                code=place.code,
                election_id=elections.get(place.key) if post["post"] in COMMITTEE_POSTS else None,
                is_demo=True,
                **post,
            )
            for (place, one), person in zip(people, persons, strict=True)
            for post in one.posts
        ),
        batch_size=BATCH,
    )
    return len(persons)


def places_of(year: int) -> Iterable[Place]:
    """The communities with demo facts of a year, and whom they say to have; unknown is none."""
    rows = AnnualFacts.objects.filter(year=year, is_demo=True, community__valid_until=None)
    columns = ("committee_members_in_post", "party_members_in_post", "community_workers_in_post",
        "resident_members")  # fmt: skip
    for key, code, *counts in rows.order_by("code").values_list("community_id", "code", *columns):
        yield Place(key, code, *(count or 0 for count in counts))


def _one_number_each(
    people: Sequence[tuple[Place, Human]],
) -> Iterable[tuple[Place, Human]]:
    """The people whose made-up number nobody else of the street has."""
    seen: set[tuple[str, str]] = set()
    for place, human in people:
        key = (place.code[:9], human.identity_number)
        if key not in seen:
            seen.add(key)
            yield place, human
