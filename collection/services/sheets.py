"""An uploaded or pasted table as texts: headings, rows, and what could not be read as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from collection.rules.fields import FIELDS, Field
from collection.services import sheet_heads, sheet_texts, sheet_workbooks
from collection.services.sheet_tables import (
    MOST_COLUMNS,
    MOST_LETTERS,
    FileError,
    Table,
    letters,
)

__all__ = ["FileError", "Sheet", "read_sheet"]

MEGABYTE = 1024 * 1024
# What stands below a table and is no row of it: 填表人：  审核人：
FOOT = re.compile(
    r"^(注|备注|说明|填表|制表|填报|审核|复核|负责人|单位|联系|日期|盖章)[^：:]{0,12}[：:]"
)
SAY_SAVE = "在Excel或WPS中另存为.xlsx再上传"
# of a file, of a pasted block
NO_HEAD = (
    f"前{sheet_heads.LOOKED}行里没有认出表头。表头里要有“社区代码”或“社区”，可以用填报模板",
    "没有识别到表头。复制时包含表头，表头里要有“社区代码”或“社区”",
)
NO_ROWS = ("表头下面没有数据。填好数据再上传", "表头下面没有数据。复制时包含数据行")
# (first bytes, what it is)
OTHER_FILES = (
    (b"%PDF", f"这是PDF文件，不是工作簿。{SAY_SAVE}"),
    (b"\x89PNG", f"这是图片，不是工作簿。{SAY_SAVE}"),
    (b"\xff\xd8\xff", f"这是图片，不是工作簿。{SAY_SAVE}"),
    (b"GIF8", f"这是图片，不是工作簿。{SAY_SAVE}"),
    (b"BM", f"这是图片，不是工作簿。{SAY_SAVE}"),
    (b"{\\rtf", f"这是文字文档，不是工作簿。{SAY_SAVE}"),
    (b"Rar!", "这是压缩包。解压后上传里面的工作簿"),
    (b"7z\xbc\xaf", "这是压缩包。解压后上传里面的工作簿"),
    (b"\x1f\x8b", "这是压缩包。解压后上传里面的工作簿"),
)
OLE, ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "EncryptedPackage".encode("utf-16-le")
WEB = re.compile(rb"\s*<(!doctype|html|table|\?xml|\?mso|meta|head|body|workbook)", re.IGNORECASE)


@dataclass(frozen=True)
class Sheet:
    """A table as texts; `numbers` are the rows' numbers in the file, the first row being 1.

    Each row is as long as `headings`; blank rows are left out. `problems` are sentences about
    cells by (row number, column from 0): such a cell is wrong until it is typed anew.
    """

    sheet_name: str
    headings: list[str]
    rows: list[list[str]]
    numbers: Sequence[int]
    problems: dict[tuple[int, int], str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def read_sheet(
    name: str,
    content: bytes,
    *,
    most_rows: int,
    most_bytes: int,
    fields: Mapping[str, Field] = FIELDS,
) -> Sheet:
    """Read xlsx, CSV or, without a name, a pasted block (UTF-8); nothing in it is ever guessed.

    `fields` are what the heading row is known by. Raises FileError with a sentence for the user.
    """
    if len(content) > most_bytes:
        raise FileError(
            f"文件有{len(content) / MEGABYTE:.1f}MB，最多{most_bytes // MEGABYTE}MB。"
            "只留要导入的行和列，另存后再上传"
        )
    if not content.strip():
        raise FileError(
            "文件是空的。选择有内容的文件" if name else "没有识别到数据。复制时包含表头"
        )
    if name:
        table = _file(content, most_rows)
    else:
        table = sheet_texts.read_paste(content.decode("utf-8", "replace"), most_rows)
    return _sheet(table, fields, most_rows, pasted=not name)


def _file(content: bytes, most_rows: int) -> Table:
    """A file by what its bytes are; its name says nothing certain."""
    for start, message in OTHER_FILES:
        if content.startswith(start):
            raise FileError(message)
    if content.startswith(OLE):
        if ENCRYPTED in content:
            raise FileError(f"工作簿有打开密码。去掉密码，{SAY_SAVE}")
        raise FileError(f"这是旧版.xls或加密的工作簿。去掉密码，{SAY_SAVE}")
    if content.startswith(b"PK"):
        return sheet_workbooks.read_workbook(content, most_rows)
    if WEB.match(content[:4096].removeprefix(b"\xef\xbb\xbf")):
        raise FileError(f"这是网页或XML文件，不是工作簿。打开后{SAY_SAVE}")
    return sheet_texts.read_csv(content, most_rows)


def _sheet(table: Table, fields: Mapping[str, Field], most_rows: int, *, pasted: bool) -> Sheet:
    head = sheet_heads.find(table, fields)
    if head is None:
        raise FileError(NO_HEAD[pasted])
    notes, width = list(table.notes), len(head.headings)
    last = len(table.rows)
    while last > head.below and not any(table.rows[last - 1]):
        last -= 1
    last = _without_feet(table, head.below, last, notes)
    rows: list[list[str]] = []
    numbers: list[int] = []
    problems = {place: said for place, said in table.problems.items() if place[0] > head.below}
    for number in range(head.below + 1, last + 1):
        row = table.rows[number - 1]
        if not any(row):
            continue
        if len(row) > width and any(row[width:]):
            problems[number, 0] = (
                f"这一行有{len(row)}格，表头只有{width}列。核对数字里是否有多出的逗号"
            )
        rows.append(_fitted(row, width))
        numbers.append(number)
        if len(rows) > most_rows:
            raise FileError(f"表里超过{most_rows:,}行。分成几个文件，每个不超过{most_rows:,}行")
    if not rows:
        raise FileError(NO_ROWS[pasted])
    there = set(numbers)
    problems = {
        place: said for place, said in problems.items() if place[0] in there and place[1] < width
    }
    _check_lengths(rows, numbers)
    return Sheet(table.sheet_name, head.headings, rows, numbers, problems, notes)


def _fitted(row: list[str], width: int) -> list[str]:
    """A row as long as the headings; the same list where it is already."""
    if len(row) == width:
        return row
    return row[:width] if len(row) > width else row + [""] * (width - len(row))


def _without_feet(table: Table, first: int, last: int, notes: list[str]) -> int:
    """The end of the rows without the lines below the table; these are named."""
    end = last
    while end > first:
        filled = [cell for cell in table.rows[end - 1] if cell]
        if filled and not FOOT.match(filled[0]):
            break
        end -= 1
    if end == first:  # nothing but such lines: they are rows after all
        return last
    found = [number for number in range(end + 1, last + 1) if any(table.rows[number - 1])]
    if found:
        notes.append(f"第{_listed(found)}行是表尾的说明，没有读")
    return end


def _listed(numbers: Iterable[int], most: int = 8) -> str:
    many = [str(number) for number in numbers]
    return "、".join(many[:most]) + ("等" if len(many) > most else "")


def _check_lengths(rows: list[list[str]], numbers: Sequence[int]) -> None:
    seen: set[int] = set()  # the same text stands in many cells: it is measured once
    for number, row in zip(numbers, rows, strict=True):
        for column, cell in enumerate(row):
            if len(cell) > MOST_LETTERS and id(cell) not in seen:
                raise FileError(
                    f"{letters(column)}{number}有{len(cell):,}个字，"
                    f"最多{MOST_LETTERS:,}个。删短后再上传"
                )
    if rows and len(rows[0]) > MOST_COLUMNS:
        raise FileError(f"表有{len(rows[0]):,}列，最多{MOST_COLUMNS}列。删去不用的列再上传")
