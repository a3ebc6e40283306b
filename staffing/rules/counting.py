"""Who of a community counts as what: heads are counted, not posts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from staffing.choices import (
    COMMITTEE_POSTS,
    COUNTED_ELSEWHERE,
    PARTY_POSTS,
    SUPERVISION_POSTS,
    Identity,
    Post,
)


class Held(NamedTuple):
    """A post that somebody holds: `who` tells persons apart, over streets by identity number."""

    who: str
    post: str
    identity: str
    lives_here: bool | None = None


@dataclass
class Heads:
    """Distinct persons by what they count as; a person may stand in several of them."""

    committee: set[str] = field(default_factory=set)
    resident_members: set[str] = field(default_factory=set)
    # committee members of whom nobody said where they live
    unknown_residence: set[str] = field(default_factory=set)
    party: set[str] = field(default_factory=set)
    supervision: set[str] = field(default_factory=set)
    workers: set[str] = field(default_factory=set)
    grid_workers: set[str] = field(default_factory=set)
    # there, but neither counted among full-time workers nor paid here
    elsewhere: set[str] = field(default_factory=set)
    everybody: set[str] = field(default_factory=set)
    # those of `elsewhere` by their identity
    apart: dict[str, set[str]] = field(default_factory=dict)
    posts: int = 0

    @property
    def cross_appointed(self) -> set[str]:
        """交叉任职: who counts in two of the groups, or in more."""
        groups = (self.party, self.committee, self.supervision, self.workers, self.grid_workers)
        met: set[str] = set()
        found: set[str] = set()
        for group in groups:
            found |= met & group
            met |= group
        return found

    def add(self, held: Held) -> None:
        self.posts += 1
        self.everybody.add(held.who)
        if held.identity in COUNTED_ELSEWHERE:
            self.elsewhere.add(held.who)
            self.apart.setdefault(held.identity, set()).add(held.who)
        for posts, group in (
            (PARTY_POSTS, self.party),
            (SUPERVISION_POSTS, self.supervision),
            ((Post.GRID_WORKER,), self.grid_workers),
        ):
            if held.post in posts:
                group.add(held.who)
        if held.post in COMMITTEE_POSTS and held.identity != Identity.POLICE:
            self.committee.add(held.who)
            if held.lives_here:
                self.resident_members.add(held.who)
            elif held.lives_here is None:
                self.unknown_residence.add(held.who)
        if held.post == Post.WORKER and held.identity not in COUNTED_ELSEWHERE:
            self.workers.add(held.who)


def count_heads(held: Iterable[Held]) -> Heads:
    """The heads of any number of posts; who holds two posts is one head in `everybody`."""
    heads = Heads()
    for one in held:
        heads.add(one)
    return heads
