"""Facts that wait for a look: what is found of them and what they move in money, worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Count, Value
from django.db.models.functions import Left

from accounts.models import User
from accounts.scope import STREET
from collection.choices import StepKind
from collection.models import FactsStep
from collection.rules.against_last import against_determined
from collection.rules.checks import LOOK, UNLIKELY, WRONG, check
from collection.rules.fields import FIELDS
from collection.rules.findings import Finding, Known, apart
from collection.selectors.amounts import Moved, sums_of
from collection.selectors.known import known_for
from collection.selectors.rounds import calls_for
from collection.selectors.steps import last_comments, rounds_of_many
from communities.choices import FactsStatus
from communities.models import AnnualFacts, Community

# A sum that moves by so many percent is looked at before it is confirmed.
MOVES_PERCENT = 10
# More are listed by division only: nobody looks through them one by one.
MOST_LISTED = 5000
# Without it nothing that goes by households can be computed.
NOT_DETERMINED = "没有核定户数"
OWN = "由你填写、提交或审核过，换一人办理"
LOOK_FIRST, CLEAN = "look", "clean"
STATES = (
    FactsStatus.SUBMITTED,
    FactsStatus.REVIEWED,
    FactsStatus.RETURNED,
    FactsStatus.CONFIRMED,
)


def open_comments(facts: AnnualFacts | None) -> dict[str, str]:
    """Comments of the last return while the facts are returned: by field, "" for the whole.

    Empty for facts in any other state and for none. One query at most.
    """
    if facts is None or facts.status != FactsStatus.RETURNED:
        return {}
    return last_comments([facts.pk]).get(facts.pk, {})


@dataclass(frozen=True)
class Checked:
    """What the rules find of one row today; `asked` are the fields of its round."""

    findings: tuple[Finding, ...]
    known: Known
    reasons: dict[str, str]

    def of(self, grade: str) -> list[Finding]:
        """The findings of a grade."""
        return [one for one in self.findings if one.grade == grade]

    @property
    def wrong(self) -> list[Finding]:
        return self.of(WRONG)

    @property
    def unlikely(self) -> list[Finding]:
        return self.of(UNLIKELY)

    @property
    def look(self) -> list[Finding]:
        return self.of(LOOK)

    @property
    def unexplained(self) -> list[Finding]:
        """What is unlikely and has no written reason."""
        return [one for one in self.unlikely if not self.reasons.get(one.name)]


def values_of(facts: AnnualFacts) -> dict[str, Any]:
    """The values of a row by name of a field."""
    return {name: getattr(facts, name) for name in FIELDS}


def checked(rows: Sequence[AnnualFacts], year: int) -> dict[int, Checked]:
    """What the rules find of rows of a year as things stand now, by key of the facts.

    A row whose community has gone to another scope is checked by itself only. Eight queries.
    """
    if not rows:
        return {}
    keys = {row.community_id for row in rows}
    communities = list(Community.objects.filter(pk__in=keys).defer("search_grams"))
    known = known_for(
        communities, year, calls_for({one.code[:STREET] for one in communities}, year)
    )
    found = {}
    for row in rows:
        of_row = known.get(row.community_id, Known())
        values = values_of(row)
        apart_from = against_determined(row.households, values, of_row.measure)
        findings = (*apart_from, *check(values, of_row))
        found[row.pk] = Checked(findings, of_row, row.reasons or {})
    return found


def in_words(one: Finding) -> str:
    """A finding in a list, without what asks the street for a reason: 常住户数比上年增加12.4%."""
    return apart(one).removesuffix("，写明原因")


@dataclass(frozen=True)
class QueueQuery:
    """Which rows are listed: a division, a year, a state, and all, what to look at, or clean."""

    prefix: str
    year: int
    status: str
    only: str = ""


@dataclass(frozen=True)
class Line:
    """One community's facts in the list, with what is found and what they move."""

    facts: AnnualFacts
    name: str
    checked: Checked
    money: Moved
    # who may not decide on it: submitted or passed it
    own: bool

    @property
    def key(self) -> str:
        """What a form posts for it: facts and the version that was seen."""
        return f"{self.facts.pk}.{self.facts.version}"

    @property
    def moved_percent(self) -> Decimal | None:
        """By how many percent the sum moves, None where there is nothing to compare."""
        before, change = self.money.before.value, self.money.change
        if change is None or before is None:
            return None
        if not before:
            return Decimal(100) if change else Decimal(0)
        return change * 100 / before

    @property
    def wrong_words(self) -> list[str]:
        """What is wrong, each with its field."""
        return [in_words(one) for one in self.checked.wrong]

    @property
    def unlikely_words(self) -> list[tuple[str, str]]:
        """What is unlikely, each with its field, and the reason that was written."""
        reasons = self.checked.reasons
        return [(in_words(one), reasons.get(one.name, "")) for one in self.checked.unlikely]

    @property
    def look_at(self) -> str:
        """Why the money is looked at, '' where it moves little.

        What has nothing to compare with moves as a whole: nobody knows that it is right.
        """
        if self.facts.households is None:
            return NOT_DETERMINED
        if self.money.after.value is None:
            return "经费不能测算"
        if self.money.before.value is None:
            return f"{self.money.before.reason}，没有上年金额可比"
        if self.money.change is None:
            return "经费不能和上年比较"
        moved: Decimal = self.moved_percent or Decimal(0)
        return f"金额变动{MOVES_PERCENT}%以上" if abs(moved) >= MOVES_PERCENT else ""

    @property
    def is_clean(self) -> bool:
        """Nothing wrong or unlikely, and the sum known on both sides and moving little."""
        return not (self.checked.wrong or self.checked.unlikely or self.look_at)

    @property
    def moved(self) -> Decimal:
        """Yuan that move: all of what has nothing to compare with."""
        moved = self.money.after.value if self.money.change is None else self.money.change
        return abs(moved or Decimal(0))

    @property
    def rank(self) -> tuple[Any, ...]:
        """Worst first: wrong, unexplained, unlikely, not computed, then by how much money moves."""
        return (
            self.is_clean,
            not self.checked.wrong and self.facts.households is not None,
            not self.checked.unexplained,
            not self.checked.unlikely,
            self.money.after.value is not None,
            -self.moved,
            self.facts.code,
        )


@dataclass(frozen=True)
class Queue:
    """The lines of a query, worst first, with counts and sums of all of them."""

    query: QueueQuery
    lines: list[Line] = field(default_factory=list)
    look_first: int = 0
    clean: int = 0

    def total(self, lines: Iterable[Line]) -> tuple[Decimal, Decimal]:
        """Yuan of after, and the change; for lines whose sums can be compared."""
        listed = list(lines)
        after = sum((one.money.after.value or Decimal(0) for one in listed), Decimal(0))
        return after, sum((one.money.change or Decimal(0) for one in listed), Decimal(0))

    @property
    def confirmable(self) -> list[Line]:
        """The clean ones that this person may decide on."""
        return [one for one in self.lines if one.is_clean and not one.own]


def count_states(user: User, prefix: str, year: int) -> dict[str, int]:
    """How many facts of a year are in each state under a division. One query."""
    rows = AnnualFacts.objects.for_user(user).under(prefix).of_year(year).order_by()
    return dict(rows.values_list("status").annotate(Count("pk")))


@dataclass(frozen=True)
class Part:
    """A division below with its facts of a year by state."""

    code: str
    counts: dict[str, int]


def count_parts(user: User, prefix: str, year: int, width: int) -> list[Part]:
    """The states of a year's facts by division of a code length, by code. One query."""
    rows = AnnualFacts.objects.for_user(user).under(prefix).of_year(year).order_by()
    rows = rows.annotate(part=Left("code", Value(width), output_field=CharField()))
    found: dict[str, Counter[str]] = {}
    for part, status, number in rows.values_list("part", "status").annotate(Count("pk")):
        found.setdefault(part, Counter())[status] += number
    return [Part(code, dict(found[code])) for code in sorted(found)]


def get_queue(user: User, query: QueueQuery) -> Queue:
    """The facts of a division in one state with findings and amounts, worst first.

    Call it for at most MOST_LISTED rows. Raises PermissionError for a prefix outside the user's
    scope. A fixed number of queries, more where a register has to be read anew.
    """
    rows = list(
        AnnualFacts.objects.for_user(user)
        .under(query.prefix)
        .of_year(query.year)
        .filter(status=query.status)
        .order_by("code")[:MOST_LISTED]
    )
    lines = lines_of(user, query.prefix, query.year, rows)
    look_first = sum(not line.is_clean for line in lines)
    chosen = [line for line in lines if query.only in ("", CLEAN if line.is_clean else LOOK_FIRST)]
    chosen.sort(key=lambda line: line.rank)
    return Queue(query, chosen, look_first, len(lines) - look_first)


def lines_of(user: User, prefix: str, year: int, rows: Sequence[AnnualFacts]) -> list[Line]:
    """Facts of a year under a division with findings and amounts, in their order.

    Raises PermissionError for a prefix outside the user's scope. A fixed number of queries.
    """
    names = names_of({row.community_id for row in rows})
    found = checked(rows, year)
    sums = sums_of(user, prefix, year, [row.community_id for row in rows])
    return [
        Line(
            facts=row,
            name=names.get(row.community_id, row.code),
            checked=found[row.pk],
            money=sums.at(place),
            own=is_own(row, user),
        )
        for place, row in enumerate(rows)
    ]


def is_own(facts: AnnualFacts, user: User) -> bool:
    """Whether a person made facts, handed them in or passed them: somebody else checks them."""
    passed = facts.reviewed_by_id if facts.status != FactsStatus.SUBMITTED else None
    return user.pk in (*facts.makers, facts.submitted_by_id, passed)


def names_of(keys: set[int]) -> dict[int, str]:
    """The short names of communities by key, as far as row security shows them. One query."""
    return dict(Community.objects.filter(pk__in=keys).values_list("pk", "short_name"))


@dataclass(frozen=True)
class Handed:
    """When facts were handed in last, by whom, and for which time."""

    by: str
    at: datetime | None
    number: int


def handed_in(keys: Sequence[int]) -> dict[int, Handed]:
    """The last handing in of facts by key. Two queries."""
    kinds = (StepKind.SUBMIT, StepKind.IMPORT)
    steps = FactsStep.objects.filter(facts__in=keys, kind__in=kinds).order_by("pk")
    last = {step.facts_id: step for step in steps.select_related("by")}
    numbers = rounds_of_many(keys)
    return {
        key: Handed(
            last[key].by.display_name if key in last else "",
            last[key].at if key in last else None,
            numbers[key],
        )
        for key in keys
    }
