"""Communities and texts that tests of staffing share."""

from datetime import date

import pytest

from communities.models import Community
from policy import services
from policy.engine import load_shipped
from tests.factories import make_community

ADOPTED = date(2026, 3, 1)


@pytest.fixture
def community(db: None) -> Community:
    return make_community()


@pytest.fixture
def other(db: None) -> Community:
    """Another community of the same street."""
    return make_community("371502001002", "湖南社区居委会")


@pytest.fixture
def opinions(db: None) -> None:
    """The city's opinions of 2013, in force since then."""
    source = load_shipped("city-opinions-2013").source
    services.publish(services.draft(source, by=None, jurisdiction="3715"), by=None, on=ADOPTED)
