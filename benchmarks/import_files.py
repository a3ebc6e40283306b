"""The files of benchmarks/import.py: a year's facts of all urban communities, CSV and xlsx."""

import csv
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

YEAR = 2027
# Whole numbers, areas and money that the demo facts hold; no choices, so that both read the same.
COLUMNS = (
    "households_registered", "households_resident", "households_occupied", "households_recorded",
    "new_households", "population_registered", "population_resident", "dwellings",
    "completed_dwellings", "occupied_dwellings", "gross_floor_area_m2", "premises_area_m2",
    "premises_usable_area_m2", "premises_above_ground_area_m2", "work_area_m2", "service_area_m2",
    "property_area_m2", "service_halls", "residents_committees", "committee_members_in_post",
    "resident_members", "party_members_in_post", "community_workers_in_post", "extra_workers",
    "social_organisations", "social_insurance_yuan", "received_yuan",
)  # fmt: skip


def rows() -> Iterator[list[str]]:
    """Last year's demo facts as this year's: the headings, then a row a community."""
    from collection.rules.fields import FIELDS  # noqa: PLC0415 (needs django.setup first)
    from communities.models import AnnualFacts  # noqa: PLC0415

    yield ["社区代码", "社区名称", *(FIELDS[name].heading for name in COLUMNS)]
    known = AnnualFacts.objects.filter(year=YEAR - 1).order_by("code")
    for code, name, *values in known.values_list(
        "code", "community__short_name", *COLUMNS
    ).iterator():
        yield [code, name, *map(text, values)]


def text(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.2f}" if isinstance(value, Decimal) else str(value)


def write(folder: Path) -> None:
    """Both files with the same cells; numbers are numbers in the workbook, codes are texts."""
    lines = list(rows())
    with (folder / "import.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(lines)
    book = xlsxwriter.Workbook(str(folder / "import.xlsx"), {"constant_memory": True})
    sheet = book.add_worksheet("填报")
    for number, line in enumerate(lines):
        for column, cell in enumerate(line):
            if number and column > 1 and cell:
                sheet.write_number(number, column, float(cell))
            else:
                sheet.write_string(number, column, cell)
    book.close()


if __name__ == "__main__":
    import django

    django.setup()
    write(Path(sys.argv[1]))
