"""A new year's code list beside the register: what differs, and the one act that takes it over."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.db import transaction

from accounts.models import User
from accounts.scope import COMMUNITY, STREET, contains
from communities.choices import ActKind
from communities.models import ChangeAct
from communities.selectors.recode import Held, present_places
from communities.services.acts import propose, submit
from communities.services.divisions import parent_code
from communities.services.plans import DivisionChange, Plan, Successor
from communities.services.recode_match import match
from communities.services.rows import DivisionRow, RowError, read_rows

NEW, LEFT_OUT = "新增", "不处理"


@dataclass(frozen=True)
class Line:
    """A row of the list that is not as the register has it; `held` None: not in the register.

    `signs` are words for what changes; `trouble` says why it cannot be taken over, or ''.
    """

    code: str
    name: str
    held: Held | None
    signs: tuple[str, ...]
    trouble: str = ""

    @property
    def is_new(self) -> bool:
        return NEW in self.signs

    @property
    def street(self) -> str:
        """The street of the list under which it is shown."""
        return self.code[:STREET]


@dataclass
class StreetSum:
    """How the communities of one street of the list differ."""

    code: str
    name: str
    unchanged: int = 0
    changed: int = 0
    new: int = 0
    missing: int = 0

    @property
    def differs(self) -> bool:
        return bool(self.changed or self.new or self.missing)


@dataclass
class Comparison:
    """A list beside the register.

    `lines` and `divisions` are the rows that differ, by code; `missing` present places that no row
    stands for, under the street of the list that they would be in; `outside` the number of rows
    beyond the scope; `uncovered` streets of which the file says nothing.
    """

    wrong: list[RowError] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    divisions: list[Line] = field(default_factory=list)
    missing: dict[str, list[Held]] = field(default_factory=dict)
    missing_divisions: list[Held] = field(default_factory=list)
    streets: list[StreetSum] = field(default_factory=list)
    uncovered: list[Held] = field(default_factory=list)
    present: dict[str, Held] = field(default_factory=dict)
    matched: dict[str, str] = field(default_factory=dict)
    unchanged: int = 0
    outside: int = 0
    listed: int = 0

    @property
    def changes(self) -> list[Line]:
        """Communities that an act would change."""
        return [line for line in self.lines if line.held]

    @property
    def division_changes(self) -> list[Line]:
        return [line for line in self.divisions if line.held]

    @property
    def counts(self) -> Counter[str]:
        """How many communities each word concerns."""
        return Counter(sign for line in self.lines for sign in line.signs)


def compare(
    user: User,
    text: str,
    *,
    on: datetime.date,
    chosen: Mapping[str, str] | None = None,
    with_names: bool = True,
) -> Comparison:
    """What a CSV text of codes and names differs in from the user's scope as it is on a day.

    `chosen` gives present codes for listed ones ('' for none) where somebody changed a match;
    without `with_names` a name that is spelt differently is no difference. Two queries.
    """
    rows, wrong = read_rows(text)
    inside = [row for row in rows if contains(user.scope, row.code) and row.code != user.scope]
    # the rows of the scope itself and of what lies above it are headings, not rows beyond it
    above = sum(user.scope.startswith(row.code) for row in rows)
    outside = len(rows) - len(inside) - above
    found = Comparison(wrong=wrong, outside=outside, listed=len(inside))
    if wrong or not inside:
        return found
    found.present = present_places(user, on)
    names = {code: one.name for code, one in found.present.items()}
    listed = {row.code: row.name for row in inside}
    found.matched = match(names, listed, chosen or {})
    left_out = {code for code, old in (chosen or {}).items() if not old}
    Reading(found, inside, with_names, left_out).read()
    return found


class Reading:
    """One list turned into lines."""

    def __init__(
        self, found: Comparison, rows: list[DivisionRow], with_names: bool, left_out: set[str]
    ) -> None:
        self.found, self.rows, self.with_names = found, rows, with_names
        # rows of which somebody said that nothing is to be done about them
        self.left_out = left_out
        self.new_codes = {old: new for new, old in found.matched.items()}
        self.listed = {row.code: row.name for row in rows}
        # parents of a list of communities only keep their codes
        self.covered = {row.code[:STREET] for row in rows if len(row.code) >= STREET}

    def read(self) -> None:
        found = self.found
        sums: dict[str, StreetSum] = {}
        for row in sorted(self.rows, key=lambda one: one.code):
            line = self._line(row)
            if len(row.code) < COMMUNITY:
                found.divisions += [line] if line else []
                continue
            street = self._sum(sums, row.code[:STREET])
            if line is None:
                found.unchanged += 1
                street.unchanged += 1
                continue
            found.lines.append(line)
            street.changed += line.held is not None
            street.new += line.is_new
        self._missing(sums)
        found.streets = [sums[code] for code in sorted(sums)]

    def _sum(self, sums: dict[str, StreetSum], code: str) -> StreetSum:
        if code not in sums:
            sums[code] = StreetSum(code, self.street_name(code))
        return sums[code]

    def street_name(self, code: str) -> str:
        """The name of a street of the list: the list's, else the register's, else the code."""
        known = self.found.present.get(code)
        return self.listed.get(code) or (known.name if known else code)

    def _line(self, row: DivisionRow) -> Line | None:
        """What is to be said of a row, None for one that is as the register has it."""
        old = self.found.matched.get(row.code)
        if old is None and row.code in self.left_out:
            return Line(row.code, row.name, None, (LEFT_OUT,))
        if old is None:
            return Line(row.code, row.name, None, (NEW,), self._trouble(row, None))
        held = self.found.present[old]
        name = row.name if self.with_names else held.name
        if (held.code, held.name) == (row.code, name):
            return None
        signs = tuple(self._signs(row.code, name, held))
        return Line(row.code, name, held, signs, self._trouble(row, held))

    def _signs(self, code: str, name: str, held: Held) -> Iterator[str]:
        if code != held.code:
            parent = parent_code(held.code)
            stays = self.new_codes.get(parent, parent) == parent_code(code)
            yield "代码变更" if stays else "换上级"
            holder = self.found.present.get(code)
            if holder and self.new_codes.get(holder.code) == held.code:
                yield "代码互换"
            elif holder:
                yield "代码转用"
        if name != held.name:
            yield "更名"

    def _trouble(self, row: DivisionRow, held: Held | None) -> str:
        """Why a row cannot be taken over as it stands."""
        code = row.code
        holder = self.found.present.get(code)
        if held and holder and holder is not held and holder.code not in self.new_codes:
            return f"代码{code}仍由{holder.name}使用。给它也选一行，或这一行不处理"
        street = code[:STREET]
        if len(code) == COMMUNITY and street not in self.found.present:
            if street not in self.listed:
                return f"街道{street}不在库里，文件里也没有它的名称。在文件里补上街道这一行"
            if street not in self.found.matched:
                return f"街道{street}是新增的。先登记这个街道"
        return ""

    def _missing(self, sums: dict[str, StreetSum]) -> None:
        """Present places that no row stands for, where the file speaks of their street at all."""
        found = self.found
        with_streets = any(len(row.code) == STREET for row in self.rows)
        for code, held in found.present.items():
            new_parent = self.new_codes.get(parent_code(code), parent_code(code))
            if code in self.new_codes or code in self.left_out:
                continue
            if len(code) == COMMUNITY and new_parent in self.covered:
                found.missing.setdefault(new_parent, []).append(held)
                self._sum(sums, new_parent).missing += 1
            elif len(code) == STREET and code not in self.covered:
                (found.missing_divisions if with_streets else found.uncovered).append(held)


def plan_of(found: Comparison) -> Plan:
    """The plan of the one act that takes a list over: every matched place that differs."""
    changes = found.changes
    return Plan(
        communities=tuple(line.held.key for line in changes if line.held),
        successors=tuple(
            Successor(f"c{line.held.key}", line.held.key, line.code, line.name)
            for line in changes
            if line.held
        ),
        divisions=tuple(
            DivisionChange(line.held.code, line.code, line.name)
            for line in found.division_changes
            if line.held
        ),
    )


@transaction.atomic
def propose_recode(
    *,
    by: User,
    at: datetime.datetime,
    on: datetime.date,
    title: str,
    reason: str,
    plan: Plan,
) -> ChangeAct:
    """Propose and submit the act of a list; return it. The register is not touched.

    Raises MistakesError when the plan cannot be carried out on the day, and as propose does.
    """
    act = propose(by=by, at=at, kind=ActKind.RECODE, title=title, reason=reason, plan=plan)
    return submit(act=act, by=by, at=at, on=on, version=act.version)
