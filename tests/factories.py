"""Rows for tests: plain functions with sensible values, anything overridden by name."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection

from accounts.models import User
from accounts.scope import scope
from accounts.services import create_user
from collection.models import Correction, Round, Upload
from collection.services.jobs import Frame
from collection.services.uploads import start_upload
from communities.models import (
    AnnualFacts,
    ArchiveEntry,
    Building,
    Community,
    Contact,
    Division,
    Estate,
    EstateMeeting,
    FormerDesignation,
    Grid,
    Organisation,
    Paper,
)
from communities.services import describe
from communities.services.locks import unlocked
from communities.services.paper_files import check_file
from communities.services.papers import add_paper
from tests.paper_samples import pdf

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
    above = [code[:length] for length in LEVELS]
    known = {*Division.objects.filter(code__in=above).values_list("code", flat=True)}
    for missing in above:
        if missing not in known:
            make_division(missing)


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
    code = overrides.get("code", community.code)
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
    with scope("0"), unlocked():
        return AnnualFacts.objects.create(**(values | overrides))


def make_former(
    community: Community, until: date, *, code: str = "", name: str = "", **overrides: Any
) -> FormerDesignation:
    """A community's code and name until a day; the present ones are taken to hold since."""
    with scope("0"):
        described = Community(code=code or community.code)
        describe(described, name or community.name)
        values: dict[str, Any] = {
            "community": community,
            "code": described.code,
            "name": described.name,
            "short_name": described.short_name,
            "committee_kind": described.committee_kind,
            "valid_until": until,
            "present_code": community.code,
        }
        Community.objects.filter(pk=community.pk).update(designated_from=until)
        community.designated_from = until
        return FormerDesignation.objects.create(**(values | overrides))


def make_contact(
    community: Community | None = None, *, code: str = "", **overrides: Any
) -> Contact:
    """Somebody who answers for a community, or for the place of a code."""
    values = {
        "code": code or (community.code if community else "371502001001"),
        "duty": "社区党组织书记",
        "name": "王建国",
        "office": "古城社区",
        "office_phone": "0635-8321234",
    }
    with scope("0"):
        return Contact.objects.create(**(values | overrides))


def make_paper(
    community: Community | None = None, name: str = "批复.pdf", **overrides: Any
) -> Paper:
    """A paper of a community, or of archive_entry=… or act=…; its bytes are `content`."""
    content = overrides.pop("content", None) or pdf(name.encode())
    values: dict[str, Any] = {"at": CHANGED_AT, "kind": "decision", "community": community}
    with scope("0"):
        by = overrides.pop("by", None) or User.objects.first() or make_user(username="uploader")
        file = check_file(name, content, limit=len(content))
        return add_paper(by=by, file=file, **(values | overrides))


def make_part(model: Any, community: Community, **values: Any) -> Any:
    """A part of a community with its present code."""
    with scope("0"):
        return model.objects.create(**({"community": community, "code": community.code} | values))


def make_estate(community: Community, name: str = "阳光花园", **overrides: Any) -> Estate:
    return make_part(Estate, community, name=name, **overrides)


def make_building(estate: Estate, name: str = "1号楼", **overrides: Any) -> Building:
    return make_part(Building, estate.community, estate=estate, name=name, **overrides)


def make_meeting(estate: Estate, held_on: date, **overrides: Any) -> EstateMeeting:
    values = {"subject": "停车管理", "attended_by": "四方代表", "decided": "划定车位"}
    return make_part(
        EstateMeeting, estate.community, estate=estate, held_on=held_on, **(values | overrides)
    )


def make_grid(community: Community, name: str = "第一网格", **overrides: Any) -> Grid:
    return make_part(Grid, community, name=name, **overrides)


def make_organisation(
    community: Community, kind: str = "residents_committee", name: str = "", **overrides: Any
) -> Organisation:
    values = {"kind": kind, "name": name or f"{community.short_name}{kind}"}
    return make_part(Organisation, community, **(values | overrides))


def make_entry(community: Community, title: str = "邻里节", **overrides: Any) -> ArchiveEntry:
    values = {"kind": "activity", "title": title, "happened_on": date(2026, 5, 1)}
    return make_part(ArchiveEntry, community, **(values | overrides))


def make_round(code: str = "371502", year: int = 2026, **overrides: Any) -> Round:
    """An open round of a district (6 digits) or city (4) that asks all its streets."""
    values: dict[str, Any] = {
        "code": code,
        "year": year,
        "title": f"{year}年度社区数据填报",
        "reference_on": date(year, 6, 30),
        "households_measure": "households_resident",
        "asked": ["households_resident", "premises_area_m2"],
        "opens_on": date(year, 10, 1),
        "closes_on": date(year, 11, 30),
        "state": "open",
    }
    with scope("0"):
        by = overrides.pop("made_by", None) or User.objects.first() or make_user(username="maker")
        return Round.objects.create(**(values | overrides), made_by=by)


def make_upload(by: User, text: str = "", year: int = 2026, **options: Any) -> Upload:
    """A pasted block that was read: one community with two facts, unless told otherwise."""
    text = text or "社区代码\t社区\t常住户数\t用房建筑面积\n371502001001\t古城社区\t2900\t128"
    with scope("0"):
        return start_upload(
            by=by,
            year=year,
            source="paste",
            name="",
            content=text.encode(),
            options=options,
            at=CHANGED_AT,
            frame=Frame("/imports/new/", "r-1"),
        )


def make_correction(facts: AnnualFacts, by: User, **overrides: Any) -> Correction:
    """A correction of facts that waits: households from what they are to 3000."""
    values = {
        "code": facts.code,
        "year": facts.year,
        "changes": {"households": [str(facts.households), "3000"]},
        "reason": "入户核实",
        "document": "核查表",
        "corrected_on": date(2026, 11, 20),
        "proposed_by": by,
        "proposed_at": CHANGED_AT,
    }
    with scope("0"):
        return Correction.objects.create(facts=facts, **(values | overrides))
