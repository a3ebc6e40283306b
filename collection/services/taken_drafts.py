"""Forms under way of communities whose facts are imported: nothing typed is lost."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from django.db import connection

from accounts.scope import STREET
from collection.choices import RowState
from collection.models import FactsDraft, UploadRow
from collection.selectors.stored import TYPED, Stored, stored_facts
from collection.services.row_changes import says
from collection.services.upload_kinds import Task
from communities.models import Community

# Drafts are locked before facts, by whoever locks both: two who meet wait, and do not deadlock.
LOCK: Final = """
    SELECT draft.id FROM collection_factsdraft AS draft
    JOIN collection_uploadrow AS line ON line.subject_key = draft.community_id
    WHERE line.upload_id = %s AND line.state IN ('new', 'changed') AND draft.year = %s
    ORDER BY draft.id FOR UPDATE OF draft
"""
NAMED: Final = 5  # communities that a sentence names
STAGED: Final = "SELECT community_id FROM incoming WHERE community_id = ANY(%s)"
Drafts = Mapping[int, FactsDraft]


def lock_drafts(task: Task) -> Drafts:
    """The forms under way of the communities that are to be taken, locked, by community's key."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, (task.upload.pk, task.upload.year))
        keys = [key for (key,) in cursor.fetchall()]
    found = FactsDraft.objects.filter(pk__in=keys).order_by("pk") if keys else ()
    return {one.community_id: one for one in found}


def reasons_of(
    draft: FactsDraft, values: Mapping[str, Any], changed: Collection[str], known: Collection[str]
) -> dict[str, str]:
    """The reasons of a form that go with the figures as they are stored now.

    A reason goes where its figure is imported as it was typed, or where it was given for a stored
    figure that stays; not where there is another reason (`known`) already.
    """
    return {
        name: why
        for name, why in draft.reasons.items()
        if why and name in TYPED and name not in known and _agrees(draft, name, values, changed)
    }


def _agrees(
    draft: FactsDraft, name: str, values: Mapping[str, Any], changed: Collection[str]
) -> bool:
    if name in draft.cells:
        return name in values and says(name, draft.cells[name], values[name])
    return draft.facts_version > 0 and name not in changed


def settle_drafts(task: Task, drafts: Drafts) -> tuple[str, ...]:
    """Take out of the locked drafts of the staged communities what the import has stored.

    In a street's own import goes too what its preview showed as the text before. Else what was
    typed and differs from the import stays in the form and is said in a sentence, and what the
    import says nothing of stays silently. Forms begun meanwhile stay as they are.
    """
    if not drafts:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(STAGED, (list(drafts),))
        keys = [key for (key,) in cursor.fetchall()]
    stored = stored_facts(keys, task.upload.year)
    imported = {name for name in task.names if name in TYPED}
    seen = _seen(task, keys)
    differing = [
        key for key in keys if _settle(drafts[key], stored[key], imported, seen.get(key, {}))
    ]
    if not differing:
        return ()
    names = Community.objects.filter(pk__in=differing[:NAMED]).order_by("code")
    listed = "、".join(names.values_list("short_name", flat=True))
    whose = f"{listed}等{len(differing):,}个社区" if len(differing) > NAMED else listed
    return (f"{whose}的表单里有没提交的填写和导入的不同，仍在表单里，打开核对",)


def _seen(task: Task, keys: Collection[int]) -> dict[int, Mapping[str, str]]:
    """What the preview of a street's own import showed as the texts before, by community's key."""
    if len(task.upload.code) < STREET:
        return {}
    rows = UploadRow.objects.filter(upload=task.upload, subject_key__in=keys)
    taken = rows.filter(state=RowState.TAKEN)
    return {key: before for key, before in taken.values_list("subject_key", "before") if key}


def typed_by(draft: FactsDraft) -> set[int]:
    """The keys of the people who typed into a form."""
    stamps = [one for one in draft.stamps.values() if isinstance(one, list) and len(one) == 3]
    return {draft.changed_by_id, *(key for _, key, _ in stamps)}


def _settle(draft: FactsDraft, stored: Stored, imported: set[str], seen: Mapping[str, str]) -> bool:
    """Mend one draft; whether it keeps something that differs from the import.

    `seen`: the texts that the preview showed as those before.
    """
    kept = {
        name: text
        for name, text in draft.cells.items()
        if not says(name, text, stored.values.get(name)) and seen.get(name) != text
    }
    reasons = {
        name: why
        for name, why in draft.reasons.items()
        if why and stored.reasons.get(name) != why and (name in kept or name not in draft.cells)
    }
    if not kept and not reasons:
        draft.delete()
        return False
    differs = any(name in imported for name in (*kept, *reasons))
    if (kept, reasons) != (draft.cells, draft.reasons):
        gone = draft.cells.keys() - kept.keys()
        draft.stamps = {name: one for name, one in draft.stamps.items() if name not in gone}
        draft.cells, draft.reasons = kept, reasons
        draft.version += 1
    if not differs:
        draft.facts_version = stored.version
    draft.save()
    return differs
