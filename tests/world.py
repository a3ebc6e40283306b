"""A small Liaocheng for tests of pages: two streets of one district, one of another, real texts.

What it must come to is worked out by hand from the texts, beside each test. In short, for
2026-12-31: 居委会成员 one for 300 households begun, 5 to 9; 专职 of the district its households
over 400 (rounded up), by largest remainder; 用房 of an old area 150 m2 in sum, of a new one 300 and
900 apart, and 30 m2 of services per 100 households everywhere; 工作经费 20 yuan a household, at
least 60,000; 服务群众 200,000 in the central district, else 100,000.
"""

from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

from accounts.models import User
from communities.models import AnnualFacts, Community
from communities.selectors.assessment import Assessment, get_assessment
from communities.services.locks import unlocked
from policy import services
from policy.models import PolicyText
from tests.factories import make_community, make_facts

PUBLISHED = date(2026, 3, 1)
DAY = date(2026, 12, 31)
DISTRICT, STREET, STREET_ELSEWHERE = "371502", "371502001", "371502002"
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


# The rows of the texts that ship, as the services first stored them in this process: checking
# them anew for every test would take most of its time.
_stored: list[PolicyText] = []


def load_texts() -> None:
    """Publish the texts that ship, as a bureau that starts has them."""
    if not _stored:
        services.import_texts(on=PUBLISHED)
        _stored.extend(PolicyText.objects.all())
        return
    drafts = deepcopy(_stored)
    for draft in drafts:
        draft.status = "draft"
    PolicyText.objects.bulk_create(drafts)
    for text in _stored:
        if text.status == "published":
            PolicyText.objects.filter(pk=text.pk).update(status="published")


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


def set_facts(code: str, year: int = 2026, **changes: Any) -> None:
    """Change facts of a community of the world, whatever their state."""
    with unlocked():
        AnnualFacts.objects.filter(code=code, year=year).update(**changes)


def assessed(user: User, prefix: str = DISTRICT, year: int = 2026, on: date = DAY) -> Assessment:
    """The assessment of a prefix as a page gets it."""
    return get_assessment(user, prefix, year, on)


def required(assessment: Assessment, subject: str) -> dict[str, Any]:
    """What is required of each community, in whole units; None where it cannot be said."""
    column = assessment.column(subject)
    return {
        code: int(figure) if known else None
        for code, figure, known in zip(
            assessment.register.codes, column.required, column.has, strict=True
        )
    }
