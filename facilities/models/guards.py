"""Triggers of what no query may forget: a record stands in the street of what it belongs to.

They look when the transaction ends: an act or a new code changes rows of several tables in turn.
"""

from __future__ import annotations

from collections.abc import Mapping

import pgtrigger

ELSEWHERE = """
    IF EXISTS (
        SELECT FROM facilities_<table> AS own WHERE own.id = NEW.id AND (<elsewhere>)
    ) THEN
        RAISE EXCEPTION 'a <table> stands in another street than what it belongs to'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""
# a row of another street is not seen, and so is not there
NOT_THERE = """
    own.<column>_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM facilities_<other> AS other
        WHERE other.id = own.<column>_id AND (left(other.code, 9) = left(own.code, 9) <or>)
    )
"""
LEFT_BEHIND = """
    EXISTS (
        SELECT FROM facilities_<other> AS other
        WHERE other.premises_id = own.id AND left(other.code, 9) <> left(own.code, 9) <living>
    )
"""
# a share that has ended, or whose premises have, goes with the community that had it
SHARED_NOW = "AND own.valid_until IS NULL AND other.valid_until IS NULL"
ENDED = "OR (TG_OP = 'UPDATE' AND (own.valid_until IS NOT NULL OR other.valid_until IS NOT NULL))"
OVER_THE_WHOLE = """
    IF EXISTS (
        SELECT FROM facilities_premises AS whole
        WHERE whole.id = NEW.<key> AND whole.total_parts < (
            SELECT sum(one.parts) FROM facilities_share AS one
            WHERE one.premises_id = whole.id AND one.valid_until IS NULL
        )
    ) THEN
        RAISE EXCEPTION 'the shares of premises are more than the whole'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""


def at_the_end(name: str, operation: pgtrigger.Operation, func: str) -> pgtrigger.Trigger:
    """Return a trigger that looks at each changed row when its transaction ends."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        operation=operation,
        func=func,
    )


def in_the_street_of(table: str, owners: Mapping[str, str], either: str = "") -> pgtrigger.Trigger:
    """Return the trigger by which rows stand in the street of their owners, tables by column.

    either: what may be instead, for rows `own` of `other`.
    """
    found = [
        NOT_THERE.replace("<column>", column).replace("<other>", other).replace("<or>", either)
        for column, other in owners.items()
    ]
    func = ELSEWHERE.replace("<table>", table)
    changed = pgtrigger.UpdateOf("code", *(f"{one}_id" for one in owners))
    return at_the_end(
        f"{table}_in_its_street",
        pgtrigger.Insert | changed,
        func.replace("<elsewhere>", " OR ".join(found)),
    )


def takes_along(tables: tuple[str, ...]) -> pgtrigger.Trigger:
    """Return the trigger by which premises leave no records behind in another street."""
    found = [
        LEFT_BEHIND.replace("<other>", one).replace(
            "<living>", SHARED_NOW if one == "share" else ""
        )
        for one in tables
    ]
    func = ELSEWHERE.replace("<table>", "premises")
    return at_the_end(
        "premises_takes_along",
        pgtrigger.UpdateOf("code"),
        func.replace("<elsewhere>", " OR ".join(found)),
    )


def within_the_whole(key: str, operation: pgtrigger.Operation) -> pgtrigger.Trigger:
    """Return the trigger by which shares that go on are not more than the whole."""
    func = OVER_THE_WHOLE.replace("<key>", key)
    return at_the_end("parts_within_the_whole", operation, func)
