"""Rows for tests: plain functions with sensible values, anything overridden by name."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from accounts.models import User
from accounts.scope import scope
from accounts.services import create_user
from communities.models import AnnualFacts, Community, Division
from communities.services import describe

PASSWORD = "Blue-horse-battery-7"
CHANGED_AT = datetime(2099, 1, 1, tzinfo=UTC)
LEVELS = {2: "province", 4: "city", 6: "district", 9: "street"}
NAMES = {
    "37": "山东省",
    "3715": "聊城市",
    "371502": "东昌府区",
    "371502001": "古楼街道",
    "371502002": "柳园街道",
    "33": "浙江省",
    "3302": "宁波市",
    "330206": "北仑区",
    "330206002": "新碶街道",
}


@contextmanager
def as_owner() -> Iterator[None]:
    """Do what only the tables' owner may do, such as deleting rows; tests else are gov_app."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        yield
        cursor.execute("SET LOCAL ROLE gov_app")


def make_user(role: str = "street_clerk", scope: str = "371502001", **overrides: Any) -> User:
    values: dict[str, Any] = {
        "username": f"{role.replace('_', '-')}.{scope}",
        "display_name": "测试用户",
        "office": "测试单位",
        "password": PASSWORD,
        "changed_at": CHANGED_AT,
    }
    return create_user(**(values | {"role": role, "scope": scope} | overrides))


def make_division(code: str = "371502001", **overrides: Any) -> Division:
    values = {"code": code, "name": NAMES.get(code, f"区划{code}"), "level": LEVELS[len(code)]}
    return Division.objects.create(**(values | overrides))


def make_divisions_above(code: str) -> None:
    """Make the divisions above a community that are not there yet."""
    for length in LEVELS:
        if not Division.objects.filter(code=code[:length]).exists():
            make_division(code[:length])


def make_community(
    code: str = "371502001001", name: str = "古城社区居委会", **overrides: Any
) -> Community:
    with scope("0"):
        make_divisions_above(code)
        community = Community(code=code)
        describe(community, name)
        for field, value in overrides.items():
            setattr(community, field, value)
        community.save()
    return community


def make_facts(community: Community, year: int = 2026, **overrides: Any) -> AnnualFacts:
    code = community.code
    values = {
        "community": community,
        "year": year,
        "code": code,
        "street_code": code[:9],
        "district_code": code[:6],
        "city_code": code[:4],
        "status": "confirmed",
        "households": 2847,
        "area_kind": "built",
    }
    with scope("0"):
        return AnnualFacts.objects.create(**(values | overrides))
