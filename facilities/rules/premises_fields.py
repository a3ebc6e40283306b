"""The columns of a register of premises: one table for the workbook, the import and its errors.

A row is one set of rooms of one community. An area by use is the building area of all its rooms of
that use; usable and above-ground area are of the whole and are divided among its rooms.
"""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import ValidationError

from collection.rules import reading
from collection.rules.fields import Field
from collection.rules.reading import NULLS, CellError
from communities import typed
from communities.choices import Tenure
from facilities.choices import ACQUISITIONS, RoomUse

# of all rooms of a use: more than one room may have
_MOST_M2, _MOST_YUAN = 99_999_999, 999_999_999_999


def _text(name: str, label: str, most: int, *aliases: str, hint: str = "") -> Field:
    return Field(name, "", label, "text", hint=hint, most=most, aliases=aliases)


def _day(name: str, label: str, *aliases: str, hint: str = "") -> Field:
    return Field(name, "", label, "date", hint=hint, aliases=aliases)


def _area(name: str, label: str, *aliases: str, hint: str = "") -> Field:
    return Field(name, "", label, "area", "㎡", hint, _MOST_M2, aliases=aliases)


def _money(name: str, label: str, *aliases: str, hint: str = "") -> Field:
    return Field(name, "", label, "money", "元", hint, _MOST_YUAN, aliases=aliases)


# the column of the building area of each use
AREAS: Final = {
    "work_m2": RoomUse.WORK,
    "hall_m2": RoomUse.HALL,
    "activity_m2": RoomUse.ACTIVITY,
    "property_m2": RoomUse.PROPERTY,
    "other_m2": RoomUse.OTHER,
}
COLUMN_OF: Final = {use: name for name, use in AREAS.items()}
# of the whole, kept with its rooms under the same names
MEASURES: Final = ("usable_m2", "above_ground_m2")
_OF_USE: Final = "建筑面积，没有的填0"
_OF_WHOLE: Final = "整处用房的，按建筑面积分到各房间"

FIELDS: Final[dict[str, Field]] = {
    one.name: one
    for one in (
        _text("premises_name", "用房名称", 64, "用房", "用房名", "房屋名称", "场所名称",
            hint="如：党群服务中心。同一社区不重名"),
        _text("address", "坐落", 200, "地址", "用房地址", "坐落地址", "详细地址", "用房坐落"),
        _text("estate", "所在小区", 64, "小区", "小区名称", hint="已登记的小区名称，没有的空着"),
        Field("acquisition", "", "取得方式", "choice", choices=tuple(ACQUISITIONS),
            aliases=("用房取得方式", "用房来源", "来源")),
        _day("acquired_on", "取得日期", "取得时间", "移交日期", "取得（移交）日期",
            hint="购买的填合同生效日期"),
        _area("work_m2", "工作用房", "工作用房面积", "工作用房建筑面积", "办公用房", "办公面积",
            hint=_OF_USE),
        _area("hall_m2", "服务大厅", "服务大厅面积", "一站式服务大厅", "服务大厅建筑面积",
            hint=_OF_USE),
        _area("activity_m2", "服务活动用房", "活动用房", "活动用房面积", "服务用房", "活动室",
            "服务活动用房面积", hint=_OF_USE),
        _area("property_m2", "物业服务用房", "物业用房", "物业服务用房面积", "物业用房面积",
            hint=_OF_USE),
        _area("other_m2", "其他用途", "其他用房", "其他面积", "其他用途面积", hint=_OF_USE),
        _area("usable_m2", "使用面积", "使用面积合计", hint=_OF_WHOLE),
        _area("above_ground_m2", "地上建筑面积", "地上面积", hint=_OF_WHOLE),
        _day("since", "面积自何日起", "变更日期", "面积变更日期", "自何日起",
            hint="面积有变化的，原来的到这一天为止，从这一天起按新面积计。空着按导入当天"),
        _text("owner", "产权单位", 64, "产权人", "权属单位", "所有权人", "权利人",
            hint="产权属于个人的填“个人”，不写姓名"),
        _text("title_no", "不动产权证号", 64, "产权证号", "房产证号", "不动产权证书号", "权证号"),
        _day("titled_on", "产权登记日期", "登记日期", "发证日期"),
        _text("contract_no", "合同编号", 64, "合同号"),
        _day("signed_on", "合同签订日期", "签订日期", "合同日期", "签约日期"),
        _money("price_yuan", "合同总价", "购房合同总价", "购房款", "总价", hint="购买的填写"),
        _money("monthly_rent_yuan", "月租金", "租金", "每月租金", hint="租赁的填写"),
        _day("lease_from", "起租日", "起租日期", "租期起", "租赁起始日期", hint="租赁的填写"),
        _day("lease_until", "到期日", "到期日期", "租期止", "租赁到期日", "合同到期日", "合同到期",
            hint="租赁的填写。这一天起不再租用，合同写至12月31日的填次日"),
        _text("remarks", "备注", 500),
    )
}  # fmt: skip
TEXTS: Final = frozenset(one.name for one in FIELDS.values() if one.kind == "text")
# never taken away by “—”
FIXED: Final = frozenset({"premises_name", "address", "acquisition", "since", *MEASURES,
    "signed_on", "price_yuan", "monthly_rent_yuan", "lease_from"})  # fmt: skip
# columns of Premises that a row gives as they are
PREMISES: Final = {
    "premises_name": "name",
    **{one: one for one in ("address", "acquisition", "acquired_on", "owner", "title_no",
        "titled_on", "remarks")},
}  # fmt: skip
# columns of Contract by field of a row
CONTRACT: Final = {
    "contract_no": "number",
    "signed_on": "signed_on",
    "price_yuan": "price_yuan",
    "monthly_rent_yuan": "monthly_rent_yuan",
    "lease_from": "valid_from",
    "lease_until": "valid_until",
}
# which of them a purchase and a lease have
OF_PURCHASE: Final = ("contract_no", "signed_on", "price_yuan")
OF_LEASE: Final = ("contract_no", "signed_on", "monthly_rent_yuan", "lease_from", "lease_until")
# columns of registers that the system works out itself, or that stand elsewhere
BESIDE: Final = frozenset({"合计", "建筑面积", "建筑面积合计", "用房面积合计", "所属街道",
    "所在街道", "照片", "状态"})  # fmt: skip
WORDS: Final[dict[str, str]] = {
    "移交": Tenure.HANDED_OVER, "无偿移交": Tenure.HANDED_OVER, "开发商移交": Tenure.HANDED_OVER,
    "配建": Tenure.HANDED_OVER, "购置": Tenure.BOUGHT, "自购": Tenure.BOUGHT,
    "租用": Tenure.RENTED, "承租": Tenure.RENTED, "调剂": Tenure.REALLOCATED,
    "整合": Tenure.REALLOCATED, "借": Tenure.LENT, "无偿借用": Tenure.LENT,
}  # fmt: skip


def read(name: str, text: str) -> Any:
    """The value of a cell; None for “—”, which takes a value away where that can be.

    Raises CellError with what is wrong and how to mend it.
    """
    field = FIELDS[name]
    if text in NULLS:
        if name in FIXED:
            raise CellError(f"{field.label}不能是“{text}”。填写，或空着不变")
        return None
    if name == "acquisition":
        text = dict(field.choices).get(WORDS.get("".join(text.split()), ""), text)
    value = reading.read(field, text)
    if name in TEXTS:
        value = _plain(value, several=name == "remarks")
    return value


def _plain(text: str, *, several: bool) -> str:
    try:
        typed.check_no_mobile(text)
        return text if several else typed.line(text)
    except ValidationError as error:
        raise CellError(error.messages[0]) from error


def written(name: str, value: Any) -> str:
    """A value as workbook and page write it."""
    return reading.written(FIELDS[name], value)
