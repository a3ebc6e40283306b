"""Forms under way of communities whose facts were imported: nothing typed is lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection

from collection.models import FactsDraft
from collection.rules.fields import FIELDS
from collection.rules.reading import CellError, read
from collection.services.evaluating import TYPED, Stored, stored_facts
from collection.services.upload_kinds import Task

DRAFTS = """
    SELECT draft.id FROM collection_factsdraft AS draft JOIN incoming USING (community_id, year)
"""


def settle_drafts(task: Task) -> tuple[str, ...]:
    """Take out of the drafts of the staged communities what the import has stored.

    What was typed and differs from the import stays in the form and is said in a sentence, as is
    what the import says nothing of, silently.
    """
    with connection.cursor() as cursor:
        cursor.execute(DRAFTS)
        keys = [key for (key,) in cursor.fetchall()]
    if not keys:
        return ()
    drafts = list(FactsDraft.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    stored = stored_facts([one.community_id for one in drafts], task.upload.year)
    imported = {name for name in task.names if name in TYPED}
    differing = sum(_settle(one, stored[one.community_id], imported) for one in drafts)
    if not differing:
        return ()
    return (f"{differing:,}个社区的表单里有没提交的填写和导入的不同，仍在表单里，打开核对",)


def _settle(draft: FactsDraft, stored: Stored, imported: set[str]) -> bool:
    """Mend one draft; whether it keeps something that differs from the import."""
    kept = {
        name: text
        for name, text in draft.cells.items()
        if not _is_stored(name, text, stored.values)
    }
    if not kept:
        draft.delete()
        return False
    differs = any(name in imported for name in kept)
    if kept != draft.cells:
        gone = draft.cells.keys() - kept.keys()
        draft.reasons = _without(draft.reasons, gone)
        draft.stamps = _without(draft.stamps, gone)
        draft.cells = kept
        draft.version += 1
    if not differs:
        draft.facts_version = stored.version
    draft.save()
    return differs


def _without(held: Mapping[str, Any], gone: set[str]) -> dict[str, Any]:
    return {name: value for name, value in held.items() if name not in gone}


def _is_stored(name: str, text: str, values: Mapping[str, Any]) -> bool:
    """Whether what was typed is what is stored now."""
    if name not in FIELDS:
        return False
    try:
        value = read(FIELDS[name], text)
    except CellError:
        return False
    return (None if value == "" else value) == values.get(name)
