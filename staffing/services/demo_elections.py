"""Demo elections: those of 2021, and a 换届 under way in Liaocheng with some of them done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.utils import timezone

from accounts.models import User
from accounts.scope import STREET
from communities.choices import OrganisationKind
from communities.models import AnnualFacts, Organisation
from communities.services.demo import Draw
from staffing.choices import (
    COMMITTEE_POSTS,
    ActKind,
    ElectionMode,
    ElectionState,
    LeaveReason,
    Post,
)
from staffing.models import Appointment, Candidate, Election, ElectionRound, StaffAct
from staffing.selectors.election_terms import new_term
from staffing.services.demo_files import file_people
from staffing.services.demo_people import ELECTED_ON, Place, human, post_of
from staffing.services.election_rounds import open_round

CITY: Final = "3715"
OPENED_DAYS, LEFT_DAYS = 80, 39
# Of old no text that ships says how long a term was; five years are what the rosters are made with.
TERM_ENDS_ON: Final = ELECTED_ON.replace(year=ELECTED_ON.year + 5)
# up to which part of all communities an election has come how far
STATES: Final = (
    (0.20, ElectionState.DONE),
    (0.30, ElectionState.HELD),
    (0.45, ElectionState.NOMINATED),
    (0.60, ElectionState.REGISTERED),
    (0.78, ElectionState.COMMITTEE),
    (0.985, ElectionState.PLANNED),
    (1.01, ElectionState.VOID),
)
STEPS: Final = (
    (ElectionState.COMMITTEE, "committee_on", 70),
    (ElectionState.REGISTERED, "registered_on", 52),
    (ElectionState.NOMINATED, "nominated_on", 33),
    (ElectionState.HELD, "held_on", 16),
    (ElectionState.DONE, "announced_on", 12),
)
ORDER: Final = [state for state, _, _ in STEPS]
# one is fixed, so that the whole way to a result can be walked
SHOWN: Final = {"371502001001": ElectionState.NOMINATED, "371502001002": ElectionState.HELD}
BATCH: Final = 2_000


def first_elections(places: Sequence[Place], *, by: User, at: datetime) -> dict[int, int]:
    """The elections of 2021 of communities with a committee: key of the election by community."""
    made = []
    for place in places:
        if not place.committee:
            continue
        draw = Draw(f"{place.code} election 2021")
        one = Election(
            community_id=place.key,
            code=place.code,
            state=ElectionState.DONE,
            committee_on=ELECTED_ON - timedelta(days=45),
            registered_on=ELECTED_ON - timedelta(days=30),
            nominated_on=ELECTED_ON - timedelta(days=14),
            held_on=ELECTED_ON,
            announced_on=ELECTED_ON,
            seats=place.committee,
            term_from=ELECTED_ON,
            term_until=TERM_ENDS_ON,
            doc_no="演示字〔2021〕48号",
            made_by=by,
            made_at=at,
            is_demo=True,
        )
        _count(one, draw, None)
        made.append(one)
    stored = Election.objects.bulk_create(made, batch_size=BATCH)
    bodies = Organisation.objects.filter(kind=OrganisationKind.RESIDENTS_COMMITTEE, is_demo=True)
    bodies.filter(community__in=[one.community_id for one in stored]).update(
        term_ends_on=TERM_ENDS_ON
    )
    return {one.community_id: one.pk for one in stored}


def _count(one: Election, draw: Draw, households: int | None) -> None:
    """The mode of an election, and how many could vote, did, and did so validly."""
    part = draw.part(0)
    one.mode = (
        ElectionMode.DIRECT
        if part < 0.82
        else ElectionMode.HOUSEHOLDS
        if part < 0.92
        else ElectionMode.REPRESENTATIVES
    )
    homes = households or draw.whole(1, 900, 4_000)
    one.electorate = {
        ElectionMode.DIRECT: homes * 19 // 10,
        ElectionMode.HOUSEHOLDS: homes,
        ElectionMode.REPRESENTATIVES: draw.whole(2, 45, 90),
    }[one.mode]
    one.voted = int(one.electorate * (0.68 + 0.25 * draw.part(3)))
    one.valid_votes = int(one.voted * (0.96 + 0.04 * draw.part(4)))


@dataclass
class _Result:
    """What is to be stored of elections that were held: rows of four tables."""

    by: Mapping[str, User]
    at: datetime
    candidates: list[Candidate] = field(default_factory=list)
    posts: list[tuple[Appointment, StaffAct]] = field(default_factory=list)
    ended: list[tuple[Appointment, StaffAct]] = field(default_factory=list)
    added: int = 0


def load_round(people: Mapping[str, User], *, on: date, at: datetime) -> int:
    """Open the 换届 of Liaocheng and bring its elections on their way; return persons added."""
    officer = people.get("liaocheng")
    if officer is None:
        return 0
    one = ElectionRound(
        title="第九届社区居委会换届",
        opens_on=on - timedelta(days=OPENED_DAYS),
        closes_on=on + timedelta(days=LEFT_DAYS),
        doc_no=f"演示字〔{on.year}〕12号",
        note="演示换届。选举委员会、选民登记、提名、投票、公布结果逐步登记",
        is_demo=True,
    )
    open_round(one=one, by=officer, on=on, at=at - timedelta(days=OPENED_DAYS))
    elections = list(one.elections.order_by("code"))
    facts = AnnualFacts.objects.under(CITY).filter(is_demo=True, households__isnull=False)
    households = dict(facts.order_by("year").values_list("community_id", "households"))
    sitting = _sitting(elections)
    for each in elections:
        # of a committee nobody reported, nothing is said
        if any(row.post in COMMITTEE_POSTS for row in sitting.get(each.community_id, ())):
            _bring_on(each, households.get(each.community_id), on)
    fields = [*(name for _, name, _ in STEPS), "state", "mode", "electorate", "voted",
              "valid_votes", "seats", "voided_on", "void_reason", "term_from", "term_until",
              "term_clause", "doc_no"]  # fmt: skip
    found = _Result(people, at)
    for each in elections:
        if each.state not in ORDER[2:]:
            continue
        held = sitting[each.community_id]
        each.seats = len([row for row in held if row.post in COMMITTEE_POSTS])
        _candidates(each, held, found)
    _terms(elections)
    Election.objects.bulk_update(elections, fields, batch_size=500)
    _store(found)
    _registered(elections)
    return found.added


def _bring_on(one: Election, households: int | None, on: date) -> None:
    """Set the days of the steps an election has taken, with its count after the vote."""
    draw = Draw(f"{one.code} election {CITY}")
    state = SHOWN.get(one.code) or next(state for up_to, state in STATES if draw.part(9) < up_to)
    one.state = state
    if state == ElectionState.VOID:
        one.voided_on, one.void_reason = on - timedelta(days=9), "演示：投票人数未过半，另行选举"
        state = ElectionState.NOMINATED
    if state == ElectionState.PLANNED:
        return
    for place, (step, name, days) in enumerate(STEPS[: ORDER.index(state) + 1]):
        day = on - timedelta(days=days - draw.whole(10 + place, 0, 3))
        setattr(one, name, day)
        if step == ElectionState.HELD:
            _count(one, draw, households)
    if not one.mode:
        one.mode = ElectionMode.DIRECT if draw.part(0) < 0.82 else ElectionMode.HOUSEHOLDS


def _terms(elections: Iterable[Election]) -> None:
    """The terms of those that are done, by the clause in force. One query a day of theirs."""
    known = {}
    for one in elections:
        if one.state != ElectionState.DONE or one.announced_on is None:
            continue
        day = one.announced_on
        if day not in known:
            known[day] = new_term(CITY, day, timezone.localdate(one.made_at))
        one.term_from, one.term_until = day, known[day].until
        clause = known[day].clause
        one.term_clause = clause.id if clause else ""
        one.doc_no = f"演示字〔{day.year}〕{int(one.code[-3:])}号"


def _sitting(elections: Iterable[Election]) -> dict[int, list[Appointment]]:
    """Who sits in the committees or works for them, by community; the director first."""
    rows = Appointment.objects.filter(
        community__in=[one.community_id for one in elections],
        post__in=(*COMMITTEE_POSTS, Post.WORKER),
        valid_until=None,
        is_demo=True,
    )
    found: dict[int, list[Appointment]] = {}
    for row in rows.select_related("person").order_by("pk"):
        found.setdefault(row.community_id, []).append(row)
    return found


def _candidates(one: Election, held: list[Appointment], found: _Result) -> None:
    """The committee stands again, and a worker; where the result is announced posts change."""
    draw = Draw(f"{one.code} result {CITY}")
    members = [row for row in held if row.post in COMMITTEE_POSTS]
    done, counted = one.state == ElectionState.DONE, one.valid_votes is not None
    leaving = members[-1:] if done and len(members) > 4 and draw.part(0) < 0.5 else []
    newcomer = None
    if leaving:
        fresh = human(one.code, "elected 2026")
        newcomer = file_people([fresh])[0]
        found.added += 1
    standing: list[tuple[Any, str, bool | None]] = [
        (row.person, row.post, row.lives_here) for row in members if row not in leaving
    ]
    if newcomer is not None:
        standing.append((newcomer, leaving[0].post, True))
    number = len(standing)
    others = [row for row in held if row.post == Post.WORKER][:1]
    standing += [(row.person, Post.MEMBER, None) for row in others]
    for place, (person, post, here) in enumerate(standing):
        elected = place < number
        share = 0.62 + 0.35 * draw.part(1 + place % 14) if elected else 0.3
        found.candidates.append(
            Candidate(
                election=one,
                community_id=one.community_id,
                code=one.code,
                person=person,
                post=post,
                votes=int((one.valid_votes or 0) * share) if counted else None,
                elected=elected if counted else None,
                lives_here=here,
            )
        )
    if done and one.announced_on is not None:
        _appointed(one, one.announced_on, standing[:number], members, leaving, found)


def _appointed(
    one: Election,
    day: date,
    chosen: Iterable[tuple[Any, str, bool | None]],
    members: list[Appointment],
    leaving: list[Appointment],
    found: _Result,
) -> None:
    """Posts of the old committee end on the day, those of the new one begin on it."""
    before = {row.person_id: row for row in members}
    for row in leaving:
        act = _act(one, row.person, ActKind.LEAVE, day, found, leave_reason=LeaveReason.TERM)
        found.ended.append((row, act))
    for person, post, here in chosen:
        act = _act(one, person, ActKind.ELECT, day, found)
        if person.pk in before:
            found.ended.append((before[person.pk], act))
        columns = post_of(Post(post), day, basis=f"演示字〔{day.year}〕{int(one.code[-3:])}号")
        new = Appointment(
            person=person,
            community_id=one.community_id,
            code=one.code,
            election=one,
            is_demo=True,
            **columns | {"lives_here": here},
        )
        found.posts.append((new, act))


def _act(
    one: Election, person: Any, kind: ActKind, day: date, found: _Result, **columns: Any
) -> StaffAct:
    """An act of a result, made by the street's clerk; the others' are looked over already."""
    clerk = {"371502001": "gulou", "371502002": "liuyuan"}.get(one.code[:STREET])
    checker = found.by.get("liaocheng") if clerk is None else None
    return StaffAct(
        person=person,
        community_id=one.community_id,
        code=one.code,
        kind=kind,
        on=day,
        election=one,
        doc_no=f"演示字〔{day.year}〕{int(one.code[-3:])}号",
        made_by=found.by.get(clerk or "admin") or found.by["admin"],
        made_at=found.at - timedelta(days=8),
        checked_by=checker,
        checked_at=found.at - timedelta(days=6) if checker else None,
        is_demo=True,
        **columns,
    )


def _store(found: _Result) -> None:
    Candidate.objects.bulk_create(found.candidates, batch_size=BATCH)
    acts = list({id(act): act for _, act in (*found.ended, *found.posts)}.values())
    StaffAct.objects.bulk_create(acts, batch_size=BATCH)
    for row, act in found.ended:
        row.valid_until, row.ended_by, row.version = act.on, act, row.version + 1
    ended = [row for row, _ in found.ended]
    Appointment.objects.bulk_update(ended, ["valid_until", "ended_by", "version"], batch_size=500)
    for row, act in found.posts:
        row.begun_by = act
    Appointment.objects.bulk_create([row for row, _ in found.posts], batch_size=BATCH)


def _registered(elections: Iterable[Election]) -> None:
    """The register of organisations says the new term."""
    terms = {one.community_id: one.term_until for one in elections if one.term_until}
    bodies = Organisation.objects.filter(
        kind=OrganisationKind.RESIDENTS_COMMITTEE, is_demo=True, community__in=terms
    )
    rows = list(bodies)
    for body in rows:
        body.term_ends_on = terms[body.community_id]
    Organisation.objects.bulk_update(rows, ["term_ends_on"])
