"""Real community codes with facts made deterministically from each code, for every peer alike."""

import csv
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.int64]
Columns = dict[str, Column]

FOLDER = Path(__file__).parents[2] / "var" / "benchmarks"
PACKAGE = "china-division@2.7.0"
URBAN_WORDS = ("社区", "居委会", "居民")  # 129,587 of 620,573 names carry one of them
YEAR = 2018
START_YEAR = 2016
LEVELS = {"street": 9, "district": 6, "city": 4, "province": 2}
TENURES = ("bought", "rented", "collective", "handed_over", "none")
POSTS = ("director", "deputy", "member")


def villages() -> Path:
    """The package's villages.csv, fetched once with npm."""
    path = FOLDER / "villages.csv"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "pack", PACKAGE, "--silent"], cwd=FOLDER, check=True)
        with tarfile.open(FOLDER / "china-division-2.7.0.tgz") as archive:
            member = archive.extractfile("package/dist/villages.csv")
            if member is None:
                raise FileNotFoundError("package/dist/villages.csv")
            path.write_bytes(member.read())
    return path


def named_codes(*, urban: bool) -> Iterator[tuple[str, str]]:
    """Code and name of every community, or only of the urban ones."""
    with villages().open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            if not urban or any(word in row["name"] for word in URBAN_WORDS):
                yield row["code"], row["name"]


def mixed(numbers: Column, salt: int) -> NDArray[np.uint64]:
    """A well mixed hash of each number (splitmix64), the same on every machine."""
    x = numbers.astype(np.uint64) + np.uint64((0x9E3779B97F4A7C15 * (salt + 1)) % 2**64)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def drawn(numbers: Column, salt: int, low: int, high: int) -> Column:
    """A whole number from low to high (included) for each number."""
    return (mixed(numbers, salt) % np.uint64(high - low + 1)).astype(np.int64) + low


def columns(codes: Column) -> Columns:
    """Facts of each code: money in fen, areas in 0.01 m2, flags 0/1, dates as days since 1970."""
    district, street = codes // 10**6, codes // 10**3
    households = drawn(codes, 1, 60, 2400) + drawn(codes, 2, 0, 2400) + drawn(codes, 3, 0, 1600)
    dwellings = households * drawn(codes, 4, 100, 130) // 100
    completed = dwellings * drawn(codes, 5, 60, 100) // 100
    tenure = drawn(codes, 6, 0, len(TENURES) - 1)
    area = drawn(codes, 7, 8_000, 140_000)
    members = drawn(codes, 8, 3, 9)
    return {
        "code": codes,
        "households": households,
        "new_households": drawn(codes, 9, 0, 300),
        "area_kind": drawn(codes, 10, 0, 1),
        "central_urban": drawn(district, 11, 0, 1),
        "street_tier": drawn(street, 12, 0, 1),
        "premises_tenure": tenure,
        "premises_area": area,
        "contract_price": area * drawn(codes, 13, 2_000, 12_000),
        "contract_rent": area * drawn(codes, 14, 100, 500),
        "rented_months": drawn(codes, 15, 1, 12),
        "gross_floor_area": households * drawn(codes, 16, 7_000, 13_001),
        "dwellings": dwellings,
        "completed_dwellings": completed,
        "occupied_dwellings": completed * drawn(codes, 17, 20, 100) // 100,
        "first_move_in_on": drawn(codes, 18, 12_000, 17_800),
        "residents_committees": np.ones_like(codes),
        "members_in_post": members,
        "social_organisations": drawn(codes, 19, 1, 12),
        "extra_workers": drawn(codes, 20, 0, 3),
        "social_insurance": drawn(district, 21, 800_000, 1_600_000),
        "post": drawn(codes, 22, 0, len(POSTS) - 1),
        "mean_yearly_income": drawn(district, 23, 3_000_000, 7_000_000),
        "sale_price": drawn(codes // 10**8, 24, 300_000, 1_200_000),
        "rent": drawn(codes // 10**8, 25, 800, 6_000),
        "disposable_income": drawn(codes // 10**8, 26, 2_000_000, 6_000_000),
        "average_wage": drawn(codes // 10**8, 27, 40_000, 110_000) * 100,
    }


def load(size: str) -> Columns:
    """The facts of "urban" or "all" communities in the order of their codes."""
    path = FOLDER / f"facts-{size}.npz"
    if not path.exists():
        codes = sorted(int(code) for code, _ in named_codes(urban=size == "urban"))
        np.savez(path, **columns(np.array(codes, np.int64)))
    with np.load(path) as stored:
        return {name: stored[name] for name in stored.files}


def series_rows(facts: Columns) -> list[dict[str, Any]]:
    """The cities' figures of the year before, as rows of a SERIES.csv."""
    cities, first = np.unique(facts["code"] // 10**8, return_index=True)
    named = {
        "average_sale_price": ("sale_price", "元/㎡"),
        "average_rent": ("rent", "元/㎡·月"),
        "disposable_income": ("disposable_income", "元/年"),
        "average_wage": ("average_wage", "元/年"),
    }
    return [
        {
            "division": f"{city:04d}",
            "series": series,
            "year": YEAR - 1,
            "value": f"{figure // 100}.{figure % 100:02d}",
            "unit": unit,
        }
        for series, (column, unit) in named.items()
        for city, figure in zip(cities.tolist(), facts[column][first].tolist(), strict=True)
    ]
