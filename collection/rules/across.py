"""What several facts of one community say together: more than there can be, or hardly so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from collection.rules.fields import FIELDS
from collection.rules.findings import LOOK, UNLIKELY, WRONG, Known, Values, number, said, shown
from collection.rules.limits import (
    COMMITTEE_MEMBERS,
    HOUSEHOLDS_APART,
    HOUSEHOLDS_OVER_DWELLINGS,
    HOUSEHOLDS_PER_GRID,
    M2_PER_DWELLING,
    PERSONS_PER_HOUSEHOLD,
    RENT_PER_M2_AND_MONTH,
    SOCIAL_INSURANCE_LEAST,
    YUAN_PER_M2,
)

# (the fields concerned, the one to mend first; grade; message)
Said = tuple[tuple[str, ...], str, str]
Rule = Callable[[Values, Known], Said | None]

# The first is part of the second.
PARTS = (
    ("completed_dwellings", "dwellings"),
    ("occupied_dwellings", "completed_dwellings"),
    ("occupied_dwellings", "dwellings"),
    ("premises_usable_area_m2", "premises_area_m2"),
    ("premises_above_ground_area_m2", "premises_area_m2"),
    ("resident_members", "committee_members_in_post"),
)
# The first is hardly more than the second.
HARDLY_MORE = (
    ("households_occupied", "households_recorded"),
    ("households_resident", "households_recorded"),
    ("work_area_m2", "premises_area_m2"),
    ("service_area_m2", "premises_area_m2"),
)
# Facts that are asked only of premises held in one way, and those that nobody needs to give.
ONLY_IF = {
    "contract_price_yuan": "bought",
    "contract_rent_yuan": "rented",
    "rented_months": "rented",
}
OPTIONAL = frozenset({"remarks", "first_move_in_on"})
COUNTS = ("households_registered", "households_resident", "households_occupied",
    "households_recorded")  # fmt: skip
AREAS_OF_PREMISES = ("premises_area_m2", "premises_usable_area_m2",
    "premises_above_ground_area_m2", "work_area_m2", "service_area_m2")  # fmt: skip


def parts_exceed(values: Values) -> Iterator[Said]:
    """Parts that are more than the whole: impossible for some, unlikely for others."""
    completed = values.get("completed_dwellings")
    for small, large in PARTS:
        part, whole = values.get(small), values.get(large)
        if part is None or whole is None or part <= whole:
            continue
        # said of the narrower whole already
        if large != "dwellings" or small == "completed_dwellings" or completed is None:
            yield (small, large), WRONG, f"{said(small, part)}多于{said(large, whole)}。改其中一个"
    for small, large in HARDLY_MORE:
        part, whole = values.get(small), values.get(large)
        if part is not None and whole is not None and part > whole:
            message = f"{said(small, part)}多于{said(large, whole)}。核对，写明原因"
            yield (small, large), UNLIKELY, message


def rooms_exceed(values: Values, known: Known) -> Said | None:
    work, service = values.get("work_area_m2"), values.get("service_area_m2")
    whole = values.get("premises_area_m2")
    if not work or not service or whole is None or work + service <= whole:
        return None
    if work > whole or service > whole:
        return None  # said of the one
    message = (
        f"工作用房和服务设施合计{number(work + service)}㎡，"
        f"多于{said('premises_area_m2', whole)}。核对，写明原因"
    )
    return ("service_area_m2", "work_area_m2", "premises_area_m2"), UNLIKELY, message


def none_but_rooms(values: Values, known: Known) -> Said | None:
    """没有用房 and rooms, or some tenure and no rooms."""
    tenure = values.get("premises_tenure")
    if not tenure:
        return None
    if tenure == "none":
        filled = next((name for name in AREAS_OF_PREMISES if values.get(name)), "")
        if not filled:
            return None
        message = f"取得方式是“没有用房”，{said(filled, values[filled])}。改取得方式，或改填0"
        return (filled, "premises_tenure"), WRONG, message
    if values.get("premises_area_m2") == 0:
        message = (
            f"用房建筑面积填了0，取得方式是“{shown('premises_tenure', tenure)}”。"
            "改选“没有用房”，或改面积"
        )
        return ("premises_tenure", "premises_area_m2"), WRONG, message
    return None


def halls_without_rooms(values: Values, known: Known) -> Said | None:
    if not values.get("service_halls") or values.get("premises_area_m2") != 0:
        return None
    message = f"没有用房，却有{said('service_halls', values['service_halls'])}。核对，写明原因"
    return ("service_halls", "premises_area_m2"), UNLIKELY, message


def contract_of_another_tenure(values: Values, known: Known) -> Said | None:
    tenure = values.get("premises_tenure")
    if not tenure:
        return None
    for name, meant in ONLY_IF.items():
        if tenure != meant and values.get(name):
            message = (
                f"取得方式是“{shown('premises_tenure', tenure)}”，不填{FIELDS[name].label}。"
                f"删去{shown(name, values[name])}，或改取得方式"
            )
            return (name, "premises_tenure"), WRONG, message
    return None


def rent_and_months(values: Values, known: Known) -> Said | None:
    if values.get("premises_tenure") != "rented":
        return None
    rent, months = values.get("contract_rent_yuan"), values.get("rented_months")
    if rent is None or months is None or bool(rent) == bool(months):
        return None
    if months == 0:
        message = f"{said('contract_rent_yuan', rent)}，租用月数却是0。填租用的月数"
        return ("rented_months", "contract_rent_yuan"), WRONG, message
    message = f"租用{months}个月，租金是0。核对，写明原因"
    return ("contract_rent_yuan", "rented_months"), UNLIKELY, message


def price_of_rooms(values: Values, known: Known) -> Said | None:
    price, area = values.get("contract_price_yuan"), values.get("premises_area_m2")
    if not price or not area or values.get("premises_tenure") != "bought":
        return None
    low, high = YUAN_PER_M2
    if low * area <= price <= high * area:
        return None
    each = number(round(price / area, 2))
    message = f"购房合同总价按{number(area)}㎡算，每㎡{each}元。核对单位是不是元"
    return ("contract_price_yuan", "premises_area_m2"), UNLIKELY, message


def rent_of_rooms(values: Values, known: Known) -> Said | None:
    rent, months = values.get("contract_rent_yuan"), values.get("rented_months")
    area = values.get("premises_area_m2")
    if not rent or not months or not area:
        return None
    low, high = RENT_PER_M2_AND_MONTH
    if low * area * months <= rent <= high * area * months:
        return None
    each = number(round(rent / area / months, 2))
    message = f"租金按{number(area)}㎡、{months}个月算，每㎡每月{each}元。核对单位是不是元"
    return ("contract_rent_yuan", "premises_area_m2"), UNLIKELY, message


def persons(kind: str) -> Rule:
    """People beside households of one kind: registered or resident."""
    people, homes = f"population_{kind}", f"households_{kind}"

    def rule(values: Values, known: Known) -> Said | None:
        number_of, count = values.get(people), values.get(homes)
        if number_of is None or count is None or (not number_of and not count):
            return None
        low, high = PERSONS_PER_HOUSEHOLD
        if count and low * count <= number_of <= high * count:
            return None
        each = f"，每户{number_of / count:.1f}人" if count else ""
        message = f"{said(people, number_of)}，{said(homes, count)}{each}。核对，写明原因"
        return (people, homes), UNLIKELY, message

    return rule


def counts_apart(values: Values, known: Known) -> Said | None:
    """Two counts of households that lie far apart."""
    held = [(value, name) for name in COUNTS if (value := values.get(name))]
    if len(held) < 2:
        return None
    (least, small), (most, large) = min(held), max(held)
    if most < HOUSEHOLDS_APART * least:
        return None
    message = f"{said(large, most)}是{said(small, least)}的{most / least:.1f}倍。核对，写明原因"
    return (large, small), UNLIKELY, message


def new_of_all(values: Values, known: Known) -> Said | None:
    new, name = values.get("new_households"), known.measure
    if not new or not name or name == "new_households":
        return None
    whole = values.get(name)
    if whole is None or new <= whole:
        return None
    message = f"{said('new_households', new)}多于{said(name, whole)}。改其中一个"
    return ("new_households", name), WRONG, message


def homes_and_dwellings(values: Values, known: Known) -> Said | None:
    homes = values.get("dwellings")
    if not homes:
        return None
    for name in ("households_occupied", "households_resident"):
        count = values.get(name)
        if count and 100 * count > HOUSEHOLDS_OVER_DWELLINGS * homes:
            message = f"{said(name, count)}多于{said('dwellings', homes)}。核对，写明原因"
            return (name, "dwellings"), UNLIKELY, message
    return None


def size_of_dwellings(values: Values, known: Known) -> Said | None:
    area, homes = values.get("gross_floor_area_m2"), values.get("dwellings")
    if not area or not homes:
        return None
    low, high = M2_PER_DWELLING
    if low * homes <= area <= high * homes:
        return None
    each = number(round(area / homes, 2))
    message = f"小区总建筑面积按{said('dwellings', homes)}算，每套{each}㎡。核对单位"
    return ("gross_floor_area_m2", "dwellings"), UNLIKELY, message


def size_of_grids(values: Values, known: Known) -> Said | None:
    grids, homes = values.get("grids"), values.get(known.measure)
    if not grids or not homes:
        return None
    low, high = HOUSEHOLDS_PER_GRID
    if low * grids <= homes <= high * grids:
        return None
    return ("grids", known.measure), LOOK, f"平均每个网格{homes // grids:,}户，核对"


def committee(values: Values, known: Known) -> Said | None:
    members = values.get("committee_members_in_post")
    if members is None:
        return None
    if members and values.get("residents_committees") == 0:
        message = f"居委会个数是0，却有成员{members}人。核对，写明原因"
        return ("residents_committees", "committee_members_in_post"), UNLIKELY, message
    low, high = COMMITTEE_MEMBERS
    if low <= members <= high:
        return None
    message = f"居委会由{low}~{high}人组成，在岗{members}人，核对"
    return ("committee_members_in_post",), LOOK, message


def insurance(values: Values, known: Known) -> Said | None:
    paid = values.get("social_insurance_yuan")
    if not paid or paid >= SOCIAL_INSURANCE_LEAST:
        return None
    message = f"单位缴纳社会保险每人每年只有{number(paid)}元。核对是不是按月的数，写明原因"
    return ("social_insurance_yuan",), UNLIKELY, message


def moved_in(values: Values, known: Known) -> Said | None:
    day, on = values.get("first_move_in_on"), known.reference_on
    if not isinstance(day, date) or on is None or day <= on:
        return None
    return ("first_move_in_on",), WRONG, f"首批居民入住日{day}晚于统计时点{on}。还没有入住的留空"


def new_without_day(values: Values, known: Known) -> Said | None:
    name = "first_move_in_on"
    if values.get("area_kind") != "new" or values.get(name) or name not in known.asked:
        return None
    return (name,), LOOK, "新建住宅区填首批居民入住日，还没有入住的留空"


RULES: tuple[Rule, ...] = (
    rooms_exceed, none_but_rooms, halls_without_rooms, contract_of_another_tenure,
    rent_and_months, price_of_rooms, rent_of_rooms, persons("registered"), persons("resident"),
    counts_apart, new_of_all, homes_and_dwellings, size_of_dwellings, size_of_grids, committee,
    insurance, moved_in, new_without_day,
)  # fmt: skip


def across(values: Values, known: Known) -> Iterator[Said]:
    """All that the rules over several fields say."""
    yield from parts_exceed(values)
    for rule in RULES:
        found = rule(values, known)
        if found is not None:
            yield found


def needed(values: Values, name: str) -> bool:
    """Whether a field is asked of this community, given what it said of others."""
    if name in ONLY_IF:
        return bool(values.get("premises_tenure") == ONLY_IF[name])
    return name not in OPTIONAL


def absent(name: str, value: Any) -> str:
    """What to do about a field that is empty; '' where it is filled."""
    if value is not None and value != "":
        return ""
    field = FIELDS[name]
    verb = "选择" if field.kind in ("choice", "flag") else "填写"
    return f"{verb}{field.label}" + (f"。{field.if_none}" if field.if_none else "")
