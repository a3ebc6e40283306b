"""An office at its imports: pastes, looks at the rows, mends and takes them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from accounts.models import User
from collection.models import FactsDraft, Upload, UploadRow
from collection.services.jobs import Frame
from collection.services.uploads import edit_row, start_upload, take

AT = datetime(2026, 7, 10, 2, 0, tzinfo=UTC)
FRAME = Frame("/imports/new/", "r-1")
HEAD = "社区代码\t社区名称\t常住户数\t用房建筑面积"


def paste(by: User, *rows: str, head: str = HEAD, year: int = 2026, **options: Any) -> Upload:
    return start_upload(
        by=by,
        year=year,
        source="paste",
        name="",
        content="\n".join([head, *rows]).encode(),
        options=options,
        at=AT,
        frame=FRAME,
    )


def states(upload: Upload) -> dict[int, str]:
    return dict(UploadRow.objects.filter(upload=upload).values_list("number", "state"))


def findings(upload: Upload, number: int) -> list[list[str]]:
    return UploadRow.objects.get(upload=upload, number=number).findings


def fix(upload: Upload, by: User, number: int, reasons: Mapping[str, str] | None = None,
        **cells: str) -> str:  # fmt: skip
    return edit_row(upload=upload, number=number, cells=cells, reasons=reasons or {}, by=by, at=AT)


def taken(upload: Upload, by: User) -> Upload:
    take(upload=upload, by=by, at=AT, frame=FRAME)
    return Upload.objects.get(pk=upload.pk)


def make_draft(facts_or: Any, by: User, cells: dict[str, str], **overrides: Any) -> FactsDraft:
    values = {
        "community": facts_or, "year": 2026, "code": facts_or.code, "cells": cells,
        "stamps": dict.fromkeys(cells, 1), "changed_by": by, "changed_at": AT,
    }  # fmt: skip
    return FactsDraft.objects.create(**(values | overrides))
