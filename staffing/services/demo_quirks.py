"""What is wrong in the demo rosters on purpose, so that 核查 and 待办 have something to show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from accounts.models import User
from communities.models import Community
from staffing.choices import ActKind, Education, Identity, LeaveReason, PayChannel, Post
from staffing.models import Appointment, Certificate, PayRecord, Person, StaffAct
from staffing.services.demo_files import file_people
from staffing.services.demo_money import PAID, paid
from staffing.services.demo_people import Human, human, post_of

# of 古楼街道 and 柳园街道, whose clerks have demo accounts
TWICE_HERE, TWICE_THERE = "371502001004", "371502002005"
SAME_NAME: Final = ("371502001005", "371502001006")
TOO_OLD, POLICE, NO_POST, LEADER = "371502001008", "371502001015", "371502001011", "371502001012"
ENTERED: Final = (("371502001005", 12), ("371502001013", 41))
LEFT: Final = "371502001014"
# who enters in which street
CLERKS: Final = {"371502001": "gulou", "371502002": "liuyuan"}
ALL: Final = (TWICE_HERE, TWICE_THERE, *SAME_NAME, TOO_OLD, POLICE, NO_POST, LEADER, LEFT,
              *(code for code, _ in ENTERED))  # fmt: skip


@dataclass
class _World:
    """The demo communities by code, who enters, and the day."""

    places: dict[str, Community]
    clerks: Mapping[str, User]
    on: date
    at: datetime
    added: int = 0

    def enter(self, code: str, key: str, post: Post, days: int, **more: Any) -> Appointment | None:
        """A person enters a community so many days ago, by an act that nobody has looked over."""
        if code not in self.places:
            return None
        since = self.on - timedelta(days=days)
        columns = {name: more.pop(name) for name in list(more) if name in PERSON}
        one = human(code, key, (post_of(post, since, **more),), **columns)
        return self.begin(one, file_people([one])[0], code, since)

    def begin(self, one: Human, person: Person, code: str, since: date) -> Appointment:
        community = self.places[code]
        act = StaffAct.objects.create(
            person=person,
            community=community,
            code=code,
            kind=ActKind.ENTER,
            on=since,
            doc_no=f"演示字〔{since.year}〕5号",
            made_by=self.clerks[code[:9]],
            made_at=self.at - (self.on - since),
            is_demo=True,
        )
        self.added += 1
        return Appointment.objects.create(
            person=person,
            community=community,
            code=code,
            begun_by=act,
            is_demo=True,
            **one.posts[0],
        )


PERSON: Final = ("name", "sex", "born_in", "full_time_education", "highest_education",
                 "leads_collective")  # fmt: skip


def load_quirks(people: Mapping[str, User], *, year: int, on: date, at: datetime) -> int:
    """Add what the checks find, in Liaocheng and Beilun; return the persons added."""
    clerks = {code: people[name] for code, name in CLERKS.items() if name in people}
    payer = people.get("beilun")
    if len(clerks) == len(CLERKS):
        rows = Community.objects.filter(code__in=ALL, is_demo=True).as_of(on)
        world = _World({one.code: one for one in rows}, clerks, on, at)
        _twice(world)
        _namesakes(world)
        _single_cases(world)
        _certificates(on)
    if payer is not None:
        _paid_after_leaving(year, on, at, payer)
    return world.added if len(clerks) == len(CLERKS) else 0


def _twice(world: _World) -> None:
    """One identity, two files and two funded posts in two streets."""
    if not {TWICE_HERE, TWICE_THERE} <= world.places.keys():
        return
    since = world.on - timedelta(days=75)
    one = human(TWICE_HERE, "twice", (post_of(Post.WORKER, since),))
    world.begin(one, file_people([one])[0], TWICE_HERE, since)
    there = Human(
        one.columns | {"code": TWICE_THERE[:9]}, one.identity_number, one.phone, one.posts, None
    )
    world.begin(there, file_people([there])[0], TWICE_THERE, since)


def _namesakes(world: _World) -> None:
    """Two files of one name, sex and month of birth without an identity number."""
    for code in SAME_NAME:
        post = world.enter(
            code, "namesake", Post.WORKER, 33, name="演示同名", sex="female",
            born_in=date(1992, 8, 1),
        )  # fmt: skip
        if post is not None:
            Person.objects.filter(pk=post.person_id).update(identity_hmac="", identity_mask="")


def _single_cases(world: _World) -> None:
    on = world.on
    world.enter(
        TOO_OLD, "too old", Post.WORKER, 25, born_in=date(on.year - 44, 3, 1),
        full_time_education=Education.SENIOR_HIGH, highest_education=Education.SENIOR_HIGH,
    )  # fmt: skip
    police = {"identity": Identity.POLICE, "pay_channel": PayChannel.OWN, "basis": ""}
    deputy = world.enter(POLICE, "police", Post.POLICE_DEPUTY, 22, **police)
    if deputy is not None:
        Appointment.objects.create(
            person=deputy.person, community=deputy.community, code=POLICE, is_demo=True,
            **post_of(Post.MEMBER, on - timedelta(days=8), **police, lives_here=False),
        )  # fmt: skip
    for code, days in ENTERED:
        world.enter(code, f"entered {days}", Post.WORKER, days)
    if NO_POST in world.places:
        file_people([human(NO_POST, "no post")])
        world.added += 1
    directors = Appointment.objects.filter(post=Post.DIRECTOR, valid_until=None, is_demo=True)
    leaders = directors.filter(code=LEADER).values("person")
    Person.objects.filter(pk__in=leaders).update(leads_collective=True)
    workers = Appointment.objects.filter(post=Post.WORKER, valid_until=None, is_demo=True)
    if row := workers.filter(code=LEFT).select_related("person").order_by("pk").first():
        act = StaffAct.objects.create(
            person=row.person,
            community_id=row.community_id,
            code=row.code,
            kind=ActKind.LEAVE,
            on=on - timedelta(days=20),
            leave_reason=LeaveReason.RESIGNED,
            made_by=world.clerks[row.code[:9]],
            made_at=world.at - timedelta(days=19),
            is_demo=True,
        )
        Appointment.objects.filter(pk=row.pk).update(
            valid_until=act.on, ended_by=act, version=row.version + 1
        )


def _certificates(on: date) -> None:
    """Of 古楼街道's certificates one has expired, one does within 90 days."""
    rows = list(Certificate.objects.under("371502001").filter(is_demo=True).order_by("pk")[:2])
    for row, days in zip(rows, (-30, 60), strict=False):
        row.expires_on = on + timedelta(days=days)
    Certificate.objects.bulk_update(rows, ["expires_on"])


def _paid_after_leaving(year: int, on: date, at: datetime, by: User) -> None:
    """In Beilun a worker who left in March has been paid up to the month before today."""
    last = 12 if on.year > year else on.month - 1
    workers = Appointment.objects.under(PAID).filter(
        post=Post.WORKER, valid_until=None, is_demo=True, valid_from__lt=date(year, 1, 1)
    )
    row = workers.select_related("person").order_by("code", "pk").first()
    if row is None or on.year < year or last < 5:
        return
    left = date(year, 3, 16)
    act = StaffAct.objects.create(
        person=row.person,
        community_id=row.community_id,
        code=row.code,
        kind=ActKind.LEAVE,
        on=left,
        leave_reason=LeaveReason.RESIGNED,
        made_by=by,
        made_at=at - timedelta(days=90),
        is_demo=True,
    )
    Appointment.objects.filter(pk=row.pk).update(
        valid_until=left, ended_by=act, version=row.version + 1
    )
    if not PayRecord.objects.filter(person=row.person, year=year).exists():
        paid(row, year, last, by=by, at=at).save(force_insert=True)
