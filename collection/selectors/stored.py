"""The facts of a year as they are stored, with what a change of them has to know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils import timezone

from collection.rules.fields import FIELDS
from communities.choices import FactsStatus
from communities.models import AnnualFacts

# Facts that people give; those of the register of divisions are never read from a file.
TYPED: Final = {name: field for name, field in FIELDS.items() if not field.from_division}
BESIDE: Final = ("community_id", "version", "status", "reasons", "households", "confirmed_at",
    "submitted_by__display_name", "confirmed_by__display_name")  # fmt: skip


@dataclass(frozen=True)
class Stored:
    """The facts of a community and year as they are: values by field, and how far they are."""

    version: int
    status: str
    reasons: Mapping[str, str]
    households: int | None
    confirmed_at: datetime | None
    submitted_by: str | None
    confirmed_by: str | None
    values: dict[str, Any]


NOTHING: Final = Stored(0, FactsStatus.DRAFT, {}, None, None, None, None, {})


def stored_facts(keys: Sequence[int], year: int) -> dict[int, Stored]:
    """The facts of communities in a year, by community's key. One query.

    The keys are those of communities that were read within a person's scope.
    """
    rows = AnnualFacts.objects.filter(community__in=keys, year=year).order_by()
    found = {}
    for row in rows.values_list(*BESIDE, *TYPED).iterator(chunk_size=2000):
        values = {
            name: None if value == "" else value
            for name, value in zip(TYPED, row[len(BESIDE) :], strict=True)
        }
        beside: list[Any] = [*row[1 : len(BESIDE)], values]
        found[row[0]] = Stored(*beside)
    return found


def locked_words(stored: Stored) -> str:
    """Why facts cannot be changed by an import, and what to do."""
    if stored.status == FactsStatus.CONFIRMED:
        words = confirmed_words(stored.confirmed_by, stored.confirmed_at)
        return f"{words}，不能导入。要修改走“更正”"
    return f"{submitted_words(stored.submitted_by, stored.status)}。先撤回或退回，再导入"


def confirmed_words(by: str | None, at: datetime | None) -> str:
    """That facts are confirmed: by whom and since when, as far as it is known."""
    who = f"由{by}" if by else ""
    since = f"于{timezone.localdate(at)}" if at else ""
    return f"这一年的数据已{who}{since}确认"


def submitted_words(by: str | None, status: str) -> str:
    """That facts are handed in: by whom, as far as it is known, and what they wait for."""
    who = f"由{by}" if by else ""
    return f"这一年的数据已{who}提交，现在是“{FactsStatus(status).label}”"
