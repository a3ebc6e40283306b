"""Uploads as their pages show them: the list, one with its rows, its rows in the file's order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Case, IntegerField, Max, Min, QuerySet, Value, When

from accounts.models import User
from accounts.scope import DISTRICT, STREET
from collection.choices import RowState, UploadState
from collection.models import Upload, UploadRow
from collection.rules.reasons import write_reasons
from collection.rules.upload_shapes import FACTS_KIND, Shape, shape_of, shapes
from collection.selectors.upload_jobs import Progress, progress_of
from communities.models import Community

PAGE_SIZE: Final = 50
WAITING: Final = (RowState.WRONG, RowState.UNLIKELY, RowState.CHANGED, RowState.NEW)
TODO, ALL = "todo", "all"
GRADES: Final = ("wrong", "unlikely", "look")


@dataclass(frozen=True)
class Column:
    """A column of the file: its heading as found and the field that it is, "" for ignored."""

    index: int
    heading: str
    field: str
    label: str


@dataclass(frozen=True)
class CellLine:
    """A cell: as typed, what is stored now where it changes, the worst that is found of it."""

    field: str
    label: str
    text: str
    before: str
    grade: str
    message: str
    reason: str
    changed: bool
    column: int | None


@dataclass(frozen=True)
class RowLine:
    """A row; `messages` are (grade, sentence) on the row as a whole.

    `title` is what it is about, `under` what stands below that; `is_found`: a record was found by
    what the row says.
    """

    number: int
    title: str
    under: str
    is_found: bool
    state: str
    label: str
    messages: list[tuple[str, str]]
    cells: list[CellLine]
    can_edit: bool


@dataclass(frozen=True)
class UploadPage:
    """One upload: rows by state, columns, and the rows of one page of a filter."""

    upload: Upload
    counts: dict[str, int]
    total: int
    takeable: int
    to_mend: int
    columns: list[Column]
    ignored: list[str]
    notes: list[str]
    rows: list[RowLine]
    page: Page[UploadRow]
    filter: str
    progress: Progress
    can_take: bool
    can_cancel: bool
    can_restart: bool


@dataclass(frozen=True)
class SheetRow:
    """A row as a workbook gets it: texts by column, findings (grade, sentence) by column."""

    number: int
    texts: list[str]
    state: str
    findings: dict[int, list[tuple[str, str]]]
    row_messages: list[tuple[str, str]]


def may_upload(user: User, kind: str = FACTS_KIND) -> bool:
    """Whether a person may import records of a kind in the own scope."""
    return any(user.has_perm(right) for right in shape_of(kind).imports)


def may_change(user: User, upload: Upload) -> bool:
    """Whether a person may go on with an upload: somebody of the office that uploaded it."""
    return upload.code == user.scope and may_upload(user, upload.kind)


def kinds_seen(user: User) -> list[Shape]:
    """The kinds whose imports a person may look at."""
    return [shape for shape in shapes() if user.has_perm(shape.view)]


def kinds_imported(user: User) -> list[Shape]:
    """The kinds that a person may import."""
    return [shape for shape in shapes() if may_upload(user, shape.key)]


def get_upload(user: User, pk: int) -> Upload | None:
    """An upload inside a person's scope, or None. One query."""
    return list_uploads(user).filter(pk=pk).first()


def list_uploads(user: User) -> QuerySet[Upload]:
    """The uploads of a person's scope that the rights let see, the newest first."""
    kinds = [shape.key for shape in kinds_seen(user)]
    rows: QuerySet[Upload] = Upload.objects.for_user(user).filter(kind__in=kinds)
    return rows.select_related("made_by", "finished_by").order_by("-pk")


def get_upload_page(
    user: User, upload: Upload, *, show: str, page: str | int, at: datetime
) -> UploadPage:
    """One page of an upload's rows. Four queries, whatever the number of rows.

    `show`: "todo" (wrong and unlikely; all where there are none), "all", or a state of rows.
    """
    counts = {state: upload.counts.get(state, 0) for state in RowState.values}
    to_mend = counts[RowState.WRONG] + counts[RowState.UNLIKELY]
    show = _filter(show, to_mend)
    rows = _rows(upload, show)
    paginator = Paginator(rows, PAGE_SIZE)
    # of a state the number is known: counting 129,000 rows again would take longer than the page
    total = to_mend if show == TODO else counts.get(show, sum(counts.values()))
    paginator.__dict__["count"] = total
    shown = paginator.get_page(page)
    progress = progress_of(upload, at=at)
    mine = may_change(user, upload)
    takeable = counts[RowState.NEW] + counts[RowState.CHANGED]
    ready = upload.state == UploadState.READY
    return UploadPage(
        upload=upload,
        counts=counts,
        total=sum(counts.values()),
        takeable=takeable,
        to_mend=to_mend,
        columns=columns_of(upload),
        ignored=[heading for heading, name in upload.headings if heading and not name],
        notes=list(upload.notes),
        rows=_lines(user, upload, list(shown.object_list), can_edit=mine and ready),
        page=shown,
        filter=show,
        progress=progress,
        can_take=mine and ready and takeable > 0,
        can_cancel=mine and (ready or progress.running or progress.interrupted),
        can_restart=mine and progress.interrupted,
    )


def columns_of(upload: Upload) -> list[Column]:
    """The columns of an upload's file, and those that corrections added (with no heading)."""
    shape = shape_of(upload.kind)
    return [
        Column(index, heading, name, shape.label_of(name) if name else "")
        for index, (heading, name) in enumerate(upload.headings)
    ]


def _filter(show: str, to_mend: int) -> str:
    if show in RowState.values or show == ALL:
        return show
    return TODO if to_mend else ALL


def _rows(upload: Upload, show: str) -> QuerySet[UploadRow]:
    rows = UploadRow.objects.filter(upload=upload)
    if show == ALL:
        return rows.order_by("number")
    if show != TODO:
        return rows.filter(state=show).order_by("number")
    first = Case(When(state=RowState.WRONG, then=Value(0)), default=1, output_field=IntegerField())
    return rows.filter(state__in=[RowState.WRONG, RowState.UNLIKELY]).order_by(first, "number")


def _lines(
    user: User, upload: Upload, rows: Sequence[UploadRow], *, can_edit: bool
) -> list[RowLine]:
    titles = _titles(user, shape_of(upload.kind), rows)
    columns = [column for column in columns_of(upload) if column.field]
    return [_line(row, upload, titles[row.number], columns, can_edit) for row in rows]


def _titles(user: User, shape: Shape, rows: Sequence[UploadRow]) -> dict[int, tuple[str, str]]:
    """What each row is called, and what stands below it, by its number. One query."""
    found = [row for row in rows if row.subject_key is not None]
    places = Community.objects.for_user(user).order_by("valid_from")
    if shape.each:
        held = places.filter(code__in={row.subject for row in found})
        names = dict(held.values_list("code", "short_name"))
        return {row.number: (row.name or "—", names.get(row.subject, row.subject)) for row in rows}
    held = places.filter(pk__in=[row.subject_key for row in found]).only("code", "short_name")
    communities = {one.pk: (one.short_name, one.code) for one in held}
    return {
        row.number: communities.get(
            row.subject_key or 0, (row.name or row.subject or "—", row.subject)
        )
        for row in rows
    }


def _line(
    row: UploadRow,
    upload: Upload,
    title: tuple[str, str],
    columns: Sequence[Column],
    can_edit: bool,
) -> RowLine:
    shape = shape_of(upload.kind)
    cells = [
        _cell(row, shape, column.field, text, column.index) for column, text in _texts(row, columns)
    ]
    there = {cell.field for cell in cells} | {""}
    beside = {name for name, _, _ in row.findings if name not in there}
    beside |= {name for name in row.before if name not in there}
    given = {"reason": write_reasons(row.reasons)}
    cells += [
        _cell(row, shape, name, given.get(name, ""), None)
        for name in sorted(beside, key=shape.order.index)
    ]
    return RowLine(
        number=row.number,
        title=title[0],
        under=title[1],
        is_found=row.subject_key is not None,
        state=row.state,
        label=RowState(row.state).label,
        messages=[(grade, message) for name, grade, message in row.findings if not name],
        cells=cells,
        can_edit=can_edit and row.state not in (RowState.TAKEN, RowState.DROPPED),
    )


def _texts(row: UploadRow, columns: Sequence[Column]) -> Iterator[tuple[Column, str]]:
    """The texts of a row by column; columns that were added later only where it has them."""
    for column in columns:
        cell = row.cells[column.index] if column.index < len(row.cells) else None
        if cell is not None or column.heading:
            yield column, plain_text(cell)


def plain_text(cell: Any) -> str:
    """The text of a cell as it is kept: alone, or with what is wrong with it."""
    return str(cell[0]) if isinstance(cell, list) else cell or ""


def _cell(row: UploadRow, shape: Shape, name: str, text: str, column: int | None) -> CellLine:
    found = [(grade, message) for field, grade, message in row.findings if field == name]
    found.sort(key=lambda one: GRADES.index(one[0]))
    worst = found[0][0] if found else ""
    return CellLine(
        field=name,
        label=shape.label_of(name),
        text=text,
        before=row.before.get(name, ""),
        grade=worst,
        message="；".join(message for grade, message in found if grade == worst),
        reason=row.reasons.get(name, ""),
        changed=name in row.before,
        column=column,
    )


def place_of(upload: Upload) -> str:
    """The street or district in which all rows of an upload lie, "" for several. One query."""
    if len(upload.code) >= STREET:
        return upload.code
    rows = UploadRow.objects.filter(upload=upload, subject_key__isnull=False)
    ends = rows.aggregate(first=Min("subject"), last=Max("subject"))
    first, last = ends["first"] or "", ends["last"] or ""
    return next(
        (first[:end] for end in (STREET, DISTRICT) if first and first[:end] == last[:end]), ""
    )


def sheet_rows(user: User, upload: Upload) -> Iterator[SheetRow]:
    """All rows in the order of the file, with what is found of their cells."""
    places = {name: index for index, (_, name) in enumerate(upload.headings) if name}
    width, shape = len(upload.headings), shape_of(upload.kind)
    rows = UploadRow.objects.for_user(user).filter(upload=upload).order_by("number")
    for row in rows.iterator(chunk_size=2000):
        findings: dict[int, list[tuple[str, str]]] = {}
        messages: list[tuple[str, str]] = []
        for name, grade, message in row.findings:
            if name in places:
                findings.setdefault(places[name], []).append((grade, message))
            else:
                label = f"{shape.label_of(name)}：" if name else ""
                messages.append((grade, f"{label}{message}"))
        texts = [plain_text(cell) for cell in row.cells]
        texts += [""] * (width - len(texts))
        yield SheetRow(row.number, texts, row.state, findings, messages)
