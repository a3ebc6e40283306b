"""Reading facts and series from CSV files and writing requirements as CSV, in large amounts."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from policy.engine.assess import Block, Requirements
from policy.engine.catalogue import Fact, catalogue, level_of
from policy.engine.combine import Requirement, unclamped
from policy.engine.errors import nearest
from policy.engine.exact import Mask, as_array, both, inverse, some
from policy.engine.facts import FactError, Facts, read_fact
from policy.engine.rows import Group, Row, conflict_of, natural, reason_of
from policy.engine.series import Series, SeriesError

COLUMNS = (
    "code",
    "subject",
    "unit",
    "low",
    "high",
    "required",
    "unclamped",
    "binding",
    "payers",
    "conflict",
    "status",
    "reason",
)
EXEMPTIONS = "exemptions"
# an estate stands behind its community with a hyphen
_CODE = re.compile(r"[0-9]+|[0-9]{12}-[0-9]+")
_MOST_ERRORS = 50
_CHUNK = 20_000


class TableError(ValueError):
    """A file that cannot be used; the message lists line, column, value and how to mend each."""


@dataclass(frozen=True)
class FactsFile:
    """Facts of a file, its exemptions by code, and headings that were not understood."""

    facts: Facts
    exemptions: dict[str, set[str]]
    ignored: list[str]


def decode(content: bytes, name: str) -> str:
    """Text of a CSV file in UTF-8 (with or without a mark) or GBK; UTF-8 is tried first."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableError(f"{name}：编码不认识，另存为UTF-8编码的CSV")


def read_facts(path: Path, progress: Callable[[int], None]) -> FactsFile:
    """Facts of a CSV file with a heading of fact names, one row a code.

    Raises TableError naming up to 50 wrong cells by line and column.
    """
    reader = csv.reader(io.StringIO(decode(path.read_bytes(), path.name)))
    heading = [name.strip() for name in next(reader, [])]
    if "code" not in heading:
        raise TableError(f"{path.name}：表头缺少“code”列")
    known = {
        place: fact
        for place, name in enumerate(heading)
        if (fact := catalogue().fact_named(name)) is not None
    }
    named = [
        known[place].key if place in known else name for place, name in enumerate(heading) if name
    ]
    double = [name for place, name in enumerate(named) if name in named[:place]]
    if double:
        raise TableError(f"{path.name}：表头有两列都是“{double[0]}”，删去一列")
    ignored = [
        f"“{name}”（{nearest(name, catalogue().facts)}）"
        if nearest(name, catalogue().facts)
        else name
        for place, name in enumerate(heading)
        if place not in known and name not in ("code", EXEMPTIONS, "name", "")
    ]
    sheet = _Sheet(path.name, heading, known, progress)
    try:
        sheet.read(reader)
    except csv.Error as error:
        raise TableError(f"{path.name}第{reader.line_num}行：不是合格的CSV：{error}") from error
    return FactsFile(sheet.facts(), sheet.exemptions, ignored)


class _Sheet:
    """Rows of a facts file as they are read, with what is wrong in them."""

    def __init__(
        self, name: str, heading: list[str], known: dict[int, Fact], progress: Callable[[int], None]
    ) -> None:
        self.name, self.heading, self.known, self.progress = name, heading, known, progress
        self.code_at = heading.index("code")
        self.exempt_at = heading.index(EXEMPTIONS) if EXEMPTIONS in heading else None
        self.codes: list[str] = []
        self.lines: dict[str, int] = {}
        self.cells: dict[int, list[int | None]] = {place: [] for place in known}
        self.seen: dict[int, dict[str, int | None]] = {place: {} for place in known}
        self.exemptions: dict[str, set[str]] = {}
        self.errors: list[str] = []

    def read(self, reader: Iterable[list[str]]) -> None:
        for line, cells in enumerate(reader, start=2):
            if not any(cells):
                continue
            self._code(line, cells)
            for place in self.known:
                self._cell(line, place, cells[place].strip() if place < len(cells) else "")
            if len(self.errors) >= _MOST_ERRORS:
                break
            if line % 50_000 == 0:
                self.progress(line)
        if self.errors:
            raise TableError("\n".join(self.errors))

    def _code(self, line: int, cells: list[str]) -> None:
        code = cells[self.code_at].strip() if self.code_at < len(cells) else ""
        try:
            if not _CODE.fullmatch(code):
                raise ValueError(f"代码“{code}”应为数字，代码列应设为文本格式")
            level_of(code)
        except ValueError as error:
            self.errors.append(f"{self.name}第{line}行：{error}")
        if code in self.lines:
            self.errors.append(
                f"{self.name}第{line}行：代码“{code}”与第{self.lines[code]}行重复，删去一行"
            )
        self.lines[code] = line
        self.codes.append(code)
        if self.exempt_at is not None and self.exempt_at < len(cells) and cells[self.exempt_at]:
            lifted = cells[self.exempt_at].replace("；", ";").split(";")
            self.exemptions[code] = {one.strip() for one in lifted if one.strip()}

    def _cell(self, line: int, place: int, text: str) -> None:
        seen = self.seen[place]
        if text not in seen:
            try:
                seen[text] = read_fact(self.known[place], text)
            except FactError as error:
                self.errors.append(f"{self.name}第{line}行“{self.heading[place]}”列：{error}")
                seen[text] = None
        self.cells[place].append(seen[text])

    def facts(self) -> Facts:
        return Facts.from_units(
            self.codes, {fact.key: self.cells[place] for place, fact in self.known.items()}
        )


def read_series(path: Path) -> Series:
    """Series of a CSV file with division, series, year, value, unit; raises TableError."""
    rows = csv.DictReader(io.StringIO(decode(path.read_bytes(), path.name)))
    missing = {"division", "series", "year", "value"} - set(rows.fieldnames or ())
    if missing:
        raise TableError(f"{path.name}：表头缺少{'、'.join(sorted(missing))}列")
    try:
        return Series.from_rows(rows)
    except SeriesError as error:
        raise TableError(f"{path.name}：{error}") from error


def lines(requirements: Requirements, blocks: list[Block]) -> Iterator[str]:
    """CSV lines of blocks, code by code and subject by subject, in chunks of many rows."""
    for block in blocks:
        if len(block.groups) == 1 and block.groups[0].rows is None:
            yield from _group_lines(block.groups[0])
        else:
            yield from _scattered_lines(block)


def _scattered_lines(block: Block) -> Iterator[str]:
    """Rows of several groups put back into the order of the file."""
    texts: dict[int, list[str]] = {}
    for group in block.groups:
        for start in range(0, len(group.facts), _CHUNK):
            for local, text in enumerate(_chunk(group, start)):
                texts[int(group.rows[start + local])] = text
    for number in sorted(texts):
        yield from texts[number]


def _group_lines(group: Group) -> Iterator[str]:
    for start in range(0, len(group.facts), _CHUNK):
        for texts in _chunk(group, start):
            yield from texts


def _chunk(group: Group, start: int) -> list[list[str]]:
    stop = min(start + _CHUNK, len(group.facts))
    codes = group.facts.codes[start:stop]
    columns = [
        _subject_cells(group.requirements[subject], slice(start, stop))
        for subject in catalogue().subjects
        if subject in group.requirements
    ]
    # no text concerns some places: their rows have no cells
    rows = zip(*columns, strict=True) if columns else ((),) * len(codes)
    return [[f"{code},{cells}\n" for cells in row] for code, row in zip(codes, rows, strict=True)]


def _subject_cells(requirement: Requirement, rows: slice) -> list[str]:
    """Everything after the code, for some rows of one subject."""
    unit = requirement.subject.unit
    size = rows.stop - rows.start
    known = inverse(requirement.blocked)

    def figures(num: Any, has: Mask) -> list[str]:
        mask = _slice(both(has, known), rows, size)
        cut = as_array(num, requirement.size)[rows]
        values, back = np.unique(cut, return_inverse=True)
        texts = np.array(
            [str(natural(int(value), unit.key, unit.places)) for value in values], dtype=object
        )
        cells: list[str] = np.where(mask, texts[back], "").tolist()
        return cells

    required = requirement.required
    head = f"{requirement.subject.key},{unit.name}"
    cells = [
        figures(requirement.low.num, requirement.low.has),
        figures(requirement.high.num, requirement.high.has),
        figures(required.num, required.has),
        figures(unclamped(requirement), required.has),
        _bindings(requirement, rows, size),
        _payers(requirement, rows, size),
        *_words(requirement, rows, size),
    ]
    return [",".join((head, *row)) for row in zip(*cells, strict=True)]


def _slice(mask: Mask, rows: slice, size: int) -> Any:
    return np.full(size, mask) if isinstance(mask, bool) else mask[rows]


def _bindings(requirement: Requirement, rows: slice, size: int) -> list[str]:
    known = _slice(inverse(requirement.blocked), rows, size)
    bits = np.zeros(size, dtype=np.int64)
    for bit, outcome in enumerate(requirement.outcomes):
        bits |= _slice(requirement.binds(outcome), rows, size).astype(np.int64) << bit
    ids = [outcome.rule.id for outcome in requirement.outcomes]
    texts = {
        int(key): ";".join(name for bit, name in enumerate(ids) if int(key) >> bit & 1)
        for key in np.unique(bits)
    }
    return [texts[key] if shown else "" for key, shown in zip(bits.tolist(), known, strict=True)]


def _payers(requirement: Requirement, rows: slice, size: int) -> list[str]:
    columns = {
        payer: as_array(num, requirement.size)[rows].tolist()
        for payer, num in requirement.payers().items()
    }
    shown = _slice(both(requirement.required.has, inverse(requirement.blocked)), rows, size)
    zero = as_array(requirement.required.num, requirement.size)[rows] == 0
    texts = []
    for row in range(size):
        parts = [
            f"{payer}={natural(num[row], 'money', 2)}"
            for payer, num in columns.items()
            if num[row] or (shown[row] and zero[row])
        ]
        texts.append(";".join(parts))
    return texts


def _words(requirement: Requirement, rows: slice, size: int) -> list[list[str]]:
    """Conflict, status and reason; rows without anything to say are not looked at one by one."""
    requirement.payers()
    blocked = _slice(requirement.blocked, rows, size)
    loud: Mask = blocked | _slice(inverse(requirement.required.has), rows, size)
    noted = [mask for outcome in requirement.outcomes for mask, _ in outcome.sit.notes]
    for mask in [*noted, *(mask for mask, _ in requirement.unsplit)]:
        loud = loud | _slice(mask, rows, size)
    conflicts, reasons = [""] * size, [""] * size
    cached: dict[Any, str] = {}
    signs = _signatures(requirement, rows, size) if some(loud) else None
    for row in np.flatnonzero(loud):
        key = signs[row] if signs is not None else row
        if key not in cached:
            cached[key] = _quoted(reason_of(requirement, rows.start + int(row)))
        reasons[row] = cached[key]
    for row in np.flatnonzero(_slice(requirement.conflict, rows, size)):
        conflicts[row] = _quoted(conflict_of(requirement, rows.start + int(row)))
    statuses = np.where(blocked, "cannot_compute", "ok").tolist()
    return [conflicts, statuses, reasons]


def _signatures(requirement: Requirement, rows: slice, size: int) -> Any:
    """Which masks hold in each row: rows of one signature have the same words."""
    masks: list[Mask] = [requirement.blocked, requirement.required.has]
    for outcome in requirement.outcomes:
        masks += [outcome.asks, *(mask for mask, _ in outcome.sit.reasons + outcome.sit.notes)]
    masks += [mask for mask, _ in requirement.unsplit]
    columns = np.stack([_slice(mask, rows, size) for mask in masks], axis=1)
    packed = np.packbits(columns, axis=1)
    return [row.tobytes() for row in packed]


def _quoted(text: str) -> str:
    return (
        f'"{text.replace(chr(34), chr(34) * 2)}"' if any(sign in text for sign in ',"\n') else text
    )


def row_line(row: Row) -> str:
    """One row as a CSV line."""
    payers = ";".join(f"{payer}={amount}" for payer, amount in row.payers.items())
    cells = (
        row.code,
        row.subject,
        row.unit,
        row.low,
        row.high,
        row.required,
        row.unclamped,
        ";".join(row.binding),
        payers,
        row.conflict,
        row.status,
        row.reason,
    )
    return ",".join(_quoted("" if cell is None else str(cell)) for cell in cells) + "\n"
