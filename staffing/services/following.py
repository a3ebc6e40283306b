"""Who works in a community that ends goes on in the one that follows it; files follow codes."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from accounts.scope import STREET
from communities.models import Community
from communities.querysets import not_ended
from communities.services.succession import Succession
from staffing.choices import (
    ELECTED_POSTS,
    ActKind,
    ElectionState,
    LeaveReason,
)
from staffing.models import (
    Appointment,
    Course,
    Election,
    ElectionRound,
    Person,
    QuotaPlan,
    StaffAct,
)
from staffing.services.files import RECORDS, file_in, move_files, settle_files
from staffing.services.posts import add_act, begin_post

ENDED = "社区撤销"
# years by which plans step aside for a moment
ASIDE = 10_000
# kept when a post goes on under another community
GOES_ALONG = ("post", "identity", "pay_channel", "basis", "lives_here", "grade")
OVER = (ElectionState.DONE, ElectionState.VOID)


def hand_over_posts(succession: Succession) -> None:
    """End the posts of communities that end, and let all but the elected go on in the successor.

    Posts of a committee and of the party end with their community; who else works there goes on in
    the community that gets most of its households, from the same day, with the same identity, pay
    channel and grade. Past days are not touched. Files of persons lie in their streets afterwards.
    """
    settle_files(succession.plan.communities, succession.on)
    _end_elections(succession)
    rows = Appointment.objects.filter(not_ended(succession.on), community__in=succession.ending)
    leaving: dict[tuple[int, int], list[Appointment]] = defaultdict(list)
    rows = rows.select_for_update(of=("self",)).select_related("person")
    for row in rows.order_by("valid_from", "pk"):
        leaving[row.community_id, row.person_id].append(row)
    moves = [Move(succession, held) for _, held in sorted(leaving.items())]
    for move in moves:
        move.end()
    # what begins later anyhow comes first: nobody gets a post twice
    for move in moves:
        move.turn()
    for move in moves:
        move.go_on()


class Move:
    """One person's posts in a community that ends, and what becomes of them."""

    def __init__(self, succession: Succession, held: list[Appointment]) -> None:
        self.succession, self.on = succession, succession.on
        self.left = succession.before[held[0].community_id]
        self.target = succession.receiver(self.left.pk)
        self.person = self.file = held[0].person
        self.going = [one for one in held if self.target and one.post not in ELECTED_POSTS]
        self.held = held
        # when and by which act a post would have ended, by its key
        self.until: dict[int, tuple[datetime.date | None, StaffAct | None]] = {}

    @property
    def stays(self) -> bool:
        """Whether the posts go on in the street that keeps the file."""
        return self.target is not None and self.target.code.startswith(self.person.code)

    def end(self) -> None:
        """End the posts on the day; the act stands where the person goes on in the street."""
        here = self.target if self.target and self.going and self.stays else self.left
        self.act = _act(self.succession, self.person, here)
        for one in self.held:
            if one.valid_from < self.on:
                self.until[one.pk] = one.valid_until, one.ended_by
                _end(one, self.on, self.act)
            elif one not in self.going:
                # begins only then or later: lasts that day, as other parts do
                _end(one, one.valid_from + datetime.timedelta(days=1), self.act)
        if self.target and self.going and not self.stays:
            street = self.target.code[:STREET]
            self.file = file_in(person=self.person, street=street, on=self.on)
            self.act = _act(self.succession, self.file, self.target)

    def turn(self) -> None:
        """Let posts that are still to begin begin in the successor."""
        for one in self.going:
            if one.pk in self.until or self.target is None:
                continue
            if self._there(one.post, one.valid_from, one.valid_until):
                _end(one, one.valid_from + datetime.timedelta(days=1), self.act)
                continue
            Appointment.objects.filter(pk=one.pk).update(
                community=self.target,
                code=self.target.code,
                person=self.file,
                begun_by=self.act,
                version=F("version") + 1,
            )

    def go_on(self) -> None:
        """Begin posts anew in the successor, unless their holder has them there already."""
        for one in self.going:
            if one.pk not in self.until or self.target is None:
                continue
            until, by = self.until[one.pk]
            if there := self._there(one.post, self.on, until):
                if there.valid_from <= self.on:
                    continue
                until, by = there.valid_from, self.act
            values = {name: getattr(one, name) for name in GOES_ALONG}
            begin_post(
                act=self.act, community=self.target, valid_until=until, ended_by=by, **values
            )

    def _there(
        self, post: str, since: datetime.date, until: datetime.date | None
    ) -> Appointment | None:
        """The first holding of a post in the successor by the same file in some days."""
        rows = Appointment.objects.filter(
            not_ended(since), person=self.file, community=self.target, post=post
        )
        if until is not None:
            rows = rows.filter(valid_from__lt=until)
        found: Appointment | None = rows.order_by("valid_from").first()
        return found


def _end(one: Appointment, on: datetime.date, act: StaffAct) -> None:
    Appointment.objects.filter(pk=one.pk).update(
        valid_until=on, ended_by=act, version=F("version") + 1
    )


def _act(succession: Succession, person: Person, community: Community) -> StaffAct:
    act = succession.act
    at = act.applied_at or timezone.make_aware(
        datetime.datetime.combine(succession.on, datetime.time.min)
    )
    return add_act(
        kind=ActKind.FOLLOW,
        person=person,
        community=community,
        on=succession.on,
        by=act.decided_by or act.proposed_by,
        at=at,
        leave_reason=LeaveReason.OTHER,
        doc_no=act.decision_doc_no[:64],
        note=ENDED,
    )


def _end_elections(succession: Succession) -> None:
    """End the terms of committees that end, and the elections that they were preparing."""
    elections = Election.objects.filter(community__in=succession.ending)
    terms = elections.filter(state=ElectionState.DONE, term_from__lt=succession.on)
    terms = terms.filter(Q(term_until=None) | Q(term_until__gt=succession.on))
    terms.update(term_until=succession.on, version=F("version") + 1)
    elections.exclude(state__in=OVER).update(
        state=ElectionState.VOID,
        voided_on=succession.on,
        void_reason=ENDED,
        version=F("version") + 1,
    )


def follow_codes(moved: Mapping[str, str], on: datetime.date) -> None:
    """Give what offices keep under their own codes the new ones; `moved` by old code.

    Courses, election rounds and quotas of an office; files of persons who have no record under a
    community. Everybody else's file follows the communities, in hand_over_posts.
    """
    for model in (Course, ElectionRound):
        _rename(model, moved)
    _rename_quotas(moved)
    free = Person.objects.filter(code__in=moved)
    for record in RECORDS:
        free = free.exclude(Exists(record._default_manager.filter(person=OuterRef("pk"))))
    move_files({pk: moved[code] for pk, code in free.values_list("pk", "code")})


def _rename(model: type[Course] | type[ElectionRound], moved: Mapping[str, str]) -> None:
    # all that belong to a code are read before any code is written: codes may change places
    keys = {code: list(_of(model, code)) for code in moved}
    for code, rows in keys.items():
        model.objects.filter(pk__in=rows).update(code=moved[code], version=F("version") + 1)


def _of(model: type[Course] | type[ElectionRound], code: str) -> list[int]:
    return list(model.objects.filter(code=code).values_list("pk", flat=True))


def _rename_quotas(moved: Mapping[str, str]) -> None:
    """Districts' plans: one a year under a code, also while two districts change codes."""
    plans = {one.pk: one for one in QuotaPlan.objects.filter(code__in=moved).order_by("pk")}
    new = [(moved[one.code], one.year) for one in plans.values()]
    there = QuotaPlan.objects.filter(code__in={code for code, _ in new}).exclude(pk__in=plans)
    taken = set(there.values_list("code", "year"))
    going = [one for one in plans.values() if (moved[one.code], one.year) not in taken]
    # out of the way while others take the place; no plan is of such a year, and the code stays in
    # the scope of the act
    QuotaPlan.objects.filter(pk__in=[one.pk for one in going]).update(year=F("year") + ASIDE)
    for one in going:
        QuotaPlan.objects.filter(pk=one.pk).update(
            code=moved[one.code], year=one.year, version=F("version") + 1
        )
