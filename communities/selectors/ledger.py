"""社区台账: filtering, sorting, totals and one page of rows, all over columns."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
from django.db.models import Q, Value

from accounts.models import User
from accounts.scope import STREET, WHOLE_COUNTRY
from communities.choices import AreaKind, CommitteeKind, FactsStatus
from communities.models import Community, FormerDesignation
from communities.querysets import plain
from communities.selectors.assessment import PREMISES_SUBJECTS, Assessment, Measure
from communities.selectors.places import division_names
from communities.selectors.register import NOT_REPORTED, UNKNOWN_COUNT, Register
from policy.engine import catalogue

STATUS_LABELS = {NOT_REPORTED: "未填报", **dict(FactsStatus.choices)}
INCOMPLETE = "incomplete"
STATUS_FILTERS = {**STATUS_LABELS, INCOMPLETE: "不能测算"}
STATUS_TAGS = {
    NOT_REPORTED: "plain",
    "draft": "warn",
    "returned": "bad",
    "submitted": "info",
    "reviewed": "info",
    "confirmed": "",
}
AREA_LABELS = {AreaKind.NEW.value: "新建", AreaKind.BUILT.value: "老城"}
SORTS = ("name", "households", "population", "staff_gap", "premises_gap", "funding")
# of a code that narrows a search to what an index finds


@dataclass(frozen=True)
class Query:
    """What a reader asked of the ledger; prefix is the division, scope the reader's.

    `found` are the communities of a search by key, with the former code or name that matched.
    """

    prefix: str
    kind: str = ""
    status: str = ""
    gap: bool = False
    sort: str = ""
    found: Mapping[int, str] | None = None
    scope: str = WHOLE_COUNTRY


@dataclass(frozen=True)
class Cell3:
    """Required, actual, gap; reason says why there is no required figure.

    `least` is what must be kept at least, from which a gap is counted, where less is required of a
    row than it is to aim at and the row has not got that far.
    """

    required: int | Decimal | None
    actual: int | Decimal | None
    gap: int | Decimal | None
    reason: str = ""
    least: int | Decimal | None = None


@dataclass(frozen=True)
class Cell:
    """A sum in yuan, or why there is none."""

    value: Decimal | None
    reason: str = ""


@dataclass(frozen=True)
class LedgerRow:
    """One community as the ledger shows it."""

    code: str
    name: str
    street_name: str
    households: int | None
    population: int | None
    area_kind_label: str
    staff: Cell3
    premises: Cell3
    funding: Cell
    status: str
    status_tag: str
    url: str
    # “曾用名…” or “曾用代码…” where a search found it by that
    former: str = ""


@dataclass(frozen=True)
class Totals:
    """Sums over all rows of a filter, None where no row has a figure; gaps add shortages only."""

    count: int
    households: int | None
    population: int | None
    staff: Cell3
    premises: Cell3
    funding: Decimal | None
    confirmed: int


@dataclass(frozen=True)
class Ledger:
    """Row numbers of a query in its order; rows and totals are made on demand."""

    assessment: Assessment
    order: Any
    query: Query

    def __len__(self) -> int:
        return len(self.order)

    def __getitem__(self, places: slice) -> list[LedgerRow]:
        """Some rows, as a pager asks for them. One query, for the names of their streets."""
        numbers = [int(number) for number in self.order[places]]
        codes = self.assessment.register.codes
        streets = division_names({codes[number][:9] for number in numbers}, self.assessment.on)
        return [_row(self.assessment, number, streets, self.query) for number in numbers]

    def totals(self) -> Totals:
        """The sums of every row of the query, not only of the page."""
        register, order = self.assessment.register, self.order
        statuses = register.statuses[order]
        population = register.extra["population_resident"]
        funding = self.assessment.measure("funding")
        return Totals(
            count=len(order),
            households=households_of(register, order),
            population=_sum_known(population, population != UNKNOWN_COUNT, order),
            staff=total_cell(self.assessment.measure(self.assessment.staff_subject), order, 0),
            premises=total_cell(self.assessment.measure("premises"), order, 2),
            funding=yuan_of(funding, order),
            confirmed=int((statuses == FactsStatus.CONFIRMED.value).sum()),
        )


def reasons_of(rows: Sequence[LedgerRow]) -> list[tuple[str, int]]:
    """Why figures of some rows cannot be computed, most frequent first, with their number."""
    counts = Counter(
        reason
        for row in rows
        for reason in dict.fromkeys((row.staff.reason, row.premises.reason, row.funding.reason))
        if reason
    )
    return counts.most_common(5)


def reasoned_subjects(assessment: Assessment) -> list[str]:
    """The subjects whose figures the ledger shows."""
    return [assessment.staff_subject, *PREMISES_SUBJECTS, *assessment.funding_subjects()]


def get_ledger(assessment: Assessment, query: Query) -> Ledger:
    """The rows of a query in its order; rows outside query.prefix are never among them."""
    register = assessment.register
    rows = np.arange(len(register))[register.under(query.prefix)]
    if query.found is not None:
        rows = rows[np.isin(register.keys[rows], list(query.found))]
    if query.kind:
        kinds = list(catalogue().facts["area_kind"].choices)
        column = register.facts.get("area_kind")
        missing = np.broadcast_to(column.missing, len(register))
        rows = rows[(column.num[rows] == kinds.index(query.kind)) & ~missing[rows]]
    if query.status == INCOMPLETE:
        rows = rows[incomplete(assessment)[rows]]
    elif query.status:
        rows = rows[register.statuses[rows] == query.status]
    if query.gap:
        staff = assessment.measure(assessment.staff_subject)
        short = staff.short | assessment.measure("premises").short
        rows = rows[short[rows]]
    return Ledger(assessment, _sorted(assessment, rows, query.sort), query)


def incomplete(assessment: Assessment) -> Any:
    """Rows of which a figure of the ledger cannot be computed."""
    keys = (assessment.staff_subject, "premises", "funding")
    return np.logical_or.reduce([assessment.measure(key).blocked for key in keys])


def search_keys(user: User, prefix: str, text: str) -> dict[int, str]:
    """Keys of the communities under a prefix that match a name, initials or a code. One query.

    Also by a name or code that they had: the value is that one, '' where the present ones match.
    """
    sought = plain(text)
    by_code = sought.isascii() and sought.isdigit()
    held = Q(code__startswith=sought) if by_code else Q(short_name__icontains=sought)
    former = FormerDesignation.objects.under(user.scope).under(prefix).filter(held)
    if by_code and len(sought) >= STREET:  # one that came from elsewhere, by its old code
        former = FormerDesignation.objects.filter(held)
    present = Community.objects.for_user(user).under(prefix).matching(text)
    found = present.values_list("id", Value("")).union(
        former.values_list("community_id", "code" if by_code else "short_name"), all=True
    )
    keys: dict[int, str] = {}
    for key, said in found:
        if not said or key not in keys:
            keys[key] = said
    return keys


def count_ended(user: User, query: Query, year: int) -> int:
    """How many of those that a search finds had ended by the end of a year. At most one query."""
    if not query.found:
        return 0
    found = Community.objects.for_user(user).under(query.prefix).filter(pk__in=list(query.found))
    urban = found.filter(committee_kind=CommitteeKind.RESIDENTS)
    ended: int = urban.filter(valid_until__lte=datetime.date(year, 12, 31)).count()
    return ended


def _sorted(assessment: Assessment, rows: Any, sort: str) -> Any:
    key = sort.removeprefix("-")
    if key not in SORTS:
        return rows
    if key == "name":
        # pinyin order without ICU: GB18030 puts the common characters in it
        names = assessment.register.names[rows]
        ranks = np.array([name.encode("gb18030") for name in names], dtype=object)
        order = np.array(sorted(range(len(rows)), key=ranks.__getitem__), dtype=np.int64)
        return rows[order[::-1] if sort.startswith("-") else order]
    figures, known = _sort_key(assessment, key)
    figures, known = figures[rows], known[rows]
    ranked = np.where(known, -figures if sort.startswith("-") else figures, 0)
    return rows[np.lexsort((rows, ranked, ~known))]


def _sort_key(assessment: Assessment, key: str) -> tuple[Any, Any]:
    """Figures and where there are any; rows without one come last either way."""
    register = assessment.register
    if key == "households":
        column = register.facts.get("households")
        return column.num, ~np.broadcast_to(column.missing, len(register))
    if key == "population":
        column = register.extra["population_resident"]
        return column, column != UNKNOWN_COUNT
    if key == "funding":
        measure = assessment.measure("funding")
        return measure.required, measure.has_required
    measure = assessment.measure({"staff_gap": assessment.staff_subject}.get(key, "premises"))
    return measure.gap, measure.has_gap


def _row(assessment: Assessment, number: int, streets: dict[str, str], query: Query) -> LedgerRow:
    register = assessment.register
    code, status = register.codes[number], register.statuses[number]
    households = register.facts.get("households").at(number)
    population = int(register.extra["population_resident"][number])
    return LedgerRow(
        code=code,
        name=register.names[number],
        street_name=streets.get(code[:STREET], code[:STREET]),
        households=None if households.missing else households.num,
        population=None if population == UNKNOWN_COUNT else population,
        area_kind_label=area_labels(assessment, [number])[0],
        staff=cell3(assessment, assessment.staff_subject, [assessment.staff_subject], number, 0),
        premises=cell3(assessment, "premises", list(PREMISES_SUBJECTS), number, 2),
        funding=funding_cell(assessment, number),
        status=STATUS_LABELS[status],
        status_tag=STATUS_TAGS[status],
        url=page_url(register, number, query.scope),
        former=_former(register, number, query.found or {}),
    )


def page_url(register: Register, row: int, within: str) -> str:
    """The address of a row's page for a reader of a scope; with the year if its code has changed.

    Without it the page of a past code would show the present year.
    """
    url = f"/communities/{register.page_of(row, within)}/"
    return url if register.present[row] == register.codes[row] else f"{url}?year={register.year}"


def _former(register: Register, row: int, found: Mapping[int, str]) -> str:
    """By what former code or name a search found a row, unless the row shows just that."""
    said = found.get(int(register.keys[row]), "")
    if not said or said in (register.codes[row], register.names[row]):
        return ""
    return f"曾用代码{said}" if said.isdigit() else f"曾用名{said}"


def cell3(assessment: Assessment, key: str, subjects: list[str], number: int, places: int) -> Cell3:
    """Required, actual and gap of one row in natural units."""
    measure = assessment.measure(key)
    required = (
        natural(int(measure.required[number]), places) if measure.has_required[number] else None
    )
    actual = natural(int(measure.actual[number]), places) if measure.has_actual[number] else None
    gap = natural(int(measure.gap[number]), places) if measure.has_gap[number] else None
    least = None
    if gap is not None and measure.low[number] < measure.required[number] > measure.actual[number]:
        least = natural(int(measure.low[number]), places)
    return Cell3(required, actual, gap, _why(assessment, measure, subjects, number), least)


def area_labels(assessment: Assessment, rows: Any) -> list[str]:
    """新建, 老城 or — for each of some rows."""
    column = assessment.register.facts.get("area_kind")
    kinds = [AREA_LABELS[kind] for kind in column.fact.choices]
    missing = np.broadcast_to(column.missing, len(assessment.register))
    pairs = zip(column.num[rows].tolist(), missing[rows].tolist(), strict=True)
    return ["—" if gone else kinds[number] for number, gone in pairs]


def funding_cell(assessment: Assessment, number: int) -> Cell:
    """A community's yearly sum, with what it leaves out where a part cannot be computed."""
    funding = assessment.measure("funding")
    left_out = [
        f"不含{catalogue().subjects[subject].label}，{reason}"
        for subject in assessment.funding_subjects()
        if funding.blocked[number] and (reason := assessment.reason([subject], number))
    ]
    value = _yuan(int(funding.required[number])) if funding.has_required[number] else None
    return Cell(value, "；".join(left_out))


def _why(assessment: Assessment, measure: Measure, subjects: list[str], number: int) -> str:
    return assessment.reason(subjects, number) if measure.blocked[number] else ""


def total_cell(measure: Measure, order: Any, places: int) -> Cell3:
    """Sums of rows; the gap adds shortages only: a surplus next door staffs nobody."""
    short = measure.short[order]
    gap = int(np.where(short, measure.gap[order], 0).sum())
    actual = int(np.where(measure.has_actual[order], measure.actual[order], 0).sum())
    return Cell3(
        natural(int(measure.required[order].sum()), places)
        if measure.has_required[order].any()
        else None,
        natural(actual, places) if measure.has_actual[order].any() else None,
        natural(gap, places) if measure.has_gap[order].any() else None,
    )


def households_of(register: Register, rows: Any) -> int | None:
    """The households of some rows together, None where none of them reports any."""
    column = register.facts.get("households")
    return _sum_known(column.num, ~np.broadcast_to(column.missing, len(register)), rows)


def yuan_of(measure: Measure, rows: Any) -> Decimal | None:
    """What is required of some rows together in yuan, None where none of them has a figure."""
    total = _sum_known(measure.required, measure.has_required, rows)
    return None if total is None else _yuan(total)


def _sum_known(column: Any, known: Any, rows: Any) -> int | None:
    known = known[rows]
    return int(column[rows][known].sum()) if known.any() else None


def natural(number: int, places: int) -> int | Decimal:
    """Whole units as persons, or as m2 and yuan with 2 decimals."""
    return Decimal(number).scaleb(-places) if places else number


def _yuan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)
