"""What a workbook to fill in holds: communities, asked facts, texts known so far, last year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import User
from accounts.scope import STREET, contains
from collection.choices import RoundState
from collection.models import FactsDraft, Round
from collection.rules.fields import FIELDS, Field, typed
from collection.rules.reading import written
from collection.selectors.known import known_for, last_values
from collection.selectors.rounds import asked_communities, calls_for
from communities.models import AnnualFacts, Community
from communities.models.facts import OPEN_STATES
from communities.selectors.places import division_names

# A workbook of more communities is no longer one that people fill in.
MOST_COMMUNITIES = 3_000


@dataclass(frozen=True)
class FillRow:
    """One community: texts by field as the form shows them, reasons, last year's texts."""

    code: str
    name: str
    street: str
    texts: Mapping[str, str]
    reasons: Mapping[str, str]
    last: Mapping[str, str]


@dataclass(frozen=True)
class Filling:
    """The workbook of a place and year; `asked` in the order of the form."""

    place: str
    year: int
    asked: list[Field]
    rows: list[FillRow]
    by_street: bool
    closes_on: date | None
    # communities that are left out: their facts were handed in or confirmed
    locked: int = 0


def get_filling(user: User, prefix: str, year: int, on: date) -> Filling | None:
    """The communities of a street or district as they are filled in, or None where there are none.

    A text is that of the draft, else of the stored facts, else what the register holds. Also None
    for places outside the scope, for more than 3,000 communities, and where nothing is asked of
    anybody: whoever may import without a round gets all facts. About fifteen queries.
    """
    if not contains(user.scope, prefix):
        return None
    places = Community.objects.for_user(user).filter(pk__in=asked_communities(prefix, on))
    all_ = list(places.order_by("code")[: MOST_COMMUNITIES + 1])
    if not all_ or len(all_) > MOST_COMMUNITIES:
        return None
    communities, locked = _open(all_, year)
    calls = calls_for({one.code[:STREET] for one in communities}, year)
    names = {name for call in calls.values() for name in call.asked}
    if not names and user.has_perm("communities.import_annualfacts"):
        names = set(FIELDS)
    asked = typed(sorted(names))
    if not asked:
        return None
    titles = division_names({one.code[:STREET] for one in communities} | {prefix}, on)
    return Filling(
        place=titles.get(prefix, prefix),
        year=year,
        asked=asked,
        rows=_rows(communities, year, asked, titles, calls),
        by_street=len(prefix) < STREET,
        locked=locked,
        closes_on=min((call.closes_on for call in calls.values()), default=None),
    )


def _open(communities: list[Community], year: int) -> tuple[list[Community], int]:
    """The communities whose facts can be filled in, and how many are locked. One query.

    Where all are locked the workbook has them all: to look at.
    """
    held = AnnualFacts.objects.filter(community__in=communities, year=year)
    locked = set(held.exclude(status__in=OPEN_STATES).values_list("community", flat=True))
    open_ = [one for one in communities if one.pk not in locked]
    return (open_, len(locked)) if open_ else (communities, 0)


def _rows(
    communities: list[Community],
    year: int,
    asked: list[Field],
    titles: Mapping[str, str],
    calls: Mapping[str, Any],
) -> list[FillRow]:
    keys = [one.pk for one in communities]
    known, stored = known_for(communities, year, calls), last_values(keys, year)
    # keys of communities that were read within the person's scope
    drafts = {one.community_id: one for one in FactsDraft.objects.filter(
        community__in=keys, year=year)}  # fmt: skip
    found = []
    for one in communities:
        draft, held = drafts.get(one.pk), stored.get(one.pk)
        cells = draft.cells if draft else {}
        elsewhere = known[one.pk].elsewhere
        last = known[one.pk].last or {}
        texts = {
            field.name: str(cells[field.name])
            if field.name in cells
            else _text(field, held, elsewhere)
            for field in asked
        }
        found.append(
            FillRow(
                code=one.code,
                name=one.short_name,
                street=titles.get(one.code[:STREET], ""),
                texts=texts,
                # those of stored facts hold on for figures that stay as they are
                reasons={name: why for name, why in draft.reasons.items() if why} if draft else {},
                last={field.name: written(field, last.get(field.name)) for field in asked},
            )
        )
    return found


def _text(field: Field, held: Mapping[str, Any] | None, elsewhere: Mapping[str, Any]) -> str:
    """What is stored; where the year has no facts yet, what the register holds."""
    if held is not None:
        return written(field, held.get(field.name))
    kept = elsewhere.get(field.name)
    return written(field, kept[0]) if kept else ""


def years_offered(user: User, on: date) -> list[int]:
    """The years for which a person may import, the latest first: never empty. One query.

    Years of rounds that ask something of the scope; whoever may import without a round may also
    choose the present year and the two before it.
    """
    rounds = Round.objects.for_user(user).exclude(state=RoundState.DRAFT)
    years = set(rounds.order_by().values_list("year", flat=True).distinct())
    if not years or user.has_perm("communities.import_annualfacts"):
        years |= {on.year - 2, on.year - 1, on.year}
    return sorted(years, reverse=True)
