"""Rows of a division file: read, cleaned, and each mistake named with its row, value and remedy."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from communities.choices import LEVEL_OF_LENGTH

COLUMNS = {
    "code": ("code", "代码", "区划代码", "统计用区划代码"),
    "name": ("name", "名称", "单位名称"),
}
LENGTHS = {*LEVEL_OF_LENGTH, 12}
MOST_ROWS = 700_000
NAME_LIMIT = 64


@dataclass(frozen=True)
class DivisionRow:
    """One good row: its number in the file, code and name."""

    number: int
    code: str
    name: str


@dataclass(frozen=True)
class RowError:
    """One mistake: the row's number in the file, what is wrong with the value, how to mend it."""

    number: int
    message: str


def read_rows(text: str) -> tuple[list[DivisionRow], list[RowError]]:
    """Return the good rows and the mistakes of a CSV text with the columns code and name."""
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        return collect(reader)
    except csv.Error:
        return [], [RowError(reader.line_num, "引号没有配对。补上或删去引号")]


def collect(reader: Iterator[list[str]]) -> tuple[list[DivisionRow], list[RowError]]:
    """Read the header and the rows; a header that is not understood is the only mistake told."""
    header = [clean(cell).lower() for cell in next(reader, [])]
    places: dict[str, int] = {}
    for column, words in COLUMNS.items():
        found = [place for place, word in enumerate(header) if word in words]
        if len(found) != 1:
            wrong = "没有" if not found else "有几个"
            return [], [RowError(1, f"表头{wrong}“{words[1]}”列。表头写成：代码,名称")]
        places[column] = found[0]
    rows: list[DivisionRow] = []
    errors: list[RowError] = []
    first: dict[str, int] = {}
    for number, cells in enumerate(reader, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if number > MOST_ROWS:
            return [], [RowError(number, f"文件超过{MOST_ROWS:,}行。分成几个文件导入")]
        take(number, cells, places, first, rows, errors)
    return rows, errors


def take(
    number: int,
    cells: list[str],
    places: dict[str, int],
    first: dict[str, int],
    rows: list[DivisionRow],
    errors: list[RowError],
) -> None:
    """Put one line of the file among the good rows, or its mistake among the errors."""
    padded = [*cells, *[""] * len(COLUMNS)]
    code, name = clean(padded[places["code"]]), clean(padded[places["name"]])
    message = code_mistake(code) or name_mistake(name)
    if not message and code in first:
        message = f"代码{code}与第{first[code]}行重复。删去一行"
    if message:
        errors.append(RowError(number, message))
        return
    first[code] = number
    rows.append(DivisionRow(number, code, name))


def clean(text: str) -> str:
    """Return a cell without surrounding blanks, with full-width letters and digits made plain."""
    return text.strip(" \t\u3000\ufeff").translate(PLAIN)


def code_mistake(code: str) -> str:
    """Return what is wrong with a code, or ''."""
    if re.fullmatch(r"\d{2,12}", code, re.ASCII) and len(code) in LENGTHS:
        return ""
    if not code:
        return "没有代码。填写2、4、6、9或12位代码"
    if re.fullmatch(r"[0-9.]+[eE][+-]?[0-9]+", code):
        return f"代码“{code}”成了科学记数。代码列应设为文本格式，再填一次"
    if re.fullmatch(r"[0-9]+", code):
        return f"代码“{shown(code)}”是{len(code)}位。应为2、4、6、9或12位"
    return f"代码“{shown(code)}”不全是数字。合计行删去，其他的改成区划代码"


def name_mistake(name: str) -> str:
    """Return what is wrong with a name, or ''."""
    if not name:
        return "没有名称。填写全称"
    if len(name) > NAME_LIMIT:
        return f"名称有{len(name)}个字。缩短到{NAME_LIMIT}个字以内"
    if any(unicodedata.category(letter) in {"Cc", "Cf", "Zl", "Zp"} for letter in name):
        return f"名称“{shown(name)}”里有不可见字符。重新键入名称"
    return ""


def shown(text: str) -> str:
    """Return a value fit for a message: short, and nothing invisible in it."""
    seen = "".join(letter for letter in text if letter.isprintable())
    return seen if len(seen) <= 20 else f"{seen[:20]}…"


PLAIN = {full: full - 0xFEE0 for full in range(0xFF10, 0xFF1A)} | {
    full: full - 0xFEE0 for full in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
