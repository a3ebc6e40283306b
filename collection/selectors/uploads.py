"""Uploads as their pages show them: the list, one with its rows, its rows in the file's order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Case, IntegerField, Max, Min, QuerySet, Value, When

from accounts.models import User
from collection.choices import RowState, UploadState
from collection.models import Upload, UploadRow
from collection.rules.fields import FIELDS
from collection.rules.reasons import write_reasons
from collection.selectors.rounds import STREET
from collection.selectors.upload_jobs import Progress, progress_of
from communities.models import Community

PAGE_SIZE: Final = 50
DISTRICT: Final = 6
WAITING: Final = (RowState.WRONG, RowState.UNLIKELY, RowState.CHANGED, RowState.NEW)
TODO, ALL = "todo", "all"
LABELS: Final = {"code": "社区代码", "name": "社区名称", "reason": "变动说明", "status": "状态",
    "households": "核定户数"}  # fmt: skip
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
    """A row; `messages` are (grade, sentence) on the row as a whole."""

    number: int
    code: str
    name: str
    community_code: str
    community_name: str
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


def may_upload(user: User) -> bool:
    """Whether a person may import facts of the own scope."""
    return user.has_perm("communities.change_annualfacts") or user.has_perm(
        "communities.import_annualfacts"
    )


def may_change(user: User, upload: Upload) -> bool:
    """Whether a person may go on with an upload: somebody of the office that uploaded it."""
    return upload.code == user.scope and may_upload(user)


def get_upload(user: User, pk: int) -> Upload | None:
    """An upload inside a person's scope, or None. One query."""
    return list_uploads(user).filter(pk=pk).first()


def list_uploads(user: User) -> QuerySet[Upload]:
    """The uploads of a person's scope, the newest first."""
    rows: QuerySet[Upload] = Upload.objects.for_user(user)
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
    return [
        Column(index, heading, name, label_of(name) if name else "")
        for index, (heading, name) in enumerate(upload.headings)
    ]


def label_of(name: str) -> str:
    """The words for a field of a row."""
    return FIELDS[name].label if name in FIELDS else LABELS.get(name, name)


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
    keys = [row.subject_key for row in rows if row.subject_key is not None]
    held = Community.objects.for_user(user).filter(pk__in=keys).only("code", "short_name")
    communities = {one.pk: one for one in held}
    columns = [column for column in columns_of(upload) if column.field]
    return [_line(row, communities.get(row.subject_key), columns, can_edit) for row in rows]


def _line(
    row: UploadRow, community: Community | None, columns: Sequence[Column], can_edit: bool
) -> RowLine:
    cells = [_cell(row, column.field, text, column.index) for column, text in _texts(row, columns)]
    there = {cell.field for cell in cells} | {""}
    beside = {name for name, _, _ in row.findings if name not in there}
    beside |= {name for name in row.before if name not in there}
    order = [*LABELS, *FIELDS]
    given = {"reason": write_reasons(row.reasons)}
    cells += [
        _cell(row, name, given.get(name, ""), None) for name in sorted(beside, key=order.index)
    ]
    return RowLine(
        number=row.number,
        code=row.subject,
        name=row.name,
        community_code=community.code if community else "",
        community_name=community.short_name if community else "",
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


def _cell(row: UploadRow, name: str, text: str, column: int | None) -> CellLine:
    found = [(grade, message) for field, grade, message in row.findings if field == name]
    found.sort(key=lambda one: GRADES.index(one[0]))
    worst = found[0][0] if found else ""
    return CellLine(
        field=name,
        label=label_of(name),
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
    width = len(upload.headings)
    rows = UploadRow.objects.for_user(user).filter(upload=upload).order_by("number")
    for row in rows.iterator(chunk_size=2000):
        findings: dict[int, list[tuple[str, str]]] = {}
        messages: list[tuple[str, str]] = []
        for name, grade, message in row.findings:
            if name in places:
                findings.setdefault(places[name], []).append((grade, message))
            else:
                label = f"{label_of(name)}：" if name else ""
                messages.append((grade, f"{label}{message}"))
        texts = [plain_text(cell) for cell in row.cells]
        texts += [""] * (width - len(texts))
        yield SheetRow(row.number, texts, row.state, findings, messages)
