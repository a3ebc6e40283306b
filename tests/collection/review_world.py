"""Facts on their way through review: last year's confirmed ones and this year's in some state."""

from datetime import UTC, datetime
from typing import Any

from accounts.models import User
from communities.models import AnnualFacts
from tests.factories import make_user
from tests.world import GUCHENG, HUNAN, LIUYUAN, make_place

YEAR = 2026
AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
# by the texts: 20 yuan a household, at least 60,000, and 200,000 for service
OLD, NEW = 260_000_00, 280_000_00


def make_waiting(
    code: str = GUCHENG, status: str = "reviewed", *, by: User | None = None, **overrides: Any
) -> AnnualFacts:
    """A community with confirmed facts of last year and, in a state, the same of this year."""
    make_place(code, YEAR - 1, status="confirmed")
    values = {"status": status, "submitted_by": by} | overrides
    return AnnualFacts.objects.get(community=make_place(code, YEAR, **values), year=YEAR)


def make_queue(by: User | None = None, status: str = "reviewed") -> dict[str, AnnualFacts]:
    """古城: the sum moves by 7.7%; 湖南: members of the committee jump; 柳园: nothing moves."""
    return {
        GUCHENG: make_waiting(GUCHENG, status, by=by, households=4000),
        HUNAN: make_waiting(HUNAN, status, by=by, committee_members_in_post=5, reasons={}),
        LIUYUAN: make_waiting(LIUYUAN, status, by=by),
    }


def second_officer(**overrides: Any) -> User:
    """Another officer of the district."""
    values = {"username": "second", "display_name": "孙倩", "office": "东昌府区民政局"}
    return make_user("district_officer", "371502", **(values | overrides))
