"""修改记录 of a person: every change of the file, its posts and certificates, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from accounts.models import User
from accounts.scope import bounds
from communities.selectors.history import ACTS, SYSTEM, UNSEEN, Change, FieldChange, Source
from communities.selectors.shown import NOTHING, display
from staffing.models import Appointment, Certificate, Person

TECHNICAL = frozenset({"id", "version", "is_demo"})
# what is left out of the history of a file
HIDDEN = frozenset({"identity_hmac", "identity_mask", "phone_mask"})
SOURCES = (
    Source("person", Person, ("name",)),
    Source("appointment", Appointment, ("post",)),
    Source("certificate", Certificate, ("level",)),
)


def history_of(user: User, person: Person) -> list[Change]:
    """Every change of a person's file, posts and certificates, newest first. Four queries.

    Of the time when the file lay outside the user's scope nothing is shown.
    """
    found = [
        (event, before, source)
        for source in SOURCES
        for event, before in _steps(user, person, source)
    ]
    found.sort(key=lambda step: (step[0].pgh_created_at, step[2].key, step[0].pgh_id), reverse=True)
    people = _people(event for event, _, _ in found)
    made = (_change(event, before, source, people) for event, before, source in found)
    return [change for change in made if change.fields]


def _steps(user: User, person: Person, source: Source) -> Iterator[tuple[Any, Any]]:
    """Each event of a kind of record of the person, with the one before it."""
    events: Any = source.model._meta.get_field("events").related_model
    low, high = bounds(user.scope)
    mine = {"pgh_obj_id": person.pk} if source.model is Person else {"person_id": person.pk}
    rows = events.objects.filter(code__gte=low, code__lt=high, **mine)
    before: Any = None
    for event in rows.select_related("pgh_context").order_by("pgh_obj_id", "pgh_id"):
        same = before is not None and before.pgh_obj_id == event.pgh_obj_id
        yield event, before if same else None
        before = event


def _metadata(event: Any) -> dict[str, Any]:
    return event.pgh_context.metadata if event.pgh_context else {}


def _people(events: Iterator[Any]) -> dict[int, str]:
    keys = {_metadata(event).get("user") for event in events} - {None}
    return dict(User.objects.filter(pk__in=keys).values_list("pk", "display_name"))


def _change(event: Any, before: Any, source: Source, people: dict[int, str]) -> Change:
    metadata = _metadata(event)
    return Change(
        at=event.pgh_created_at,
        by=people.get(metadata.get("user", 0), SYSTEM),
        record=source.label,
        what=" ".join(display(event, name) for name in source.named),
        fields=tuple(_fields(event, before, source)),
        reason=str(metadata.get("reason", "")),
        act=ACTS[event.pgh_label],
        kind=source.key,
        pk=event.pgh_obj_id,
    )


def _fields(event: Any, before: Any, source: Source) -> Iterator[FieldChange]:
    """What an event changed; of a first or deleted one all that is not empty."""
    added = event.pgh_label == "insert"
    deleted = event.pgh_label == "delete"
    for field in source.model._meta.concrete_fields:
        name = field.name
        if field.is_relation or name in TECHNICAL | HIDDEN or (added and name == "code"):
            continue
        after = display(event, name)
        if deleted:
            if after != NOTHING:
                yield FieldChange(name, str(field.verbose_name), after, NOTHING)
        elif before is not None:
            if getattr(before, name) != getattr(event, name):
                yield FieldChange(name, str(field.verbose_name), display(before, name), after)
        elif after != NOTHING:
            shown = NOTHING if added else UNSEEN
            yield FieldChange(name, str(field.verbose_name), shown, after)
