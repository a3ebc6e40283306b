"""Policies A-D as a plain Python loop over communities, money and areas in Decimal."""

import calendar
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np

from benchmarks.peers.facts import LEVELS, POSTS, TENURES, Columns

FEN, ONE = Decimal("0.01"), Decimal(1)
EPOCH = date(1970, 1, 1)
HUNDREDTHS = (
    "premises_area", "contract_price", "contract_rent", "gross_floor_area", "social_insurance",
    "mean_yearly_income", "sale_price", "rent", "disposable_income", "average_wage",
)  # fmt: skip
Row = dict[str, Any]


def fen(x: Decimal) -> Decimal:
    return x.quantize(FEN, ROUND_HALF_UP)


def up(x: Decimal) -> Decimal:
    return x.quantize(ONE, ROUND_CEILING)


def rows(f: Columns) -> list[Row]:
    """The facts as a program would hold them: Decimal amounts, words, dates."""
    columns: dict[str, list[Any]] = {}
    for name, column in f.items():
        numbers = column.tolist()
        if name in HUNDREDTHS:
            columns[name] = [Decimal(n).scaleb(-2) for n in numbers]
        elif name == "first_move_in_on":
            columns[name] = [EPOCH + timedelta(days=n) for n in numbers]
        elif name == "premises_tenure":
            columns[name] = [TENURES[n] for n in numbers]
        elif name == "post":
            columns[name] = [POSTS[n] for n in numbers]
        elif name == "code":
            columns[name] = [f"{n:012d}" for n in numbers]
        else:
            columns[name] = [Decimal(n) for n in numbers]
    return [
        dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)
    ]


def liaocheng(r: Row) -> Row:
    new, households = r["area_kind"] == 0, r["households"]
    unclamped = up(households / 300)
    occupied = r["occupied_dwellings"] >= r["completed_dwellings"] / 2
    return {
        "A.community_size": Decimal(3000),
        "A.party_committee_members.low": Decimal(5),
        "A.party_committee_members.high": Decimal(9),
        "A.committee_establishment": Decimal(new and households >= 3000 and occupied),
        "A.service_halls": ONE,
        "A.committee_members": min(max(unclamped, Decimal(5)), Decimal(9)),
        "A.committee_members.unclamped": unclamped,
        "A.discretionary_workers": r["extra_workers"],
        "A.work_premises_area": Decimal(300 if new else 0),
        "A.service_area": Decimal(900 if new else 0),
        "A.combined_premises_area": Decimal(0 if new else 150),
        "A.property_premises_area": max(
            fen(r["gross_floor_area"] * Decimal("0.003")), Decimal(100)
        ),
        "A.premises_handover_due": month_later(r["first_move_in_on"]),
        "A.work_funding": fen(households * 20),
        "A.funds_disclosure": ONE,
    }


def month_later(day: date) -> date:
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def city_opinions(r: Row) -> Row:
    new, households = r["area_kind"] == 0, r["households"]
    large, area = households >= 3000, r["premises_area"]
    bought = r["premises_tenure"] == "bought" and area >= 300
    rented = r["premises_tenure"] == "rented" and area >= 300
    rent = area * r["rent"] * r["rented_months"]
    money = {
        "work_funding": fen(households * 20),
        "new_household_subsidy": fen(r["new_households"] * 10),
        "staff_allowance": r["disposable_income"],
        "staff_social_insurance": r["social_insurance"],
        "premises_purchase_subsidy": fen(min(area * r["sale_price"], r["contract_price"]))
        if bought
        else Decimal(0),
        "premises_rent_subsidy": fen(min(rent, r["contract_rent"])) if rented else Decimal(0),
        "collective_premises_subsidy": Decimal(100_000 if area >= 1000 else 50_000)
        if r["premises_tenure"] == "collective"
        else Decimal(0),
    }
    values = {
        "B.community_size": Decimal(3000),
        "B.committee_members.low": Decimal(5),
        "B.committee_members.high": Decimal(9),
        "B.resident_members": up(r["members_in_post"] * 2 / 3),
        "B.community_workers.low": Decimal(3 if large else 1),
        "B.community_workers.high": Decimal(5 if large else 3),
        "B.grids.low": up(households / 500),
        "B.grids.high": max(households // 400, up(households / 500)),
        "B.combined_premises_area.low": max(households / 20, Decimal(300)) if new else Decimal(0),
        "B.combined_premises_area.high": max(households / 10, Decimal(300)) if new else Decimal(0),
        "B.director_training": ONE,
        "B.member_training": ONE,
    }
    for name, amount in money.items():
        city = (amount / 2).quantize(FEN, ROUND_DOWN)
        values |= {f"B.{name}": amount, f"B.{name}.city": city, f"B.{name}.district": amount - city}
    return values


def beilun(r: Row) -> Row:
    households = r["households"]
    funding = fen(households * 150 * Decimal("1.05") ** 2)
    percent = 50 if r["street_tier"] == 0 else 70
    district = (funding * percent / 100).quantize(FEN, ROUND_DOWN)
    pay = {"director": Decimal("1.5"), "deputy": Decimal("1.3"), "member": ONE}
    return {
        "C.community_workers": max(up(households / 300), Decimal(5)),
        "C.premises_area": max(households * Decimal("0.4"), Decimal(1000)),
        "C.work_funding": funding,
        "C.work_funding.district": district,
        "C.work_funding.street": funding - district,
        "C.staff_pay": 1000 * pay[r["post"]],
        "C.annual_award": fen(r["mean_yearly_income"] * Decimal("0.15")),
        "C.long_service_award": fen(r["average_wage"] / 24),
        "C.town_assistant_award": fen(r["mean_yearly_income"] * Decimal("1.5")),
    }


def shandong(r: Row) -> Row:
    return {
        "D.service_area": r["households"] * Decimal("0.3"),
        "D.work_funding": max(fen(r["households"] * 20), Decimal(60_000)),
        "D.service_the_masses_fund": Decimal(200_000 if r["central_urban"] else 100_000),
    }


def distribute(total: Decimal, weights: list[Decimal], step: Decimal) -> list[Decimal]:
    """The total in steps in proportion to the weights, largest remainder first, then by order."""
    units, whole = total / step, sum(weights)
    shares = [divmod(units * weight, whole) for weight in weights]
    parts = [part for part, _ in shares]
    order = sorted(range(len(shares)), key=lambda i: (-shares[i][1], i))
    for i in order[: int(units - sum(parts))]:
        parts[i] += 1
    return [part * step for part in parts]


def distributed(facts: list[Row], values: list[Row]) -> None:
    """Adds the figures that are shared out within each district."""
    districts: dict[str, list[int]] = defaultdict(list)
    for i, row in enumerate(facts):
        districts[row["code"][:6]].append(i)
    for members in districts.values():
        households = [facts[i]["households"] for i in members]
        total = sum(households, Decimal())
        least, most = up(total / 400), up(total / 300)
        low = distribute(least, households, ONE)
        rest = distribute(most - least, households, ONE)
        pool = distribute(
            Decimal(1_000_000), [facts[i]["social_organisations"] for i in members], FEN
        )
        for i, few, more, money in zip(members, low, rest, pool, strict=True):
            values[i]["D.community_workers.low"] = few
            values[i]["D.community_workers.high"] = few + more
            values[i]["C.social_organisation_fund"] = money


def run(facts: list[Row]) -> tuple[list[Row], dict[str, dict[str, Row]]]:
    """Every value of every community, and the four roll-ups."""
    policies: tuple[Callable[[Row], Row], ...] = (liaocheng, city_opinions, beilun, shandong)
    values = [{k: v for policy in policies for k, v in policy(row).items()} for row in facts]
    distributed(facts, values)
    lines = [(row["code"], value) for row, value in zip(facts, values, strict=True)]
    sums: dict[str, dict[str, Row]] = {}
    for level, width in LEVELS.items():
        total: dict[str, Row] = {}
        for code, value in lines:
            into = total.setdefault(code[:width], {})
            for name, x in value.items():
                if name != "A.premises_handover_due":
                    into[name] = into.get(name, 0) + x
        sums[level] = total
        lines = list(total.items())
    return values, sums


def as_columns(values: list[Row]) -> Columns:
    """The loop's figures in the integer units of the other peers, for the comparison."""
    columns: Columns = {}
    for name in values[0]:
        whole = any(word in name for word in ("members", "workers", "grids", "size", "halls"))
        if name == "A.premises_handover_due":
            columns[name] = np.array([(v[name] - EPOCH).days for v in values], np.int64)
        elif whole or name.endswith(("establishment", "disclosure", "training")):
            columns[name] = np.array([int(v[name]) for v in values], np.int64)
        else:
            columns[name] = np.array([int(v[name].scaleb(2)) for v in values], np.int64)
    return columns
