"""CSV files and pasted blocks as tables: encodings, separators, quotes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from collection.services.sheet_tables import MOST_COLUMNS, FileError, Table, cleaned

MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
SEPARATORS = ("\t", ",", ";", "，", "|")
BLANKS = re.compile(r"[ \u3000\xa0]{2,}")
ANY_BLANKS = re.compile(r"[ \u3000\xa0]+")
QUOTES = "引号没有配对。补上或删去引号"
CSV_ADVICE = "在Excel中另存为.xlsx或“CSV UTF-8（逗号分隔）”再上传"


def read_csv(content: bytes, most_rows: int) -> Table:
    """A CSV or tab separated file in UTF-8, GB 18030 or UTF-16 with its mark.

    Raises FileError.
    """
    text = decoded(content)
    first, _, rest = text.partition("\n")
    named = re.fullmatch(r'"?sep=(.)"?', first.strip(), re.IGNORECASE)
    if named:
        # Excel takes this line for itself: row 1 is the next one there
        return _parsed(rest, named.group(1), most_rows)
    return _parsed(text, separator_of(text), most_rows)


def decoded(content: bytes) -> str:
    """Text of a file. UTF-8 first: its bytes decode as GB 18030 without an error, into nonsense."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError as error:
                raise FileError(f"文字编码认不出。{CSV_ADVICE}") from error
    if b"\0" in content:
        raise FileError(f"不是工作簿，也不是CSV文件，里面有空字节。{CSV_ADVICE}")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileError(f"文字编码认不出。{CSV_ADVICE}")


def read_paste(text: str, most_rows: int) -> Table:
    """A pasted block: tabs as Excel gives them, commas, or several blanks between the cells.

    Raises FileError.
    """
    text = text.removeprefix("\ufeff")
    lines = text.splitlines()
    sign = "\t" if "\t" in text else separator_of(text)
    if sign and any(sign in line for line in lines):
        try:
            return _parsed(text, sign, most_rows)
        except FileError:
            if sign != "\t" or '"' not in text:
                raise
            # WPS and browsers paste quotes as they are: then every line is a row
            return _table((line.split("\t") for line in lines), most_rows)
    blanks = BLANKS if any(BLANKS.search(line.strip()) for line in lines[:3]) else ANY_BLANKS
    return _table((blanks.split(line.strip(" \u3000\xa0")) for line in lines), most_rows)


def separator_of(text: str) -> str:
    """The sign that stands most often between the cells of the first lines, outside quotes."""
    lines = [line for line in text[:65_536].splitlines() if line.strip()][:10]
    plain = [re.sub(r'"[^"]*"', "", line) for line in lines]
    counts = {sign: max((line.count(sign) for line in plain), default=0) for sign in SEPARATORS}
    best = max(SEPARATORS, key=lambda sign: counts[sign])
    return best if counts[best] else ","


def _parsed(text: str, sign: str, most_rows: int) -> Table:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    try:
        return _table(reader, most_rows)
    except csv.Error as error:
        line = reader.line_num
        if "limit" in str(error):
            raise FileError(f"第{line:,}行有一格太长。核对引号是否配对") from error
        raise FileError(f"第{line:,}行：{QUOTES}") from error


def _table(lines: Iterable[list[str]], most_rows: int) -> Table:
    kept: dict[str, str] = {}
    table = Table()
    for cells in lines:
        if len(cells) > MOST_COLUMNS:
            cells = _trimmed(cells)
        if len(cells) > MOST_COLUMNS:
            raise FileError(f"表有{len(cells):,}列，最多{MOST_COLUMNS}列。删去不用的列再上传")
        row = []
        for cell in cells:
            text = kept.get(cell)
            if text is None:
                text = kept[cell] = cleaned(cell)
            row.append(text)
        table.rows.append(row)
        if len(table.rows) > most_rows + 100_000:  # blank rows count here too
            raise FileError(f"表里超过{most_rows:,}行。分成几个文件，每个不超过{most_rows:,}行")
    return table


def _trimmed(cells: list[str]) -> list[str]:
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]
