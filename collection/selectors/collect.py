"""数据填报: the communities of a street with what is left of each; wider offices by division."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Substr

from accounts.models import User
from accounts.scope import WHOLE_COUNTRY
from collection.models import FactsDraft
from collection.selectors.entry import NOT_BEGUN, Entry, problems
from collection.selectors.entry_page import form_of
from collection.selectors.known import known_for
from collection.selectors.rounds import Call, asked_communities, calls_for
from communities.choices import FactsStatus
from communities.models import AnnualFacts, Community
from communities.selectors.places import division_names

STREET = 9
CHILDREN = {0: 2, 1: 2, 2: 4, 4: 6, 6: 9}
LABELS = {NOT_BEGUN: "未填报", **dict(FactsStatus.choices)}
OPEN = (NOT_BEGUN, FactsStatus.DRAFT.value, FactsStatus.RETURNED.value)
FINISHED = ("submitted", "reviewed", "confirmed")


@dataclass(frozen=True)
class Row:
    """A community's form: its state, how many of the needed fields are filled, what is unlikely."""

    community: Community
    status: str
    filled: int
    needed: int
    wrong: int
    unlikely: int
    is_ready: bool
    changed_by: str = ""
    changed_at: datetime | None = None
    comment: str = ""

    @property
    def label(self) -> str:
        return LABELS[self.status]

    @property
    def is_open(self) -> bool:
        return self.status in OPEN


@dataclass(frozen=True)
class Street:
    """A street's forms by code; `call` is None where no round asks."""

    code: str
    name: str
    call: Call | None
    rows: Sequence[Row]

    def count(self, *statuses: str) -> int:
        """How many are in one of the states."""
        return sum(row.status in statuses for row in self.rows)

    @property
    def finished(self) -> int:
        return self.count(*FINISHED)

    @property
    def ready(self) -> int:
        return sum(row.is_ready for row in self.rows)


@dataclass(frozen=True)
class Part:
    """A division's communities by the state of their facts."""

    code: str
    name: str
    communities: int
    counts: Mapping[str, int]
    is_demo: bool = False

    @property
    def finished(self) -> int:
        return sum(self.counts.get(status, 0) for status in FINISHED)

    @property
    def cells(self) -> list[int]:
        """Counts in the order of LABELS."""
        return [self.counts.get(status, 0) for status in LABELS]


def _asked(user: User, prefix: str, on: date) -> QuerySet[Community]:
    """The communities of a division that are asked and that the user may see, by code."""
    seen = Community.objects.for_user(user).values("pk")
    return asked_communities(prefix, on).filter(pk__in=seen).order_by("code")


def entries_of(user: User, street: str, year: int, on: date) -> list[Entry]:
    """The forms of a street's communities on a day, by code. Eleven queries at most."""
    communities = list(_asked(user, street, on))
    calls = calls_for([street], year)
    known = known_for(communities, year, calls)
    keys = [one.pk for one in communities]
    facts = {
        one.community_id: one
        for one in AnnualFacts.objects.for_user(user)
        .filter(year=year, community__in=keys)
        .select_related("submitted_by")
    }
    drafts = {
        one.community_id: one
        for one in FactsDraft.objects.for_user(user)
        .filter(year=year, community__in=keys)
        .select_related("changed_by")
    }
    return [
        Entry(one, year, calls.get(street), facts.get(one.pk), drafts.get(one.pk), known[one.pk])
        for one in communities
    ]


def street_of(user: User, street: str, year: int, on: date) -> Street:
    """The list of a street. Twelve queries at most, whatever the number of communities."""
    entries = entries_of(user, street, year, on)
    names = division_names({street}, on)
    call = entries[0].call if entries else calls_for([street], year).get(street)
    return Street(street, names.get(street, street), call, [row_of(one) for one in entries])


def row_of(entry: Entry) -> Row:
    """A form as a line of the list. No query."""
    form = form_of(entry)
    begun = entry.facts is not None or entry.draft is not None
    left = problems(entry.examined, entry.reasons(entry.texts))
    draft, facts = entry.draft, entry.facts
    return Row(
        entry.community,
        entry.status,
        form.filled if begun else 0,
        form.needed,
        sum(one.grade == "wrong" and bool(entry.texts.get(one.name)) for one in left),
        sum(one.grade == "unlikely" for one in left) if begun else 0,
        is_ready=begun and entry.is_open and not left and bool(entry.fields),
        changed_by=(draft.changed_by.display_name if draft else "")
        or (facts.submitted_by.display_name if facts and facts.submitted_by else ""),
        changed_at=draft.changed_at if draft else None,
    )


def next_open(user: User, code: str, year: int, on: date) -> Community | None:
    """The next community of the street after a code that is still to be handed in, or None.

    After the last one it begins anew with the first. One query.
    """
    handed_in = AnnualFacts.objects.filter(community=OuterRef("pk"), year=year, status__in=FINISHED)
    rows = _asked(user, code[:STREET], on).exclude(code=code)
    left = list(rows.filter(~Exists(handed_in)))
    later = [one for one in left if one.code > code]
    return next(iter([*later, *left]), None)


def parts_of(user: User, prefix: str, year: int, on: date) -> list[Part]:
    """The divisions one level below a prefix with their communities by state. Four queries."""
    width = CHILDREN[0 if prefix == WHOLE_COUNTRY else len(prefix)]
    communities = _asked(user, prefix, on)
    rows = (
        communities.order_by()
        .annotate(part=Substr("code", 1, width))
        .values_list("part")
        .annotate(number=Count("pk"), demo=Count("pk", filter=Q(is_demo=True)))
    )
    totals = {part: (number, bool(demo)) for part, number, demo in rows}
    counts: dict[str, dict[str, int]] = {}
    for part, status, number in _stored(user, prefix, year, width):
        counts.setdefault(part, {})[status] = number
    for part, number in _begun(user, prefix, year, width):
        held = counts.setdefault(part, {})
        held["draft"] = held.get("draft", 0) + number
    names = division_names(set(totals), on)
    return [_part(code, names, totals[code], counts.get(code, {})) for code in sorted(totals)]


def _part(
    code: str, names: Mapping[str, str], known: tuple[int, bool], counts: dict[str, int]
) -> Part:
    total, demo = known
    left = max(total - sum(counts.values()), 0)
    return Part(code, names.get(code, code), total, {**counts, NOT_BEGUN: left}, demo)


def _stored(user: User, prefix: str, year: int, width: int) -> Iterable[tuple[str, str, int]]:
    rows = AnnualFacts.objects.for_user(user).under(prefix).filter(year=year).order_by()
    found: Iterable[tuple[str, str, int]] = (
        rows.annotate(part=Substr("code", 1, width))
        .values_list("part", "status")
        .annotate(number=Count("pk"))
    )
    return found


def _begun(user: User, prefix: str, year: int, width: int) -> Iterable[tuple[str, int]]:
    """Drafts of communities that have no facts of the year."""
    stored = AnnualFacts.objects.filter(community=OuterRef("community"), year=year)
    rows: QuerySet[FactsDraft] = FactsDraft.objects.for_user(user).under(prefix).filter(year=year)
    return (
        rows.filter(~Exists(stored))
        .order_by()
        .annotate(part=Substr("code", 1, width))
        .values_list("part")
        .annotate(number=Count("pk"))
    )
