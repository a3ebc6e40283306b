"""What the rosters of streets hold already of the people and posts that a file names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Q, QuerySet

from accounts.scope import CITY, scope
from communities.models import Community
from staffing.choices import SINGLE_POSTS, CertificateLevel
from staffing.models import Appointment, Certificate, Person, PersonPhone
from staffing.services.roster_upload_rows import Row
from staffing.services.sealing import phone_hash

Triple = tuple[str, str, date, str]
# the professional levels, which a roster has one column for
LEVELS: Final = (CertificateLevel.ASSISTANT, CertificateLevel.INTERMEDIATE, CertificateLevel.SENIOR)


@dataclass
class Stored:
    """Persons by identity and by street, name, month of birth and sex; what they hold, by key."""

    by_hmac: dict[tuple[str, str], Person] = field(default_factory=dict)
    by_triple: dict[Triple, list[Person]] = field(default_factory=lambda: defaultdict(list))
    posts: dict[int, list[Appointment]] = field(default_factory=lambda: defaultdict(list))
    certificates: dict[int, list[Certificate]] = field(default_factory=lambda: defaultdict(list))
    # by key of a person: the keyed hash of the telephone
    phones: dict[int, str] = field(default_factory=dict)
    # who holds or held a post that one person holds, by community and post
    holders: dict[tuple[int, str], list[Appointment]] = field(
        default_factory=lambda: defaultdict(list)
    )
    # names of communities by key
    names: dict[int, str] = field(default_factory=dict)


def stored_of(rows: Collection[Row], *, lock: bool) -> Stored:
    """What is stored of the people and communities of rows. Six queries.

    `lock`: hold the files and the communities until the transaction ends, as every act does.
    """
    stored = Stored()
    communities = {row.community for row in rows if row.community is not None}
    streets = {row.street for row in rows if row.street}
    for person in _persons(rows, streets, lock=lock):
        if person.identity_hmac:
            stored.by_hmac[person.code, person.identity_hmac] = person
        stored.by_triple[person.code, person.name, person.born_in, person.sex].append(person)
    keys = [one.pk for many in stored.by_triple.values() for one in many]
    if lock:
        held = Community.objects.select_for_update(no_key=True).filter(pk__in=communities)
        list(held.order_by("pk").values_list("pk"))
    _posts(stored, keys, communities)
    for one in Certificate.objects.filter(person__in=keys, level__in=LEVELS).order_by("pk"):
        stored.certificates[one.person_id].append(one)
    _phones(stored, rows, keys)
    return stored


def _persons(rows: Iterable[Row], streets: Collection[str], *, lock: bool) -> Iterable[Person]:
    names = {row.name for row in rows if row.name}
    numbers = {row.identity.hmac for row in rows if row.identity.hmac}
    found: QuerySet[Person] = Person.objects.filter(code__in=streets, purged_at=None)
    found = found.filter(Q(name__in=names) | Q(identity_hmac__in=numbers)).order_by("pk")
    return found.select_for_update(no_key=True) if lock else found


def _posts(stored: Stored, persons: Collection[int], communities: Collection[int]) -> None:
    single = Q(community__in=communities, post__in=SINGLE_POSTS)
    held: Any = Appointment.objects.filter(Q(person__in=persons) | single)
    for one in held.select_related("person", "community").order_by("valid_from", "pk"):
        stored.posts[one.person_id].append(one)
        stored.names[one.community_id] = one.community.short_name
        if one.post in SINGLE_POSTS:
            stored.holders[one.community_id, one.post].append(one)


def _phones(stored: Stored, rows: Iterable[Row], persons: Collection[int]) -> None:
    """The telephones, as hashes, where a row gives one: two numbers may have one mask."""
    if not any(row.phone_hash for row in rows):
        return
    numbers = PersonPhone.objects.filter(person__in=persons).values_list("person_id", "number")
    stored.phones = {key: phone_hash(number) for key, number in numbers}


def posted_in_city(
    numbers: Collection[str], streets: Collection[str], on: date
) -> set[tuple[str, str]]:
    """Identity hashes with a post on a day in the cities of streets, each with its street.

    Asked beyond the scope of the request: nothing but these pairs comes back, and pages say only
    that there is one. One query a city.
    """
    found: set[tuple[str, str]] = set()
    for city in {street[:CITY] for street in streets} if numbers else ():
        with scope(city):
            rows = Appointment.objects.under(city).as_of(on)
            rows = rows.filter(person__identity_hmac__in=numbers).order_by()
            found.update(rows.values_list("person__identity_hmac", "person__code").distinct())
    return found
