"""小区 of a community: the list with sums, and the card with buildings and joint meetings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import QuerySet

from accounts.models import User
from accounts.scope import DISTRICT
from communities.choices import Management
from communities.models import Building, Community, Estate, EstateMeeting
from communities.selectors.parts import Check, Reported, Sum, compare, ended_on, sum_of

MOST_NAMED = 5
SHORT_MANAGEMENT = {
    Management.COMPANY: "企业",
    Management.ASSOCIATION: "协会",
    Management.NONE: "无",
}


@dataclass(frozen=True)
class Body:
    """One of the four bodies of an estate: is it there (None: not said), and what it is."""

    label: str
    present: bool | None
    note: str = ""

    @property
    def state(self) -> str:
        return {True: "有", False: "无", None: "未填"}[self.present]


@dataclass(frozen=True)
class EstateRow:
    """An estate; areas in m², occupancy in percent of completed dwellings, None where not known."""

    id: int
    name: str
    kind: str
    is_new: bool | None
    address: str
    built_year: int | None
    building_count: int | None
    gross_floor_area_m2: Decimal | None
    dwellings: int | None
    completed_dwellings: int | None
    occupied_dwellings: int | None
    occupancy: Fraction | None
    households: int | None
    management: str
    bodies: tuple[Body, ...]
    remarks: str
    ended: date | None


@dataclass(frozen=True)
class EstateSums:
    """Totals of the estates that still are; occupancy over those where both sides are known."""

    count: int
    building_count: Sum
    gross_floor_area_m2: Sum
    dwellings: Sum
    completed_dwellings: Sum
    occupied_dwellings: Sum
    occupancy: Fraction | None
    households: Sum


@dataclass(frozen=True)
class BuildingRow:
    """A building of an estate."""

    id: int
    name: str
    units: int | None
    floors: int | None
    households: int | None
    remarks: str
    ended: date | None


@dataclass(frozen=True)
class Namesake:
    """A community that has an estate of the same name."""

    code: str
    short_name: str


def occupancy_of(occupied: int | None, completed: int | None) -> Fraction | None:
    """Occupied dwellings in percent of completed ones, exactly; None where it cannot be told."""
    if occupied is None or not completed:
        return None
    return Fraction(100 * occupied, completed)


def estate_rows(user: User, community: Community, on: date) -> list[EstateRow]:
    """The estates of a community by name, ended ones among them. One query."""
    found = Estate.objects.for_user(user).filter(community=community).order_by("name", "id")
    return [estate_row(one, on) for one in found]


def estate_row(estate: Estate, on: date) -> EstateRow:
    """An estate as a page shows it."""
    return EstateRow(
        id=estate.pk,
        name=estate.name,
        kind=estate.get_kind_display(),
        is_new=estate.is_new,
        address=estate.address,
        built_year=estate.built_year,
        building_count=estate.building_count,
        gross_floor_area_m2=estate.gross_floor_area_m2,
        dwellings=estate.dwellings,
        completed_dwellings=estate.completed_dwellings,
        occupied_dwellings=estate.occupied_dwellings,
        occupancy=occupancy_of(estate.occupied_dwellings, estate.completed_dwellings),
        households=estate.households,
        management=estate.get_management_display(),
        bodies=_bodies(estate),
        remarks=estate.remarks,
        ended=ended_on(estate, on),
    )


def _bodies(estate: Estate) -> tuple[Body, ...]:
    kind = estate.management
    managed = kind != Management.NONE if kind else None
    note = (estate.management_name or SHORT_MANAGEMENT[Management(kind)]) if managed else ""
    return (
        Body("小区党支部", estate.has_party_branch),
        Body("居民小组", estate.has_residents_group),
        Body("业主委员会", estate.has_owners_committee),
        Body("物业", managed, note),
    )


def estate_sums(rows: Sequence[EstateRow]) -> EstateSums:
    """The totals of those estates that have not ended."""
    held = [row for row in rows if row.ended is None]
    rated = [row for row in held if row.occupancy is not None]
    return EstateSums(
        count=len(held),
        building_count=sum_of(row.building_count for row in held),
        gross_floor_area_m2=sum_of(row.gross_floor_area_m2 for row in held),
        dwellings=sum_of(row.dwellings for row in held),
        completed_dwellings=sum_of(row.completed_dwellings for row in held),
        occupied_dwellings=sum_of(row.occupied_dwellings for row in held),
        occupancy=occupancy_of(
            sum(row.occupied_dwellings or 0 for row in rated),
            sum(row.completed_dwellings or 0 for row in rated),
        ),
        households=sum_of(row.households for row in held),
    )


def estate_checks(sums: EstateSums, facts: Reported | None) -> list[Check]:
    """The estates' households beside those of the community's latest facts."""
    if facts is None:
        return []
    return compare(
        "户数",
        ("各小区合计", sums.households.total),
        (f"{facts.year}年核定户数", facts.households),
        "户",
    )


def building_rows(user: User, estate: Estate, on: date) -> list[BuildingRow]:
    """The buildings of an estate by their names' numbers, ended ones among them. One query."""
    found = Building.objects.for_user(user).filter(estate=estate)
    return [
        BuildingRow(
            one.pk,
            one.name,
            one.units,
            one.floors,
            one.households,
            one.remarks,
            ended_on(one, on),
        )
        for one in sorted(found, key=_by_number)
    ]


def _by_number(building: Building) -> tuple[int, str, int]:
    """10号楼 stands after 9号楼."""
    digits = "".join(sign for sign in building.name if sign.isascii() and sign.isdigit())
    return int(digits or 0), building.name, building.pk


def building_checks(row: EstateRow, buildings: Sequence[BuildingRow]) -> list[Check]:
    """The buildings' households and number beside what the estate says."""
    held = [one for one in buildings if one.ended is None]
    if not held:
        return []
    return [
        *compare(
            "户数",
            ("各楼栋合计", sum_of(one.households for one in held).total),
            ("小区户数", row.households),
            "户",
        ),
        *compare("楼栋", ("已登记", len(held)), ("小区楼栋数", row.building_count), "栋"),
    ]


def meetings_of(user: User, estate: Estate) -> QuerySet[EstateMeeting]:
    """The joint meetings of an estate, newest first, to be paged."""
    found: QuerySet[EstateMeeting] = EstateMeeting.objects.for_user(user).filter(estate=estate)
    return found.order_by("-held_on", "-id")


def namesakes(user: User, community: Community, name: str) -> list[Namesake]:
    """Other communities of the district, inside the scope, with an estate of a name. One query."""
    found = (
        Estate.objects.for_user(user)
        .under(community.code[:DISTRICT])
        .filter(name=name, valid_until=None)
        .exclude(community=community)
        .order_by("code")
        .values_list("code", "community__short_name")
        .distinct()[:MOST_NAMED]
    )
    return [Namesake(*one) for one in found]
