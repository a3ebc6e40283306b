"""Rounds of elections: opened with an election for every committee, filled up, reminded, closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.messages import Note, offices, send
from accounts.models import User
from accounts.scope import STREET
from communities.selectors.places import streets_under
from communities.services.editing import StaleError, change
from staffing.choices import ElectionKind, ElectionState
from staffing.models import Election, ElectionRound
from staffing.selectors.election_rounds import lagging, not_listed
from staffing.selectors.elections import ENDED

RECORD = "staffing.record_election"


class RoundError(Exception):
    """An act that the state of a round does not allow; the message is for the user."""


@transaction.atomic
def open_round(*, one: ElectionRound, by: User, on: date, at: datetime) -> int:
    """Store a round of the person's office with an election for every residents' committee.

    Returns how many there are; those who record elections in the streets are told.
    """
    one.code, one.made_by, one.made_at = by.scope, by, at
    one.save(force_insert=True)
    number = _fill(one, by, on, at)
    text = f"{one.title}已部署，{one.closes_on}前完成"
    _tell(one, [place.code for place in streets_under(one.code, on)], text, at=at, but=by)
    return number


@transaction.atomic
def fill_round(*, one: ElectionRound, by: User, on: date, at: datetime) -> int:
    """Add what was set up since: an election for each committee that stands in none of the round.

    Returns how many were added. Raises RoundError for a closed round.
    """
    return _fill(_locked(one), by, on, at)


def _fill(one: ElectionRound, by: User, on: date, at: datetime) -> int:
    """Elections under way outside of rounds come along: nobody is elected twice at a time."""
    communities = list(not_listed(by, one, one.code, on))
    keys = [community.pk for community in communities]
    running = Election.objects.filter(
        community__in=keys, kind=ElectionKind.TERM, round=None
    ).exclude(state__in=ENDED)
    adopted = {each.community_id: each.pk for each in running.order_by("-pk")}
    for pk in adopted.values():
        Election.objects.filter(pk=pk).update(round=one)
    Election.objects.bulk_create(
        [
            Election(
                community=community,
                code=community.code,
                round=one,
                state=ElectionState.PLANNED,
                made_by=by,
                made_at=at,
                is_demo=community.is_demo,
            )
            for community in communities
            if community.pk not in adopted
        ],
        batch_size=1000,
    )
    return len(communities)


@transaction.atomic
def change_round(
    *, one: ElectionRound, fields: Iterable[str], version: int, reason: str = ""
) -> ElectionRound:
    """Store the given columns of a round. Raises StaleError, RoundError for a closed round."""
    _locked(one)
    return change(one, fields=fields, version=version, reason=reason)


@transaction.atomic
def close_round(*, one: ElectionRound, version: int, at: datetime) -> ElectionRound:
    """End a round; missing results may still be recorded. Raises StaleError, RoundError."""
    present = _locked(one)
    if present.version != version:
        raise StaleError(present)
    present.closed_at = at
    return change(present, fields=["closed_at"], version=version)


@transaction.atomic
def remind(*, one: ElectionRound, by: User, on: date, at: datetime) -> list[str]:
    """Tell the streets that lag how many of their communities wait; return their codes.

    Once a day for a round. Raises RoundError for a closed round, and when it was done today.
    """
    present = _locked(one)
    last = present.reminded_at
    if last is not None and timezone.localtime(last).date() == on:
        raise RoundError(f"今天{timezone.localtime(last):%H:%M}催办过，明天再催办")
    waiting = lagging(present, present.code, on)
    if not waiting:
        raise RoundError("各街道都已公布结果，不用催办")
    ElectionRound.objects.filter(pk=present.pk).update(reminded_at=at)
    late = "已过完成期限" if present.closes_on < on else f"{present.closes_on}前完成"
    people = offices(waiting, RECORD)
    url = address_of(present)
    notes = [
        Note(user, f"{present.title}{late}，{number}个社区还没有公布结果", url)
        for street, number in waiting.items()
        for user in people[street]
    ]
    send(notes=notes, at=at)
    return list(waiting)


def address_of(one: ElectionRound) -> str:
    return reverse("staffing:election_round", args=[one.pk])


def _tell(
    one: ElectionRound, streets: Iterable[str], text: str, *, at: datetime, but: User
) -> None:
    """Tell those who record elections in streets. Two queries."""
    found = offices([street[:STREET] for street in streets], RECORD)
    people = [user for users in found.values() for user in users if user != but]
    send(notes=[Note(user, text, address_of(one)) for user in people], at=at)


def _locked(one: ElectionRound) -> ElectionRound:
    present: ElectionRound = ElectionRound.objects.select_for_update().get(pk=one.pk)
    if present.closed_at is not None:
        raise RoundError("这次换届已结束。缺的结果仍可以在各社区的选举里登记")
    return present
