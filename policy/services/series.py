"""Import of index series from rows or a CSV file: preview, then one transaction."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.scope import WHOLE_COUNTRY, contains, give_reason
from policy.engine.catalogue import catalogue
from policy.models import IndexValue
from policy.services.figures import above_of, alone, check_year, unlikely, ways_up

COLUMNS = {
    "division": ("division", "区划代码", "区划"),
    "series": ("series", "序列", "指数"),
    "year": ("year", "年度", "年份"),
    "value": ("value", "数值"),
    "unit": ("unit", "单位"),
    "source": ("source", "来源"),
    "document": ("document", "文件", "文件或页码"),
}
OPTIONAL = {"unit", "document"}
MOST_ROWS = 100_000


@dataclass(frozen=True)
class RowError:
    """One mistake: the row's number in the file, what is wrong, how to mend it."""

    number: int
    message: str


class StaleSeriesError(Exception):
    """Somebody changed the figures since the preview; holds what the import would do now."""

    def __init__(self, preview: SeriesPreview) -> None:
        self.preview = preview
        super().__init__("the figures are others by now")


@dataclass(frozen=True)
class Change:
    """A figure that is there already with another value, unit or source."""

    figure: IndexValue
    before: str


@dataclass
class SeriesPreview:
    """What an import would do: figures to add, figures to change, as they are, mistakes.

    `unlikely` are sentences about figures that may be right, and that somebody has to vouch for.
    """

    new: list[IndexValue] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    wrong: list[RowError] = field(default_factory=list)
    unlikely: list[RowError] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """What would be written over what, as one short text: another text, another import."""
        said = [
            *((key_of(one), _told(one), "") for one in self.new),
            *((key_of(one.figure), _told(one.figure), one.before) for one in self.changed),
        ]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]

    @property
    def can_import(self) -> bool:
        """Say whether there is something to import and nothing wrong."""
        return not self.wrong and bool(self.new or self.changed)


def key_of(figure: IndexValue) -> tuple[str, str, int]:
    """Of which place, series and year a figure is."""
    return figure.division_code, figure.series, figure.year


def _told(figure: IndexValue) -> tuple[str, str, str, str]:
    """What a figure says, stored or not."""
    return figure.plain_value, figure.unit, figure.source, figure.document


def preview_series(text: str, *, within: str = WHOLE_COUNTRY) -> SeriesPreview:
    """Return what importing a CSV text would change; nothing is written.

    Columns: division, series, year, value, unit, source, document (or their Chinese names).
    `within` is the scope of the person at work: rows outside it are mistakes.
    """
    preview = SeriesPreview()
    return _preview(_lines(text, preview.wrong), preview, within, None)


def preview_rows(
    rows: Iterable[Sequence[str]], *, within: str = WHOLE_COUNTRY, on: date | None = None
) -> SeriesPreview:
    """Return what importing rows of texts would change, the first being the headings.

    As preview_series; with the day `on` figures of years to come are mistakes. Two queries at most.
    """
    return _preview(enumerate(rows, start=1), SeriesPreview(), within, on)


def _preview(
    lines: Iterable[tuple[int, Sequence[str]]],
    preview: SeriesPreview,
    within: str,
    on: date | None,
) -> SeriesPreview:
    first: dict[tuple[str, str, int], int] = {}
    read: dict[tuple[str, str, int], IndexValue] = {}
    for number, cells in _cells(iter(lines), preview.wrong):
        try:
            figure = _figure(cells, within)
            check_year(figure, on)
        except ValidationError as error:
            preview.wrong += [RowError(number, message) for message in error.messages]
            continue
        key = key_of(figure)
        if key in first:
            message = f"与第{first[key]}行是同一个地方、年度和序列。删去一行"
            preview.wrong.append(RowError(number, message))
            continue
        first[key], read[key] = number, figure
    present = _present(read)
    for key, figure in read.items():
        _compare(figure, present.get(key), preview)
    _look(preview, first, present | read)
    return preview


def _present(read: Iterable[tuple[str, str, int]]) -> dict[tuple[str, str, int], IndexValue]:
    """The stored figures of places, those above them, and series read, of all years. One query."""
    keys = list(read)
    places = {place for place, _, _ in keys}
    rows = IndexValue.objects.filter(
        division_code__in=places | {way for place in places for way in ways_up(place)},
        series__in={one for _, one, _ in keys},
    )
    return {key_of(one): one for one in rows}


def _look(
    preview: SeriesPreview,
    first: Mapping[tuple[str, str, int], int],
    known: Mapping[tuple[str, str, int], IndexValue],
) -> None:
    """Note the figures to be written that do not go with the year before, or the level above."""
    for figure in [*preview.new, *(change.figure for change in preview.changed)]:
        key = key_of(figure)
        last = known.get((*key[:2], figure.year - 1))
        if said := unlikely(figure, last, above_of(figure, known)):
            preview.unlikely.append(RowError(first[key], said))
    preview.unlikely.sort(key=lambda one: one.number)


def _lines(text: str, wrong: list[RowError]) -> Iterator[tuple[int, Sequence[str]]]:
    """Give the lines of a CSV text with their numbers; one that cannot be read is noted."""
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        yield from enumerate(reader, start=1)
    except csv.Error:
        wrong.append(RowError(reader.line_num, "引号没有配对。补上或删去引号"))


def _cells(
    lines: Iterator[tuple[int, Sequence[str]]], wrong: list[RowError]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Give the rows under their column names; what is wrong with the headings is noted."""
    header = [cell.strip().lower() for cell in next(lines, (1, ()))[1]]
    places = {
        column: next((place for place, name in enumerate(header) if name in names), None)
        for column, names in COLUMNS.items()
    }
    missing = [
        COLUMNS[column][1] for column, place in places.items()
        if place is None and column not in OPTIONAL
    ]  # fmt: skip
    if missing:
        if not wrong:
            said = f"表头没有“{'、'.join(missing)}”列。表头写成：{','.join(COLUMNS)}"
            wrong.append(RowError(1, said))
        return
    for number, cells in lines:
        if number > MOST_ROWS:
            wrong.append(RowError(number, f"文件超过{MOST_ROWS:,}行。分成几个文件导入"))
            return
        if any(cell.strip() for cell in cells):
            yield (
                number,
                {
                    column: cells[place].strip() if place is not None and place < len(cells) else ""
                    for column, place in places.items()
                },
            )


def _figure(cells: Mapping[str, str], within: str) -> IndexValue:
    """Make the figure of a row; raises ValidationError with what is wrong with which value."""
    kind = catalogue().series_named(cells["series"])
    if kind is None:
        known = "、".join(one.label for one in catalogue().series.values())
        raise ValidationError(f"没有名为“{cells['series']}”的序列。可用：{known}")
    division = cells["division"]
    if within != WHOLE_COUNTRY and not contains(within, division):
        raise ValidationError(
            f"区划代码“{division or '全国'}”不在你的辖区{within}内。删去这一行，或由上级导入"
        )
    if not (cells["year"].isascii() and cells["year"].isdigit() and len(cells["year"]) == 4):
        raise ValidationError(f"年度“{cells['year']}”不是四位年份")
    if not re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,6})?", cells["value"]):
        raise ValidationError(f"数值“{cells['value']}”不是数字。写成4200或4200.5，不加千位分隔符")
    figure = IndexValue(
        division_code=division,
        series=kind.key,
        year=int(cells["year"]),
        value=Decimal(cells["value"]),
        unit=cells["unit"] or kind.unit,
        source=cells["source"],
        document=cells["document"],
    )
    _check(figure)
    return figure


def _check(figure: IndexValue) -> None:
    """Check the fields; a message that does not name its column gets it in front."""
    try:
        figure.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        label = {one.name: str(one.verbose_name) for one in IndexValue._meta.fields}
        raise ValidationError(
            [
                message if "“" in message else f"{label.get(name, name)}：{message}"
                for name, messages in error.message_dict.items()
                for message in messages
            ]
        ) from error


def _compare(figure: IndexValue, present: IndexValue | None, preview: SeriesPreview) -> None:
    if present is None:
        preview.new.append(figure)
        return
    if _told(figure) == _told(present):
        preview.unchanged += 1
        return
    figure.pk = present.pk
    preview.changed.append(
        Change(figure, f"{present.plain_value}{present.unit}（{present.source}）")
    )


@transaction.atomic
def import_series(text: str, *, within: str = WHOLE_COUNTRY) -> SeriesPreview:
    """Add the new figures of a CSV text and change those that differ; return what was done.

    All or nothing: with a mistake in any row nothing is written. Running it again changes nothing.
    """
    alone()
    return _write(preview_series(text, within=within))


@transaction.atomic
def import_rows(
    rows: Iterable[Sequence[str]],
    *,
    on: date,
    within: str = WHOLE_COUNTRY,
    reason: str = "",
    seen: str | None = None,
) -> SeriesPreview:
    """Do what preview_rows shows, as import_series; unlikely figures need a reason.

    The reason is kept with the history of every figure written. Without one nothing is written
    where a figure is unlikely. `seen` is the digest of the preview that was looked at, None where
    nobody looked: raises StaleSeriesError where others have changed what it shows.
    """
    alone()
    preview = preview_rows(rows, within=within, on=on)
    if seen is not None and seen != preview.digest:
        raise StaleSeriesError(preview)
    if preview.unlikely and not reason:
        return preview
    if reason:
        give_reason(reason)
    return _write(preview)


def _write(preview: SeriesPreview) -> SeriesPreview:
    if preview.can_import:
        IndexValue.objects.bulk_create(preview.new)
        IndexValue.objects.bulk_update(
            [change.figure for change in preview.changed], ["value", "unit", "source", "document"]
        )
    return preview
