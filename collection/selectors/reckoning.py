"""按已填数据测算: what the policies in force require of one community with certain facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from accounts.models import User
from accounts.scope import STREET
from collection.rules.fields import FIELDS
from collection.rules.findings import Known, Values
from collection.selectors.known import known_for
from collection.selectors.rounds import calls_for
from communities.models import Community
from communities.selectors.assessment import Assessment, Present, get_assessment
from communities.selectors.register import Register
from policy.engine import Facts, assess, catalogue
from policy.engine.catalogue import Fact
from policy.engine.facts import FactColumn, FactError, read_fact

PEOPLE = ("committee_members", "community_workers", "discretionary_workers")
# What a subject rests on, where the district decides it and a round need not ask.
GIVEN_BY_DISTRICT = {"discretionary_workers": "extra_workers"}
UNSTATED = "未载明"
MOST_NAMED = 4


@dataclass(frozen=True)
class Line:
    """One figure: people or m²; None with a reason where it cannot be computed."""

    label: str
    value: Decimal | None
    unit: str
    reason: str = ""


@dataclass(frozen=True)
class Reckoning:
    """What is required of a community: people and rooms, yearly money by subject and by payer.

    `total_yuan`: the sum of `money` that can be computed, None where there is none; `partial`: it
    leaves something out. `missing`: why something cannot be computed. `taken`: asked fields that
    were not given and stand as last year, by their labels. `silent`: why there is nothing at all.
    """

    lines: tuple[Line, ...] = ()
    money: tuple[Line, ...] = ()
    total_yuan: Decimal | None = None
    partial: bool = False
    payers: tuple[tuple[str, Decimal], ...] = ()
    missing: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    silent: str = ""

    @property
    def taken_said(self) -> str:
        """The fields taken from last year: by name, or their number where they are many."""
        many = len(self.taken) > MOST_NAMED
        return f"{len(self.taken)}项" if many else "、".join(self.taken)


@dataclass(frozen=True)
class _Given:
    """Values by key of a fact, and the labels of those that are last year's."""

    values: dict[str, Any] = field(default_factory=dict)
    taken: tuple[str, ...] = ()


def reckon(
    user: User,
    community: Community,
    year: int,
    values: Values,
    on: date,
    known: Known | None = None,
    present: Present | None = None,
) -> Reckoning:
    """What the policies of a day require of a community with the values of a form.

    `values`: by name of a field; one that is None is taken from the stored facts, else from last
    year's, and then named. The whole district is assessed with them: its quotas move too. `known`
    (selectors.known) spares eight queries, `present` one. Raises PermissionError for a community
    outside the user's scope.
    """
    if known is None:
        calls = calls_for([community.code[:STREET]], year)
        known = known_for([community], year, calls)[community.pk]
    stored = get_assessment(user, community.code, year, on, present)
    row = stored.register.place_of(community.pk)
    if row is None:
        return Reckoning(silent="不在城市社区的测算范围")
    if not stored.requirements.subjects:
        return Reckoning(silent=f"{on}没有生效的政策")
    given = _given(stored.register, row, values, known)
    facts = _with(stored.register.facts, row, given.values)
    policy = stored.policy
    made = Assessment(
        replace(stored.register, facts=facts),
        policy,
        assess(facts, policy.stack, policy.series),
        on,
    )
    return _read(made, row, given.taken, known.asked)


def _given(register: Register, row: int, values: Values, known: Known) -> _Given:
    """Values of the form, else nothing where a row is stored, else last year's."""
    last = known.last or {}
    found: dict[str, Any] = {}
    taken = []
    for key, fact in catalogue().facts.items():
        name = fact.column or key
        if key == "households" and known.measure:
            name = known.measure
        if name not in FIELDS:
            continue
        value = values.get(name)
        if value in (None, "") and register.facts.get(key).at(row).missing:
            value = last.get(name)
            if value not in (None, "") and name in known.asked:
                taken.append(FIELDS[name].label)
        if value not in (None, ""):
            found[key] = value
    return _Given(found, tuple(dict.fromkeys(taken)))


def _with(facts: Facts, row: int, values: Mapping[str, Any]) -> Facts:
    """The facts of the register with one row's values replaced."""
    columns = dict(facts.columns)
    for key, value in values.items():
        fact = catalogue().facts[key]
        try:
            held = read_fact(fact, value)
        except FactError:
            continue
        if held is not None:
            columns[key] = _replaced(fact, facts.get(key), row, held)
    return Facts(facts.codes, columns, _numbers=facts.numbers)


def _replaced(fact: Fact, column: FactColumn, row: int, held: int) -> FactColumn:
    num = np.array(column.num)
    missing = np.array(np.broadcast_to(column.missing, len(num)))
    if abs(held) > np.iinfo(np.int64).max:
        return column
    num[row], missing[row] = held, False
    return FactColumn(fact, num, missing, max(column.bound, abs(held)))


def _read(made: Assessment, row: int, taken: tuple[str, ...], asked: frozenset[str]) -> Reckoning:
    lines = [_people(made, subject, row, asked) for subject in PEOPLE if made.parts(subject)]
    lines.append(_rooms(made, row))
    shown = tuple(one for one in lines if one is not None)
    money = tuple(_money(made, row))
    counted = [one.value for one in money if one.value is not None]
    reasons = dict.fromkeys(one.reason for one in (*shown, *money) if one.reason)
    return Reckoning(
        lines=shown,
        money=money,
        total_yuan=sum(counted, Decimal(0)) if counted else None,
        partial=any(one.reason for one in money),
        payers=tuple(_payers(made, row)),
        missing=tuple(reasons),
        taken=taken,
    )


def _is_elsewhere(subject: str, asked: frozenset[str]) -> bool:
    name = GIVEN_BY_DISTRICT.get(subject)
    return name is not None and bool(asked) and name not in asked


def _people(made: Assessment, subject: str, row: int, asked: frozenset[str]) -> Line | None:
    figures, label = made.column(subject), catalogue().subjects[subject].label
    if figures.blocked[row] and _is_elsewhere(subject, asked):
        return None  # no form of the street's can say it
    if figures.blocked[row]:
        return Line(f"应配{label}", None, "人", made.reason([subject], row))
    if not figures.has[row] or (subject == "discretionary_workers" and not figures.required[row]):
        return None
    return Line(f"应配{label}", Decimal(int(figures.required[row])), "人")


def _rooms(made: Assessment, row: int) -> Line | None:
    subjects = [one for one in made.subjects if catalogue().subjects[one].group == "premises"]
    rooms = made.measure("premises")
    if rooms.blocked[row]:
        return Line("应有用房", None, "㎡", made.reason(subjects, row))
    if not rooms.has_required[row]:
        return None
    return Line("应有用房", Decimal(int(rooms.required[row])).scaleb(-2), "㎡")


def _money(made: Assessment, row: int) -> Iterable[Line]:
    for subject in made.funding_subjects():
        figures, label = made.column(subject), catalogue().subjects[subject].label
        if figures.blocked[row]:
            yield Line(label, None, "元", made.reason([subject], row))
        elif figures.has[row] and figures.required[row]:
            yield Line(label, Decimal(int(figures.required[row])).scaleb(-2), "元")


def _payers(made: Assessment, row: int) -> Iterable[tuple[str, Decimal]]:
    """Yearly money by payer, in the catalogue's order; what no text gives to a payer comes last."""
    by_payer: dict[str, int] = {}
    for subject in made.funding_subjects():
        figures = made.column(subject)
        if not figures.has[row] or figures.blocked[row]:
            continue
        rest = int(figures.required[row])
        for payer, fen in made.payers(subject).items():
            by_payer[payer] = by_payer.get(payer, 0) + int(fen[row])
            rest -= int(fen[row])
        by_payer[""] = by_payer.get("", 0) + rest
    for payer, label in (*catalogue().payers.items(), ("", UNSTATED)):
        if by_payer.get(payer):
            yield label, Decimal(by_payer[payer]).scaleb(-2)
