"""数据填报: the communities of a street with what is left of each; wider offices by division."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Substr

from accounts.models import User
from accounts.scope import STREET, WHOLE_COUNTRY
from collection.models import FactsDraft
from collection.selectors.entry import NOT_BEGUN, Entry, problems
from collection.selectors.entry_page import NO_DATA, form_of
from collection.selectors.known import known_for
from collection.selectors.round_page import Counts, counts_by_part
from collection.selectors.rounds import Call, asked_communities, calls_for
from communities.choices import FactsStatus
from communities.models import AnnualFacts, Community
from communities.selectors.places import division_names

CHILDREN = {0: 2, 1: 2, 2: 4, 4: 6, 6: 9}
LABELS = {NOT_BEGUN: "未填报", **dict(FactsStatus.choices)}
OPEN = (NOT_BEGUN, FactsStatus.DRAFT.value, FactsStatus.RETURNED.value)
FINISHED = ("submitted", "reviewed", "confirmed")


@dataclass(frozen=True)
class Row:
    """A community's form: its state, how many of the needed fields are filled, what is unlikely.

    `in_bulk`: it may be handed in together with others. What was returned is looked at one by one,
    and so is what an import has changed under a draft.
    """

    community: Community
    status: str
    filled: int
    needed: int
    wrong: int
    unlikely: int
    is_ready: bool
    in_bulk: bool = False
    version: str = ""
    changed_by: str = ""
    changed_at: datetime | None = None

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
        """How many may be handed in together."""
        return sum(row.in_bulk for row in self.rows)


@dataclass(frozen=True)
class Part:
    """A division's communities by the state of their facts."""

    code: str
    name: str
    counts: Counts
    is_demo: bool = False

    @property
    def communities(self) -> int:
        return self.counts.communities

    @property
    def finished(self) -> int:
        return self.communities - self.counts.unfinished

    @property
    def cells(self) -> list[int]:
        """Counts in the order of LABELS."""
        return [getattr(self.counts, status) for status in LABELS]


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
    return Street(street, names.get(street, street), call, [row_of(one, on) for one in entries])


def row_of(entry: Entry, on: date) -> Row:
    """A form as a line of the list of a day. No query."""
    form = form_of(entry)
    begun = entry.facts is not None or entry.draft is not None
    left = problems(entry.examined, entry.reasons(entry.texts))
    ready = begun and entry.is_open and not left and bool(entry.fields)
    draft, facts = entry.draft, entry.facts
    return Row(
        entry.community,
        entry.status,
        form.filled if begun else 0,
        form.needed,
        sum(one.grade == "wrong" and bool(entry.texts.get(one.name)) for one in left),
        sum(one.grade == "unlikely" for one in left) if begun else 0,
        is_ready=ready,
        in_bulk=ready and may_go_together(entry, on),
        version=entry.version,
        changed_by=(draft.changed_by.display_name if draft else "")
        or (facts.submitted_by.display_name if facts and facts.submitted_by else ""),
        changed_at=draft.changed_at if draft else None,
    )


def may_go_together(entry: Entry, on: date) -> bool:
    """Whether a complete form may be handed in on a day without its own check page."""
    returned = entry.status == FactsStatus.RETURNED
    return not (returned or entry.is_behind or entry.barrier(on))


@dataclass(frozen=True)
class Ready:
    """A complete form as the page before handing in several shows it; texts as a reader sees them.

    `households`: the count that decides, with last year's and the change.
    """

    community: Community
    version: str
    households: str
    last: str
    change: str
    reasons: Sequence[tuple[str, str]]

    @property
    def key(self) -> str:
        """What a form posts for it: whose form, and which was seen."""
        return f"{self.community.code}:{self.version}"


def ready_of(user: User, street: str, year: int, on: date) -> list[Ready]:
    """The forms of a street that may be handed in together, by code. Eleven queries at most."""
    found = []
    for entry in entries_of(user, street, year, on):
        if not row_of(entry, on).in_bulk:
            continue
        form = form_of(entry)
        lines = {line.name: line for section in form.sections for line in section.lines}
        measure = lines.get(entry.known.measure)
        found.append(
            Ready(
                entry.community,
                entry.version,
                measure.value if measure else "",
                measure.last if measure else NO_DATA,
                measure.change if measure else NO_DATA,
                [(line.label, line.reason) for line in lines.values() if line.asks],
            )
        )
    return found


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
    """The divisions one level below a prefix with their communities by state. Three queries."""
    width = CHILDREN[0 if prefix == WHOLE_COUNTRY else len(prefix)]
    counts = counts_by_part(year, prefix, on, width)
    shown = _asked(user, prefix, on).filter(is_demo=True).order_by()
    demo = set(shown.annotate(part=Substr("code", 1, width)).values_list("part", flat=True))
    names = division_names(set(counts), on)
    return [Part(code, names.get(code, code), of_part, code in demo) for code, of_part in
        counts.items()]  # fmt: skip
