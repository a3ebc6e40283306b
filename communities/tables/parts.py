"""Columns of the lists of parts, on the page and in their exports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from communities.choices import ArchiveKind, EstateKind, Management, OrganisationKind
from communities.selectors.estates import occupancy_of
from communities.selectors.lists import PartRow, Parts
from communities.tables.checks import percent
from communities.tables.files import Heading, Layout

CHUNK = 5000
YES_NO = {True: "有", False: "无", None: ""}


@dataclass(frozen=True)
class PartColumn:
    """A column: its heading, its cell of a row, the field it adds up, what it sorts by."""

    heading: Heading
    cell: Callable[[PartRow], Any]
    sums: str = ""
    sort: str = ""


def part_headings(key: str) -> list[Heading]:
    """The headings of the exports of a list: number, code, community, and its columns."""
    return [
        Heading("序号", "count", 6),
        Heading("社区代码", width=15),
        Heading("社区", width=18),
        *(column.heading for column in PART_COLUMNS[key]),
    ]


def part_lines(parts: Parts) -> Iterator[tuple[Any, ...]]:
    """The rows in their order with their numbers; one query for each 5,000."""
    columns = PART_COLUMNS[parts.listed.key]
    for start in range(0, len(parts), CHUNK):
        for number, row in enumerate(parts[start : start + CHUNK], start=start + 1):
            yield (number, row.code, row.community, *(column.cell(row) for column in columns))


def part_layout(parts: Parts, feet: Sequence[str]) -> Layout:
    """A bordered sheet with sums and feet."""
    sums = parts.sums()
    cells = [sums.get(column.sums) for column in PART_COLUMNS[parts.listed.key]]
    return Layout(
        sheet=PART_TITLES[parts.listed.key],
        bordered=True,
        frozen=3,
        total=("合计", None, None, *cells),
        feet=("", "　　　　".join(feet)),
    )


def _value(name: str) -> Callable[[PartRow], Any]:
    return lambda row: row.values[name]


def _text(label: str, name: str, width: int = 14, sort: str = "") -> PartColumn:
    return PartColumn(Heading(label, width=width), _value(name), sort=sort)


def _choice(label: str, name: str, labels: dict[str, str], width: int = 12) -> PartColumn:
    return PartColumn(Heading(label, width=width), lambda row: labels.get(row.values[name], ""))


def _count(label: str, name: str, sort: str = "") -> PartColumn:
    return PartColumn(Heading(label, "count", 10), _value(name), name, sort)


def _flag(label: str, name: str) -> PartColumn:
    return PartColumn(Heading(label, width=10), lambda row: YES_NO[row.values[name]])


def _year(row: PartRow) -> str:
    year = row.values["built_year"]
    return "" if year is None else str(year)


PART_TITLES = {
    "estates": "小区台账",
    "grids": "网格台账",
    "organisations": "组织台账",
    "archive": "电子档案目录",
}
PART_COLUMNS = {
    "estates": (
        _text("小区名称", "name", 18, "name"),
        _choice("小区类型", "kind", dict(EstateKind.choices)),
        PartColumn(
            Heading("新建住宅区", width=10),
            lambda row: {True: "是", False: "否", None: ""}[row.values["is_new"]],
        ),
        _text("坐落", "address", 20),
        PartColumn(Heading("建成年份", width=9), _year, sort="year"),
        _count("楼栋数（栋）", "building_count"),
        PartColumn(
            Heading("总建筑面积（㎡）", "amount", 14),
            _value("gross_floor_area_m2"),
            "gross_floor_area_m2",
        ),
        _count("住宅套数", "dwellings", "dwellings"),
        _count("已竣工套数", "completed_dwellings"),
        _count("已入住套数", "occupied_dwellings"),
        PartColumn(
            Heading("入住率（%）", "amount", 10),
            lambda row: percent(
                occupancy_of(row.values["occupied_dwellings"], row.values["completed_dwellings"])
            ),
        ),
        _count("户数（户）", "households", "households"),
        _choice("物业", "management", dict(Management.choices), 14),
        _text("物业服务企业名称", "management_name", 18),
        _flag("小区党支部", "has_party_branch"),
        _flag("居民小组", "has_residents_group"),
        _flag("业主委员会", "has_owners_committee"),
        _text("备注", "remarks", 20),
    ),
    "grids": (
        _text("网格", "name", 14),
        _text("编号", "number", 18, "number"),
        _text("范围", "extent", 30),
        _count("户数（户）", "households", "households"),
        _text("网格员", "worker"),
        _text("备注", "remarks", 20),
    ),
    "organisations": (
        _text("组织名称", "name", 26, "name"),
        _choice("组织类别", "kind", dict(OrganisationKind.choices), 16),
        _text("登记（备案）号", "registration_no", 18),
        _text("成立日期", "set_up_on", 12, "set_up"),
        _text("批准文号", "set_up_doc_no", 20),
        _text("负责人", "leader", 12),
        _count("成员人数（人）", "members", "members"),
        _text("本届任期到", "term_ends_on", 12, "term"),
        _text("备注", "remarks", 20),
    ),
    "archive": (
        _text("日期", "happened_on", 12, "day"),
        _text("题名", "title", 30),
        _choice("类别", "kind", dict(ArchiveKind.choices), 18),
        _text("主办", "organiser", 20),
        _count("参加人次", "attendance", "attendance"),
        _text("备注", "remarks", 20),
    ),
}
