"""Policies and series that still name the old code of a division when it gets another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from django.db.models import F, Q

from communities.services.plan_case import Case, Mistake
from policy.models import IndexValue, PolicyText


def check_policies(case: Case) -> Iterator[Mistake]:
    """Texts of a division's old code end by the day, and its series stand under the new code too.

    Texts and series are found by code: under the new one the division would be without them. Two
    queries where a division's code changes.
    """
    moved = {one.code: one.new_code for one in case.plan.divisions if one.code != one.new_code}
    if moved:
        yield from _texts(case, moved)
        yield from _series(moved)


def _texts(case: Case, moved: Mapping[str, str]) -> Iterator[Mistake]:
    on = case.on
    texts = PolicyText.objects.answering().filter(jurisdiction__in=moved)
    texts = texts.filter(Q(effective_until__isnull=True) | Q(effective_until__gt=on))
    texts = texts.exclude(effective_until=F("effective_from"))
    for title, old in texts.order_by("jurisdiction", "pk").values_list("title", "jurisdiction"):
        yield Mistake(
            "divisions",
            f"政策文件《{title}》按区划{old}执行，没有在{on}停止。"
            f"按{moved[old]}另行发布，原文件自{on}起停止执行",
        )


def _series(moved: Mapping[str, str]) -> Iterator[Mistake]:
    """Figures of all years: rules look back to earlier ones."""
    codes = {*moved, *moved.values()}
    rows = IndexValue.objects.filter(division_code__in=codes).order_by("series", "year")
    found = defaultdict(list)
    for row in rows:
        found[row.division_code].append(row)
    for old, new in moved.items():
        known = {(row.series, row.year, row.value, row.unit) for row in found[new]}
        lost = [
            row for row in found[old] if (row.series, row.year, row.value, row.unit) not in known
        ]
        if lost:
            first = f"{lost[0].year}年{lost[0].get_series_display()}"
            yield Mistake(
                "divisions",
                f"区划{old}的指数有{len(lost)}个没有按{new}登记，如{first}。按{new}登记同样的数",
            )
