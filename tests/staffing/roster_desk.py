"""A street at its roster: pastes, looks at the rows, mends and takes them."""

from collections.abc import Mapping
from typing import Any

from accounts.models import User
from accounts.scope import scope
from collection.models import Upload, UploadRow
from collection.services.uploads import edit_row, start_upload, take
from tests.collection.upload_desk import AT, FRAME

NUMBER = "371502198506153823"
OTHER = "371502199003074511"
HEAD = ("社区代码", "社区", "姓名", "身份证号", "性别", "出生年月", "职务", "身份", "报酬渠道",
    "任职日期", "联系电话")  # fmt: skip
ROW: dict[str, str] = {
    "社区代码": "371502001001", "姓名": "王小红", "身份证号": NUMBER, "职务": "居委会委员",
    "身份": "选举产生", "报酬渠道": "社区经费", "任职日期": "2022-01-10",
}  # fmt: skip


def row(**cells: str) -> dict[str, str]:
    """A row of somebody new, its cells overridden by heading."""
    return ROW | cells


def block(*rows: Mapping[str, str]) -> str:
    heads = list(dict.fromkeys([*HEAD, *(name for one in rows for name in one)]))
    lines = ["\t".join(one.get(name, "") for name in heads) for one in rows]
    return "\n".join(["\t".join(heads), *lines])


def paste(by: User, *rows: Mapping[str, str], kind: str = "roster", **options: Any) -> Upload:
    with scope(by.scope):
        return start_upload(
            by=by, year=2026, source="paste", name="", content=block(*rows).encode(),
            options=options, at=AT, frame=FRAME, kind=kind,
        )  # fmt: skip


def taken(by: User, *rows: Mapping[str, str], kind: str = "roster", **options: Any) -> Upload:
    """An upload of which all good rows are taken."""
    upload = paste(by, *rows, kind=kind, **options)
    with scope(by.scope):
        take(upload=upload, by=by, at=AT, frame=FRAME)
        return Upload.objects.get(pk=upload.pk)


def mend(upload: Upload, by: User, number: int, reasons: Mapping[str, str] | None = None,
         **cells: str) -> str:  # fmt: skip
    with scope(by.scope):
        return edit_row(
            upload=upload, number=number, cells=cells, reasons=reasons or {}, by=by, at=AT
        )


def seen(upload: Upload) -> list[tuple[str, list[tuple[str, str]]]]:
    """States of the rows in their order, with (field, sentence) of what is found."""
    with scope("0"):
        rows = UploadRow.objects.filter(upload=upload).order_by("number")
        return [(one.state, [(name, said) for name, _, said in one.findings]) for one in rows]


def states(upload: Upload) -> list[str]:
    return [state for state, _ in seen(upload)]
