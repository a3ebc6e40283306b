"""Acts of staff: entering, holding another post, changing it, moving, leaving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Sum

from accounts.models import User
from accounts.scope import STREET, contains
from communities.models import Community
from communities.querysets import not_ended
from communities.services.editing import StaleError
from staffing.choices import ActKind, Identity, LeaveReason, PaperKind
from staffing.models import Appointment, Person, StaffAct, StaffPaper
from staffing.rules.entry import age_at_entry, education_on
from staffing.selectors.recruiting import Entry
from staffing.services.files import file_in
from staffing.services.papers import Given, add_papers
from staffing.services.posts import add_act, begin_post, end_post
from staffing.services.recruiting import check_recruit

PURGED = "个人信息已按保存期限清除，不再登记变动"


@dataclass(frozen=True)
class Said:
    """What is said of an act: its day, document, note and papers."""

    on: date
    doc_no: str = ""
    note: str = ""
    papers: Sequence[Given] = ()


@dataclass(frozen=True)
class NewPost:
    """A post that an act begins."""

    community: Community
    post: str
    identity: str
    pay_channel: str
    basis: str = ""
    lives_here: bool | None = None
    grade: int | None = None


def state_of(person: Person) -> int:
    """A number that grows with every change of a person's file or posts."""
    known = Appointment.objects.filter(person=person).aggregate(
        number=Count("pk"), versions=Sum("version")
    )
    return int(person.version + known["number"] + (known["versions"] or 0))


@transaction.atomic
def enter(
    *,
    person: Person,
    new: NewPost,
    said: Said,
    by: User,
    at: datetime,
    version: int | None = None,
    born_on: date | None = None,
) -> StaffAct:
    """Begin a post: the first one, one after others have ended, or one more (兼任); return the act.

    born_on: the day of birth where the identity number tells it; it is not kept. Raises
    ValidationError in words, with the clause for a recruit who does not meet it, and StaleError
    when posts changed after `version` (see state_of) was read.
    """
    held = _held(person, version)
    in_post = Appointment.objects.filter(not_ended(said.on), person=held).exists()
    _check_recruit(held, new, said, born_on)
    act = _act(ActKind.ADD_POST if in_post else ActKind.ENTER, held, new.community, said, by, at)
    _begin(act, new)
    return act


def _check_recruit(held: Person, new: NewPost, said: Said, born_on: date | None = None) -> None:
    """Judge whoever becomes a recruit, by whatever act: the first time, or after having left."""
    mine = Appointment.objects.filter(person=held)
    was = mine.filter(identity=Identity.RECRUITED, valid_from__lte=said.on).exists()
    if new.identity != Identity.RECRUITED or (was and mine.as_of(said.on).exists()):
        return
    diploma = any(one.kind == PaperKind.DIPLOMA for one in said.papers)
    kept = StaffPaper.objects.filter(act__person=held, kind=PaperKind.DIPLOMA)
    check_recruit(entry_of(held, new, said.on, born_on), has_diploma=diploma or kept.exists())


def entry_of(person: Person, new: NewPost, on: date, born_on: date | None = None) -> Entry:
    """What the clauses of a day are asked about somebody who enters."""
    education = education_on(
        person.full_time_education, person.highest_education, person.highest_education_on, on
    )
    age = age_at_entry(person.born_in, on, born_on)
    return Entry(new.community.code, new.post, new.identity, education, age, on)


@transaction.atomic
def promote(
    *,
    person: Person,
    ended: Appointment,
    new: NewPost,
    said: Said,
    by: User,
    at: datetime,
    version: int | None = None,
) -> StaffAct:
    """End one post and begin another of the same community that day; return the act.

    Raises ValidationError in words and StaleError as `enter` does.
    """
    held = _held(person, version)
    if ended.post == new.post:
        raise ValidationError({"post": f"现在就是{ended.get_post_display()}。选另一个职务"})
    _check_recruit(held, new, said)
    act = _act(ActKind.PROMOTE, held, new.community, said, by, at)
    end_post(act=act, appointment=ended)
    _begin(act, new)
    return act


@transaction.atomic
def transfer(
    *,
    person: Person,
    ended: Sequence[Appointment],
    new: NewPost,
    said: Said,
    by: User,
    at: datetime,
    version: int | None = None,
) -> StaffAct:
    """End posts and begin one in another community that day; return the act there.

    Into another street the file is found by the identity number or copied, with certificates,
    telephone and courses; an act of leaving stays with the street that is left. Raises
    ValidationError in words and StaleError as `enter` does.
    """
    held = _held(person, version)
    if any(one.community_id == new.community.pk for one in ended):
        said_so = f"现在就在{new.community.short_name}。选另一个社区，本社区内换职务办职务变动"
        raise ValidationError({"community": said_so})
    _check_recruit(held, new, said)
    street = new.community.code[:STREET]
    if street == held.code:
        act = _act(ActKind.TRANSFER, held, new.community, said, by, at)
        _end(act, ended)
    else:
        _may_cross(held, new.community, by)
        left = Said(said.on, said.doc_no, said.note)
        here = ended[0].community
        leaving = _act(ActKind.LEAVE, held, here, left, by, at, reason=LeaveReason.MOVED)
        _end(leaving, ended)
        file = file_in(person=held, street=street, on=said.on)
        act = _act(ActKind.TRANSFER, file, new.community, said, by, at)
    _begin(act, new)
    return act


def _may_cross(person: Person, community: Community, by: User) -> None:
    """Refuse to move a file between streets that the office does not hold, or without identity."""
    if not (contains(by.scope, community.code) and contains(by.scope, person.code)):
        raise ValidationError({"community": "调到另一个街道，由区民政局办理"})
    if not person.identity_hmac:
        raise ValidationError(
            {"community": "没有登记证件号码，调到另一个街道后对不上。先在人员页补登记"}
        )


@transaction.atomic
def leave(
    *,
    person: Person,
    ended: Sequence[Appointment],
    reason: str,
    said: Said,
    by: User,
    at: datetime,
    version: int | None = None,
) -> list[StaffAct]:
    """End posts on a day, with the reason; return the acts, one for each community.

    Papers are kept with the first. Raises ValidationError in words and StaleError as `enter` does.
    """
    held = _held(person, version)
    by_community: dict[int, list[Appointment]] = {}
    for one in sorted(ended, key=lambda one: one.pk):
        by_community.setdefault(one.community_id, []).append(one)
    acts: list[StaffAct] = []
    for posts in by_community.values():
        mine = said if not acts else Said(said.on, said.doc_no, said.note)
        act = _act(ActKind.LEAVE, held, posts[0].community, mine, by, at, reason=reason)
        _end(act, posts)
        acts.append(act)
    return acts


def _held(person: Person, version: int | None) -> Person:
    """The file, locked against other acts. Raises StaleError when its posts changed meanwhile."""
    held: Person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if held.purged_at is not None:
        raise ValidationError(PURGED)
    if version is not None and state_of(held) != version:
        raise StaleError(held)
    return held


def _act(
    kind: ActKind,
    person: Person,
    community: Community,
    said: Said,
    by: User,
    at: datetime,
    reason: str = "",
) -> StaffAct:
    act = add_act(
        kind=kind,
        person=person,
        community=community,
        on=said.on,
        by=by,
        at=at,
        leave_reason=reason,
        doc_no=said.doc_no,
        note=said.note,
    )
    add_papers(act=act, papers=said.papers, by=by, at=at)
    return act


def _begin(act: StaffAct, new: NewPost) -> Appointment:
    return begin_post(
        act=act,
        community=new.community,
        post=new.post,
        identity=new.identity,
        pay_channel=new.pay_channel,
        basis=new.basis,
        lives_here=new.lives_here,
        grade=new.grade,
    )


def _end(act: StaffAct, posts: Sequence[Appointment]) -> None:
    for one in posts:
        end_post(act=act, appointment=one)
