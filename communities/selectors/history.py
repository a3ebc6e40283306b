"""修改记录: every change of a community and its parts: when, who, what, from what to what, why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, Q

from accounts.models import User
from accounts.scope import WHOLE_COUNTRY, bounds
from communities.models import (
    AnnualFacts,
    ArchiveEntry,
    Building,
    Community,
    Contact,
    Estate,
    EstateMeeting,
    Grid,
    Organisation,
    Paper,
)
from communities.selectors.places import own_contacts
from communities.selectors.shown import NOTHING, display

SYSTEM = "系统"
# a change of more fields than these is folded on pages
MOST_OPEN = 6
ACTS = {"insert": "登记", "update": "修改", "delete": "删除"}
UNSEEN = "（在别的辖区时的内容）"
# Columns that people do not fill in; foreign keys are left out as well.
TECHNICAL = frozenset(
    {"id", "version", "is_demo", "initials", "search_grams", "content_type", "sha256"}
    | {"street_code", "district_code", "city_code", "uploaded_at", "designated_from", "required"}
)


@dataclass(frozen=True)
class Source:
    """A kind of record with history; `named` are the columns that name one."""

    key: str
    model: type[Model]
    named: tuple[str, ...]

    @property
    def label(self) -> str:
        return str(self.model._meta.verbose_name)

    @property
    def labels(self) -> dict[str, str]:
        """The columns whose changes are shown, by name, with their labels."""
        return {
            field.name: str(field.verbose_name)
            for field in self.model._meta.concrete_fields
            if not field.is_relation and field.name not in TECHNICAL
        }


SOURCES = {
    source.key: source
    for source in (
        Source("community", Community, ("short_name",)),
        Source("facts", AnnualFacts, ("year",)),
        Source("estate", Estate, ("name",)),
        Source("building", Building, ("name",)),
        Source("meeting", EstateMeeting, ("held_on", "subject")),
        Source("grid", Grid, ("name",)),
        Source("organisation", Organisation, ("name",)),
        Source("archive", ArchiveEntry, ("title",)),
        Source("paper", Paper, ("title",)),
        Source("contact", Contact, ("duty", "name")),
    )
}


@dataclass(frozen=True)
class FieldChange:
    """A field before and after, in words; before is （空） when the record was added."""

    name: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One change of one record: `record` is its kind in words, `what` its name then.

    `by` is a person's name or 系统; `act` is 登记, 修改 or 删除; `kind` a key of SOURCES.
    """

    at: datetime
    by: str
    record: str
    what: str
    fields: tuple[FieldChange, ...]
    reason: str
    act: str
    kind: str
    pk: int

    @property
    def is_added(self) -> bool:
        return self.act == ACTS["insert"]

    @property
    def is_long(self) -> bool:
        return len(self.fields) > MOST_OPEN


def history_of(user: User, community: Community) -> Iterator[Change]:
    """Every change of a community and its parts that the user may see, newest first.

    A part counts as the community's as long as it belonged to it, and when it came or went. The
    number of queries is fixed: one for each kind of record, and one for the names of people.
    """
    yield from changes_of(user, community)


def changes_of(
    user: User,
    community: Community,
    *,
    kind: str = "",
    key: int | None = None,
    field: str = "",
) -> list[Change]:
    """The changes of history_of, of one kind of record, of one record or of one field only.

    Raises KeyError for a kind that is not in SOURCES.
    """
    sources = [SOURCES[kind]] if kind else list(SOURCES.values())
    found = [
        (event, before, source)
        for source in sources
        for event, before in _steps(user, community, source)
        if key is None or event.pgh_obj_id == key
    ]
    people = people_of(event for event, _, _ in found)
    return [
        change
        for event, before, source in sorted(found, key=_newest, reverse=True)
        if (change := change_of(event, before, source, people, field))
    ]


def _newest(step: tuple[Any, Any, Source]) -> tuple[datetime, str, int]:
    event, _, source = step
    return event.pgh_created_at, source.key, event.pgh_id


def _steps(user: User, community: Community, source: Source) -> Iterator[tuple[Any, Any]]:
    """Each event of a kind of record that concerns the community, with the one before it."""
    events: Any = source.model._meta.get_field("events").related_model
    low, high = bounds(user.scope)
    if not low:
        return
    seen = events.objects.all()
    if low != WHOLE_COUNTRY:
        seen = seen.filter(code__gte=low, code__lt=high)
    rows = seen.filter(_concerning(user, events, source, community)).select_related("pgh_context")
    before: Any = None
    for event in rows.order_by("pgh_obj_id", "pgh_id"):
        if before is not None and before.pgh_obj_id != event.pgh_obj_id:
            before = None
        if _belongs(event, source, community) or _belongs(before, source, community):
            yield event, before
        before = event


def _concerning(user: User, events: Any, source: Source, community: Community) -> Q:
    if source.model is Community:
        return Q(pgh_obj_id=community.pk)
    if source.model is Contact:
        # they belong to a code, and go with it; others may have had that before
        return Q(pgh_obj_id__in=Contact.objects.filter(own_contacts(user, community)).values("pk"))
    of_it = events.objects.filter(community_id=community.pk)
    return Q(pgh_obj_id__in=of_it.values("pgh_obj_id"))


def _belongs(event: Any, source: Source, community: Community) -> bool:
    if event is None:
        return False
    if source.model in (Community, Contact):
        return True
    return bool(event.community_id == community.pk)


def people_of(events: Iterable[Any]) -> dict[int, str]:
    """The names of those who made events, by key. One query."""
    keys = {_metadata(event).get("user") for event in events}
    return dict(
        User.objects.filter(pk__in=[key for key in keys if key]).values_list("pk", "display_name")
    )


def _metadata(event: Any) -> dict[str, Any]:
    context = event.pgh_context
    return context.metadata if context else {}


def change_of(
    event: Any, before: Any, source: Source, people: dict[int, str], field: str = ""
) -> Change | None:
    """The change that an event stands for; None when it changed nothing that is asked for.

    before: the event before it of the same record; people: as people_of says; field: one, or '' for
    all.
    """
    labels = source.labels
    if event.pgh_label == "insert" and source.model is not Community:
        labels.pop("code", None)  # that of the community
    if field:
        labels = {name: label for name, label in labels.items() if name == field}
    fields = tuple(_field_changes(event, before, labels))
    if not fields:
        return None
    metadata = _metadata(event)
    return Change(
        at=event.pgh_created_at,
        by=people.get(metadata.get("user", 0), SYSTEM),
        record=source.label,
        what=_name(event, source),
        fields=fields,
        reason=str(metadata.get("reason", "")),
        act=ACTS[event.pgh_label],
        kind=source.key,
        pk=event.pgh_obj_id,
    )


def _name(event: Any, source: Source) -> str:
    words = " ".join(display(event, name) for name in source.named if getattr(event, name))
    return f"{words}年" if source.model is AnnualFacts else words


def _field_changes(event: Any, before: Any, labels: dict[str, str]) -> Iterator[FieldChange]:
    unseen = before is None and event.pgh_label == "update"
    kept = before is not None and event.pgh_label == "update"
    for name, label in labels.items():
        if kept and getattr(before, name) == getattr(event, name):
            continue
        after = display(event, name)
        if event.pgh_label == "delete":
            shown = (after, NOTHING)
        elif before is None:
            shown = (UNSEEN if unseen else NOTHING, after)
        else:
            shown = (display(before, name), after)
        if after != NOTHING or kept:
            yield FieldChange(name, label, *shown)
