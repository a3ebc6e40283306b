"""An .xlsx as an archive: what it is, how large it really is, what its sheets' XML says.

Everything is looked at before the reader sees it, part by part, so that no file can make it fill
the memory.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from typing import Final

from collection.services.sheet_tables import MOST_COLUMNS, FileError, column_of, letters

SAY_SAVE: Final = "在Excel或WPS中另存为.xlsx再上传"
DAMAGED: Final = f"文件已损坏，打不开。重新下载或{SAY_SAVE}"
TOO_LARGE: Final = "工作簿展开后太大。只留要导入的工作表和数据，另存后再上传"
MOST_PARTS: Final = 2_000
CHUNK: Final = 1024 * 1024
# Bytes of XML, all parts together: three times what 700,000 rows of 30 columns need
MOST_XML: Final = 900 * CHUNK
# A small file that grows this much is no workbook of ours: theirs grow five to fifteen times.
MOST_GROWTH, SMALL_XML = 120, 60 * CHUNK
# Cells of the rectangle around everything: the reader makes room for all of them.
MOST_CELLS: Final = 24_000_000
MOST_TEXT: Final = 300 * CHUNK

ROW = re.compile(rb'row\s[^>]*?\br\s*=\s*["\']([0-9]+)')
ROW_START = re.compile(rb"<(?:\w+:)?row[\s>/]")
CELL_START = re.compile(rb"<(?:\w+:)?c[\s>/]")
REFERENCE = re.compile(rb'\sr\s*=\s*["\']([A-Za-z]+)([0-9]+)["\']')
CELL_ERROR = re.compile(
    rb'<(?:\w+:)?c\s([^>]*\bt\s*=\s*["\']e["\'][^>]*)>(?:(?!</?(?:\w+:)?c[\s>]).)*?'
    rb"<(?:\w+:)?v[^>]*>([^<]*)<",
    re.DOTALL,
)
HIDDEN_ROW = re.compile(
    rb'<(?:\w+:)?row\s(?=[^>]*\bhidden\s*=\s*["\'](?:1|true)["\'])[^>]*?\br\s*=\s*["\'](\d+)'
)
HIDDEN_COLUMN = re.compile(rb'<(?:\w+:)?col\s[^>]*\bhidden\s*=\s*["\'](?:1|true)["\']')
SHARED_CELL = re.compile(rb't\s*=\s*["\']s["\'][^>]*>\s*<(?:\w+:)?v>\s*(\d+)')
SHARED_TEXT = re.compile(rb"<(?:\w+:)?si[\s>].*?</(?:\w+:)?si>", re.DOTALL)
DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
XML_ENDS = (".xml", ".rels")


@dataclass
class SheetFacts:
    """What the XML of one sheet says beside its cells' values."""

    last_row: int = 0
    rows: int = 0
    last_column: int = 0
    # (row from 1, column from 0) → Excel's own text, as #REF!
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    has_hidden_columns: bool = False
    shared_cells: int = 0


def look_into(content: bytes, most_rows: int) -> dict[str, SheetFacts]:
    """Facts of every worksheet, by its part's name. Raises FileError for what is not safe."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _check_kind({part.filename for part in parts})
            _check_directory(parts, len(content))
            return _look(archive, parts, len(content), most_rows)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise FileError(DAMAGED) from error
    except (NotImplementedError, RuntimeError) as error:  # another compression; a password
        raise FileError(f"工作簿有密码或用了别的压缩方式。去掉密码，{SAY_SAVE}") from error


def _check_kind(names: set[str]) -> None:
    if "xl/workbook.xml" in names and not any(name.endswith("vbaProject.bin") for name in names):
        return
    if any(name.endswith("vbaProject.bin") for name in names):
        raise FileError(f"这是带宏的工作簿（.xlsm）。{SAY_SAVE}")
    if "xl/workbook.bin" in names:
        raise FileError(f"这是二进制工作簿（.xlsb）。{SAY_SAVE}")
    if "content.xml" in names:
        raise FileError(f"这是OpenDocument文件（.ods）。{SAY_SAVE}")
    if any(name.startswith("word/") for name in names):
        raise FileError(f"这是Word文档，不是工作簿。把表格复制到Excel，{SAY_SAVE}")
    if any(name.startswith("ppt/") for name in names):
        raise FileError(f"这是演示文稿，不是工作簿。{SAY_SAVE}")
    if any(name.startswith("xl/") for name in names):
        raise FileError(DAMAGED)
    raise FileError("这是压缩包，不是工作簿。解压后上传里面的工作簿")


def _check_directory(parts: list[zipfile.ZipInfo], size: int) -> None:
    """No part twice, none inside another, none with a password, all together not too large."""
    if len(parts) > MOST_PARTS or len({part.filename for part in parts}) < len(parts):
        raise FileError(DAMAGED)
    spans = sorted((part.header_offset, part.compress_size) for part in parts)
    starts = [start for start, _ in spans[1:]] + [size]
    if any(start + length > after for (start, length), after in zip(spans, starts, strict=True)):
        raise FileError(DAMAGED)
    if any(part.flag_bits & 1 for part in parts):
        raise FileError(f"工作簿有密码。去掉密码，{SAY_SAVE}")
    _check_growth(sum(part.file_size for part in parts), size)


def _check_growth(unpacked: int, size: int) -> None:
    if unpacked > MOST_XML or (unpacked > SMALL_XML and unpacked > MOST_GROWTH * size):
        raise FileError(TOO_LARGE)


def _look(
    archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], size: int, most_rows: int
) -> dict[str, SheetFacts]:
    found: dict[str, SheetFacts] = {}
    unpacked = 0
    lengths: list[int] = []
    for part in parts:
        if not part.filename.endswith(XML_ENDS):
            continue
        for piece in _pieces(archive, part):
            unpacked += len(piece)
            _check_growth(unpacked, size)
            _check_piece(piece)
            if _is_sheet(part):
                _take_in(found.setdefault(part.filename, SheetFacts()), piece, most_rows)
            elif part.filename.endswith("sharedStrings.xml"):
                lengths += [len(one) for one in SHARED_TEXT.findall(piece)]
    for part in parts:
        facts = found.get(part.filename, SheetFacts())
        # a shared text is copied into each cell that has it: few bytes can become many
        if facts.shared_cells * max(lengths, default=0) > MOST_TEXT:
            _check_texts(archive, part, lengths)
    return found


def _check_piece(piece: bytes) -> None:
    """Refuse what this module cannot see through: another encoding, definitions from outside."""
    if b"\0" in piece:
        raise FileError(DAMAGED)
    if DECLARED.search(piece):
        raise FileError(f"工作簿里有外部定义（DOCTYPE），不能读。{SAY_SAVE}")


def _is_sheet(part: zipfile.ZipInfo) -> bool:
    return part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml")


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part in pieces that end between two elements; each row's cells stay together mostly.

    The directory's word on the size is not believed: a part is read to the end of its stream.
    """
    told = part.file_size
    beyond = copy(part)
    beyond.file_size = MOST_XML + CHUNK
    rest, total = b"", 0
    with archive.open(beyond) as stream:
        while block := stream.read(CHUNK):
            total += len(block)
            if total > told:
                raise FileError(DAMAGED)
            rest += block
            cut = max(rest.rfind(b"<row"), rest.rfind(b"<si"), rest.rfind(b":row"))
            if cut <= 0:
                cut = rest.rfind(b"<") if len(rest) > 4 * CHUNK else 0
            if cut > 0:
                yield rest[:cut]
                rest = rest[cut:]
    if total != told:
        raise FileError(DAMAGED)
    yield rest


def _take_in(facts: SheetFacts, piece: bytes, most_rows: int) -> None:
    _measure(facts, piece)
    _check_extent(facts, most_rows)
    if b't="e"' in piece or b"t='e'" in piece:
        for attributes, text in CELL_ERROR.findall(piece):
            place = REFERENCE.search(b" " + attributes)
            if place:
                column, row = place.groups()
                at = (int(row), column_of(column.decode()))
                facts.errors[at] = text.decode("utf-8", "replace").strip()
    if b"hidden" in piece:
        facts.hidden_rows += [int(one) for one in HIDDEN_ROW.findall(piece)]
        facts.has_hidden_columns |= bool(HIDDEN_COLUMN.search(piece))
    facts.shared_cells += piece.count(b't="s"') + piece.count(b"t='s'")


def _measure(facts: SheetFacts, piece: bytes) -> None:
    """How far the cells reach, by their addresses and, where they have none, by their number."""
    places = REFERENCE.findall(piece)
    columns = {name for name, _ in places}
    rows = {number for _, number in places} | set(ROW.findall(piece))
    facts.rows += piece.count(b"<row") + piece.count(b":row")
    facts.last_row = max(facts.last_row, facts.rows, *(int(one[:8]) for one in rows), 0)
    last = max((column_of(one[:4].decode()) for one in columns), default=-1)
    if piece.count(b"<c") + piece.count(b":c") > len(places):
        widest = max(len(CELL_START.findall(row)) for row in ROW_START.split(piece))
        last = max(last, widest - 1)
    facts.last_column = max(facts.last_column, last)


def _check_extent(facts: SheetFacts, most_rows: int) -> None:
    """The reader makes room for the rectangle around all cells, however few there are."""
    rows, columns = facts.last_row, facts.last_column + 1
    if columns > MOST_COLUMNS:
        raise FileError(
            f"表用到了{letters(facts.last_column)}列，最多{MOST_COLUMNS}列。"
            "删去右边多余的列（选中后右键删除），另存后再上传"
        )
    if rows > most_rows + 100_000 or rows * columns > MOST_CELLS:
        raise FileError(
            f"表用到了第{rows:,}行，最多{most_rows:,}行。"
            "删去下面多余的行（选中后右键删除），另存后再上传"
        )


def _check_texts(archive: zipfile.ZipFile, part: zipfile.ZipInfo, lengths: list[int]) -> None:
    total = 0
    for piece in _pieces(archive, part):
        places = (int(text[:9]) for text in SHARED_CELL.findall(piece))
        total += sum(lengths[place] for place in places if place < len(lengths))
        if total > MOST_TEXT:
            raise FileError(TOO_LARGE)
