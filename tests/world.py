"""A small Dongchangfu for tests of pages: three streets, two districts, the texts that ship."""

from datetime import date
from decimal import Decimal
from typing import Any

from communities.models import AnnualFacts, Community
from policy import services
from tests.factories import make_community, make_facts

ON = date(2026, 3, 1)
GUCHENG, HUNAN, WENXUAN = "371502001001", "371502001002", "371502001003"
LIUYUAN, CHANGZHENG = "371502002001", "371502002002"
YANGGU = "371521001001"
NAMES = {
    GUCHENG: "古城社区居委会",
    HUNAN: "湖南社区居委会",
    WENXUAN: "文轩社区居委会",
    LIUYUAN: "柳园社区居委会",
    CHANGZHENG: "长征社区居委会",
    YANGGU: "谷山社区居委会",
}
FACTS: dict[str, dict[str, Any]] = {
    GUCHENG: {
        "households": 2847,
        "population_resident": 7000,
        "area_kind": "built",
        "central_urban": True,
        "committee_members_in_post": 7,
        "community_workers_in_post": 2,
        "work_area_m2": Decimal("88.00"),
        "service_area_m2": Decimal("40.00"),
        "premises_tenure": "reallocated",
        "premises_area_m2": Decimal("128.00"),
    },
    HUNAN: {
        "households": 4000,
        "population_resident": 9000,
        "area_kind": "new",
        "central_urban": True,
        "committee_members_in_post": 9,
        "work_area_m2": Decimal("400.00"),
        "service_area_m2": Decimal("1500.00"),
        "status": "submitted",
    },
    WENXUAN: {
        "households": None,
        "area_kind": "built",
        "central_urban": True,
        "status": "draft",
    },
    LIUYUAN: {
        "households": 1000,
        "population_resident": 2500,
        "area_kind": "built",
        "central_urban": True,
        "committee_members_in_post": 4,
        "work_area_m2": Decimal("160.00"),
        "service_area_m2": Decimal("200.00"),
    },
    CHANGZHENG: {
        "households": 601,
        "area_kind": "built",
        "central_urban": True,
        "committee_members_in_post": 5,
    },
    YANGGU: {"households": 1500, "area_kind": "new", "central_urban": False},
}


def load_texts() -> None:
    """Publish the texts that ship, as a bureau that starts has them."""
    services.import_texts(on=ON)


def make_place(code: str, year: int = 2026, **overrides: Any) -> Community:
    """A community of the world with its facts of a year."""
    known = Community.objects.filter(code=code).first()
    community = known or make_community(code, NAMES.get(code, f"{code[6:]}社区居委会"))
    make_facts(community, year, **(FACTS.get(code, {}) | overrides))
    return community


def make_world(*codes: str) -> None:
    """The texts, and the named communities of 2026 (all of them without names)."""
    load_texts()
    for code in codes or FACTS:
        make_place(code)


def facts_of(code: str, year: int = 2026) -> AnnualFacts:
    """The facts of a community of the world."""
    return AnnualFacts.objects.get(code=code, year=year)
