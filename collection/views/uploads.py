"""Imports: the list of records, one with its rows, its progress, its workbook with the mistakes."""

import io
import json
import uuid
from itertools import islice
from pathlib import PurePath

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.choices import AccessAct
from accounts.sessions import record_request
from collection.choices import RowState, UploadState
from collection.rules.upload_shapes import CODE, NAME, shape_of
from collection.selectors.upload_jobs import AT_WORK, progress_of
from collection.selectors.uploads import (
    get_upload,
    get_upload_page,
    kinds_imported,
    kinds_seen,
    list_uploads,
    may_change,
    sheet_rows,
)
from collection.services.matching import is_beside
from collection.services.upload_kinds import kind_of
from collection.tables.returned import model_of, write_returned
from collection.views.upload_new import looking, trail
from communities.views.responses import XLSX, attached

PAGE_SIZE = 50
# A larger table comes back with the rows that need work only: all of them would take minutes.
MOST_WHOLE = 20_000
NEED_WORK = (RowState.WRONG, RowState.UNLIKELY)
TAGS = {
    RowState.WRONG: "bad",
    RowState.UNLIKELY: "warn",
    RowState.CHANGED: "info",
    RowState.NEW: "info",
    RowState.TAKEN: "ok",
}
STATES = {
    UploadState.READY: "warn",
    UploadState.DONE: "ok",
    UploadState.READING: "info",
    UploadState.TAKING: "info",
    UploadState.FAILED: "bad",
}
FILTERS = (
    ("todo", "需要处理"),
    ("all", "全部"),
    ("new", "新增"),
    ("changed", "有变化"),
    ("unchanged", "无变化"),
    ("taken", "已导入"),
    ("dropped", "已删去"),
)
# What people say of a stage that is under way
DONE_WORDS = {"读取文件": "已读取", "核对": "已核对", "整理": "已整理", "写入": "已写入"}
# changes that the row says in words of its own
SAID_APART = ("status", "households")


def unknown(request):
    """The same answer for an import that does not exist and for one outside the scope."""
    return render(request, "404.html", status=404)


@require_safe
@looking
def uploads(request):
    """The records of imports, the newest first."""
    page = Paginator(list_uploads(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    lines = [
        {
            "upload": one,
            "tone": STATES.get(UploadState(one.state), ""),
            "label": shape_of(one.kind).label,
            "total": sum(one.counts.get(state, 0) for state in RowState.values),
            "taken": one.counts.get(RowState.TAKEN, 0),
            "to_mend": one.counts.get("wrong", 0) + one.counts.get("unlikely", 0),
        }
        for one in page.object_list
    ]
    return render(
        request,
        "collection/uploads/list.html",
        {
            "page": page,
            "lines": lines,
            "kinds": len(kinds_seen(request.user)) > 1,
            "may_upload": bool(kinds_imported(request.user)),
        },
    )


@require_safe
@looking
def upload(request, pk):
    """One import: its progress, its rows to look through, or the record of what it did."""
    found = get_upload(request.user, pk)
    if found is None:
        return unknown(request)
    shown = get_upload_page(
        request.user,
        found,
        show=request.GET.get("show", "todo"),
        page=request.GET.get("page", "1"),
        at=timezone.now(),
    )
    return render(request, "collection/uploads/upload.html", context_of(request, shown))


def context_of(request, shown):
    found = shown.upload
    edited = request.GET.get("edit", "")
    rows = [RowView(row, found, open_all=str(row.number) == edited) for row in shown.rows]
    base = {name: text for row in rows for name, text in row.posted()}
    mine = may_change(request.user, found)
    unmatched = [one for one in shown.ignored if not is_beside(one)]
    kind = kind_of(found)
    shape = kind.shape
    unmatched = [one for one in unmatched if one not in shape.beside]
    return {
        "shape": shape,
        "about": kind.about(found),
        "home": kind.home(found) if found.counts.get(RowState.TAKEN) else ("", ""),
        "shown": shown,
        "upload": found,
        "trail": trail({"label": str(found), "url": ""}),
        "rows": rows,
        "base": json.dumps(base, ensure_ascii=False),
        "key": uuid.uuid4(),
        "filters": filters_of(shown),
        "step": 3 if found.state in ("taking", "done") else 2,
        "tone": STATES.get(UploadState(found.state), ""),
        "mine": mine,
        "may_export": request.user.has_perm(shape.export),
        # columns that were not read are not kept where they may hold what nobody may keep
        "can_match": mine and found.state == UploadState.READY and not shape.sealed,
        "fields": shape.fields.values(),
        "unmatched": unmatched,
        # a column of one's own is usual; where most are unknown the headings are looked at first
        "match_open": len(unmatched) > sum(one.field in shape.fields for one in shown.columns),
        "words": DONE_WORDS.get(shown.progress.stage, "已处理"),
        "whole": comes_whole(found),
        "has_rows": shown.page.paginator.count > 0 or shown.total > 0,
        "query": request.GET.urlencode(),
    }


def filters_of(shown):
    """The states that rows are in, with their numbers; what needs work and all come always."""
    counts = {**shown.counts, "todo": shown.to_mend, "all": shown.total}
    return [
        {"name": name, "label": label, "count": counts[name], "current": name == shown.filter}
        for name, label in FILTERS
        if counts[name] or name == "all"
    ]


class RowView:
    """A row as the page shows it: what is to be mended, what changes, and the other cells."""

    def __init__(self, row, upload, *, open_all):
        self.row, self.subject = row, shape_of(upload.kind).subject
        self.tag = TAGS.get(RowState(row.state), "")
        self.needs = row.state in (RowState.WRONG, RowState.UNLIKELY)
        self.open_all = row.can_edit and open_all
        facts = [cell for cell in row.cells if cell.field not in SAID_APART]
        # of a row that leads to no record it is its subject that is to be mended
        refused = any(grade == "wrong" for grade, _ in row.messages)
        lost = self.needs and refused and not row.is_found
        # facts that are locked or asked of nobody: no reason for a figure would help
        self.barred = barred = refused and not lost
        grades = ("wrong",) if barred else ("wrong", "unlikely")
        self.mend = [
            cell for cell in facts if cell.grade in grades or (lost and cell.field in self.subject)
        ]
        # unlikely figures whose reason is given need nothing more
        settled = not self.needs and not self.open_all
        self.given = [cell for cell in self.mend if settled and cell.reason]
        self.mend = [cell for cell in self.mend if cell not in self.given]
        self.looks = [cell for cell in facts if cell.grade == "look" and cell.message]
        self.changed = [cell for cell in facts if cell.changed and cell not in self.mend]
        self.others = [
            cell
            for cell in facts
            if cell not in self.mend and cell.column is not None and cell.field != "reason"
        ]
        self.edits_others = row.can_edit and (self.needs or self.open_all)
        self.status_before = next(
            (cell.before for cell in row.cells if cell.field == "status" and cell.changed), ""
        )

    @property
    def summary(self):
        """The values of a row with nothing to mend and no values before."""
        return [cell for cell in self.others if cell.text and cell.field not in self.subject]

    @property
    def mends_wrong(self):
        return self.row.state == RowState.WRONG

    def posted(self):
        """Names and texts of what the page lets people type for this row."""
        if not self.row.can_edit:
            return
        number = self.row.number
        for cell in [*self.mend, *(self.others if self.edits_others else [])]:
            yield f"cell-{number}-{cell.field}", cell.text
        for cell in self.mend:
            if cell.grade == "unlikely":
                yield f"reason-{number}-{cell.field}", cell.reason


@require_safe
@looking
def progress(request, pk):
    """How far the work is, as a fragment; when it ends, the page is shown anew."""
    found = get_upload(request.user, pk)
    if found is None:
        return unknown(request)
    at = timezone.now()
    now = progress_of(found, at=at)
    answer = render(
        request,
        "collection/uploads/_progress.html",
        {"upload": found, "progress": now, "words": DONE_WORDS.get(now.stage, "已处理")},
    )
    if found.state not in AT_WORK or now.interrupted:
        answer.headers["HX-Refresh"] = "true"
    return answer


def added_heading(shape, name):
    """The heading of a column that a correction added; "" for one that never had any."""
    if name in shape.fields:
        return shape.fields[name].heading
    return shape.label_of(name) if name else ""


def comes_whole(found):
    """Whether all rows of an import come back, or those that need work."""
    return sum(found.counts.get(state, 0) for state in RowState.values) <= MOST_WHOLE


@require_safe
@looking
def errors(request, pk):
    """The table back as a workbook, with its mistakes coloured and commented."""
    found = get_upload(request.user, pk)
    if found is None:
        return unknown(request)
    shape = shape_of(found.kind)
    if not request.user.has_perm(shape.export):
        raise PermissionDenied
    rows, said = sheet_rows(request.user, found), "核对结果"
    if not comes_whole(found):
        rows = islice((row for row in rows if row.state in NEED_WORK), MOST_WHOLE)
        said = "待处理的行"
    texts = {CODE, NAME} | shape.sealed
    out = io.BytesIO()
    write_returned(
        out,
        [heading or added_heading(shape, name) for heading, name in found.headings],
        rows,
        sheet_name=found.sheet_name,
        texts=frozenset(place for place, (_, name) in enumerate(found.headings) if name in texts),
        model=model_of(request.user, found, timezone.localdate()),
    )
    stem = PurePath(found.file_name).stem or f"粘贴{timezone.localtime(found.made_at):%Y%m%d%H%M}"
    name = f"{stem[:100]}_{said}.xlsx"
    record_request(request, AccessAct.EXPORT, target=name)
    return attached(HttpResponse(out.getvalue(), content_type=XLSX), name)
