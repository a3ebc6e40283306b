"""What is typed into a form: kept as it was typed, and merged with what others typed meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.dateparse import parse_datetime

from accounts.models import User
from collection.models import FactsDraft
from collection.rules.fields import NONE_SAYS
from collection.rules.merging import (
    LONGEST_REASON,
    LONGEST_TEXT,
    NONE,
    REASON,
    TICKED,
    UNCHANGED,
    is_key,
    merge,
)
from collection.selectors.entry import Entry, last_texts
from collection.services.facts import StepError
from collection.services.held import hold
from communities.typed import check_no_identity_number


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


class Refused(NamedTuple):
    """A text with somebody's identity number in it, and what to do."""

    text: str
    message: str


@dataclass(frozen=True)
class Saved:
    """The draft as it is now (None: nothing was ever typed), and what could not be merged.

    `refused`: texts that are never kept, by key, with the sentence why.
    """

    draft: FactsDraft | None
    clashes: tuple[Clash, ...] = ()
    refused: Mapping[str, Refused] = field(default_factory=dict)


@transaction.atomic
def save(
    *, entry: Entry, typed: Mapping[str, str], base: Mapping[str, str], by: User, at: datetime
) -> Saved:
    """Keep what was typed; cells that somebody else changed since `base` stay theirs.

    `typed`: texts by key (field, reason-…, none-…), `base` those with which the form was opened.
    Keys that no form has are ignored; texts are cut at 2,000 characters, reasons at 200; texts with
    an identity number are not kept. The form is locked until the transaction ends.
    """
    cut = {
        key: text[: LONGEST_REASON if key.startswith(REASON) else LONGEST_TEXT]
        for key, text in typed.items()
        if is_key(key)
    }
    refused = {key: Refused(text, said) for key, text in cut.items() if (said := _refusal(text))}
    mine = {key: text for key, text in cut.items() if key not in refused}
    present = _locked(entry)
    written, conflicts = merge(mine, base, entry.texts_with(present))
    if written:
        present = _write(entry, present, written, by, at)
    clashes = [_clash(present, one.name, one.mine, one.theirs, by) for one in conflicts]
    return Saved(present, tuple(clashes), refused)


def _refusal(text: str) -> str:
    try:
        check_no_identity_number(text)
    except ValidationError as error:
        return f"没有保存：{error.messages[0]}"
    return ""


@transaction.atomic
def fill_from_last(*, entry: Entry, by: User, at: datetime) -> int:
    """Fill the empty cells with last year's figures and return how many there were."""
    present = _locked(entry)
    texts = entry.texts_with(present)
    filled = {
        name: text for name, text in last_texts(entry).items() if not texts.get(name, "").strip()
    }
    if filled:
        _write(entry, present, filled, by, at)
    return len(filled)


@transaction.atomic
def fill_unchanged(*, entry: Entry, seen: str, by: User, at: datetime) -> int:
    """Take last year's figures for all asked fields, as was confirmed; return how many.

    `seen`: the form (Entry.version) that was before the eyes. Raises StepError where somebody typed
    into it meanwhile, or its facts were changed.
    """
    held = hold([entry.community.pk], entry.year)
    present = held.anew(entry)
    if present.version != seen:
        who = present.draft.changed_by.display_name if present.draft else "别人"
        raise StepError(f"打开以后由{who}改过。看过现在的内容，再选一次")
    filled = last_texts(entry)
    ticks = {NONE + key: "" for key in NONE_SAYS if present.texts.get(NONE + key)}
    _write(present, present.draft, {**filled, **ticks, UNCHANGED: TICKED}, by, at)
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
