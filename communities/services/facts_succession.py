"""The yearly facts of successors: those of the effective year and of later ones, stored."""

from __future__ import annotations

from typing import Any

from communities.models import AnnualFacts, Community
from communities.services.facts_flow import COLUMNS_OF_FACTS, Source, flow_facts
from communities.services.succession import Succession


def flow_stored_facts(succession: Succession) -> None:
    """Divide and add the facts of the effective year and later; earlier years are not touched.

    Facts of a year stand under the communities and codes of its 31 December: the rows of
    communities that end stay as they are, their year's register no longer lists them.
    """
    sources = succession.plan.sources
    rows = AnnualFacts.objects.filter(community__in=sources, year__gte=succession.on.year)
    years: dict[int, dict[int, AnnualFacts]] = {}
    for row in rows.order_by("year", "pk"):
        years.setdefault(row.year, {})[row.community_id] = row
    for year, known in years.items():
        flowed = flow_facts(
            [Source(pk, succession.plan.weights(pk), _values(known.get(pk))) for pk in sources],
            [one.key for one in succession.plan.successors],
        )
        for key, values in flowed.rows.items():
            if values is not None:
                _store(succession.successors[key], year, values, known)


def _values(row: AnnualFacts | None) -> dict[str, Any] | None:
    return None if row is None else {name: getattr(row, name) for name in COLUMNS_OF_FACTS}


def _store(
    community: Community, year: int, values: dict[str, Any], known: dict[int, AnnualFacts]
) -> None:
    """Write a successor's row of a year; one that is what it was stays as it is."""
    row = known.get(community.pk)
    if row is not None and _values(row) == values:
        return
    if row is None:
        row = AnnualFacts(community=community, year=year, version=0)
    for name, value in (values | codes_of(community.code)).items():
        setattr(row, name, value)
    row.version += 1
    row.save()


def codes_of(code: str) -> dict[str, str]:
    """The codes that facts keep of a community's code."""
    return {
        "code": code,
        "street_code": code[:9],
        "district_code": code[:6],
        "city_code": code[:4],
    }
