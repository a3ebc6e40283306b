"""What the result of an election does to a committee: who begins, goes on, ends; what hinders it.

Whoever is elected again into the same post ends the old appointment and begins a new one on the
same day: each appointment names the election that it rests on, and half-open days leave neither a
gap nor a doubled day in the roster.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from staffing.choices import COMMITTEE_POSTS, SINGLE_POSTS, Post

BEGINS, AGAIN, OTHER_POST, LINKED, ENDS = "begins", "again", "other_post", "linked", "ends"
LABELS = {
    BEGINS: "新任",
    AGAIN: "连任",
    OTHER_POST: "改任",
    LINKED: "已登记",
    ENDS: "届满",
}
ORDER = {post: place for place, post in enumerate(COMMITTEE_POSTS)}


@dataclass(frozen=True)
class Sitting:
    """A post of the committee that runs on the first day of the term, or begins on it or later."""

    appointment: int
    person: int
    name: str
    post: str
    since: date
    lives_here: bool | None = None
    grade: int | None = None

    @property
    def label(self) -> str:
        return str(Post(self.post).label)


@dataclass(frozen=True)
class Chosen:
    """An elected candidate."""

    candidate: int
    person: int
    name: str
    post: str
    lives_here: bool | None = None
    pay_channel: str = "funded"

    @property
    def label(self) -> str:
        return str(Post(self.post).label)


@dataclass(frozen=True)
class Change:
    """What happens to one person: `ends` are posts that end, `chosen` is the post that begins."""

    kind: str
    person: int
    name: str
    chosen: Chosen | None
    ends: tuple[Sitting, ...] = ()

    @property
    def label(self) -> str:
        return LABELS[self.kind]

    @property
    def grade(self) -> int | None:
        """The grade that goes along from the post that ends."""
        return next((one.grade for one in self.ends if one.grade is not None), None)


@dataclass(frozen=True)
class Member:
    """Somebody of the committee as it is afterwards."""

    person: int
    name: str
    post: str
    lives_here: bool | None


@dataclass(frozen=True)
class ResultPlan:
    """All that a result does on a day; nothing is done while there are mistakes.

    `later`: posts of the committee that began on that day or after it on another ground. `after`:
    the committee then, one line a post.
    """

    day: date
    changes: tuple[Change, ...]
    after: tuple[Member, ...]
    mistakes: tuple[str, ...] = ()
    later: tuple[Sitting, ...] = ()
    missing: int = 0

    @property
    def heads(self) -> int:
        return len({one.person for one in self.after})

    @property
    def residents(self) -> int:
        return len({one.person for one in self.after if one.lives_here})

    @property
    def unknown(self) -> int:
        """Members of whom nobody said where they live."""
        return len({one.person for one in self.after if one.lives_here is None})

    @property
    def director(self) -> str:
        """The name of the director then, '' where there is none."""
        return next((one.name for one in self.after if one.post == Post.DIRECTOR), "")

    @property
    def fingerprint(self) -> str:
        """Tells whether what is done is what was shown."""
        shown = repr((self.day, self.changes, self.after))
        return hashlib.sha256(shown.encode()).hexdigest()[:16]


@dataclass
class _Work:
    changes: list[Change] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)


def plan_result(
    *,
    whole: bool,
    day: date,
    sitting: Sequence[Sitting],
    chosen: Sequence[Chosen],
    seats: int | None,
) -> ResultPlan:
    """What a result does: of a whole committee, or of some seats (by-election).

    sitting: posts of the committee that have not ended by the day, those that begin later as well.
    """
    chosen = sorted(chosen, key=lambda one: (ORDER.get(Post(one.post), 9), one.candidate))
    work = _Work(mistakes=[*_mistakes_of(chosen, seats)])
    held = {(one.person, one.post): one for one in sitting}
    for one in chosen:
        mine = tuple(each for each in sitting if each.person == one.person)
        work.changes.append(_change(one, mine, held.get((one.person, one.post)), day))
    elected = {one.person for one in chosen}
    if whole:
        leaving = sorted({one.person for one in sitting} - elected)
        for person in leaving:
            posts = tuple(each for each in sitting if each.person == person)
            work.changes.append(Change(ENDS, person, posts[0].name, None, posts))
    else:
        work.mistakes += _taken(chosen, sitting, day)
    linked = {(one.person, one.chosen.post) for one in work.changes if one.chosen and
              one.kind == LINKED}  # fmt: skip
    later = tuple(
        one
        for one in sitting
        if one.since >= day and (one.person, one.post) not in linked
        if whole or one.person in elected
    )
    work.mistakes += [
        f"{one.name}自{one.since}任{one.label}，不早于任期开始日期{day}。改任期开始日期，或先更正任职"
        for one in later
    ]
    return ResultPlan(
        day,
        tuple(work.changes),
        tuple(_after(work.changes, sitting)),
        tuple(work.mistakes),
        later,
        max(0, (seats or 0) - len(elected)),
    )


def _change(one: Chosen, mine: tuple[Sitting, ...], same: Sitting | None, day: date) -> Change:
    if same is not None and same.since == day:
        others = tuple(each for each in mine if each is not same)
        return Change(LINKED, one.person, one.name, one, others)
    kind = AGAIN if same is not None else OTHER_POST if mine else BEGINS
    return Change(kind, one.person, one.name, one, mine)


def _mistakes_of(chosen: Sequence[Chosen], seats: int | None) -> Iterable[str]:
    if not chosen:
        yield "没有当选人。在投票结果里勾选当选人，或登记选举未成"
    people = Counter(one.person for one in chosen)
    for person, times in people.items():
        if times > 1:
            posts = "、".join(one.label for one in chosen if one.person == person)
            name = next(one.name for one in chosen if one.person == person)
            yield f"{name}同时当选{posts}。保留其中一个"
    for post in SINGLE_POSTS:
        names = [one.name for one in chosen if one.post == post]
        if len(names) > 1:
            yield f"{Post(post).label}只有一人，现在有{'、'.join(names)}当选。保留其中一人"
    if seats is not None and len(people) > seats:
        yield f"当选{len(people)}人，多于应选{seats}人。改当选人，或改应选人数"


def _taken(chosen: Sequence[Chosen], sitting: Sequence[Sitting], day: date) -> Iterable[str]:
    """What hinders a by-election: the post is held already, by the same or by another person."""
    for one in chosen:
        for each in sitting:
            if each.post != one.post or (each.since >= day and each.person == one.person):
                continue
            if each.person == one.person:
                yield f"{one.name}自{each.since}任{one.label}，不用补选。取消他的当选"
            elif one.post in SINGLE_POSTS:
                yield f"{each.name}自{each.since}任{each.label}。先登记他离任，再登记补选结果"


def _after(changes: Iterable[Change], sitting: Iterable[Sitting]) -> Iterable[Member]:
    """The committee afterwards: those who go on untouched, and the elected."""
    touched = {each.appointment for one in changes for each in one.ends}
    begun = {one.chosen.person: one.chosen for one in changes if one.chosen}
    for each in sitting:
        elected = begun.get(each.person)
        if each.appointment not in touched and (elected is None or elected.post != each.post):
            yield Member(each.person, each.name, each.post, each.lives_here)
    for one in begun.values():
        yield Member(one.person, one.name, one.post, one.lives_here)
