"""What the persons of a division cost in a year by the standards in force, and who pays it.

A model of costs, not a payroll: standards by clause for each person and community, for the months
in post, to the fen by person and then summed; beside it what was in fact paid.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import QuerySet

from accounts.models import User
from communities.models import Community
from communities.selectors.assessment import Assessment, Present, get_assessment
from policy.engine import catalogue
from staffing.choices import Identity, PayChannel
from staffing.models import Appointment, Award, PayRecord, Person
from staffing.rules.pay_months import NONE
from staffing.selectors.pay_awards import months_of, others_of, spans_of
from staffing.selectors.pay_lines import PER_POST, add_award, add_posts, compare, split_all
from staffing.selectors.pay_rows import Post, awards_of, facts_of, posts_of
from staffing.selectors.pay_standards import UNSTATED, Standards
from staffing.selectors.pay_units import Sums, Unit, sums_of, yuan

PERIODS = {"year": "每人每年", "month": "每人每月", "once": "每人一次"}
ORDER = {key: place for place, key in enumerate(catalogue().subjects)}


@dataclass(frozen=True)
class Rate:
    """A standard that some persons have: for which period, from lowest to highest, by clause."""

    label: str
    period: str
    low: Decimal
    high: Decimal
    clauses: list[str]


@dataclass(frozen=True)
class Sources:
    """Posts, awards and records of which a model is made."""

    posts: QuerySet[Appointment]
    awards: QuerySet[Award]
    records: QuerySet[PayRecord]


@dataclass(frozen=True)
class Place:
    """A community of the model: its name and code, and the units of its persons."""

    code: str
    name: str
    units: list[Unit]

    @cached_property
    def sums(self) -> Sums:
        return sums_of(self.units)


@dataclass(frozen=True)
class PayYear:
    """The cost model of a division in a year; places by code, persons by name within them."""

    prefix: str
    year: int
    on: date
    assessment: Assessment
    standards: Standards
    places: list[Place]
    is_demo: bool

    @cached_property
    def units(self) -> list[Unit]:
        return [unit for place in self.places for unit in place.units]

    @cached_property
    def sums(self) -> Sums:
        return sums_of(self.units)

    @cached_property
    def subjects(self) -> list[str]:
        """The subjects that some text sets here, in the catalogue's order."""
        asked = set(self.standards.columns)
        used = {subject for subject, fen in self.sums.subjects.items() if fen}
        per_post = {one for one in asked if one in PER_POST}
        return [one for one in catalogue().subjects if one in used | per_post]

    @cached_property
    def payers(self) -> list[str]:
        return [key for key in (*catalogue().payers, UNSTATED) if self.sums.payers.get(key)]

    @cached_property
    def rates(self) -> list[Rate]:
        """The standards that were met with, by subject: lowest and highest rate, clauses."""
        lines: dict[str, dict[int, int]] = {}
        for unit in self.units:
            for line in unit.lines:
                if line.standard:
                    lines.setdefault(line.subject, {}).setdefault(line.standard, line.row)
        return [
            Rate(
                catalogue().subjects[subject].label,
                PERIODS[catalogue().subjects[subject].period],
                yuan(min(rates)),
                yuan(max(rates)),
                list(dict.fromkeys(
                    clause
                    for standard in (min(rates), max(rates))
                    for clause in self.standards.clauses(subject, rates[standard])
                )),
            )
            for subject, rates in sorted(lines.items(), key=lambda one: ORDER[one[0]])
        ]  # fmt: skip

    def reasons(self, units: Iterable[Unit], most: int = 4) -> list[tuple[str, int]]:
        """Why figures of units cannot be computed, and of how many persons; the most first."""
        said: Counter[str] = Counter()
        for unit in units:
            said.update(dict.fromkeys((f"{line.label}：{line.text}" for line in unit.blocked), 1))
        return said.most_common(most)


def pay_year(user: User, prefix: str, year: int, present: Present | None = None) -> PayYear:
    """The cost model of the persons under a code in a year, by the texts of its 31 December.

    prefix: a division of at least a city, or a community, in the user's scope. Eight queries beside
    those of the assessment, whatever the number of persons. Raises PermissionError for a prefix
    outside the scope.
    """
    sources = Sources(
        Appointment.objects.for_user(user).under(prefix),
        Award.objects.for_user(user).under(prefix),
        PayRecord.objects.for_user(user).under(prefix),
    )
    return _model(user, prefix, year, present, sources)


def person_year(
    user: User,
    person: Person,
    year: int,
    present: Present | None = None,
    *,
    proposed: Award | None = None,
) -> PayYear:
    """The cost model of one person in a year, over the communities of the file's street.

    proposed: an award that is counted as if it were approved.
    """
    sources = Sources(
        Appointment.objects.for_user(user).filter(person=person),
        Award.objects.for_user(user).filter(person=person),
        PayRecord.objects.for_user(user).filter(person=person),
    )
    return _model(user, person.code, year, present, sources, proposed)


def _model(
    user: User,
    prefix: str,
    year: int,
    present: Present | None,
    sources: Sources,
    proposed: Award | None = None,
) -> PayYear:
    on = date(year, 12, 31)
    assessment = get_assessment(user, prefix, year, on, present)
    posts, awards = posts_of(sources.posts, year), awards_of(sources.awards, year)
    if proposed is not None and proposed.pk not in {one.pk for one in awards}:
        awards.append(proposed)
    # awards elsewhere have no line here, but their months are not paid again
    granted = [*awards, *others_of(user, awards, year)]
    of_awards = _award_posts(posts, granted)
    listed = [*posts, *of_awards]
    places = _register_places(assessment, listed)
    codes = [
        one.code if place is None else assessment.register.codes[place]
        for one, place in zip(listed, places, strict=True)
    ]
    facts = facts_of(assessment, places, codes, [one.facts(year) for one in listed])
    standards = Standards(facts, assessment)
    units = _units(listed[: len(posts)])
    for unit in units.values():
        add_posts(unit, standards)
    rows = dict(enumerate(granted, start=len(posts)))
    months = months_of(standards, rows, spans_of(user, awards, year), year)
    for row, (post, award) in enumerate(zip(of_awards, awards, strict=False), start=len(posts)):
        unit = units.setdefault(post.unit, Unit(post.person, post.name, post.community))
        add_award(unit, standards, row, award, months.get(row, NONE))
    split_all(standards, units.values())
    compare(units, sources.records.filter(year=year).select_related("person"), standards)
    names = _names(assessment, units.values())
    return PayYear(
        prefix, year, on, assessment, standards, _places(units.values(), names),
        assessment.register.is_demo,
    )  # fmt: skip


def _register_places(assessment: Assessment, posts: Sequence[Post]) -> list[int | None]:
    keys = {int(key): place for place, key in enumerate(assessment.register.keys.tolist())}
    return [keys.get(one.community) for one in posts]


def _award_posts(posts: Sequence[Post], awards: Sequence[Award]) -> list[Post]:
    """A row for each award: as the person's first post of the community."""
    first: dict[tuple[int, int], Post] = {}
    for post in posts:
        first.setdefault(post.unit, post)
    return [first.get((one.community_id, one.person_id)) or _without_post(one) for one in awards]


def _without_post(award: Award) -> Post:
    """An award of somebody who holds no post there in the year: nothing but the person is known."""
    person = award.person
    return Post(
        0, person.pk, person.name, award.community_id, award.code, "member", Identity.OTHER,
        PayChannel.FUNDED, None, award.starts_on, award.starts_on, person.born_in,
        person.highest_education, NONE,
    )  # fmt: skip


def _units(posts: Sequence[Post]) -> dict[tuple[int, int], Unit]:
    units: dict[tuple[int, int], Unit] = {}
    for row, post in enumerate(posts):
        unit = units.setdefault(post.unit, Unit(post.person, post.name, post.community))
        unit.posts.append((row, post))
    return units


def _names(assessment: Assessment, units: Iterable[Unit]) -> dict[int, tuple[str, str]]:
    """Code and name of each community: those of the year, the present ones where it has no more."""
    register = assessment.register
    keys = register.keys.tolist()
    wanted = {unit.community for unit in units}
    found = {
        key: (register.codes[place], str(register.names[place]))
        for place, key in enumerate(keys)
        if key in wanted
    }
    rest = wanted - found.keys()
    rows = Community.objects.filter(pk__in=rest).values_list("pk", "code", "short_name")
    return found | {pk: (code, name) for pk, code, name in rows} if rest else found


def _places(units: Iterable[Unit], names: dict[int, tuple[str, str]]) -> list[Place]:
    by_place: dict[int, list[Unit]] = {}
    for unit in units:
        by_place.setdefault(unit.community, []).append(unit)
    found = [
        Place(*names.get(key, ("", "")), sorted(held, key=lambda one: (one.name, one.person)))
        for key, held in by_place.items()
    ]
    return sorted(found, key=lambda one: one.code)
