"""Which facts the policies in force need of a unit in a year, and the clauses that need them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from collection.rules.fields import FIELDS
from policy.engine.catalogue import Subject, catalogue
from policy.engine.compiling import Rule
from policy.selectors import policy_for

# Beside the fact that the catalogue names: what is set against a requirement, by its subject.
ACTUALS = {
    "party_committee_members": ("party_members_in_post",),
    "work_premises_area": ("work_area_m2",),
    "service_area": ("service_area_m2",),
    "combined_premises_area": ("work_area_m2", "service_area_m2"),
    "premises_area": ("premises_area_m2",),
    "property_premises_area": ("property_area_m2",),
    "service_halls": ("service_halls",),
    "grids": ("grids",),
}
FUNDING, RECEIVED = "funding", "received_yuan"
# Of the year's determined count; a round says which of the other counts it is.
DETERMINED = "households"


@dataclass(frozen=True)
class Need:
    """A clause that needs a fact: of which subject, text (without 《》) and article."""

    subject: str
    title: str
    article: str


def needed(code: str, year: int) -> dict[str, list[Need]]:
    """The facts that the policies in force on 31 December of a year need of a division.

    By name of a field, in the order of the form, with the clauses, nearest text first; the
    determined households stand under “households”. Texts of the division, of those above and of
    those within it count. Facts that no form asks are left out. At most five queries.
    """
    stack = policy_for(code, date(year, 12, 31)).stack
    by_subject = stack.for_prefixes([True] * len(stack.jurisdictions))
    found: dict[str, list[Need]] = {}
    for rule in (one for rules in by_subject.values() for one in rules):
        need = Need(rule.subject.label, rule.text.title, rule.provision.article)
        for name in dict.fromkeys(columns_of(rule)):
            needs = found.setdefault(name, [])
            if need not in needs:
                needs.append(need)
    order = [DETERMINED, *FIELDS]
    return {name: found[name] for name in order if name in found}


def columns_of(rule: Rule) -> Iterator[str]:
    """The columns that a rule counts with, and those that are set against what it requires."""
    known = catalogue().facts
    facts = [*rule.fact_names, *([rule.subject.actual] if rule.subject.actual else [])]
    for key in facts:
        yield known[key].column or key
    yield from actual_columns(rule.subject)


def actual_columns(subject: Subject) -> Iterable[str]:
    if subject.group == FUNDING and subject.period == "year":
        return (RECEIVED,)
    return ACTUALS.get(subject.key, ())
