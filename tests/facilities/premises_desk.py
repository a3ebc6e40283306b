"""A street at its register of premises: pastes, looks at the rows and takes them."""

from collections.abc import Mapping
from typing import Any

from accounts.models import User
from accounts.scope import scope
from collection.models import Upload
from collection.services.uploads import start_upload, take
from tests.collection.upload_desk import AT, FRAME
from tests.staffing.roster_desk import seen

ROW: dict[str, str] = {
    "社区代码": "371502001001", "社区": "古城社区", "用房名称": "党群服务中心",
    "坐落": "东昌路1号", "取得方式": "无偿移交", "取得日期": "2020-06-01", "工作用房": "88",
    "服务大厅": "40", "使用面积": "100", "地上建筑面积": "128",
}  # fmt: skip

LEASE = {"取得方式": "租赁", "合同编号": "租2025-1", "合同签订日期": "2024-12-20",
    "月租金": "3000", "起租日": "2025-01-01", "到期日": "2027-01-01"}  # fmt: skip


def row(**cells: str) -> dict[str, str]:
    """A row of premises that are not registered yet, its cells overridden by heading."""
    return ROW | cells


def block(*rows: Mapping[str, str]) -> str:
    heads = list(dict.fromkeys(name for one in rows for name in one))
    lines = ["\t".join(one.get(name, "") for name in heads) for one in rows]
    return "\n".join(["\t".join(heads), *lines])


def paste(by: User, *rows: Mapping[str, str]) -> Upload:
    with scope(by.scope):
        return start_upload(
            by=by, year=2026, source="paste", name="", content=block(*rows).encode(),
            options={}, at=AT, frame=FRAME, kind="premises",
        )  # fmt: skip


def took(by: User, *rows: Mapping[str, str]) -> Upload:
    """An upload of which all good rows are taken."""
    upload = paste(by, *rows)
    with scope(by.scope):
        take(upload=upload, by=by, at=AT, frame=FRAME)
        return Upload.objects.get(pk=upload.pk)


def only(**cells: Any) -> dict[str, str]:
    """A row that says of the premises of ROW nothing but these cells."""
    return {name: ROW[name] for name in ("社区代码", "社区", "用房名称")} | cells


def wrong(by: User, *rows: Mapping[str, str]) -> list[tuple[str, str]]:
    """What the last row is refused for."""
    state, found = seen(paste(by, *rows))[-1]
    assert state == "wrong"
    return found
