"""A person in a community in a year: lines of cost, what was paid, and sums over persons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from policy.engine import catalogue
from staffing.choices import Post as PostChoice
from staffing.models import Award, PayRecord
from staffing.rules.groups import RANKS
from staffing.rules.pay_months import NONE
from staffing.selectors.pay_rows import Post


@dataclass(slots=True)
class Line:
    """One subject of one person in one community: the standard, its months, the sum of the year.

    row: the row of the standards; fen by payer add up to `fen`. standard is for the subject's
    period. text: why it is not counted or cannot be computed; then fen is 0.
    """

    subject: str
    row: int
    months: frozenset[int]
    period: str
    standard: int = 0
    low: int = 0
    fen: int = 0
    paid: dict[str, int] = field(default_factory=dict)
    blocked: bool = False
    text: str = ""
    award: Award | None = None

    @property
    def label(self) -> str:
        return catalogue().subjects[self.subject].label

    @property
    def amount(self) -> Decimal:
        return yuan(self.fen)

    @property
    def rate(self) -> Decimal:
        return yuan(self.standard)


@dataclass(slots=True)
class Compared:
    """What a record says was paid for some months, and the least for the months in post of them.

    least_pay and least_insurance are fen, None where nothing binds from below; short is what lacks
    of both together.
    """

    record: PayRecord
    months: frozenset[int]
    least_pay: int | None
    least_insurance: int | None
    pay_clauses: list[str]
    insurance_clauses: list[str]

    @property
    def clauses(self) -> list[str]:
        """The provisions that are not kept."""
        found = self.pay_clauses if self.short_pay else []
        return found + (self.insurance_clauses if self.short_insurance else [])

    @property
    def paid(self) -> int:
        return fen_of(self.record.allowance_yuan) + fen_of(self.record.insurance_yuan)

    @property
    def short_pay(self) -> int:
        return max(0, (self.least_pay or 0) - fen_of(self.record.allowance_yuan))

    @property
    def short_insurance(self) -> int:
        return max(0, (self.least_insurance or 0) - fen_of(self.record.insurance_yuan))

    @property
    def short(self) -> int:
        return self.short_pay + self.short_insurance

    @property
    def known(self) -> bool:
        return self.least_pay is not None or self.least_insurance is not None


@dataclass(slots=True)
class Unit:
    """A person in a community in the year; posts with the rows of their standards.

    There are none where somebody without a post there has an award or was paid. excluded: why
    nothing is counted in the months `out`.
    """

    person: int
    name: str
    community: int
    posts: list[tuple[int, Post]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    excluded: str = ""
    out: frozenset[int] = NONE
    compared: list[Compared] = field(default_factory=list)

    @property
    def labels(self) -> str:
        """The posts in the order of the roster."""
        ranked = sorted({one.post for _, one in self.posts}, key=lambda post: RANKS[post])
        return "、".join(PostChoice(post).label for post in ranked)

    @property
    def months(self) -> frozenset[int]:
        return NONE.union(*(one.months for _, one in self.posts))

    @property
    def fen(self) -> int:
        return sum(line.fen for line in self.lines)

    @property
    def total(self) -> Decimal:
        return yuan(self.fen)

    @property
    def blocked(self) -> list[Line]:
        return [line for line in self.lines if line.blocked]

    def of(self, subject: str) -> int:
        return sum(line.fen for line in self.lines if line.subject == subject)


@dataclass
class Sums:
    """Sums of units: persons, months, fen by subject and by payer, what is missing or short."""

    persons: set[int] = field(default_factory=set)
    months: int = 0
    fen: int = 0
    subjects: Counter[str] = field(default_factory=Counter)
    payers: Counter[str] = field(default_factory=Counter)
    blocked: int = 0
    excluded: int = 0
    recorded: int = 0
    short: int = 0
    short_fen: int = 0
    paid_fen: int = 0

    def add(self, unit: Unit) -> None:
        self.persons.add(unit.person)
        self.months += len(unit.months)
        self.fen += unit.fen
        for line in unit.lines:
            self.subjects[line.subject] += line.fen
            self.payers.update(line.paid)
        self.blocked += bool(unit.blocked)
        self.excluded += bool(unit.excluded) and not unit.months - unit.out
        self.recorded += bool(unit.compared)
        lacking = sum(one.short for one in unit.compared)
        self.short += bool(lacking)
        self.short_fen += lacking
        self.paid_fen += sum(one.paid for one in unit.compared)

    @property
    def total(self) -> Decimal:
        return yuan(self.fen)


def sums_of(units: Iterable[Unit]) -> Sums:
    """Sums over units."""
    sums = Sums()
    for unit in units:
        sums.add(unit)
    return sums


def yuan(fen: int) -> Decimal:
    """Fen as yuan with two decimals."""
    return Decimal(fen).scaleb(-2)


def fen_of(amount: Decimal | None) -> int:
    return int((amount or Decimal(0)).scaleb(2))
