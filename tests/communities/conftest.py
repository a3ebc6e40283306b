"""Two communities of one street, for tests of what happens to them."""

import pytest

from communities.models import Community
from tests.factories import make_community, make_facts


@pytest.fixture
def gucheng(db: None) -> Community:
    community = make_community(area_km2="0.5694")
    make_facts(community, 2026, households=2847)
    return community


@pytest.fixture
def hunan(db: None) -> Community:
    community = make_community("371502001002", "湖南社区居委会", area_km2="1.2")
    make_facts(community, 2026, households=4000)
    return community
