"""Columns of the checks of premises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from accounts.scope import STREET
from communities.tables.files import Heading
from facilities.selectors.premises_checks import Finding

HEADINGS = (
    Heading("街道", width=14),
    Heading("社区", width=18),
    Heading("社区代码", width=15),
    Heading("用房", width=22),
    Heading("情况", width=60),
)


def line_of(finding: Finding, streets: Mapping[str, str]) -> tuple[Any, ...]:
    """A finding as a row of the sheet."""
    street = finding.code[:STREET]
    place = streets.get(street, street)
    return (place, finding.place, finding.code, finding.name, finding.text)
