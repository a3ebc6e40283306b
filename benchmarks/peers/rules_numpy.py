"""Policies A-D by hand in numpy int64: the floor that every other peer is compared with."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.facts import LEVELS, Column, Columns

POLICIES: dict[str, Callable[[Columns], Columns]]
POOL_FEN = 100_000_000


def half_up(numerator: Column, denominator: int) -> Column:
    return (2 * numerator + denominator) // (2 * denominator)


def up(numerator: Column, denominator: int) -> Column:
    return -(-numerator // denominator)


def liaocheng(f: Columns) -> Columns:
    """A: 聊城市城市社区管理办法."""
    households, new = f["households"], f["area_kind"] == 0
    unclamped = up(households, 300)
    half_occupied = 2 * f["occupied_dwellings"] >= f["completed_dwellings"]
    size = len(households)
    return {
        "community_size": np.full(size, 3000),
        "party_committee_members.low": np.full(size, 5),
        "party_committee_members.high": np.full(size, 9),
        "committee_establishment": (new & (households >= 3000) & half_occupied).astype(np.int64),
        "service_halls": np.ones(size, np.int64),
        "committee_members": np.clip(unclamped, 5, 9),
        "committee_members.unclamped": unclamped,
        "discretionary_workers": f["extra_workers"],
        "work_premises_area": np.where(new, 30_000, 0),
        "service_area": np.where(new, 90_000, 0),
        "combined_premises_area": np.where(new, 0, 15_000),
        "property_premises_area": np.maximum(half_up(f["gross_floor_area"] * 3, 1000), 10_000),
        "premises_handover_due": month_later(f["first_move_in_on"]),
        "work_funding": households * 2000,
        "funds_disclosure": np.ones(size, np.int64),
    }


def month_later(days: Column) -> Column:
    """The same day of the next month, or that month's last day."""
    day = days.view("datetime64[D]")
    month = day.astype("datetime64[M]")
    following = (month + 1).astype("datetime64[D]")
    last = (month + 2).astype("datetime64[D]") - 1
    moved: Column = np.minimum(following + (day - month), last).astype(np.int64)
    return moved


def city_opinions(f: Columns) -> Columns:
    """B: 城乡社区建设工作意见; the city pays half, rounded down to the fen."""
    households, new = f["households"], f["area_kind"] == 0
    large = households >= 3000
    size = len(households)
    values = {
        "community_size": np.full(size, 3000),
        "committee_members.low": np.full(size, 5),
        "committee_members.high": np.full(size, 9),
        "resident_members": up(f["members_in_post"] * 2, 3),
        "community_workers.low": np.where(large, 3, 1),
        "community_workers.high": np.where(large, 5, 3),
        "grids.low": up(households, 500),
        "grids.high": np.maximum(households // 400, up(households, 500)),
        "combined_premises_area.low": np.where(new, np.maximum(households * 5, 30_000), 0),
        "combined_premises_area.high": np.where(new, np.maximum(households * 10, 30_000), 0),
        "director_training": np.ones(size, np.int64),
        "member_training": np.ones(size, np.int64),
        "staff_social_insurance": f["social_insurance"],
    }
    money = {
        "work_funding": households * 2000,
        "new_household_subsidy": f["new_households"] * 1000,
        "staff_allowance": f["disposable_income"],
        **premises_subsidies(f),
    }
    values |= money | {f"{name}.city": amount // 2 for name, amount in money.items()}
    values |= {f"{name}.district": money[name] - values[f"{name}.city"] for name in money}
    values["staff_social_insurance.city"] = f["social_insurance"] // 2
    values["staff_social_insurance.district"] = (
        f["social_insurance"] - values["staff_social_insurance.city"]
    )
    return values


def premises_subsidies(f: Columns) -> Columns:
    area, tenure = f["premises_area"], f["premises_tenure"]
    enough = area >= 30_000
    price = np.minimum(half_up(area * f["sale_price"], 100), f["contract_price"])
    rent = half_up(area * f["rent"] * f["rented_months"], 100)
    return {
        "premises_purchase_subsidy": np.where((tenure == 0) & enough, price, 0),
        "premises_rent_subsidy": np.where(
            (tenure == 1) & enough, np.minimum(rent, f["contract_rent"]), 0
        ),
        "collective_premises_subsidy": np.where(
            tenure == 2, np.where(area >= 100_000, 10_000_000, 5_000_000), 0
        ),
    }


def beilun(f: Columns) -> Columns:
    """C: 北仑区标准 two years after the start year: 15,000 x 1.05^2 per 100 households."""
    households = f["households"]
    funding = half_up(households * 33_075, 2)
    district = funding * np.where(f["street_tier"] == 0, 50, 70) // 100
    pool = distribute(
        np.full(len(households), POOL_FEN), f["social_organisations"], f["code"] // 10**6
    )
    income = f["mean_yearly_income"]
    workers = up(households, 300)
    return {
        "community_workers": np.maximum(workers, 5),
        "premises_area": np.maximum(households * 40, 100_000),
        "work_funding": funding,
        "work_funding.district": district,
        "work_funding.street": funding - district,
        "social_organisation_fund": pool,
        "staff_pay": np.array([150_000, 130_000, 100_000])[f["post"]],
        "annual_award": half_up(income * 15, 100),
        "long_service_award": half_up(f["average_wage"], 24),
        "town_assistant_award": half_up(income * 3, 2),
    }


def shandong(f: Columns) -> Columns:
    """D: 山东省标准; the district's workers are computed on its sum and then distributed."""
    households = f["households"]
    starts, counts = runs(f["code"] // 10**6)
    total = np.repeat(np.add.reduceat(households, starts), counts)
    least, most = up(total, 400), up(total, 300)
    district = f["code"] // 10**6
    low = distribute(least, households, district)
    return {
        "service_area": households * 30,
        "work_funding": np.maximum(households * 2000, 6_000_000),
        "service_the_masses_fund": np.where(f["central_urban"] == 1, 20_000_000, 10_000_000),
        "community_workers.low": low,
        "community_workers.high": low + distribute(most - least, households, district),
    }


def runs(groups: Column) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Start and length of each run of equal groups; the rows are in the order of their codes."""
    starts = np.flatnonzero(np.concatenate(([True], groups[1:] != groups[:-1])))
    return starts, np.diff(np.append(starts, len(groups)))


def distribute(total: Column, weights: Column, groups: Column) -> Column:
    """Each group's total in proportion to the weights, largest remainder first, ties by code."""
    starts, counts = runs(groups)
    whole = np.repeat(np.add.reduceat(weights, starts), counts)
    parts, remainders = np.divmod(total * weights, whole)
    index = np.repeat(np.arange(len(starts)), counts)
    position = np.arange(len(groups)) - np.repeat(starts, counts)
    width = int(position.max()) + 1
    scale = int(whole.max()) + 1
    order = np.argsort((index * scale + (scale - 1 - remainders)) * width + position)
    left = total[starts] - np.add.reduceat(parts, starts)
    parts[order] += position < np.repeat(left, counts)
    return parts


def rolled_up(values: Columns, codes: Column) -> dict[str, Columns]:
    """Sums by street, then each wider level from the sums of the one below it."""
    sums: dict[str, Columns] = {}
    below = {name: part for name, part in values.items() if not name.endswith("handover_due")}
    for level, width in LEVELS.items():
        starts, _ = runs(codes // 10 ** (12 - width))
        below = {name: np.add.reduceat(column, starts) for name, column in below.items()}
        codes = codes[starts]
        sums[level] = below
    return sums


def cities(sums: dict[str, Columns], f: Columns) -> Columns:
    """The figures that are stated for a whole city: on the sums of its facts."""
    starts, _ = runs(f["code"] // 10**8)
    households = np.add.reduceat(f["households"], starts)
    committees = np.add.reduceat(f["residents_committees"], starts)
    return {
        "city_service_area": households * 30,
        "directly_elected_committees": up(committees * 4, 5),
    }


def run(f: Columns) -> tuple[Columns, dict[str, Columns]]:
    """Every value of every policy per community, and all four roll-ups."""
    values: Columns = {}
    for letter, policy in POLICIES.items():
        values |= {f"{letter}.{name}": column for name, column in policy(f).items()}
    sums = rolled_up(values, f["code"])
    sums["city"] |= cities(sums, f)
    return values, sums


POLICIES = {"A": liaocheng, "B": city_opinions, "C": beilun, "D": shandong}
