"""The checks of staff on one day, as somebody sees them."""

from collections.abc import Sequence
from datetime import date

from accounts.models import User
from staffing.selectors.checks import KINDS
from staffing.selectors.checks_ground import Finding, Ground

TODAY = date(2026, 11, 22)
CLAUSE = "《城乡社区建设工作意见》"


def found(user: User, kind: str) -> Sequence[Finding]:
    return KINDS[kind].find(Ground(user, user.scope, TODAY, 2026))


def texts_of(user: User, kind: str) -> list[tuple[str, str, str]]:
    return [(line.place, line.name, line.text) for line in found(user, kind)]
