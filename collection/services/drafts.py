"""What is typed into a form: kept as it was typed, and merged with what others typed meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.dateparse import parse_datetime

from accounts.models import User
from collection.models import FactsDraft
from collection.rules.merging import (
    LONGEST_REASON,
    LONGEST_TEXT,
    REASON,
    UNCHANGED,
    is_key,
    merge,
    with_nones,
)
from collection.selectors.entry import Entry, drafted, last_texts


@dataclass(frozen=True)
class Clash:
    """A cell that both sides changed: both texts, and who left the stored one, and when.

    `by` is "" where it was not typed into the form: an import, or facts that were handed in.
    """

    name: str
    mine: str
    theirs: str
    by: str = ""
    at: datetime | None = None
    is_own: bool = False


@dataclass(frozen=True)
class Saved:
    """The draft as it is now (None: nothing was ever typed), and what could not be merged."""

    draft: FactsDraft | None
    clashes: tuple[Clash, ...] = ()


@transaction.atomic
def save(
    *, entry: Entry, typed: Mapping[str, str], base: Mapping[str, str], by: User, at: datetime
) -> Saved:
    """Keep what was typed; cells that somebody else changed since `base` stay theirs.

    `typed`: texts by key (field, reason-…, none-…), `base` those with which the form was opened.
    Keys that no form has are ignored; texts are cut at 2,000 characters, reasons at 200. The form
    is locked until the transaction ends.
    """
    mine = {
        key: text[: LONGEST_REASON if key.startswith(REASON) else LONGEST_TEXT]
        for key, text in typed.items()
        if is_key(key)
    }
    present = _locked(entry)
    theirs = {**entry.stored, **drafted(present)}
    written, conflicts = merge(mine, base, theirs)
    written |= with_nones({**theirs, **written})
    if written:
        present = _write(entry, present, written, by, at)
    clashes = [_clash(present, one.name, one.mine, one.theirs, by) for one in conflicts]
    return Saved(present, tuple(clashes))


@transaction.atomic
def fill_from_last(*, entry: Entry, by: User, at: datetime) -> int:
    """Fill the empty cells with last year's figures and return how many there were."""
    present = _locked(entry)
    texts = {**entry.stored, **drafted(present)}
    filled = {
        name: text for name, text in last_texts(entry).items() if not texts.get(name, "").strip()
    }
    if filled:
        _write(entry, present, filled, by, at)
    return len(filled)


@transaction.atomic
def fill_unchanged(*, entry: Entry, by: User, at: datetime) -> int:
    """Take last year's figures for all asked fields, as was confirmed; return how many."""
    filled = last_texts(entry)
    _write(entry, _locked(entry), {**filled, UNCHANGED: "1"}, by, at)
    return len(filled)


def _locked(entry: Entry) -> FactsDraft | None:
    rows = FactsDraft.objects.select_for_update(of=("self",))
    return (
        rows.filter(community=entry.community, year=entry.year).select_related("changed_by").first()
    )


def _write(
    entry: Entry, present: FactsDraft | None, written: Mapping[str, str], by: User, at: datetime
) -> FactsDraft:
    draft = present or _begun(entry, by, at)
    draft.version += 1
    for key, text in written.items():
        if key.startswith(REASON):
            draft.reasons[key.removeprefix(REASON)] = text
        else:
            draft.cells[key] = text
        draft.stamps[key] = [draft.version, by.pk, at.isoformat()]
    draft.changed_by, draft.changed_at = by, at
    draft.save()
    return draft


def _begun(entry: Entry, by: User, at: datetime) -> FactsDraft:
    """A new draft, or the one that somebody began at the same moment."""
    begun = FactsDraft(
        community=entry.community,
        year=entry.year,
        code=entry.community.code,
        facts_version=entry.facts.version if entry.facts else 0,
        version=0,
        changed_by=by,
        changed_at=at,
    )
    FactsDraft.objects.bulk_create([begun], ignore_conflicts=True)
    found = _locked(entry)
    if found is None:
        raise FactsDraft.DoesNotExist(f"no draft of {entry.community.code} could be begun")
    return found


def _clash(draft: FactsDraft | None, name: str, mine: str, theirs: str, by: User) -> Clash:
    stamp = draft.stamps.get(name) if draft else None
    if not isinstance(stamp, list) or len(stamp) != 3:
        return Clash(name, mine, theirs)
    _, key, moment = stamp
    holder = User.objects.filter(pk=key).first()
    return Clash(
        name,
        mine,
        theirs,
        holder.display_name if holder else "",
        parse_datetime(str(moment)),
        key == by.pk,
    )
