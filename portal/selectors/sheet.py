"""县区汇总: staff, space and money by street or district, with checks of every sum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import numpy as np

from communities.selectors.assessment import PREMISES_SUBJECTS, Assessment, plain_reason
from communities.selectors.columns import units_of
from communities.selectors.ledger import (
    INCOMPLETE,
    Cell3,
    cell3,
    households_of,
    reasoned_subjects,
    total_cell,
)
from policy.engine import catalogue, rollup
from policy.engine.catalogue import CODE_LENGTHS
from policy.engine.combine import Requirement
from policy.engine.rows import Row, make_row

UNSTATED = "未载明"
SEPARATE = ("work_funding", "service_the_masses_fund")


@dataclass(frozen=True)
class SheetRow:
    """One street, district or community; yuan and m2, None where nothing is asked."""

    code: str
    name: str
    url: str
    communities: int
    households: int | None
    committee: Cell3
    workers_required: int | None
    premises: Cell3
    work_funding: Decimal | None
    service_the_masses_fund: Decimal | None
    other_funding: Decimal | None
    total_funding: Decimal | None
    payers: list[Decimal | None]
    unavailable: int
    toggle_url: str = ""
    is_open: bool = False
    children: list[SheetRow] = field(default_factory=list)


@dataclass(frozen=True)
class Check:
    """An equation with both sides printed."""

    label: str
    left_label: str
    left: Any
    right_label: str
    right: Any
    unit: str
    url: str = ""
    action: str = ""

    @property
    def ok(self) -> bool:
        return bool(self.left == self.right)

    @property
    def difference(self) -> Any:
        return abs(self.left - self.right)


@dataclass(frozen=True)
class Unavailable:
    """A reason why figures of some communities are missing from every sum."""

    subject: str
    count: int
    reason: str
    url: str


@dataclass(frozen=True)
class OwnSubject:
    """A subject that is required of the division itself; value None cannot be computed."""

    label: str
    value: Any
    unit: str
    clauses: str
    reason: str


def _own(row: Row) -> OwnSubject | None:
    if row.required is None and row.status == "ok":
        return None
    subject = catalogue().subjects[row.subject]
    reason = plain_reason(row.reason)
    return OwnSubject(
        subject.label, row.required, subject.unit.label, "、".join(row.binding), reason
    )


def _needs_more(requirement: Requirement, unit: int) -> bool:
    levels = [one.rule.provision.level for one in requirement.outcomes if one.rule.pool is not None]
    return any(CODE_LENGTHS[level] < unit for level in levels)


class Sheet:
    """The sums of a division's communities; a row is any run of the register's rows."""

    def __init__(self, assessment: Assessment, prefix: str) -> None:
        self.assessment = assessment
        self.prefix = prefix
        self.rows = np.arange(len(assessment.register))[assessment.register.under(prefix)]
        self.subjects = assessment.funding_subjects()
        self.money = {subject: assessment.column(subject) for subject in self.subjects}
        self.paid = self._paid()
        self.blocked = np.logical_or.reduce(
            [
                assessment.measure(key).blocked
                for key in ("committee_members", "premises", "funding")
            ]
        )
        self.payer_keys = [key for key in catalogue().payers if key in self.paid]
        self.unstated = self._of_all() - sum(
            (int(column[self.rows].sum()) for column in self.paid.values()), 0
        )

    def _paid(self) -> dict[str, Any]:
        """Fen of every row by payer, over all yearly money subjects that can be computed."""
        paid: dict[str, Any] = {}
        for subject in self.subjects:
            for payer, column in self.assessment.payers(subject).items():
                paid[payer] = paid.get(payer, 0) + column
        return {payer: column for payer, column in paid.items() if column[self.rows].any()}

    def _of_all(self) -> int:
        return sum(int(figures.required[self.rows].sum()) for figures in self.money.values())

    @property
    def payer_labels(self) -> list[str]:
        labels = [catalogue().payers[key] for key in self.payer_keys]
        return [*labels, UNSTATED] if self.unstated else labels

    def row(self, code: str, name: str, url: str, rows: Any, **shown: Any) -> SheetRow:
        """The sums of some rows."""
        assessment = self.assessment
        register = assessment.register
        workers = assessment.measure("community_workers")
        money = {subject: self._yuan(subject, rows) for subject in self.subjects}
        others = [
            amount
            for subject, amount in money.items()
            if subject not in SEPARATE and amount is not None
        ]
        known = [amount for amount in money.values() if amount is not None]
        total = sum(known, Decimal(0)) if known else None
        return SheetRow(
            code=code,
            name=name,
            url=url,
            communities=len(rows),
            households=households_of(register, rows),
            committee=self._cell("committee_members", ["committee_members"], rows, 0),
            workers_required=int(workers.required[rows].sum())
            if workers.has_required[rows].any()
            else None,
            premises=self._cell("premises", list(PREMISES_SUBJECTS), rows, 2),
            work_funding=money.get("work_funding"),
            service_the_masses_fund=money.get("service_the_masses_fund"),
            other_funding=sum(others, Decimal(0)) if others else None,
            total_funding=total,
            payers=self._payers(rows, total),
            unavailable=int(self.blocked[rows].sum()),
            **shown,
        )

    def _payers(self, rows: Any, total: Decimal | None) -> list[Decimal | None]:
        """What each payer bears of a sum of some rows; nothing is known where there is no sum."""
        if total is None:
            return [None for _ in self.payer_labels]
        paid = [Decimal(int(self.paid[key][rows].sum())).scaleb(-2) for key in self.payer_keys]
        left = [total - sum(paid, Decimal(0))] if self.unstated else []
        return [*paid, *left]

    def _cell(self, key: str, subjects: list[str], rows: Any, places: int) -> Cell3:
        if len(rows) == 1:
            return cell3(self.assessment, key, subjects, int(rows[0]), places)
        measure = self.assessment.measure(key)
        if not measure.has_required[rows].any():
            return Cell3(None, total_cell(measure, rows, places).actual, None)
        return total_cell(measure, rows, places)

    def _yuan(self, subject: str, rows: Any) -> Decimal | None:
        figures = self.money[subject]
        required, has = figures.required, figures.has
        return Decimal(int(required[rows].sum())).scaleb(-2) if has[rows].any() else None

    def totals(self) -> SheetRow:
        """The sums of the whole division."""
        return self.row(self.prefix, "合计", "", self.rows)

    def parts(self, width: int) -> list[tuple[str, Any]]:
        """The units of a code length that have communities here, with their rows."""
        return units_of(self.assessment.register, self.rows, width)

    def checks(self, rows: Sequence[SheetRow], totals: SheetRow, area_label: str) -> list[Check]:
        """The sums of the sheet against a roll-up that is computed apart from it."""
        each, whole = f"各{area_label}合计", "另行汇总"
        level = {4: "city", 6: "district", 9: "street"}.get(len(self.prefix), "province")
        sums = rollup(self.assessment.requirements, level).subjects
        checks = [
            Check(
                "户数",
                each,
                sum(row.households or 0 for row in rows),
                "台账合计",
                self._households(),
                "户",
            )
        ]
        for key, label, unit in (
            ("committee_members", "居委会成员应配", "人"),
            *((subject, catalogue().subjects[subject].label, "元") for subject in self.subjects),
        ):
            if key in sums:
                left = self._left(key, rows)
                right = self._rolled(sums[key], unit)
                checks.append(Check(label, each, left, whole, right, unit))
        if totals.total_funding is not None and totals.payers:
            checks.append(
                Check(
                    "承担合计",
                    "各级承担合计",
                    sum((amount or Decimal(0) for amount in totals.payers), Decimal(0)),
                    "经费合计",
                    totals.total_funding,
                    "元",
                )
            )
        return checks

    def _households(self) -> int:
        facts = self.assessment.register.facts.get("households")
        places = self.assessment.register.under(self.prefix)
        return sum(int(number) for number in facts.num[places].tolist())

    def _left(self, key: str, rows: Sequence[SheetRow]) -> Any:
        if key == "committee_members":
            return sum(row.committee.required or 0 for row in rows)
        parts = self.parts(len(rows[0].code)) if rows else []
        return sum((self._yuan(key, part) or Decimal(0) for _, part in parts), Decimal(0))

    def _rolled(self, sums: Any, unit: str) -> Any:
        places = (
            np.flatnonzero(sums.codes == int(self.prefix))
            if self.prefix != "0"
            else (np.arange(len(sums.codes)))
        )
        number = sum(int(sums.required[place]) for place in places)
        return Decimal(number).scaleb(-2) if unit == "元" else number

    def own_subjects(self) -> list[OwnSubject]:
        """What is required of the division itself, such as a city's facilities in sum.

        A part of a wider unit's pool is left out: it depends on units that are not read here.
        """
        unit = len(self.assessment.register.unit)
        found = []
        for block in self.assessment.requirements.blocks[1:]:
            for number, code in enumerate(block.facts.codes):
                if code == self.prefix:
                    group, place = block.place(number)
                    found += [
                        _own(make_row(group, subject, place))
                        for subject, requirement in group.requirements.items()
                        if not _needs_more(requirement, unit)
                    ]
        return [one for one in found if one is not None]

    def unavailable(self) -> list[Unavailable]:
        """Why communities are missing from sums, most frequent first."""
        subjects = [*reasoned_subjects(self.assessment), "community_workers"]
        counts: Counter[tuple[str, str]] = Counter()
        stuck = self.blocked | self.assessment.measure("community_workers").blocked
        for row in self.rows[stuck[self.rows]]:
            for subject in subjects:
                reason = self.assessment.reason([subject], int(row))
                if reason:
                    counts[catalogue().subjects[subject].label, reason] += 1
        url = f"/communities/?street={self.prefix}&year={self.assessment.register.year}"
        url += f"&status={INCOMPLETE}"
        return [
            Unavailable(label, count, reason, url)
            for (label, reason), count in counts.most_common(12)
        ]
