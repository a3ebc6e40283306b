"""Columns of the checks of staff."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from accounts.scope import STREET
from communities.tables.files import Heading
from staffing.selectors.checks_ground import Finding

HEADINGS = (
    Heading("社区", width=18),
    Heading("社区代码", width=15),
    Heading("街道", width=14),
    Heading("姓名", width=12),
    Heading("情况", width=60),
    Heading("依据", width=36),
)


def line_of(finding: Finding, streets: Mapping[str, str]) -> tuple[Any, ...]:
    """A finding as a row of the sheet."""
    street = finding.code[:STREET]
    code = finding.code if finding.place else ""
    name = streets.get(street, street)
    return (finding.place, code, name, finding.name, finding.text, finding.clause)
