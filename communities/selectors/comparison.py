"""社区增减情况: communities and households of two years by street, and what came and went."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from accounts.models import User
from accounts.scope import STREET, contains
from communities.choices import ActKind, ActState, Relation
from communities.models import ChangeAct, Community, Lineage
from communities.selectors.places import division_names
from communities.selectors.register import Versions, get_register, reading, unit_of


@dataclass(frozen=True)
class Moved:
    """A community that a street has in one of the two years only, and by which act.

    act is empty where the register knows of none; present is '' outside the reader's scope.
    """

    code: str
    name: str
    present: str
    households: int | None
    act: str


@dataclass(frozen=True)
class Side:
    """The communities of one year: how many, their households as far as reported."""

    count: int = 0
    households: int = 0
    unreported: int = 0

    def __add__(self, other: Side) -> Side:
        return Side(
            self.count + other.count,
            self.households + other.households,
            self.unreported + other.unreported,
        )


@dataclass(frozen=True)
class StreetChange:
    """One street: before + came − went = after; households before and after as reported.

    alike: how many households more the communities have that it has in both years, where both
    years tell.
    """

    code: str
    name: str
    before: Side
    after: Side
    came: tuple[Moved, ...] = ()
    went: tuple[Moved, ...] = ()
    alike: int = 0

    @property
    def households_more(self) -> int | None:
        return households_more(self.before, self.after)


@dataclass(frozen=True)
class Comparison:
    """Two years by street with their sums."""

    first: int
    second: int
    streets: list[StreetChange]
    before: Side = field(default_factory=Side)
    after: Side = field(default_factory=Side)
    came: int = 0
    went: int = 0
    alike: int = 0

    @property
    def households_more(self) -> int | None:
        return households_more(self.before, self.after)


def households_more(before: Side, after: Side) -> int | None:
    """How many households more, None where a community of either year does not tell its own."""
    if before.unreported or after.unreported:
        return None
    return after.households - before.households


class Held(NamedTuple):
    """A community as a year has it."""

    key: int
    code: str
    name: str
    present: str
    households: int | None


def compare_years(
    user: User, prefix: str, first: int, second: int, versions: Versions
) -> Comparison:
    """What changed under a prefix from 31 December of one year to that of a later one.

    Urban communities under the code that they had on each day; one that moved to another street
    went here and came there. Four queries beside the registers. Raises PermissionError for a
    prefix outside the user's scope.
    """
    before, after = (_held(user, prefix, year, versions) for year in (first, second))
    codes = {code[:STREET] for _, code in (*before, *after)}
    names = division_names(codes, datetime.date(second, 12, 31))
    acts = _acts(user, first, second, {key for key, _ in before.keys() ^ after.keys()})
    old, new = _by_street(before), _by_street(after)
    streets = [
        StreetChange(
            street,
            names.get(street, street),
            _side(old[street].values()),
            _side(new[street].values()),
            _moved(new[street], old[street], acts, user),
            _moved(old[street], new[street], acts, user),
            _alike(old[street], new[street]),
        )
        for street in sorted(codes)
    ]
    return Comparison(
        first,
        second,
        streets,
        sum((street.before for street in streets), Side()),
        sum((street.after for street in streets), Side()),
        sum(len(street.came) for street in streets),
        sum(len(street.went) for street in streets),
        sum(street.alike for street in streets),
    )


Year = dict[tuple[int, str], Held]


def _held(user: User, prefix: str, year: int, versions: Versions) -> Year:
    """The communities of a year by key and street."""
    with reading(user, prefix):
        register = get_register(unit_of(prefix), year, versions.of(year))
    column, rows = register.facts.get("households"), register.under(prefix)
    missing = np.broadcast_to(column.missing, len(register))[rows].tolist()
    figures = [
        None if unknown else number
        for number, unknown in zip(np.asarray(column.num)[rows].tolist(), missing, strict=True)
    ]
    keys, names = register.keys[rows].tolist(), register.names[rows].tolist()
    held = map(Held, keys, register.codes[rows], names, register.present[rows], figures)
    return {(one.key, one.code[:STREET]): one for one in held}


def _by_street(year: Year) -> defaultdict[str, dict[int, Held]]:
    found: defaultdict[str, dict[int, Held]] = defaultdict(dict)
    for (key, street), one in year.items():
        found[street][key] = one
    return found


def _side(held: Iterable[Held]) -> Side:
    figures = [one.households for one in held]
    known = [figure for figure in figures if figure is not None]
    return Side(len(figures), sum(known), len(figures) - len(known))


def _alike(before: dict[int, Held], after: dict[int, Held]) -> int:
    pairs = [(before[key].households, after[key].households) for key in before.keys() & after]
    return sum(new - old for old, new in pairs if old is not None and new is not None)


def _moved(
    here: dict[int, Held], there: dict[int, Held], acts: dict[int, str], user: User
) -> tuple[Moved, ...]:
    return tuple(
        Moved(
            one.code,
            one.name,
            one.present if contains(user.scope, one.present) else "",
            one.households,
            acts.get(key, ""),
        )
        for key, one in sorted(here.items(), key=lambda pair: pair[1].code)
        if key not in there
    )


def _acts(user: User, first: int, second: int, keys: set[int]) -> dict[int, str]:
    """The acts by which communities came or went between two years, else how they were set up."""
    since, until = datetime.date(first, 12, 31), datetime.date(second, 12, 31)
    said = {
        key: f"设立，{doc_no}"
        for key, doc_no in Community.objects.for_user(user)
        .filter(pk__in=keys, set_up_on__gt=since, set_up_on__lte=until)
        .exclude(set_up_doc_no="")
        .values_list("pk", "set_up_doc_no")
    }
    labels = dict(ActKind.choices)
    # what ends when it is reopened has ended by another act
    acts = ChangeAct.objects.for_user(user).filter(
        state=ActState.APPLIED, effective_on__gt=since, effective_on__lte=until
    )
    acts = acts.exclude(kind=ActKind.REOPEN)
    for kind, doc_no, plan in acts.order_by("effective_on", "pk").values_list(
        "kind", "decision_doc_no", "plan"
    ):
        said |= {key: f"{labels[kind]}，{doc_no}" for key in plan["communities"] if key in keys}
    known = (
        Lineage.objects.for_user(user)
        .filter(community__in=keys, effective_on__gt=since, effective_on__lte=until)
        .exclude(kind=ActKind.REOPEN, relation=Relation.SUCCESSOR)
    )
    for key, kind, doc_no in known.order_by("effective_on", "pk").values_list(
        "community_id", "kind", "doc_no"
    ):
        said[key] = f"{labels[kind]}，{doc_no}"
    return said
