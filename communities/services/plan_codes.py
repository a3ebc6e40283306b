"""Checks of a plan's codes, names and divisions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import reduce
from operator import or_

from django.db.models import Q, Value
from django.db.models.functions import Replace

from accounts.scope import STREET, contains
from communities.choices import ActKind
from communities.models import Community, Division, FormerDesignation
from communities.querysets import not_ended
from communities.services.divisions import parent_code
from communities.services.plan_case import Case, Mistake
from communities.services.plan_names import bare, new_name_mistake
from communities.services.plans import DivisionChange, Successor
from communities.services.rows import name_mistake, shown

MOST_AREA, AREA_PLACES = 100_000, 4
BOUNDARY_LIMIT = 100


def check_codes(case: Case) -> Iterator[Mistake]:
    """Codes have 12 digits, lie in the scope and in a street of the day, and nobody holds them."""
    times = Counter(one.code for one in case.plan.successors)
    streets = _streets(case)
    held = _held(case)
    for one in case.plan.successors:
        message = _code_mistake(case, one, streets)
        if not message and times[one.code] > 1:
            message = f"代码{one.code}写了{times[one.code]}次。每个社区一个代码"
        if not message and one.code in held:
            message = f"代码{one.code}已由{held[one.code]}使用。换一个没有用过的代码"
        if message := message or _unchanged(case, one):
            yield Mistake(f"successor:{one.key}", message)


def _code_mistake(case: Case, one: Successor, streets: set[str]) -> str:
    if not re.fullmatch(r"[0-9]{12}", one.code, re.ASCII):
        return f"社区代码“{shown(one.code)}”应为12位数字" if one.code else "没有代码。填12位数字"
    if not contains(case.within, one.code):
        return f"代码{one.code}不在辖区{case.within}内。改正代码，或由上级提出这项变更"
    if one.code[:STREET] not in streets:
        return f"街道{one.code[:STREET]}在{case.on}不存在。改代码的前9位，或先登记这个街道"
    return ""


def _unchanged(case: Case, one: Successor) -> str:
    """What a kind of act should have changed of a community and does not, or ''."""
    known = case.designation(one)
    if known is None:
        return ""
    code, name = known
    if case.kind == ActKind.RENAME and one.name == name:
        return f"名称仍是“{name}”。填新的名称"
    if case.kind == ActKind.RENAME and one.code != code:
        return f"更名不改代码。代码改回{code}，或改为代码变更"
    if case.kind == ActKind.RECODE and known == (one.code, one.name):
        return f"代码和名称仍是{code}“{name}”。填新的代码，或去掉这个社区"
    if case.kind == ActKind.TRANSFER and one.code[:STREET] == code[:STREET]:
        return f"代码{one.code}仍属原街道{code[:STREET]}。填新街道的代码"
    return ""


def _streets(case: Case) -> set[str]:
    """The streets of the day among those of the successors, after the plan's own changes."""
    wanted = {one.code[:STREET] for one in case.plan.successors}
    there = Division.objects.filter(code__in=wanted, level="street").as_of(case.on)
    gone = {one.code for one in case.plan.divisions}
    made = {one.new_code for one in case.plan.divisions}
    return (set(there.values_list("code", flat=True)) - gone) | made


def _held(case: Case) -> dict[str, str]:
    """Codes of the successors that others hold on the day or later, with who holds them."""
    wanted = {one.code for one in case.plan.successors}
    later = not_ended(case.on)
    rows = Community.objects.under(case.within).filter(later, code__in=wanted)
    going = {pk for pk in case.plan.ending if case.kind != ActKind.REOPEN}
    codes = {pk: one.code for pk, one in case.plan.continuing.items()}
    # one that ends or goes on under another code gives its code up; its own is no hindrance
    rows = rows.exclude(pk__in=[*going, *codes])
    held = dict(rows.values_list("code", "short_name"))
    former = FormerDesignation.objects.under(case.within).filter(later, code__in=wanted)
    return held | {
        code: f"{name}（原代码）"
        for pk, code, name in former.values_list("community", "code", "short_name")
        if codes.get(pk) != code
    }


def check_names(case: Case) -> Iterator[Mistake]:
    """Names that change or are new can be written, and stand once in a street."""
    changed = [one for one in case.renamed() if _new_place(case, one)]
    known = {one.name for one in case.before.values()}
    for one in case.plan.successors:
        # names of code lists and of communities that are there are as they are
        as_it_is = case.kind == ActKind.RECODE or one.name in known
        if message := (name_mistake if as_it_is else new_name_mistake)(one.name):
            yield Mistake(f"successor:{one.key}", message)
    times = Counter((one.code[:STREET], bare(one.name)) for one in case.plan.successors)
    others = _names_of_others(case, changed)
    for one in changed:
        place = (one.code[:STREET], bare(one.name))
        if one.name and place in others:
            yield Mistake(
                f"successor:{one.key}",
                f"本街道已有“{one.name}”（{others[place]}）。换一个名称",
            )
        elif one.name and times[place] > 1:
            yield Mistake(
                f"successor:{one.key}", f"“{one.name}”在同一街道写了{times[place]}次。换一个名称"
            )


def _names_of_others(case: Case, changed: list[Successor]) -> dict[tuple[str, str], str]:
    """Who has one of the names already, by street and name, blanks left out. One query."""
    rows = Community.objects.under(case.within).as_of(case.on)
    rows = rows.exclude(pk__in=case.plan.communities)
    if case.kind == ActKind.RECODE:
        rows = rows.filter(name__in={one.name for one in changed})
    else:
        without_blanks = Replace(Replace("name", Value(" ")), Value("\u3000"))
        streets = {one.code[:STREET] for one in changed if len(one.code) > STREET}
        within = reduce(or_, (Q(code__startswith=one) for one in streets), Q(pk__in=()))
        rows = rows.filter(within).annotate(bare=without_blanks)
        rows = rows.filter(bare__in={bare(one.name) for one in changed})
    return {(code[:STREET], bare(name)): code for code, name in rows.values_list("code", "name")}


def _new_place(case: Case, one: Successor) -> bool:
    """Whether a successor's name is new in its street."""
    known = case.designation(one)
    return known is None or (known[0][:STREET], known[1]) != (one.code[:STREET], one.name)


def check_extent(case: Case) -> Iterator[Mistake]:
    """Areas and boundaries are such as the register holds."""
    for one in case.plan.successors:
        area = one.area_km2
        if area is not None and not (0 <= area < MOST_AREA and area == round(area, AREA_PLACES)):
            yield Mistake(
                f"successor:{one.key}",
                f"面积{area}平方公里不对。填0到{MOST_AREA}之间的数，最多{AREA_PLACES}位小数",
            )
        for text in one.boundaries.values():
            if len(text) > BOUNDARY_LIMIT:
                yield Mistake(
                    f"successor:{one.key}",
                    f"四至“{shown(text)}”有{len(text)}个字。缩短到{BOUNDARY_LIMIT}个字以内",
                )


def check_divisions(case: Case) -> Iterator[Mistake]:
    """Divisions that change exist, their new codes are free, and nothing is left behind."""
    changes = case.plan.divisions
    if not changes:
        return
    if case.kind != ActKind.RECODE:
        yield Mistake("divisions", f"{case.label}不改区划的代码和名称。另提代码变更")
    there = set(Division.objects.as_of(case.on).values_list("code", flat=True))
    gone = {one.code for one in changes}
    made = Counter(one.new_code for one in changes)
    for one in changes:
        message = _division_mistake(case, one, there) or name_mistake(one.name)
        if not message and one.new_code in there - gone:
            message = f"区划代码{one.new_code}已在使用。换一个代码"
        if not message and made[one.new_code] > 1:
            message = f"区划代码{one.new_code}写了{made[one.new_code]}次。每个区划一个代码"
        if not message and parent_code(one.new_code) not in (there - gone) | set(made):
            message = f"区划{one.new_code}的上级不存在。先登记上级"
        if message:
            yield Mistake("divisions", message)
    yield from _left_behind(case, there & gone - set(made))


def _division_mistake(case: Case, one: DivisionChange, there: set[str]) -> str:
    """What is wrong with the old and the new code of a division, or ''."""
    if not (contains(case.within, one.code) and contains(case.within, one.new_code)):
        return f"区划{one.code}→{one.new_code}不在辖区{case.within}内。由上级提出"
    if one.code not in there:
        return f"区划{one.code}在{case.on}不存在。去掉它"
    if len(one.new_code) != len(one.code) or not re.fullmatch(r"[0-9]+", one.new_code):
        return f"区划{one.code}的新代码“{shown(one.new_code)}”应为{len(one.code)}位数字"
    return ""


def _left_behind(case: Case, gone: set[str]) -> Iterator[Mistake]:
    """Communities and divisions that would stay under a code that nothing has any more."""
    if not gone:
        return
    under = reduce(or_, (Q(code__gte=code, code__lt=f"{code}:") for code in gone))
    rows = Community.objects.as_of(case.on).filter(under).exclude(pk__in=case.plan.communities)
    communities = list(rows.values_list("code", flat=True))
    moved = {one.code for one in case.plan.divisions}
    below = Division.objects.as_of(case.on).filter(under).exclude(code__in=moved)
    divisions = list(below.values_list("code", flat=True))
    for code in sorted(gone):
        if left := sum(one.startswith(code) for one in communities):
            yield Mistake("divisions", f"区划{code}下还有{left}个社区没有新代码。补上它们的新代码")
        kept = [one for one in case.plan.successors if one.code.startswith(code)]
        if kept:
            yield Mistake("divisions", f"区划{code}停用，仍有社区用它的代码。改这些社区的代码")
        if left := sum(one.startswith(code) for one in divisions):
            yield Mistake("divisions", f"区划{code}下还有{left}个区划没有新代码。补上它们的新代码")
