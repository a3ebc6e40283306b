"""Codes and names that change: what was stays readable, what belongs to a community follows."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from contextlib import closing
from typing import Any, cast

from django.apps import apps
from django.db import connection, models
from psycopg import sql

from accounts.models import User
from accounts.scope import COMMUNITY, WHOLE_COUNTRY, scope
from communities.models import (
    AnnualFacts,
    Community,
    Contact,
    FormerDesignation,
    Paper,
)
from communities.services.bulk import STAGING, run, stage, update_staged
from communities.services.exemptions import move_exemptions
from communities.services.names import NAME_COLUMNS, described
from communities.services.papers import move_papers
from communities.services.plans import Successor

# Tables with a community and a code that do not follow: facts keep the codes of their years (their
# later years follow below), former designations are the codes of before, papers have their own way.
STAYING = ("communities.AnnualFacts", "communities.FormerDesignation", "communities.Paper")
CODE_CONSTRAINT = "community_code_once_a_day"


def following_tables() -> list[type[models.Model]]:
    """Models of every app whose rows keep the present code of their community."""
    return [
        model
        for model in apps.get_models()
        if not hasattr(model, "pgh_tracked_model") and model._meta.label not in STAYING
        if {"community", "code"} <= {field.name for field in model._meta.local_fields}
        if model._meta.get_field("community").related_model is Community
        # what stands under a street beside its community follows the street
        if cast("models.Field[Any, Any]", model._meta.get_field("code")).max_length == COMMUNITY
    ]


def tables_of_facts() -> list[type[models.Model]]:
    """Models of every app whose rows keep the code that a year's facts have."""
    return [
        model
        for model in apps.get_models()
        if not hasattr(model, "pgh_tracked_model")
        if {"facts", "code"} <= {field.name for field in model._meta.local_fields}
        if model._meta.get_field("facts").related_model is AnnualFacts
    ]


def defer_codes() -> None:
    """Let codes change places: who holds which is checked when settle_codes is called."""
    _constraints("DEFERRED")


def settle_codes() -> None:
    """Check that nobody holds another's code. Raises IntegrityError."""
    _constraints("IMMEDIATE")


def _constraints(when: str) -> None:
    with closing(connection.cursor()) as cursor:
        cursor.execute(f"SET CONSTRAINTS {CODE_CONSTRAINT} {when}")


def redesignate(
    before: dict[int, Community],
    successors: Iterable[Successor],
    *,
    on: datetime.date,
    by: int | None,
) -> None:
    """Give communities that go on their new codes and names as of a day.

    The former ones become rows of FormerDesignation, unless they held from that very day. Parts,
    papers, contacts and the facts of the day's year and later get the new code; earlier years
    keep theirs.
    """
    changed = {
        one.community: one
        for one in successors
        if one.community is not None
        and (one.code, one.name) != (before[one.community].code, before[one.community].name)
    }
    if not changed:
        return
    _keep_former([before[pk] for pk in changed], changed, on)
    rows = [_staged(before[pk], one, on) for pk, one in changed.items()]
    stage(Community, ("id", "code", *NAME_COLUMNS, "designated_from", "version"), rows)
    update_staged(Community, ("code", *NAME_COLUMNS, "designated_from", "version"), key=("id",))
    codes = {pk: one.code for pk, one in changed.items() if one.code != before[pk].code}
    if codes:
        _move_code(before, codes, on, by)


def _since(community: Community) -> datetime.date | None:
    return community.designated_from or community.valid_from


def _staged(community: Community, one: Successor, on: datetime.date) -> tuple[object, ...]:
    since = community.designated_from if _since(community) == on else on
    return community.pk, one.code, *described(one.name), since, community.version + 1


def _keep_former(
    communities: list[Community], changed: dict[int, Successor], on: datetime.date
) -> None:
    FormerDesignation.objects.bulk_create(
        FormerDesignation(
            community=one,
            code=one.code,
            name=one.name,
            short_name=one.short_name,
            committee_kind=one.committee_kind,
            valid_from=_since(one),
            valid_until=on,
            present_code=changed[one.pk].code,
        )
        for one in communities
        if _since(one) != on
    )


def _move_code(
    before: dict[int, Community], codes: dict[int, str], on: datetime.date, by: int | None
) -> None:
    """Write new codes wherever the present code of a community stands."""
    stage(Community, ("id", "code"), codes.items())
    for model in following_tables():
        _follow(model)
    _run(FOLLOW_FACTS, AnnualFacts, year=sql.Literal(on.year))
    for model in tables_of_facts():
        _run(FOLLOW_THEIR_FACTS, model, facts=sql.Identifier(AnnualFacts._meta.db_table))
    # former codes may lie in a scope that the community has left
    with scope(WHOLE_COUNTRY, user=by):
        _run(FOLLOW_FORMER, FormerDesignation)
    with_papers = Paper.objects.filter(community__in=codes).values_list("community", flat=True)
    for pk in sorted(set(with_papers)):
        move_papers(community=before[pk], code=codes[pk])
    _move_contacts(before, codes)
    moved = {before[pk].code: code for pk, code in codes.items()}
    move_exemptions(moved, on=on)
    move_accounts(moved)


FOLLOW = (
    "UPDATE {table} AS old SET code = new.code FROM {new} AS new "
    "WHERE old.community_id = new.id AND old.code <> new.code"
)
FOLLOW_VERSION = FOLLOW.replace("new.code FROM", "new.code, version = version + 1 FROM")
# facts carry the codes of 31 December of their year
FOLLOW_FACTS = (
    "UPDATE {table} AS old SET code = new.code, street_code = left(new.code, 9), "
    "district_code = left(new.code, 6), city_code = left(new.code, 4), version = version + 1 "
    "FROM {new} AS new "
    "WHERE old.community_id = new.id AND old.code <> new.code AND old.year >= {year}"
)
FOLLOW_THEIR_FACTS = (
    "UPDATE {table} AS old SET code = facts.code FROM {new} AS new JOIN {facts} AS facts "
    "ON facts.community_id = new.id WHERE old.facts_id = facts.id AND old.code <> facts.code"
)
FOLLOW_FORMER = (
    "UPDATE {table} AS old SET present_code = new.code FROM {new} AS new "
    "WHERE old.community_id = new.id AND old.present_code <> new.code"
)


def _follow(model: type[models.Model]) -> None:
    versioned = any(field.name == "version" for field in model._meta.local_fields)
    _run(FOLLOW_VERSION if versioned else FOLLOW, model)


def _run(statement: str, model: type[models.Model], **more: sql.Composable) -> None:
    """Run a statement with the staged codes as {new} over the model's {table}."""
    table = sql.Identifier(model._meta.db_table)
    run(sql.SQL(statement).format(table=table, new=STAGING, **more))


def _move_contacts(before: dict[int, Community], codes: dict[int, str]) -> None:
    """Contacts follow that were there while the community had the code that it gives up."""
    moved = {before[pk].code: code for pk, code in codes.items()}
    since = {one.code: _since(one) for one in before.values()}
    contacts = list(Contact.objects.filter(code__in=moved))
    mine = []
    for contact in contacts:
        began = since[contact.code]
        if not contact.valid_until or began is None or contact.valid_until > began:
            contact.code = moved[contact.code]
            contact.version += 1
            mine.append(contact)
    Contact.objects.bulk_update(mine, ["code", "version"], batch_size=2000)


def move_accounts(moved: dict[str, str]) -> None:
    """Give accounts whose scope is a place with a new code that code: the office is the same."""
    accounts = list(User.objects.filter(scope__in=moved))
    for account in accounts:
        account.scope = moved[account.scope]
    User.objects.bulk_update(accounts, ["scope"], batch_size=2000)


def close_accounts(codes: Iterable[str]) -> None:
    """Shut accounts whose scope is a community that ends: its code may be given to another."""
    User.objects.filter(scope__in=list(codes), is_active=True).update(is_active=False)
