"""Head-counts of communities on a day, from their rosters."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat

from staffing.models import Appointment, Person
from staffing.rules.counting import Heads, Held, count_heads

# one person over several streets' files: by identity number where it is known
WHO = Case(
    When(~Q(person__identity_hmac=""), then=F("person__identity_hmac")),
    default=Concat(Value("file "), Cast("person_id", CharField())),
    output_field=CharField(),
)


def who_of(person: Person) -> str:
    """WHO of a person that is at hand."""
    return person.identity_hmac or f"file {person.pk}"


def held_by_community(rows: QuerySet[Appointment]) -> dict[int, list[Held]]:
    """Posts by key of the community. One query."""
    found: dict[int, list[Held]] = {}
    columns = ("community_id", "post", "identity", "lives_here")
    for who, community, *held in rows.annotate(who=WHO).order_by().values_list("who", *columns):
        found.setdefault(community, []).append(Held(who, *held))
    return found


def heads_of(communities: Collection[int], on: date) -> dict[int, Heads]:
    """The heads of communities on a day, by key; none for one without a roster. One query."""
    rows = Appointment.objects.filter(community__in=communities).as_of(on)
    return {key: count_heads(held) for key, held in held_by_community(rows).items()}
