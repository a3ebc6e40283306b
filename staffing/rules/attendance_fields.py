"""The columns of a course's list (参训名单) in a file."""

from __future__ import annotations

from typing import Any, Final

from collection.rules import reading
from collection.rules.fields import Field
from collection.rules.reading import NO, NULLS, YES, CellError
from communities.typed import shown
from staffing.rules import roster_fields
from staffing.rules.roster_fields import IDENTITY_NUMBER, PERSON_NAME

FIELDS: Final[dict[str, Field]] = {
    one.name: one
    for one in (
        PERSON_NAME,
        IDENTITY_NUMBER,
        Field("attended", "", "是否参加", "flag", aliases=("参加", "参训", "是否参训", "到课",
            "出勤", "参加情况", "签到", "是否到课")),
        Field("hours", "", "学时", "count", most=999, aliases=("课时", "完成学时")),
        Field("certificate_no", "", "结业证书编号", "text", most=40,
            aliases=("证书编号", "结业证编号", "证书号", "结业证书号")),
    )
}  # fmt: skip
CAME: Final = ("参加", "已参加", "参训", "到", "到课", "√", "✓", "出勤", "已签到", *YES)
STAYED: Final = ("未参加", "缺席", "缺勤", "请假", "未到", "×", "✗", "没参加", *NO)


def read(name: str, text: str) -> Any:
    """The value of a cell; None for “—”. Raises CellError with how to mend it."""
    if text in NULLS:
        return None
    if name == "person_name":
        return roster_fields.read(name, text)
    if name == "attended":
        plain = text.strip().lower()
        if plain in CAME or plain in STAYED:
            return plain in CAME
        raise CellError(f"“{shown(text)}”应填是或否")
    return reading.read(FIELDS[name], text)


def written(name: str, value: Any) -> str:
    """A value as the page writes it."""
    return reading.written(FIELDS[name], value)
