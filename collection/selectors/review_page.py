"""One community's facts of a year as a reviewer sees them: beside last year, with what was said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings

from accounts.messages import offices
from accounts.models import User
from collection.models import FactsStep
from collection.rules.fields import FIELDS, SECTIONS, Field
from collection.rules.findings import Finding
from collection.rules.reading import written
from collection.selectors.amounts import Effect, Side, effect_of, side_of, year_end
from collection.selectors.reviews import OWN, Checked, checked, in_words, is_own, open_comments
from communities.choices import FactsStatus
from communities.models import AnnualFacts
from communities.selectors.assessment import Assessment, get_assessment, read_present
from communities.selectors.places import Found, division_names

REVIEWS, CONFIRMS = "communities.review_annualfacts", "communities.confirm_annualfacts"
CHANGES, FILLS_IN = "communities.change_annualfacts", "communities.add_annualfacts"


def facts_at(user: User, found: Found, code: str, year: int) -> AnnualFacts | None:
    """The facts of a year of whoever a code leads to, inside the user's scope. One query.

    `found`: selectors.places.find_community for the code. Of a community that has gone to another
    scope, those that it had here under the code.
    """
    rows = AnnualFacts.objects.for_user(user).of_year(year)
    if found.community is not None:
        rows = rows.filter(community=found.community)
    else:
        held = [one.key for one in found.former_holders]
        rows = rows.filter(code=code, community__in=held)
    found_facts: AnnualFacts | None = rows.select_related(
        "submitted_by", "reviewed_by", "confirmed_by"
    ).first()
    return found_facts


@dataclass(frozen=True)
class Elsewhere:
    """What another record holds of a field, and the name of its page; '' where there is none."""

    text: str
    source: str
    route: str


@dataclass(frozen=True)
class FieldLine:
    """One fact: this year, last year, the change in words, and everything said of it."""

    field: Field
    value: str
    last: str
    change: str
    elsewhere: Elsewhere | None
    findings: tuple[Finding, ...]
    reason: str
    comment: str

    @property
    def grade(self) -> str:
        """The gravest grade that was found, or ''."""
        return self.findings[0].grade if self.findings else ""


@dataclass(frozen=True)
class Section:
    """Facts under one heading."""

    label: str
    lines: tuple[FieldLine, ...]


@dataclass(frozen=True)
class Round:
    """The steps of one time that facts went the way, in their order."""

    number: int
    steps: tuple[FactsStep, ...]


@dataclass(frozen=True)
class Allowed:
    """What a person may do with facts now; `note` says why not where it is not a right's matter."""

    forward: bool = False
    send_back: bool = False
    confirms: bool = False
    unlock: bool = False
    correct: bool = False
    ask: bool = False
    note: str = ""

    @property
    def decides(self) -> bool:
        """Whether there is a form on the page."""
        return self.forward or self.send_back


def allowed_to(user: User, facts: AnnualFacts) -> Allowed:
    """What a person may do with facts, by right and state. No query."""
    status = facts.status
    if status == FactsStatus.CONFIRMED:
        unlocks = user.has_perm(CONFIRMS)
        asks = not unlocks and user.has_perm(FILLS_IN)
        return Allowed(unlock=unlocks, correct=user.has_perm(CHANGES), ask=asks)
    right = {FactsStatus.SUBMITTED.value: REVIEWS, FactsStatus.REVIEWED.value: CONFIRMS}
    if status not in right or not user.has_perm(right[status]):
        return Allowed(ask=status in right and user.has_perm(FILLS_IN))
    own = is_own(facts, user)
    return Allowed(
        forward=not own,
        send_back=True,
        confirms=status == FactsStatus.REVIEWED,
        note=OWN if own else "",
    )


@dataclass(frozen=True)
class Lock:
    """Facts are confirmed: by whom, when, and which office may unlock them."""

    by: str
    at: datetime | None
    office: str


def lock_of(facts: AnnualFacts | None, office: str) -> Lock | None:
    """Who confirmed facts and who may unlock them, None while they are not. No query.

    `facts` with confirmed_by at hand; `office` is the bureau of their district.
    """
    if facts is None or facts.status != FactsStatus.CONFIRMED:
        return None
    by = facts.confirmed_by
    return Lock(by.display_name if by else "", facts.confirmed_at, office)


def holders_of(facts: AnnualFacts) -> tuple[str, str]:
    """Who can give facts back: code of the office and its right, ('', '') while they are open."""
    if facts.status == FactsStatus.SUBMITTED:
        return facts.street_code, REVIEWS
    if facts.status in (FactsStatus.REVIEWED, FactsStatus.CONFIRMED):
        return facts.district_code, CONFIRMS
    return "", ""


def people_of(facts: AnnualFacts) -> list[User]:
    """The people who can give facts back, by account. One query, none while they are open."""
    office, right = holders_of(facts)
    return offices([office], right)[office] if office else []


def office_of(district: str, on: date) -> str:
    """The bureau that confirms the facts of a district (6 digits). One query."""
    return f"{division_names({district}, on).get(district, district)}{settings.BUREAU_NAME}"


def facts_of(user: User, community: int, year: int) -> AnnualFacts | None:
    """The facts of a community (by key) in a year, inside the user's scope. One query."""
    rows = AnnualFacts.objects.for_user(user).of_year(year).filter(community=community)
    found: AnnualFacts | None = rows.select_related("confirmed_by").first()
    return found


@dataclass(frozen=True)
class Determined:
    """The households that count, this year and last, and the fact that they are taken from."""

    value: str
    last: str
    change: str
    source: str


@dataclass(frozen=True)
class ReviewPage:
    """Everything that the page of one community's facts shows."""

    facts: AnnualFacts
    checked: Checked
    determined: Determined
    sections: tuple[Section, ...]
    effect: Effect
    rounds: tuple[Round, ...]
    comments: dict[str, str]
    allowed: Allowed

    @property
    def wrong(self) -> list[tuple[str, str]]:
        """What is wrong: name of the field, and the sentence."""
        return [(one.name, in_words(one)) for one in self.checked.wrong]

    @property
    def unlikely(self) -> list[tuple[str, str, str]]:
        """What is unlikely: name of the field, the sentence, and the reason that was written."""
        reasons = self.checked.reasons
        return [
            (one.name, in_words(one), reasons.get(one.name, "")) for one in self.checked.unlikely
        ]

    @property
    def number(self) -> int:
        """Which time the facts are under way."""
        return self.rounds[0].number if self.rounds else 1


def get_review_page(user: User, facts: AnnualFacts) -> ReviewPage:
    """The page of facts that the user may see. A fixed number of queries."""
    found = checked([facts], facts.year)[facts.pk]
    comments = open_comments(facts)
    steps = list(FactsStep.objects.filter(facts=facts).select_related("by").order_by("pk"))
    return ReviewPage(
        facts=facts,
        checked=found,
        determined=_determined(user, facts, found),
        sections=tuple(_sections(facts, found, comments)),
        effect=year_effect(user, facts),
        rounds=tuple(_rounds(steps)),
        comments=comments,
        allowed=allowed_to(user, facts),
    )


def _determined(user: User, facts: AnnualFacts, found: Checked) -> Determined:
    """One query for last year's."""
    rows = AnnualFacts.objects.for_user(user).of_year(facts.year - 1)
    last = rows.filter(community=facts.community_id).values_list("households", flat=True).first()
    size = FIELDS["households_resident"]
    source = FIELDS[found.known.measure].label if found.known.measure else ""
    return Determined(
        figure(size, facts.households),
        figure(size, last),
        changed(size, facts.households, last),
        source,
    )


def _rounds(steps: Iterable[FactsStep]) -> list[Round]:
    by_number: dict[int, list[FactsStep]] = {}
    for step in steps:
        by_number.setdefault(step.number, []).append(step)
    return [Round(number, tuple(by_number[number])) for number in sorted(by_number, reverse=True)]


def _sections(facts: AnnualFacts, found: Checked, comments: dict[str, str]) -> Iterable[Section]:
    for key, label in SECTIONS.items():
        lines = tuple(
            _line(field, facts, found, comments.get(name, ""))
            for name, field in FIELDS.items()
            if field.section == key and _is_shown(name, facts, found)
        )
        if lines:
            yield Section(label, lines)


def _is_shown(name: str, facts: AnnualFacts, found: Checked) -> bool:
    """What is asked, or has a figure this year or last."""
    last = (found.known.last or {}).get(name)
    return name in found.known.asked or any(
        value not in (None, "") for value in (getattr(facts, name), last)
    )


def _line(field: Field, facts: AnnualFacts, found: Checked, comment: str) -> FieldLine:
    value = getattr(facts, field.name)
    last = (found.known.last or {}).get(field.name)
    kept = found.known.elsewhere.get(field.name)
    elsewhere = Elsewhere(figure(field, kept.value), kept.source, kept.route) if kept else None
    return FieldLine(
        field=field,
        value=figure(field, value),
        last=figure(field, last),
        change=changed(field, value, last),
        elsewhere=elsewhere,
        findings=tuple(one for one in found.findings if one.name == field.name),
        reason=found.reasons.get(field.name, ""),
        comment=comment,
    )


def figure(field: Field, value: Any) -> str:
    """A value as pages show it: 3,632, 128.50, 购买; '' where there is none."""
    if value is None or value == "":
        return ""
    if not field.is_number:
        return written(field, value)
    return f"{int(value):,}" if value == int(value) else f"{value:,.2f}"


def changed(field: Field, value: Any, last: Any) -> str:
    """The change against last year: +87，+2.5%; 有变化 for words; '' where nothing compares."""
    if value in (None, "") or last in (None, ""):
        return ""
    if not field.is_number:
        return "" if value == last else "有变化"
    difference = Decimal(value) - Decimal(last)
    if not difference:
        return "0"
    sign = "+" if difference > 0 else "−"
    size = f"{sign}{figure(field, abs(difference))}"
    if not last:
        return size
    return f"{size}，{sign}{abs(difference) * 100 / Decimal(last):.1f}%"


def year_effect(user: User, facts: AnnualFacts) -> Effect:
    """The money of a row by this year's policies, beside that with last year's confirmed facts."""
    present, on = read_present(), year_end(facts.year)
    before = get_assessment(user, facts.code, facts.year - 1, on, present)
    after = get_assessment(user, facts.code, facts.year, on, present)
    return effect_of(
        _side(before, facts.community_id, confirmed=True), _side(after, facts.community_id)
    )


def _side(assessment: Assessment, key: int, *, confirmed: bool = False) -> Side | None:
    place = assessment.register.place_of(key)
    if place is None:
        return None
    status = assessment.register.statuses[place]
    if confirmed and status != FactsStatus.CONFIRMED.value:
        return None
    return side_of(assessment, place)


def next_waiting(user: User, facts: AnnualFacts, status: str) -> AnnualFacts | None:
    """The next facts of the year in a state, by code, then from the first again. Two queries."""
    rows = AnnualFacts.objects.for_user(user).of_year(facts.year).filter(status=status)
    rows = rows.exclude(pk=facts.pk).select_related("community").order_by("code")
    following: AnnualFacts | None = rows.filter(code__gt=facts.code).first() or rows.first()
    return following
