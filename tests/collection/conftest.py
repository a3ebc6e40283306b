"""What several modules of the collection's tests begin with."""

from datetime import date
from typing import Any

import pytest

from accounts.models import User
from tests.factories import make_round


@pytest.fixture
def asked(clerk: User) -> Any:
    """A round that asks the clerk's street for households and area; open on the day."""
    return make_round(
        asked=["households_resident", "premises_area_m2"],
        households_measure="households_resident",
        opens_on=date(2026, 6, 1),
        closes_on=date(2026, 8, 1),
        state="open",
    )
