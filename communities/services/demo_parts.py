"""Demo parts: estates, grids, organisations and the rest of one community, from its code alone.

The households of the estates, and those of the grids, add up to those of the community's facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from communities.services.demo import Draw

LATEST = 2026
FAMILIES = ("小区", "花园", "家园", "佳苑", "公寓")
QUARTERS = ("", "东区", "西区", "南区", "北区", "二期", "三期", "新区")
KINDS = ("commercial", "commercial", "commercial", "employer", "bankrupt", "mixed")
NUMBERS = "一二三四五六七八九十"
AREA_CODES = {"3715": "0635", "3302": "0574"}
TERM_ENDS_ON = date(LATEST + 1, 12, 31)
SUB_COMMITTEES = (
    ("mediation", "人民调解委员会"),
    ("security", "治安保卫委员会"),
    ("public_health", "公共卫生委员会"),
    ("culture", "文化教育委员会"),
)
ACTIVITIES = ("健康讲座", "邻里节", "志愿服务日", "消防演练", "读书会", "文艺演出")
# Findings on purpose, for the checks: docs/demo-data.md lists them.
NEW_ESTATE = {"371502001003": ("文轩新城", 3120)}
SHARED_ESTATE = {
    "371502001002": "湖滨花园",
    "371502001012": "湖滨花园",
    "330206002010": "春晓公寓",
    "330206002012": "春晓公寓",
}
WITHOUT = {
    "estates": {"371502001014"},
    "grids": {"371502001009"},
    "contacts": {"371502001017"},
    "residents_committee": {"371502001007", "371502001016", "371502003019"},
}
GRID_SHORT = {"371502001011": 26}
GRID_NUMBER_OF = {"371502001005": "371502001004"}


@dataclass(frozen=True)
class Host:
    """A community that gets demo parts, with the figures of its latest facts."""

    pk: int
    code: str
    name: str
    households: int
    dwellings: int
    occupied: int
    gross_floor_area_m2: Decimal
    area_kind: str
    grids: int
    committee_members: int
    party_members: int

    @property
    def stem(self) -> str:
        return self.name.removesuffix("社区").removesuffix("居委会")

    @property
    def common(self) -> dict[str, Any]:
        """The columns that every part has."""
        return {"community_id": self.pk, "code": self.code, "version": 1, "is_demo": True}


def divided(total: int, weights: Sequence[int]) -> list[int]:
    """Return the total in whole parts by weight; the largest remainders get what is left."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda one: (-(total * weights[one] % whole), one))
    for one in order[: total - sum(parts)]:
        parts[one] += 1
    return parts


def estates(host: Host) -> list[dict[str, Any]]:
    """Return the estates of a community; their households and dwellings add up to its facts'."""
    if host.code in WITHOUT["estates"]:
        return []
    place = Draw(f"{host.code} estates")
    number = max(2, min(len(QUARTERS), host.households // 600))
    if host.code in NEW_ESTATE:
        own = NEW_ESTATE[host.code][1]
        others = [40 + place.whole(one, 0, 60) for one in range(number - 1)]
        sizes = [own, *divided(host.households - own, others)]
    else:
        sizes = divided(host.households, [40 + place.whole(one, 0, 60) for one in range(number)])
    dwellings = divided(host.dwellings, sizes)
    occupied = divided(host.occupied, sizes)
    areas = divided(int(host.gross_floor_area_m2 * 100), dwellings)
    family = FAMILIES[int(host.code[6:9]) % len(FAMILIES)]
    rows = []
    for one, size in enumerate(sizes):
        name = f"{host.stem}{family}{QUARTERS[one]}"
        rows.append(
            estate(Draw(f"{host.code} {name}"), host, name)
            | {
                "households": size,
                "dwellings": dwellings[one],
                "completed_dwellings": dwellings[one],
                "occupied_dwellings": occupied[one],
                "gross_floor_area_m2": Decimal(areas[one]) / 100,
                "building_count": max(1, dwellings[one] // 120),
            }
        )
    return with_findings(host.code, rows)


def estate(place: Draw, host: Host, name: str) -> dict[str, Any]:
    """Return what an estate is: kind, year, who manages it and which bodies it has."""
    new = host.area_kind == "new"
    kind = KINDS[place.whole(0, 0, 0 if new else len(KINDS) - 1)]
    managed = place.part(2)
    management = "company" if new or managed < 0.55 else "association" if managed < 0.8 else "none"
    return host.common | {
        "name": name,
        "kind": kind,
        "is_new": new,
        "address": f"演示{NUMBERS[place.whole(3, 0, 8)]}路{place.whole(4, 1, 200)}号",
        "built_year": place.whole(1, 2012, 2024) if new else place.whole(1, 1982, 2010),
        "management": management,
        "management_name": f"演示物业{NUMBERS[place.whole(5, 0, 9)]}公司"
        if management == "company"
        else "",
        "has_party_branch": place.part(6) < 0.7,
        "has_residents_group": place.part(7) < 0.8,
        "has_owners_committee": place.part(8) < 0.45,
    }


def with_findings(code: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the estates with what the checks are to find."""
    if code in NEW_ESTATE:
        rows[0] |= {"name": NEW_ESTATE[code][0], "is_new": True, "kind": "commercial"}
        rows[0] |= {
            "built_year": 2023,
            "management": "company",
            "management_name": "演示物业一公司",
        }
    if code in SHARED_ESTATE:
        rows[-1]["name"] = SHARED_ESTATE[code]
    return rows


def buildings(host: Host, estate_pk: int, households: int, number: int) -> Iterator[dict[str, Any]]:
    """Yield the buildings of an estate; their households add up to the estate's."""
    place = Draw(f"{estate_pk} {host.code} buildings")
    sizes = divided(households, [1] * number)
    for one, size in enumerate(sizes, start=1):
        yield host.common | {
            "estate_id": estate_pk,
            "name": f"{one}号楼",
            "units": place.whole(0, 2, 4),
            "floors": place.whole(1, 6, 18),
            "households": size,
        }


def meetings(host: Host, estate_pk: int) -> Iterator[dict[str, Any]]:
    """Yield one joint meeting of an estate's four bodies."""
    place = Draw(f"{host.code} meeting")
    yield host.common | {
        "estate_id": estate_pk,
        "held_on": date(LATEST, place.whole(0, 1, 9), place.whole(1, 1, 28)),
        "subject": "电动自行车集中充电",
        "attended_by": "小区党支部、居民小组、业主委员会、物业服务企业",
        "decided": "选址两处，由物业服务企业安装，居民小组公示七天",
    }


def grids(host: Host) -> Iterator[dict[str, Any]]:
    """Yield the grids of a community; their households add up to its facts'."""
    if host.code in WITHOUT["grids"]:
        return
    number = max(1, host.grids)
    sizes = divided(host.households - GRID_SHORT.get(host.code, 0), [1] * number)
    for one, size in enumerate(sizes, start=1):
        owner = GRID_NUMBER_OF.get(host.code, host.code) if one == 1 else host.code
        yield host.common | {
            "name": f"第{chinese(one)}网格",
            "number": f"{owner}{one:03}",
            "extent": f"{host.stem}第{one}片",
            "households": size,
            "worker": f"演示{chinese(one)}",
        }


def organisations(host: Host) -> Iterator[dict[str, Any]]:
    """Yield party organisation, committees and one social organisation of a community."""
    place = Draw(f"{host.code} organisations")
    found = [("party", "社区党组织", host.party_members)]
    if host.code not in WITHOUT["residents_committee"]:
        found.append(("residents_committee", "居民委员会", host.committee_members))
        found.append(("supervision_committee", "居务监督委员会", 3))
        found += [
            (kind, name, 3)
            for one, (kind, name) in enumerate(SUB_COMMITTEES)
            if place.part(one) < 0.85
        ]
    if place.part(5) < 0.6:
        found.append(("social", "志愿服务队", place.whole(6, 12, 60)))
    set_up_on = date(place.whole(7, 2008, 2022), place.whole(8, 1, 12), place.whole(9, 1, 28))
    for one, (kind, name, members) in enumerate(found, start=1):
        elected = kind in {"residents_committee", "supervision_committee"}
        yield host.common | {
            "kind": kind,
            "name": f"{host.name}{name.removeprefix('社区')}",
            "registration_no": f"演示备{host.code[6:]}{one:02}" if kind == "social" else "",
            "set_up_on": set_up_on,
            "set_up_doc_no": f"演示字〔{set_up_on.year}〕{one}号" if elected else "",
            "leader": f"演示{chinese(one)}",
            "members": members,
            "term_ends_on": TERM_ENDS_ON if elected else None,
        }


def archive(host: Host) -> Iterator[dict[str, Any]]:
    """Yield two activities of the latest year."""
    place = Draw(f"{host.code} archive")
    first = place.whole(0, 0, len(ACTIVITIES) - 1)
    for one in range(2):
        day = date(LATEST, place.whole(1 + one, 1, 5) + 5 * one, place.whole(3 + one, 1, 28))
        yield host.common | {
            "kind": "activity",
            "title": ACTIVITIES[(first + one) % len(ACTIVITIES)],
            "happened_on": day,
            "organiser": host.name,
            "attendance": place.whole(5 + one, 20, 160),
            "text": "演示内容",
        }


def contacts(host: Host) -> Iterator[dict[str, Any]]:
    """Yield who answers for a community, by office; the numbers cannot be dialled."""
    if host.code in WITHOUT["contacts"]:
        return
    area = AREA_CODES.get(host.code[:4], "")
    phone = f"{area}-0{host.code[6:]}" if area else ""
    for one, duty in enumerate(("社区党组织书记", "居委会主任"), start=1):
        yield {
            "code": host.code,
            "duty": duty,
            "name": f"演示{chinese(one)}",
            "office": host.name,
            "office_phone": phone,
            "version": 1,
        }


def chinese(number: int) -> str:
    """Return a number from 1 to 99 in Chinese: 一, 十二, 二十."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{NUMBERS[tens - 1]}十"
    return head + (NUMBERS[ones - 1] if ones else "")
