"""What the policies ask in money of communities, as they are and as they would be."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from accounts.models import User
from accounts.scope import contains
from communities.choices import CommitteeKind
from communities.models import Community
from communities.models.places import COMMUNITY_CODE
from communities.selectors.assessment import Assessment, get_assessment, read_present
from communities.selectors.before_after import Cell
from communities.selectors.register import Register, unit_of
from communities.services.facts_flow import Row
from communities.services.names import committee_kind
from policy.engine import Facts, assess, catalogue
from policy.engine.facts import joined

CODE = re.compile(COMMUNITY_CODE, re.ASCII)
VILLAGE = "村不在测算范围内"
NO_FACTS = "没有年度数据"
NO_RULE = "没有适用的经费标准"
NOT_LISTED = "这一年的台账里没有"


@dataclass(frozen=True)
class Hypothetical:
    """A community as it would be: key, code, name and the facts it would have."""

    key: str
    code: str
    name: str
    facts: Row | None


def money_before(
    user: User, communities: dict[int, Community], year: int, on: datetime.date
) -> dict[int, Cell]:
    """The yearly funding requirement of communities by key, in yuan."""
    found, present = {}, read_present()
    for pk, community in communities.items():
        if community.committee_kind != CommitteeKind.RESIDENTS:
            found[pk] = Cell(None, VILLAGE)
            continue
        assessment = get_assessment(user, community.code, year, on, present)
        place = assessment.register.place_of(pk)
        found[pk] = Cell(None, NOT_LISTED) if place is None else funding(assessment, place)
    return found


def money_after(
    user: User,
    successors: Sequence[Hypothetical],
    leaving: Collection[int],
    year: int,
    on: datetime.date,
) -> dict[str, Cell]:
    """The yearly funding requirement of communities that would be there, by key, in yuan.

    Their districts are assessed with the communities `leaving` (by key) taken out and these put in:
    what a district shares out depends on all of it.
    """
    found: dict[str, Cell] = {}
    units: dict[str, list[Hypothetical]] = defaultdict(list)
    for one in successors:
        if committee_kind(one.name) != CommitteeKind.RESIDENTS:
            found[one.key] = Cell(None, VILLAGE)
        elif one.facts is None:
            found[one.key] = Cell(None, NO_FACTS)
        elif not (
            re.fullmatch(COMMUNITY_CODE, one.code, re.ASCII) and contains(user.scope, one.code)
        ):
            found[one.key] = Cell(None, f"代码“{one.code}”不在你的辖区内")
        else:
            units[unit_of(one.code)].append(one)
    present = read_present()
    for rows in units.values():
        as_it_is = get_assessment(user, rows[0].code, year, on, present)
        assessment = reassess(as_it_is, rows, leaving)
        for one in rows:
            place = assessment.register.place(one.code)
            found[one.key] = Cell() if place is None else funding(assessment, place)
    return found


def reassess(
    present: Assessment, rows: Sequence[Hypothetical], leaving: Collection[int]
) -> Assessment:
    """The assessment of a district in which some communities are replaced by others."""
    register = present.register
    kept = np.flatnonzero(~np.isin(np.asarray(register.keys, dtype=np.int64), list(leaving)))
    taken = {register.codes[place] for place in kept}
    added = [one for one in rows if one.code not in taken]
    facts = joined(register.facts.take(kept), _facts(added))
    order = np.argsort(facts.numbers, kind="stable")
    facts = facts.take(order)
    codes = [str(code) for code in facts.codes]
    changed: Register = replace(register, codes=codes, numbers=facts.numbers, facts=facts)
    requirements = assess(facts, present.policy.stack, present.policy.series)
    return Assessment(changed, present.policy, requirements, present.on)


def _facts(rows: Sequence[Hypothetical]) -> Facts:
    """The facts of communities that would be there, by the names of the catalogue."""
    columns = {}
    for key, fact in catalogue().facts.items():
        name = fact.column or key
        values = [(one.facts or {}).get(name) for one in rows]
        if any(name in (one.facts or {}) for one in rows):
            columns[key] = values
    return Facts.from_columns([one.code for one in rows], columns)


def funding(assessment: Assessment, place: int) -> Cell:
    """What is required of a row in a year in yuan, or why it cannot be said."""
    measure = assessment.measure("funding")
    if measure.blocked[place]:
        return Cell(None, assessment.reason(assessment.funding_subjects(), place))
    if not measure.has_required[place]:
        return Cell(None, NO_RULE)
    return Cell(Decimal(int(measure.required[place])).scaleb(-2))
