"""The facts that are collected: one table for the form, the workbook, the import and its errors.

Names are columns of AnnualFacts; `heading` is what stands above the column in a workbook.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from communities.choices import AreaKind, StreetTier, Tenure

SECTIONS: Final = {
    "size": "一、户数和人口",
    "housing": "二、住房和住区",
    "premises": "三、用房",
    "staff": "四、组织和人员",
    "money": "五、经费",
    "other": "六、其他",
}


@dataclass(frozen=True)
class Field:
    """One fact: kind is count, area, money, choice, flag, date or text."""

    name: str
    section: str
    label: str
    kind: str
    unit: str = ""
    hint: str = ""
    # the largest whole part; longest text
    most: int = 99_999_999
    choices: tuple[tuple[str, str], ...] = ()
    # other headings under which people keep it
    aliases: tuple[str, ...] = ()
    # what to fill in where there is none of it
    if_none: str = ""
    # given by the register of divisions, never typed: a column of Division
    from_division: str = ""

    @property
    def heading(self) -> str:
        """The column's heading: the label with its unit."""
        return f"{self.label}（{self.unit}）" if self.unit else self.label

    @property
    def places(self) -> int:
        """Decimal places that are kept."""
        return 2 if self.kind in {"area", "money"} else 0

    @property
    def is_number(self) -> bool:
        return self.kind in {"count", "area", "money"}


def _number(
    section: str, name: str, label: str, unit: str, hint: str = "", most: int = 99_999_999,
    aliases: tuple[str, ...] = (),
) -> Field:  # fmt: skip
    kind = {"㎡": "area", "元": "money"}.get(unit, "count")
    if_none = IF_NONE.get(name, IF_NONE.get(section, ""))
    return Field(name, section, label, kind, unit, hint, most, aliases=aliases, if_none=if_none)


# by name of a field, else of its section
IF_NONE: Final = {
    "new_households": "没有新管户的填0",
    "premises": "没有用房的填0",
    "property_area_m2": "没有的填0",
    "service_halls": "没有的填0",
    "staff": "没有的填0",
    "extra_workers": "没有核定的填0",
    "social_organisations": "没有备案的填0",
    "social_insurance_yuan": "没有缴纳的填0",
    "received_yuan": "没有到位的填0",
    "contract_price_yuan": "",
    "contract_rent_yuan": "",
    "rented_months": "",
}


_MOST_M2, _MOST_YUAN = 9_999_999_999, 999_999_999_999
FIELDS: Final[dict[str, Field]] = {
    one.name: one
    for one in (
        _number("size", "households_registered", "户籍户数", "户", "公安户籍登记的户"),
        _number(
            "size",
            "households_resident",
            "常住户数",
            "户",
            "居住半年以上的户",
            aliases=("户数", "常住户"),
        ),
        _number("size", "households_occupied", "实际居住户数", "户", "统计时点有人居住的户"),
        _number("size", "households_recorded", "实有户数", "户", "含流动人口和空挂户"),
        _number(
            "size",
            "new_households",
            "当年新管户数",
            "户",
            "本年新纳入社区管理的户",
            aliases=("新管户", "新管户数", "当年新管户"),
        ),
        _number("size", "population_registered", "户籍人口", "人"),
        _number("size", "population_resident", "常住人口", "人", aliases=("人口", "人口数")),
        _number("housing", "dwellings", "住宅套数", "套", aliases=("套数",)),
        _number("housing", "completed_dwellings", "已竣工住宅套数", "套"),
        _number("housing", "occupied_dwellings", "已入住住宅套数", "套"),
        Field(
            "area_kind",
            "housing",
            "住区类型",
            "choice",
            choices=tuple(AreaKind.choices),
            aliases=("类型",),
        ),
        Field(
            "central_urban",
            "housing",
            "中心城区",
            "flag",
            hint="县（市、区）的属性",
            from_division="central_urban",
        ),
        Field("poor_county", "housing", "贫困县", "flag", hint="县（市、区）的属性"),
        Field(
            "street_tier",
            "housing",
            "街道财力",
            "choice",
            hint="街道的属性",
            choices=tuple(StreetTier.choices),
            from_division="street_tier",
        ),
        _number("housing", "gross_floor_area_m2", "小区总建筑面积", "㎡", most=_MOST_M2),
        Field("first_move_in_on", "housing", "首批居民入住日", "date", hint="新建小区填写"),
        _number("housing", "grids", "网格数", "个", most=9999),
        Field(
            "premises_tenure",
            "premises",
            "用房取得方式",
            "choice",
            choices=tuple(Tenure.choices),
            aliases=("取得方式",),
        ),
        _number(
            "premises",
            "premises_area_m2",
            "用房建筑面积",
            "㎡",
            most=_MOST_M2,
            aliases=("用房面积", "用房"),
        ),
        _number("premises", "premises_usable_area_m2", "用房使用面积", "㎡", most=_MOST_M2),
        _number(
            "premises", "premises_above_ground_area_m2", "用房地上建筑面积", "㎡", most=_MOST_M2
        ),
        _number(
            "premises",
            "work_area_m2",
            "工作用房面积",
            "㎡",
            most=_MOST_M2,
            aliases=("工作用房", "办公用房"),
        ),
        _number(
            "premises",
            "service_area_m2",
            "服务设施面积",
            "㎡",
            most=_MOST_M2,
            aliases=("服务设施", "服务用房"),
        ),
        _number(
            "premises",
            "property_area_m2",
            "物业服务用房面积",
            "㎡",
            most=_MOST_M2,
            aliases=("物业服务用房", "物业用房"),
        ),
        _number("premises", "service_halls", "一站式服务大厅", "个", most=99),
        _number(
            "premises",
            "contract_price_yuan",
            "购房合同总价",
            "元",
            "只填当年签订的购房合同；当年没有签订的填0",
            most=_MOST_YUAN,
        ),
        _number(
            "premises",
            "contract_rent_yuan",
            "当年实付租金",
            "元",
            "租赁的用房填写",
            most=_MOST_YUAN,
        ),
        _number("premises", "rented_months", "当年租用月数", "个月", "租赁的用房填写", most=12),
        _number("staff", "residents_committees", "居委会个数", "个", most=99),
        _number(
            "staff",
            "committee_members_in_post",
            "居委会成员在岗",
            "人",
            most=999,
            aliases=("居委会成员",),
        ),
        _number("staff", "resident_members", "居住在本社区的居委会成员", "人", most=999),
        _number("staff", "party_members_in_post", "社区党组织成员在岗", "人", most=999),
        _number(
            "staff",
            "community_workers_in_post",
            "专职工作人员在岗",
            "人",
            most=999,
            aliases=("专职工作人员", "专职"),
        ),
        _number("staff", "extra_workers", "核定增配人数", "人", "县（市、区）核定的", most=999),
        _number("staff", "social_organisations", "备案社区社会组织", "个", most=9999),
        _number(
            "money", "social_insurance_yuan", "单位缴纳社会保险", "元", "每人每年", most=_MOST_YUAN
        ),
        _number(
            "money",
            "received_yuan",
            "上年到位经费",
            "元",
            "以财政拨款凭证为准",
            most=_MOST_YUAN,
            aliases=("到位经费", "上年到位"),
        ),
        Field("remarks", "other", "备注", "text", most=500),
    )
}

# Areas and people whose absence can be said at one stroke: 零报告.
NONE_SAYS: Final = {
    "premises": ("没有用房", ("premises_area_m2", "premises_usable_area_m2",
        "premises_above_ground_area_m2", "work_area_m2", "service_area_m2", "service_halls")),
    "new": ("没有新管户", ("new_households",)),
    "social": ("没有备案的社会组织", ("social_organisations",)),
}  # fmt: skip


def typed(asked: list[str] | tuple[str, ...]) -> list[Field]:
    """The asked fields that a person types, in the order of the form."""
    return [one for name, one in FIELDS.items() if name in asked and not one.from_division]
