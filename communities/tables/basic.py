"""Columns of 社区基本情况台账, on the page and in its exports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from communities.choices import CommunityKind, UrbanRuralClass
from communities.selectors.basic import Basic, BasicRow, BasicTotals
from communities.tables.files import A3, Heading, Layout

CHUNK = 2000
FEET = ("填报单位（盖章）：", "单位负责人：", "审核人：", "填表人：", "联系电话：", "填报日期：")
KINDS, CLASSES = dict(CommunityKind.choices), dict(UrbanRuralClass.choices)


@dataclass(frozen=True)
class BasicColumn:
    """A column: its heading, its cell of a row, its cell of the totals, what it sorts by."""

    heading: Heading
    cell: Callable[[BasicRow], Any]
    total: Callable[[BasicTotals], Any] | None = None
    sort: str = ""


def basic_headings() -> list[Heading]:
    """The headings of the exports: a number, then every column."""
    return [Heading("序号", "count", 6), *(column.heading for column in COLUMNS)]


def basic_lines(listed: Basic) -> Iterator[tuple[Any, ...]]:
    """The rows in their order with their numbers; as many queries for each 2,000 rows."""
    for start in range(0, len(listed), CHUNK):
        for number, row in enumerate(listed[start : start + CHUNK], start=start + 1):
            yield (number, *(column.cell(row) for column in COLUMNS))


def basic_layout(listed: Basic) -> Layout:
    """The bureau's usual sheet: A3 across, bordered, with totals and feet."""
    totals = listed.totals()
    sums = [column.total(totals) if column.total else None for column in COLUMNS]
    return Layout(
        sheet="基本情况台账",
        bordered=True,
        paper=A3,
        frozen=5,
        total=("合计", *sums),
        feet=("", "　　　　".join(FEET)),
    )


def _profile(name: str) -> Callable[[BasicRow], Any]:
    return lambda row: row.profile.get(name)


def _choice(name: str, labels: dict[str, str]) -> Callable[[BasicRow], Any]:
    return lambda row: labels.get(row.profile.get(name, ""), "")


def _fact(
    label: str, name: str, group: str = "", *, kind: str = "count", sort: str = ""
) -> BasicColumn:
    return BasicColumn(
        Heading(label, kind, 14 if kind == "amount" else 10, group),
        lambda row: row.facts[name],
        lambda totals: totals.facts[name],
        sort,
    )


def _part(label: str, name: str) -> BasicColumn:
    return BasicColumn(
        Heading(label, "count", 9, "登记的组成部分"),
        lambda row: row.parts[name],
        lambda totals: totals.parts[name],
    )


def _boundary(label: str, name: str) -> BasicColumn:
    return BasicColumn(Heading(label, width=14, group="四至"), _profile(name))


COLUMNS = (
    BasicColumn(Heading("县（市、区）", width=12), lambda row: row.district),
    BasicColumn(Heading("街道", width=14), lambda row: row.street),
    BasicColumn(
        Heading("社区", width=18),
        lambda row: f"{row.name}（已撤销）" if row.ended else row.name,
        lambda totals: f"{totals.count}个社区",
        "name",
    ),
    BasicColumn(Heading("社区代码", width=15), lambda row: row.code),
    BasicColumn(Heading("城乡分类", width=12), _choice("urban_rural_class", CLASSES)),
    BasicColumn(Heading("统一社会信用代码", width=21), _profile("credit_code")),
    BasicColumn(Heading("设立日期", width=12), _profile("set_up_on"), sort="set_up"),
    BasicColumn(Heading("批准文号", width=20), _profile("set_up_doc_no")),
    BasicColumn(Heading("类型", width=8), _choice("kind", KINDS)),
    BasicColumn(
        Heading("面积（平方公里）", "km2", 12),
        _profile("area_km2"),
        lambda totals: totals.area_km2,
        "area",
    ),
    _boundary("东至", "boundary_east"),
    _boundary("南至", "boundary_south"),
    _boundary("西至", "boundary_west"),
    _boundary("北至", "boundary_north"),
    _fact("核定户数", "households", "户数（户）", sort="households"),
    _fact("户籍户数", "households_registered", "户数（户）"),
    _fact("常住户数", "households_resident", "户数（户）"),
    _fact("实际居住户数", "households_occupied", "户数（户）"),
    _fact("实有户数", "households_recorded", "户数（户）"),
    _fact("户籍人口", "population_registered", "人口（人）"),
    _fact("常住人口", "population_resident", "人口（人）", sort="population"),
    _part("小区（个）", "estates"),
    _part("楼栋（栋）", "buildings"),
    _part("网格（个）", "grids"),
    _part("组织（个）", "organisations"),
    _fact("居委会（个）", "residents_committees"),
    _fact("居委会成员", "committee_members_in_post", "在岗人员（人）"),
    _fact("党组织成员", "party_members_in_post", "在岗人员（人）"),
    _fact("专职工作人员", "community_workers_in_post", "在岗人员（人）"),
    _fact("用房建筑面积（㎡）", "premises_area_m2", kind="amount", sort="premises"),
    _fact("上年到位经费（元）", "received_yuan", kind="amount", sort="received"),
    BasicColumn(Heading("责任人和办公电话", width=32), lambda row: row.contact),
    BasicColumn(Heading("办公地址", width=20), _profile("address")),
    BasicColumn(Heading("标签", width=14), lambda row: "、".join(row.profile.get("tags", ()))),
    BasicColumn(Heading("填报状态", width=10), lambda row: row.status),
    BasicColumn(Heading("备注", width=24), _profile("remarks")),
)
