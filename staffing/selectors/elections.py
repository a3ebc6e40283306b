"""One election as its page shows it, and the elections of one community."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When

from accounts.models import User
from communities.models import Community
from communities.selectors.assessment import get_assessment
from staffing.choices import (
    COMMITTEE_POSTS,
    ElectionKind,
    ElectionState,
    Identity,
    Post,
)
from staffing.models import Appointment, Candidate, Election, Person
from staffing.rules.elections import Chosen, Sitting

# the steps before the vote: (state, day of the election, what is done)
STEPS = (
    (ElectionState.COMMITTEE, "committee_on", "推选选举委员会"),
    (ElectionState.REGISTERED, "registered_on", "登记选民"),
    (ElectionState.NOMINATED, "nominated_on", "提名候选人"),
    (ElectionState.HELD, "held_on", "投票"),
    (ElectionState.DONE, "announced_on", "公布结果"),
)
ENDED = (ElectionState.DONE, ElectionState.VOID)
SYSTEM = "系统"
# the list of candidates changed, or their votes, and nothing else
CANDIDATES = "改动候选人"


@dataclass(frozen=True)
class Step:
    """A step of an election: its day, whether it is done, whether it is the next one."""

    label: str
    on: date | None
    done: bool
    next: bool


@dataclass(frozen=True)
class Event:
    """One change of an election: when, by whom, to which step, on which day, and why."""

    at: datetime
    by: str
    label: str
    day: date | None
    reason: str


@dataclass(frozen=True)
class ElectionPage:
    """One election with its candidates, steps and history."""

    election: Election
    candidates: list[Candidate]
    steps: list[Step]
    events: list[Event] = field(default_factory=list)

    @property
    def turnout(self) -> Fraction | None:
        return turnout_of(self.election)

    @property
    def elected(self) -> int:
        """How many persons were elected."""
        return len({one.person_id for one in self.candidates if one.elected})


def turnout_of(one: Election) -> Fraction | None:
    """The votes cast in percent of the electorate, exact; None where one is not known."""
    if not one.electorate or one.voted is None:
        return None
    return Fraction(one.voted * 100, one.electorate)


def get_election(user: User, pk: int) -> Election | None:
    """An election inside the scope, or None. One query."""
    rows = Election.objects.for_user(user).select_related("community", "round")
    found: Election | None = rows.filter(pk=pk).first()
    return found


def candidates_of(user: User, election: Election) -> list[Candidate]:
    """The candidates by post in the order of the roster, then by votes. One query."""
    order = Case(
        *(When(post=post, then=Value(place)) for place, post in enumerate(COMMITTEE_POSTS)),
        default=Value(9),
        output_field=IntegerField(),
    )
    rows = Candidate.objects.for_user(user).filter(election=election).select_related("person")
    found = list(rows.annotate(place=order).order_by("place", "pk"))
    found.sort(key=lambda one: -(one.votes or 0))
    found.sort(key=lambda one: one.place)
    return found


def steps_of(election: Election) -> list[Step]:
    """The steps in their order."""
    states = list(ElectionState.values)
    reached = states.index(election.state) if election.state != ElectionState.VOID else -1
    found = []
    for state, name, label in STEPS:
        place = states.index(state)
        done = reached >= place or (reached < 0 and getattr(election, name) is not None)
        found.append(
            Step(label, getattr(election, name) if done else None, done, place == reached + 1)
        )
    return found


def page_of(user: User, election: Election) -> ElectionPage:
    """An election with everything on its page. Three queries."""
    return ElectionPage(
        election, candidates_of(user, election), steps_of(election), events_of(election)
    )


def events_of(election: Election) -> list[Event]:
    """The changes of an election from its history, the last first. Two queries."""
    history: Any = election
    rows: Iterable[Any] = history.events.select_related("pgh_context").order_by("-pgh_id")
    events = list(rows)
    told = [each.pgh_context.metadata if each.pgh_context else {} for each in events]
    keys = {one["user"] for one in told if one.get("user")}
    names = dict(User.objects.filter(pk__in=keys).values_list("pk", "display_name"))
    return [
        Event(
            each.pgh_created_at,
            names.get(context.get("user"), SYSTEM),
            *_step_told(each, before),
            context.get("reason", ""),
        )
        for each, before, context in zip(events, [*events[1:], None], told, strict=True)
    ]


def _step_told(each: Any, before: Any) -> tuple[str, date | None]:
    """Which step a change led to, and its day; one of the list of candidates has no step."""
    columns = [one.attname for one in Election._meta.fields if one.attname != "version"]
    if before and all(getattr(each, one) == getattr(before, one) for one in columns):
        return CANDIDATES, None
    days = {state: name for state, name, _ in STEPS} | {ElectionState.VOID: "voided_on"}
    day = getattr(each, days[each.state]) if each.state in days else None
    return ElectionState(each.state).label, day


def elections_of(user: User, community: Community) -> list[Election]:
    """The elections of a community, the last first. One query."""
    rows = Election.objects.for_user(user).filter(community=community).select_related("round")
    return sorted(rows, key=lambda one: (one.held_on or one.made_at.date(), one.pk), reverse=True)


def unfinished_whole(community: Community) -> QuerySet[Election]:
    """Elections of the whole committee that are under way."""
    rows = Election.objects.filter(community=community, kind=ElectionKind.TERM)
    found: QuerySet[Election] = rows.exclude(state__in=ENDED)
    return found


def suggested_seats(user: User, community: Community, kind: str, on: date) -> int | None:
    """Members that the policies in force require; of a by-election, those that are missing.

    None where they require none, or it cannot be computed.
    """
    required = _required_members(user, community, on)
    if required is None:
        return None
    if kind == ElectionKind.TERM:
        return required
    members = {one.person for one in sitting_of(community, on) if one.since <= on}
    return max(0, required - len(members)) or None


def _required_members(user: User, community: Community, on: date) -> int | None:
    """The required members by this year's facts, or where there are none by last year's."""
    for year in (on.year, on.year - 1):
        assessment = get_assessment(user, community.code, year, on)
        row = assessment.register.place_of(community.pk)
        figures = assessment.column("committee_members")
        if row is not None and figures.has[row]:
            return int(figures.required[row])
    return None


def sitting_of(community: Community, day: date) -> list[Sitting]:
    """The posts of a committee that have not ended by a day, also those that begin later.

    A police officer with a post of the committee is no member of it. One query.
    """
    rows = (
        Appointment.objects.filter(community=community, post__in=COMMITTEE_POSTS)
        .exclude(valid_until__lte=day)
        .exclude(identity=Identity.POLICE)
        .select_related("person")
        .order_by("valid_from", "pk")
    )
    return [
        Sitting(
            one.pk,
            one.person_id,
            one.person.name,
            one.post,
            one.valid_from,
            one.lives_here,
            one.grade,
        )
        for one in rows
    ]


def chosen_of(candidates: Iterable[Candidate]) -> list[Chosen]:
    """The elected among candidates."""
    return [
        Chosen(one.pk, one.person_id, one.person.name, one.post, one.lives_here, one.pay_channel)
        for one in candidates
        if one.elected
    ]


@dataclass(frozen=True)
class Nominee:
    """A person who may be added as candidate, told apart by month of birth and present posts."""

    pk: int
    name: str
    born_in: date
    posts: str

    @property
    def label(self) -> str:
        posts = f"，{self.posts}" if self.posts else ""
        return f"{self.name}（{self.born_in:%Y-%m}{posts}）"


def nominees(user: User, community: Community, on: date) -> list[Nominee]:
    """Persons with a post in the community on a day. One query."""
    rows = (
        Appointment.objects.for_user(user)
        .as_of(on)
        .filter(community=community, person__purged_at=None)
        .select_related("person")
    )
    return _nominees(rows)


def namesakes(user: User, street: str, name: str, on: date) -> list[Nominee]:
    """Persons of that very name whose file a street keeps. Two queries."""
    people = {
        one.pk: one
        for one in Person.objects.for_user(user).filter(code=street, name=name, purged_at=None)
    }
    rows = Appointment.objects.for_user(user).as_of(on).filter(person__in=people)
    found = {one.pk: one for one in _nominees(rows.select_related("person"))}
    return [found.get(pk) or Nominee(pk, one.name, one.born_in, "") for pk, one in people.items()]


def _nominees(rows: Iterable[Appointment]) -> list[Nominee]:
    posts: dict[int, list[str]] = {}
    people: dict[int, Person] = {}
    places = list(Post)
    for one in sorted(rows, key=lambda row: places.index(Post(row.post))):
        people[one.person_id] = one.person
        posts.setdefault(one.person_id, []).append(one.get_post_display())
    return [Nominee(pk, one.name, one.born_in, "、".join(posts[pk])) for pk, one in people.items()]
