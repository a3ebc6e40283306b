"""What the space register keeps under codes of streets, districts and cities follows new codes."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import F, Q

from communities.services.succession import free_name
from facilities.models import (
    BuilderDefault,
    DefaultNotice,
    Gate,
    HandoverItem,
    Project,
    SpacePaper,
    SpacePaperContent,
    SpacePlan,
    SpacePool,
    SpacePoolLine,
)

# years by which plans and pools step aside for a moment; no plan is of such a year
ASIDE = 10_000
# how records hang on projects; every one has a version
RECORDS: tuple[tuple[Any, str], ...] = (
    (Gate, "project"),
    (HandoverItem, "project"),
    (BuilderDefault, "project"),
    (DefaultNotice, "default__project"),
)
PAPERS = ("project", "gate__project", "default__project")


def follow_codes(moved: Mapping[str, str], on: datetime.date) -> None:
    """Give what stands under the codes of divisions their new ones; `moved` by old code.

    Projects with all that hangs on them under a street's, plans under a district's, pools under a
    city's, lines of pools under a county's.
    """
    rows = Project.objects.filter(code__in=moved).order_by("pk")
    move_projects({pk: moved[code] for pk, code in rows.values_list("pk", "code")})
    _move_plans(moved)
    _move_pools(moved)
    lines = SpacePoolLine.objects.filter(code__in=moved, measure=None)
    keys: dict[str, list[int]] = defaultdict(list)
    for pk, code in lines.values_list("pk", "code"):
        keys[moved[code]].append(pk)
    for code, own in keys.items():
        SpacePoolLine.objects.filter(pk__in=own).update(code=code)


def move_projects(streets: Mapping[int, str]) -> None:
    """Give projects (by key) the code of another street, with everything that hangs on them.

    A name that the street has already gets a number behind it.
    """
    projects = list(Project.objects.filter(pk__in=streets).order_by("pk"))
    staying = Project.objects.filter(code__in=set(streets.values())).exclude(pk__in=streets)
    taken: dict[str, set[str]] = defaultdict(set)
    for code, name in staying.values_list("code", "name"):
        taken[code].add(name)
    limit = Project._meta.get_field("name").max_length or 0
    # out of the way first: a name is held once in a street, and streets may change codes
    for one in projects:
        Project.objects.filter(pk=one.pk).update(name=f"（待移交{one.pk}）")
    for one in projects:
        code = streets[one.pk]
        name = free_name(one.name, one.code, taken[code], limit)
        taken[code].add(name)
        Project.objects.filter(pk=one.pk).update(code=code, name=name, version=F("version") + 1)
    by_code: dict[str, list[int]] = defaultdict(list)
    for pk, code in streets.items():
        by_code[code].append(pk)
    for code, keys in by_code.items():
        _settle(keys, code)


def _settle(projects: list[int], code: str) -> None:
    for model, path in RECORDS:
        rows = model.objects.filter(**{f"{path}__in": projects})
        rows.update(code=code, version=F("version") + 1)
    hanging = Q()
    for path in PAPERS:
        hanging |= Q(**{f"{path}__in": projects})
    papers = list(SpacePaper.objects.filter(hanging).values_list("pk", flat=True))
    SpacePaper.objects.filter(pk__in=papers).update(code=code)
    SpacePaperContent.objects.filter(paper__in=papers).update(code=code)


def _move_plans(moved: Mapping[str, str]) -> None:
    """Districts' plans: one of a first year under a code; what is taken stays where it is."""
    plans = {one.pk: one for one in SpacePlan.objects.filter(code__in=moved).order_by("pk")}
    there = SpacePlan.objects.filter(code__in={moved[one.code] for one in plans.values()})
    taken = set(there.exclude(pk__in=plans).values_list("code", "first_year"))
    going = [one for one in plans.values() if (moved[one.code], one.first_year) not in taken]
    aside = SpacePlan.objects.filter(pk__in=[one.pk for one in going])
    aside.update(first_year=F("first_year") + ASIDE, last_year=F("last_year") + ASIDE)
    for one in going:
        SpacePlan.objects.filter(pk=one.pk).update(
            code=moved[one.code],
            first_year=one.first_year,
            last_year=one.last_year,
            version=F("version") + 1,
        )


def _move_pools(moved: Mapping[str, str]) -> None:
    """Cities' pools: one of a title and a year under a code."""
    pools = {one.pk: one for one in SpacePool.objects.filter(code__in=moved).order_by("pk")}
    there = SpacePool.objects.filter(code__in={moved[one.code] for one in pools.values()})
    taken = set(there.exclude(pk__in=pools).values_list("code", "year", "title"))
    going = [one for one in pools.values() if (moved[one.code], one.year, one.title) not in taken]
    SpacePool.objects.filter(pk__in=[one.pk for one in going]).update(year=F("year") + ASIDE)
    for one in going:
        SpacePool.objects.filter(pk=one.pk).update(
            code=moved[one.code], year=one.year, version=F("version") + 1
        )
