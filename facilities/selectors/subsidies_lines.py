"""Claims under the policies of a day: the amount, who pays, by which clause, or why not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Final

from accounts.scope import CITY, DISTRICT
from collection.selectors.rule_nodes import nodes_of
from communities.choices import Tenure
from communities.selectors.assessment import plain_reason
from communities.selectors.places import division_names
from communities.selectors.traced import UNSTATED, Need, need_of
from facilities.rules.money import fen as fen_of
from facilities.rules.money import yuan
from facilities.selectors.subsidies_claims import Claim
from policy.engine import Facts, Requirements, Row, assess, catalogue, explain
from policy.engine.compiling import Rule
from policy.engine.expressions import Index
from policy.selectors import Policy

SUBJECTS: Final = {
    Tenure.BOUGHT: "premises_purchase_subsidy",
    Tenure.RENTED: "premises_rent_subsidy",
    Tenure.COLLECTIVE: "collective_premises_subsidy",
}
REGISTER: Final = "register"
FACTS: Final = "facts"


@dataclass(frozen=True)
class Missing:
    """A figure that a clause needs and nobody has entered; division: where it is best entered."""

    label: str
    year: int
    division: str
    name: str = ""

    @property
    def said(self) -> str:
        return f"缺少{self.year}年{self.name}{self.label}"


@dataclass(frozen=True)
class SubsidyLine:
    """One subsidy of one community for one set of rooms (premises None: by the year's facts).

    fen: the amount, None where it cannot be computed (blocked says why); 0 comes with a reason.
    payers: fen by payer, which add up to it. clauses: ids of the provisions that determined it.
    covers: which money it is, so that totals count it once. source: the register of premises, or
    the year's facts of a community that has nothing there. from_facts: the fen that the year's
    facts give for the community's same subsidy: never paid beside these lines; differs: the lines
    add up to something else. row: the line's number in what computed it.
    """

    community: int
    code: str
    name: str
    subject: str
    claim: Claim
    source: str
    fen: int | None
    payers: Mapping[str, int] = field(default_factory=dict)
    clauses: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    blocked: str = ""
    reason: str = ""
    missing: tuple[Missing, ...] = ()
    from_facts: int | None = None
    differs: bool = False
    row: int = -1

    @property
    def premises(self) -> int | None:
        return self.claim.premises

    @property
    def label(self) -> str:
        """The subsidy in words: 购房补助."""
        return catalogue().subjects[self.subject].label

    @property
    def amount(self) -> Decimal | None:
        """The amount in yuan."""
        return None if self.fen is None else yuan(self.fen)


@dataclass
class Computed:
    """Claims under one policy; a line's row is that of its claim."""

    policy: Policy
    on: date
    requirements: Requirements
    lines: list[SubsidyLine]

    def need(self, line: SubsidyLine) -> Need | None:
        """The line explained; None where the clauses were not asked."""
        if line.claim.settled or line.claim.lacking:
            return None
        trace = explain(self.requirements, line.subject, line.row)
        return need_of(trace, required_label="测算", blocked_reason=line.blocked)


def compute(
    claims: Sequence[tuple[Claim, str]], policy: Policy, on: date, names: Mapping[int, str]
) -> Computed:
    """Claims (each with its source) as lines, in their order. One query.

    Claims for which no text in force has a rule make no line. names: of communities, by key.
    """
    rules = tuple(one for one in policy.stack.rules if one.subject.key in SUBJECTS.values())
    stack = replace(policy.stack, rules=rules)
    requirements = assess(_facts([one for one, _ in claims]), stack, policy.series)
    lookups, lines = _lookups(rules), []
    for number, (claim, source) in enumerate(claims):
        subject = SUBJECTS[Tenure(claim.tenure)]
        try:
            row = requirements.row(subject, number)
        except KeyError:
            continue
        line = SubsidyLine(
            claim.community, claim.code, names.get(claim.community, claim.code), subject, claim,
            source, None, row=number,
        )  # fmt: skip
        lines.append(_filled(line, row, list(_missing(requirements, policy, line, row, lookups))))
    computed = Computed(policy, on, requirements, lines)
    return _with_names(computed)


def _facts(claims: Sequence[Claim]) -> Facts:
    tenures = list(catalogue().facts["premises_tenure"].choices)
    columns: dict[str, list[int | None]] = {
        "premises_tenure": [tenures.index(one.tenure) for one in claims],
        "premises_area": [one.area for one in claims],
        "whole_premises_area": [one.whole for one in claims],
        "contract_price": [one.price for one in claims],
        "contract_rent": [one.rent for one in claims],
        "rented_months": [one.months for one in claims],
    }
    return Facts.from_units([one.code for one in claims], columns)


def _filled(line: SubsidyLine, row: Row, missing: list[Missing]) -> SubsidyLine:
    claim = line.claim
    if claim.settled:
        return replace(line, fen=0, reason=claim.settled)
    if claim.lacking:
        return replace(line, blocked=claim.lacking)
    if row.status != "ok":
        return replace(line, blocked=plain_reason(row.reason), missing=tuple(missing))
    fen = fen_of(row.required)
    payers = {payer: fen_of(amount) for payer, amount in row.payers.items() if amount}
    rest = fen - sum(payers.values())
    return replace(
        line,
        fen=fen,
        payers=payers | ({UNSTATED: rest} if rest else {}),
        clauses=row.binding,
        reason=plain_reason(row.reason),
    )


def _lookups(rules: Iterable[Rule]) -> dict[int, list[tuple[str, int]]]:
    """The series that rules look up and how many years back, by id(rule)."""
    return {
        id(rule): [(one.series, one.lag) for one in nodes_of(rule) if isinstance(one, Index)]
        for rule in rules
    }


def _missing(
    requirements: Requirements,
    policy: Policy,
    line: SubsidyLine,
    row: Row,
    lookups: Mapping[int, list[tuple[str, int]]],
) -> Iterator[Missing]:
    """The figures of series that the clauses of a blocked line look up and do not find."""
    if row.status == "ok":
        return
    group, _ = requirements.blocks[0].place(line.row)
    for outcome in group.requirements[line.subject].outcomes:
        place = outcome.rule.text.jurisdiction
        length = len(place) if len(place) in (CITY, DISTRICT) else CITY
        for series, lag in lookups[id(outcome.rule)]:
            year, label = policy.stack.on.year - lag, catalogue().series[series].label
            found = policy.series.find(series, line.code, year)
            if found is None and f"{year}年{label}" in row.reason:
                yield Missing(label, year, line.code[:length])


def _with_names(computed: Computed) -> Computed:
    """Name the divisions of missing figures, and the money that clauses are for. One query."""
    wanted = {gap.division for line in computed.lines for gap in line.missing}
    names = division_names(wanted, computed.on)
    covers = {rule.id: rule.provision.covers for rule in computed.requirements.stack.rules}
    for number, line in enumerate(computed.lines):
        gaps = tuple(
            dict.fromkeys(replace(gap, name=names.get(gap.division, "")) for gap in line.missing)
        )
        blocked = line.blocked
        for gap in gaps:
            blocked = blocked.replace(f"缺少{gap.year}年{gap.label}", gap.said)
        money = tuple(dict.fromkeys(one for key in line.clauses for one in covers[key]))
        computed.lines[number] = replace(line, missing=gaps, blocked=blocked, covers=money)
    return computed
