"""The yearly facts of successors: those of the effective year and of later ones, stored."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from communities.choices import ActKind, FactsStatus
from communities.models import AnnualFacts, Community
from communities.services.facts_flow import COLUMNS_OF_FACTS, Source, flow_facts
from communities.services.locks import unlocked
from communities.services.new_housing import with_new_housing
from communities.services.plans import Plan
from communities.services.succession import Succession

Years = dict[int, dict[int, AnnualFacts]]


@dataclass(frozen=True)
class Rewritten:
    """What an act changes beyond what is reported at present.

    `confirmed`: years before the present one with confirmed facts that change. `added`: years
    after the effective one for which a community that ends and the one that goes on for it both
    reported: the rows are added, although the one that goes on may have reported the whole.
    """

    confirmed: tuple[int, ...] = ()
    added: tuple[int, ...] = ()


def flow_stored_facts(succession: Succession) -> None:
    """Divide and add the facts of the effective year and later; earlier years are not touched.

    Facts of a year stand under the communities and codes of its 31 December: the rows of
    communities that end stay as they are, their year's register no longer lists them. Households
    that belonged to no community are in a row of the effective year.
    """
    plan, on = succession.plan, succession.on
    rows = AnnualFacts.objects.filter(community__in=plan.sources, year__gte=on.year)
    years = _by_year(rows.select_for_update())
    if plan.new_housing:
        years.setdefault(on.year, {})
    with unlocked():
        for year, known in years.items():
            for key, values in _flowed(plan, on, year, known).items():
                if values is not None:
                    _store(succession.successors[key], year, values, known)


def rewritten(
    user: User, plan: Plan, kind: str, on: datetime.date, today: datetime.date
) -> Rewritten:
    """What an act effective `on` a day changes of years that are reported.

    Two queries; none unless the day is in a year before the present one.
    """
    if on.year >= today.year:
        return Rewritten()
    rows = AnnualFacts.objects.for_user(user).filter(year__gte=on.year, year__lte=today.year)
    moved = _recoded(plan)
    confirmed, added = [], []
    for year, known in _by_year(rows.filter(community__in=_touched(plan, kind) | moved)).items():
        changed = (moved | _ending(plan, kind)) & known.keys()
        changed |= {*_changed(plan, on, year, known)}
        if year < today.year and any(known[pk].status == FactsStatus.CONFIRMED for pk in changed):
            confirmed.append(year)
        if year > on.year and _both_reported(plan, known):
            added.append(year)
    return Rewritten(tuple(confirmed), tuple(added))


def rewriting_words(
    user: User, plan: Plan, kind: str, on: datetime.date, today: datetime.date
) -> str:
    """What an act changes of years that are reported, in words; '' for nothing. See rewritten."""
    found, said = rewritten(user, plan, kind, on, today), []
    if found.confirmed:
        said.append(f"生效日期{on}会更改{_listed(found.confirmed)}年度已确认的数据")
    if found.added:
        years = _listed(found.added)
        said.append(f"{years}年度停用的社区和延续的社区都有数据，生效后两者相加")
    return "；".join(said)


def past_words(user: User, plan: Plan, kind: str, today: datetime.date) -> str:
    """Which confirmed years an act could change, before its effective day is known; '' for none."""
    years = past_years(user, plan, kind, today)
    if not years:
        return ""
    return (
        f"涉及的社区{_listed(years)}年度有已确认的数据。生效日期在{years[-1]}年或更早的，"
        "生效当年起的这些数据随变更更改"
    )


def _listed(years: tuple[int, ...]) -> str:
    return "、".join(map(str, years))


def past_years(user: User, plan: Plan, kind: str, today: datetime.date) -> tuple[int, ...]:
    """Years before the present one with confirmed facts that an act could change. Two queries."""
    rows = AnnualFacts.objects.for_user(user).filter(
        community__in=_touched(plan, kind) | _recoded(plan),
        year__lt=today.year,
        status=FactsStatus.CONFIRMED,
    )
    return tuple(rows.order_by("year").values_list("year", flat=True).distinct())


def _touched(plan: Plan, kind: str) -> set[int]:
    return {*plan.sources} | _ending(plan, kind)


def _recoded(plan: Plan) -> set[int]:
    """Communities that go on under another code."""
    now = Community.objects.filter(pk__in=plan.continuing).values_list("pk", "code")
    return {pk for pk, code in now if plan.continuing[pk].code != code}


def _ending(plan: Plan, kind: str) -> set[int]:
    """Communities that end with the act; one that is reopened had ended before."""
    return set() if kind == ActKind.REOPEN else {*plan.ending}


def _by_year(rows: QuerySet[AnnualFacts]) -> Years:
    years: Years = {}
    for row in rows.order_by("year", "pk"):
        years.setdefault(row.year, {})[row.community_id] = row
    return years


def _flowed(
    plan: Plan, on: datetime.date, year: int, known: dict[int, AnnualFacts]
) -> dict[str, dict[str, Any] | None]:
    sources = sources_of(plan, {pk: _values(row) for pk, row in known.items()})
    if year > on.year:
        sources = list(_still_reporting(sources))
    rows = flow_facts(sources, [one.key for one in plan.successors]).rows
    return with_new_housing(plan, rows)


def sources_of(plan: Plan, rows: dict[int, Any]) -> list[Source]:
    """The communities that a plan divides, with their rows of one year."""
    going_on = plan.continuing
    return [
        Source(pk, plan.weights(pk), rows.get(pk), going_on[pk].key if pk in going_on else None)
        for pk in plan.sources
    ]


def _still_reporting(sources: list[Source]) -> Iterator[Source]:
    """The sources of a year after the effective one.

    Who had ended by then and did not report is not missing where the community that goes on
    reported: its row holds for the whole.
    """
    whole = {one.goes_on for one in sources if one.row and one.goes_on}
    for one in sources:
        if one.row or one.goes_on:
            yield one
        else:
            left = {key: weight for key, weight in one.weights.items() if key not in whole}
            yield replace(one, weights=left)


def _changed(
    plan: Plan, on: datetime.date, year: int, known: dict[int, AnnualFacts]
) -> Iterator[int]:
    """Communities that go on and have a row of a year that would be another one."""
    flowed = _flowed(plan, on, year, {pk: known[pk] for pk in plan.sources if pk in known})
    for pk, one in plan.continuing.items():
        values = flowed.get(one.key)
        if pk in known and values is not None and values != _values(known[pk]):
            yield pk


def _both_reported(plan: Plan, known: dict[int, AnnualFacts]) -> bool:
    """Whether a community that ends and the one that goes on for it both have a row."""
    going_on = {one.key for pk, one in plan.continuing.items() if pk in known}
    given = (plan.weights(pk) for pk in plan.ending if pk in known)
    return any(weight and key in going_on for one in given for key, weight in one.items())


def _values(row: AnnualFacts | None) -> dict[str, Any] | None:
    return None if row is None else {name: getattr(row, name) for name in COLUMNS_OF_FACTS}


def _store(
    community: Community, year: int, values: dict[str, Any], known: dict[int, AnnualFacts]
) -> None:
    """Write a successor's row of a year; one that is what it was stays as it is."""
    row = known.get(community.pk)
    if row is not None and _values(row) == values:
        return
    written = values | codes_of(community.code)
    if row is None:
        AnnualFacts.objects.create(community=community, year=year, **written)
        return
    for name, value in written.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*written, "version"])


def codes_of(code: str) -> dict[str, str]:
    """The codes that facts keep of a community's code."""
    return {
        "code": code,
        "street_code": code[:9],
        "district_code": code[:6],
        "city_code": code[:4],
    }
