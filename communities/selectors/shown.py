"""A field's value in the words of a page, of a record or of an event of its history."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

NOTHING = "（空）"
YEARS = frozenset({"year", "built_year"})


def display(record: Any, name: str) -> str:
    """A field's value as a page shows it: choices by their label, days as 2015-01-05, （空）."""
    value = getattr(record, name)
    if value in (None, "", []):
        return NOTHING
    shown = getattr(record, f"get_{name}_display", None)
    if shown is not None:
        return str(shown())
    return str(value) if name in YEARS else in_words(value)


def in_words(value: Any) -> str:
    """A value that is not empty, as text: 是, 3,000, 12.5, 2015-01-05, 甲、乙."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, Decimal):
        text = f"{value:,f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)
