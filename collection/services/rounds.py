"""Rounds: planned, changed, opened, closed; a later day for one street."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Q
from django.urls import reverse

from accounts.messages import Note, offices, send
from accounts.models import User
from accounts.scope import CITY, DISTRICT, STREET
from collection.choices import RoundState
from collection.models import Extension, Round
from collection.rules.fields import FIELDS
from collection.selectors.rounds import call_of
from communities.selectors.places import division_names, streets_under
from communities.services.editing import StaleError, add, change

CLERKS, REVIEWERS = "communities.add_annualfacts", "communities.review_annualfacts"
OFFICERS = "communities.confirm_annualfacts"
RUN = "collection.run_round"
# pg_advisory_xact_lock(class, year): rounds that are opened look at each other
OPENING = 0x726F
NAMED = 3
# What stays as it was while streets fill in; asked facts and streets may only be added.
FIXED = ("households_measure", "reference_on", "street_review")
NOT_ASKED = "这个街道不在任务的填报范围内"


class RoundError(Exception):
    """An act that a round's state does not allow; the message is for the user."""


def plan(*, one: Round) -> Round:
    """Store a new round; it stays a draft until it is opened."""
    one.asked = in_order(one.asked, one.households_measure)
    return add(one)


@transaction.atomic
def change_round(
    *, one: Round, fields: Iterable[str], version: int, reason: str, on: date
) -> Round:
    """Store the changed fields of a round that was opened in a form at `version`.

    While streets fill in, what is asked and of whom may only grow, and other days need a reason.
    Raises StaleError, RoundError for a closed round, ValidationError for what may not change.
    """
    present = Round.objects.select_for_update().get(pk=one.pk)
    if present.state == RoundState.CLOSED:
        raise RoundError("任务已结束，不再修改。要补报，另下达一个只发给这些街道的任务")
    one.asked = in_order(one.asked, one.households_measure)
    if present.state == RoundState.OPEN:
        check_growth(present, one)
        check_days(present, one, reason, on)
        hinder_overlap(one, on)
    return change(one, fields=fields, version=version, reason=reason)


def in_order(asked: Iterable[str], measure: str) -> list[str]:
    """Asked facts in the order of the form; the count that is determined is always among them."""
    wanted = {*asked, measure}
    return [name for name in FIELDS if name in wanted]


def check_growth(present: Round, one: Round) -> None:
    """Raise ValidationError where an open round would ask less, or of fewer streets."""
    errors: dict[str, str] = {}
    if lost := [FIELDS[name].label for name in present.asked if name not in one.asked]:
        errors["asked"] = f"街道已在填报，不能减去{'、'.join(lost)}。恢复勾选"
    if one.street_codes:
        fewer = not present.street_codes or set(present.street_codes) - set(one.street_codes)
        if fewer:
            errors["street_codes"] = "街道已在填报，不能减少街道。恢复原来的选择"
    for name in FIXED:
        if getattr(present, name) != getattr(one, name):
            label = Round._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            errors[name] = f"街道已在填报，{label}不再修改"
    if errors:
        raise ValidationError(errors)


def check_days(present: Round, one: Round, reason: str, on: date) -> None:
    """Raise ValidationError where an open round's days change for no reason or into the past."""
    if (present.opens_on, present.closes_on) == (one.opens_on, one.closes_on):
        return
    if not reason:
        raise ValidationError({"change_reason": "改了日期，写明原因"})
    if one.closes_on != present.closes_on and one.closes_on < on:
        said = f"截止日期{one.closes_on}已经过了。改成今天或以后，或结束任务"
        raise ValidationError({"closes_on": said})


@transaction.atomic
def open_round(*, one: Round, version: int, by: User, on: date, at: datetime) -> Round:
    """Open a planned round; tell its streets' clerks and reviewers, and officers of its districts.

    Raises StaleError, and RoundError where it is open already, its last day is over, or a street
    has another open round of the year.
    """
    present = locked(one, version)
    if present.state != RoundState.DRAFT:
        raise RoundError(f"任务现在是“{present.get_state_display()}”，不能再下达")
    if present.closes_on < on:
        raise RoundError(f"截止日期{present.closes_on}已经过了。修改截止日期以后再下达")
    if not present.asked:
        raise RoundError("还没有填报项目。选择填报项目以后再下达")
    hinder_overlap(present, on)
    present.state = RoundState.OPEN
    change(present, fields=["state"], version=version)
    begins = f"{present.opens_on}开始，" if present.opens_on > on else ""
    text = f"{present.title}已下达，{begins}{present.closes_on}截止"
    streets = streets_of(present, on)
    tell_streets(present, streets, text, at=at, but=by)
    tell_districts(present, streets, text, at=at, but=by)
    return present


def hinder_overlap(one: Round, on: date) -> None:
    """Raise RoundError where a street would have two open rounds of a year, of whatever office.

    It would be asked twice, or only what one of them asks.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", (OPENING, one.year))
    near = Q(code__startswith=one.code) | Q(code__in=[one.code[:CITY], one.code])
    others = Round.objects.of_year(one.year).filter(near, state=RoundState.OPEN).exclude(pk=one.pk)
    mine = set(streets_of(one, on))
    for other in others:
        if twice := sorted(mine & set(streets_of(other, on))):
            names = division_names({*twice[:NAMED], other.code}, on)
            streets = "、".join(names.get(code, code) for code in twice[:NAMED])
            more = f"等{len(twice)}个街道" if len(twice) > NAMED else ""
            way = "先结束那个任务，或改选街道" if other.code == one.code else "改选街道"
            raise RoundError(
                f"{streets}{more}{one.year}年度已有{names.get(other.code, other.code)}下达的"
                f"“{other.title}”。{way}"
            )


@transaction.atomic
def close_round(*, one: Round, version: int, at: datetime) -> Round:
    """End an open round: nothing more is handed in. Raises StaleError, RoundError."""
    present = locked(one, version)
    if present.state != RoundState.OPEN:
        raise RoundError(f"任务现在是“{present.get_state_display()}”，不用结束")
    present.state, present.closed_at = RoundState.CLOSED, at
    return change(present, fields=["state", "closed_at"], version=version)


@transaction.atomic
def extend(
    *, one: Round, street: str, closes_on: date, reason: str, by: User, on: date, at: datetime
) -> Extension:
    """Give one street of an open round a later last day and tell its people.

    Raises RoundError where the round is not open or does not ask the street, ValidationError for a
    day that is not later than the present one, is over, or lies more than a year after the round's.
    """
    present = Round.objects.select_for_update().get(pk=one.pk)
    if present.state == RoundState.CLOSED:
        raise RoundError("任务已结束，不能延期。要补报，另下达一个只发给这个街道的任务")
    if present.state != RoundState.OPEN:
        raise RoundError("任务还没有下达，直接修改截止日期")
    if street not in streets_of(present, on):
        raise RoundError(NOT_ASKED)
    moved = Extension.objects.filter(round=present, code=street).order_by("-pk").first()
    until = call_of(present, street, moved).closes_on
    if closes_on <= until:
        said = f"现在的截止日期是{until}。填一个更晚的日期"
        raise ValidationError({"closes_on": said})
    if closes_on < on:
        raise ValidationError({"closes_on": f"{closes_on}已经过了。填今天或以后的日期"})
    if closes_on.year > present.year + 1:
        said = f"{closes_on}和{present.year}年度相差一年以上。核对年份"
        raise ValidationError({"closes_on": said})
    made = Extension.objects.create(
        round=present, code=street, closes_on=closes_on, reason=reason, by=by, at=at
    )
    tell_streets(present, [street], f"{present.title}延期至{closes_on}", at=at, but=by)
    return made


def locked(one: Round, version: int) -> Round:
    """The round, locked, if it is still at a version. Raises StaleError with it as it is now."""
    present = Round.objects.select_for_update().get(pk=one.pk)
    if present.version != version:
        raise StaleError(present)
    return present


def streets_of(one: Round, on: date) -> list[str]:
    """The codes of the streets that a round asks on a day. One query at most."""
    return list(one.street_codes) or [place.code for place in streets_under(one.code, on)]


def tell_streets(
    one: Round, streets: Iterable[str], text: str, *, at: datetime, but: User | None
) -> int:
    """Tell the clerks and reviewers of streets; return how many people. Three queries."""
    url = entry_address(one.year)
    codes = [street[:STREET] for street in streets]
    people = {
        user.pk: user
        for permission in (CLERKS, REVIEWERS)
        for users in offices(codes, permission).values()
        for user in users
        if user != but
    }
    return send(notes=[Note(user, text, url) for user in people.values()], at=at)


def tell_districts(
    one: Round, streets: Iterable[str], text: str, *, at: datetime, but: User | None
) -> int:
    """Tell the officers of the streets' districts; return how many. Two queries."""
    found = offices({street[:DISTRICT] for street in streets}, OFFICERS)
    people = [user for users in found.values() for user in users if user != but]
    url = reverse("collection:round", args=[one.pk])
    return send(notes=[Note(user, text, url) for user in people], at=at)


def entry_address(year: int) -> str:
    """Where a street's people fill in the year's facts."""
    return f"{reverse('collection:collect')}?year={year}"
