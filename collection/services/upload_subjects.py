"""Which community a row of an upload is about: by its code, or by its name where it has none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from django.db.models import Q

from accounts.models import User
from accounts.scope import contains
from collection.services.matching import TOTALS, code_mistake
from communities.choices import CommitteeKind
from communities.models import Community, FormerDesignation
from communities.querysets import not_ended
from communities.services.names import short_name
from communities.typed import shown

CHUNK: Final = 10_000


@dataclass(frozen=True)
class Subject:
    """What the code and the name of a row lead to: a community's key, or what is wrong."""

    key: int | None
    problem: str = ""


@dataclass(frozen=True)
class Named:
    """A row's code and name as they are compared: plain, without blanks."""

    code: str
    name: str


def plain(text: str) -> str:
    """A code or name without blanks, full-width signs made plain."""
    if text.isascii() and " " not in text:
        return text
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def is_total(named: Named) -> bool:
    """Whether a row sums up others."""
    return named.code.startswith(TOTALS) or named.name.startswith(TOTALS)


def find_subjects(
    by: User, rows: Sequence[Named], on: date, *, purpose: str = "填报年度数据"
) -> list[Subject]:
    """The community of each row, inside a person's scope. Two queries, three a 10,000 codes.

    `purpose`: what a community without a residents' committee does not do. Of a community outside
    the scope nothing is told, not even whether there is one.
    """
    codes = {row.code for row in rows if row.code and not code_mistake(row.code)}
    held = _by_code(by, codes, on)
    moved = _moved(by, codes - held.keys(), on)
    names = {row.name for row in rows if not row.code and row.name and not is_total(row)}
    known = Known(held, moved, _by_name(by, names, on), on, purpose)
    return [_subject(by, row, known) for row in rows]


# key, short name, the day on which it ends, what kind of committee it has
Held = tuple[int, str, date | None, str]


class Known(NamedTuple):
    """Communities by code, present codes by former ones, keys by name; what they are wanted for."""

    held: dict[str, Held]
    moved: dict[str, str]
    named: dict[str, list[int]]
    on: date
    purpose: str


def _subject(by: User, row: Named, known: Known) -> Subject:
    if is_total(row):
        return Subject(None, "这一行是合计，不是社区。删去此行")
    if not row.code:
        return _unnamed(row, known.named)
    if problem := code_mistake(row.code):
        return Subject(None, problem)
    if (found := known.held.get(row.code)) is not None:
        key, short, until, kind = found
        if until is not None and until <= known.on:
            return Subject(None, f"{short}已于{until}停用，不再填报。删去此行")
        if kind != CommitteeKind.RESIDENTS:
            what = CommitteeKind(kind).label
            return Subject(None, f"{short}是{what}，不{known.purpose}。删去此行")
        return Subject(key)
    if not contains(by.scope, row.code):
        return Subject(None, f"社区代码{row.code}不在你的辖区。核对代码，或删去此行")
    if present := known.moved.get(row.code):
        return Subject(None, f"社区代码{row.code}已改为{present}。改成现在的代码")
    return Subject(None, f"没有代码是{row.code}的社区。核对代码，或删去此行")


def _unnamed(row: Named, named: dict[str, list[int]]) -> Subject:
    if not row.name:
        return Subject(None, "这一行没有社区代码。填写12位代码，或删去此行")
    keys = named.get(row.name, [])
    if len(keys) == 1:
        return Subject(keys[0])
    if keys:
        return Subject(None, f"叫“{shown(row.name)}”的社区有{len(keys)}个。填写12位社区代码")
    return Subject(None, f"你的辖区没有叫“{shown(row.name)}”的社区。核对名称，或填写社区代码")


def _by_code(by: User, codes: Iterable[str], on: date) -> dict[str, Held]:
    """Communities by code; of several that had a code one after the other the present one."""
    found: dict[str, Held] = {}
    wanted = sorted(codes)
    for start in range(0, len(wanted), CHUNK):
        rows = Community.objects.for_user(by).filter(code__in=wanted[start : start + CHUNK])
        for key, code, short, until, kind in rows.order_by("code", "valid_from").values_list(
            "pk", "code", "short_name", "valid_until", "committee_kind"
        ):
            before = found.get(code)
            if before is None or before[2] is not None:
                found[code] = (key, short, until, kind)
    return found


def _moved(by: User, codes: set[str], on: date) -> dict[str, str]:
    """Present codes of communities in the scope, by the codes that they had before."""
    wanted = [code for code in codes if contains(by.scope, code)]
    if not wanted:
        return {}
    found = {}
    for start in range(0, len(wanted), CHUNK):
        rows = FormerDesignation.objects.filter(code__in=wanted[start : start + CHUNK])
        for old, present in rows.order_by("valid_until").values_list("code", "present_code"):
            if contains(by.scope, present) and old != present:
                found[old] = present
    return found


def _by_name(by: User, names: set[str], on: date) -> dict[str, list[int]]:
    """Keys of the communities with each name, whole or short."""
    found: dict[str, list[int]] = {}
    if not names:
        return found
    shorts = {name: short_name(name) for name in names}
    # 香江 is 香江社区 where nothing else is called so
    wanted = names | {form for short in shorts.values() for form in (short, f"{short}社区")}
    rows = Community.objects.for_user(by).filter(
        not_ended(on),
        Q(committee_kind=CommitteeKind.RESIDENTS),
        Q(name__in=wanted) | Q(short_name__in=wanted),
    )
    by_short: dict[str, list[int]] = {}
    by_full: dict[str, list[int]] = {}
    for key, full, short in rows.order_by("code").values_list("pk", "name", "short_name"):
        by_full.setdefault(full, []).append(key)
        by_short.setdefault(short, []).append(key)
    for name in names:
        short = shorts[name]
        found[name] = by_full.get(name) or by_short.get(short) or by_short.get(f"{short}社区", [])
    return found
