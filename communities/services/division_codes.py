"""Divisions that change their code or name, with what stands under a division's own code."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping

from django.db.models import Case, CharField, Value, When

from communities.models import ActStep, ChangeAct, Contact, Division
from communities.services.designations import move_accounts
from communities.services.papers import move_act_papers
from communities.services.plans import DivisionChange

# What apps above keep under the codes of divisions: called inside the transaction with new codes by
# old ones and the day (AppConfig.ready).
CODE_FOLLOWERS: list[Callable[[Mapping[str, str], datetime.date], None]] = []


def change_divisions(changes: Iterable[DivisionChange], *, on: datetime.date) -> None:
    """End divisions that change code or name on a day, and begin them anew as what they are then.

    One that began that very day is corrected. Contacts, accounts and change acts of the division
    follow; facts of earlier years keep their codes.
    """
    listed = {one.code: one for one in changes}
    rows = list(Division.objects.as_of(on).filter(code__in=listed).order_by("code"))
    ended = [row for row in rows if row.valid_from != on]
    begun = [_begun(row, listed[row.code], on) for row in ended]
    for row in ended:
        row.valid_until = on
    Division.objects.bulk_update(ended, ["valid_until"])
    Division.objects.bulk_create(begun)
    for row in rows:
        if row.valid_from == on:
            row.code, row.name = listed[row.code].new_code, listed[row.code].name
            row.save(update_fields=["code", "name"])
    moved = {one.code: one.new_code for one in listed.values() if one.code != one.new_code}
    if moved:
        _move_rows(moved)
        for follow in CODE_FOLLOWERS:
            follow(moved, on)


def _begun(row: Division, change: DivisionChange, on: datetime.date) -> Division:
    return Division(
        code=change.new_code,
        name=change.name,
        level=row.level,
        central_urban=row.central_urban,
        poor_county=row.poor_county,
        street_tier=row.street_tier,
        valid_from=on,
        valid_until=row.valid_until,
    )


def _move_rows(moved: dict[str, str]) -> None:
    """Give what stands under the own code of a division its new one: the office is the same."""
    after = Case(
        *(When(code=old, then=Value(new)) for old, new in moved.items()), output_field=CharField()
    )
    for model in (Contact, ChangeAct, ActStep):
        model.objects.filter(code__in=moved).update(code=after)
    move_act_papers(moved)
    move_accounts(moved)
