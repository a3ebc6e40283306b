"""The dossier of one community as one ZIP: index, sheets, acts, papers, sums to check by."""

from __future__ import annotations

import datetime
import re
import unicodedata
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import IO, Any

from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from communities.models import ActStep, Paper
from communities.selectors.before_after import read_table
from communities.selectors.dossier import Dossier, DossierAct, Sheet
from communities.selectors.papers import PaperRow, size_label
from communities.tables.acts import comparison
from communities.tables.files import Heading, csv_chunks

INDEX, STYLE, SUMS = "目录.html", "样式.css", "校验.txt"
LONGEST_MEMBER = 80
UNFIT = re.compile(r'[\\/:*?"<>|\s]+')
ITEMS = {
    "communities": "涉及的社区",
    "flows": "户数划转",
    "estates": "小区归属",
    "grids": "网格归属",
    "reason": "理由",
    "papers": "材料",
}
FIRST_YEAR = 1980  # of the dates that a ZIP can hold
PLAIN_FILE = 0o100644 << 16


@dataclass(frozen=True)
class Enclosed:
    """A paper in the index: the file's name in the ZIP, or why it is not there."""

    row: PaperRow
    member: str
    missing: str


@dataclass
class Package:
    """A ZIP that is being written, with the sum of every member."""

    archive: zipfile.ZipFile
    at: datetime.datetime
    sums: list[str] = field(default_factory=list)

    def add(
        self,
        name: str,
        content: bytes,
        *,
        at: datetime.datetime | None = None,
        packing: int = zipfile.ZIP_DEFLATED,
    ) -> None:
        """Write one member; its date is that of the dossier, or of the paper."""
        day = timezone.localtime(at or self.at)
        member = zipfile.ZipInfo(name, day.timetuple()[:6])
        if day.year < FIRST_YEAR:
            member.date_time = (FIRST_YEAR, 1, 1, 0, 0, 0)
        member.compress_type = packing
        member.external_attr = PLAIN_FILE
        self.archive.writestr(member, content)
        self.sums.append(f"{sha256(content).hexdigest()}  {name}\n")

    def add_page(self, name: str, template: str, context: dict[str, Any]) -> None:
        self.add(name, render_to_string(f"communities/papers/{template}", context).encode())


def write_dossier(
    out: IO[bytes],
    dossier: Dossier,
    *,
    by: User,
    at: datetime.datetime,
    read: Callable[[Paper], bytes | None],
    limit: int,
) -> None:
    """Write the dossier; `read` gives the bytes of a paper, `limit` is of all papers in bytes.

    The same dossier at the same moment gives the same bytes. Papers that are beyond the limit,
    taken down or damaged are listed in the index with the reason.
    """
    with zipfile.ZipFile(out, "w") as archive:
        package = Package(archive, at)
        papers = _add_papers(package, dossier, read, limit)
        for sheet in [*dossier.sheets, paper_sheet(papers)]:
            package.add(f"{sheet.name}.csv", _csv(sheet))
        acts = [(one, _add_act(package, one)) for one in dossier.acts]
        package.add(STYLE, render_to_string("communities/papers/dossier.css").encode())
        package.add_page(
            INDEX,
            "dossier.html",
            {
                "community": dossier.community,
                "by": by,
                "at": at,
                "sheets": [(sheet, len(sheet.rows)) for sheet in dossier.sheets],
                "acts": acts,
                "papers": papers,
                "left_out": sum(not one.member for one in papers),
                "limit": size_label(limit),
                "style": STYLE,
                "sums": SUMS,
            },
        )
        package.add(SUMS, "".join(package.sums).encode())


def _add_papers(
    package: Package, dossier: Dossier, read: Callable[[Paper], bytes | None], limit: int
) -> list[Enclosed]:
    listed, left = [], limit
    for paper, row in dossier.papers:
        member, missing = "", ""
        if not row.readable:
            missing = "已撤下，登记人员和审计人员可查阅"
        elif row.size > left:
            missing = f"超过{size_label(limit)}的总量，另行下载"
        else:
            content = read(paper)
            if content is None or sha256(content).hexdigest() != row.sha256:
                missing = "存储的内容已损坏，告诉系统管理员"
            else:
                left -= row.size
                member = f"材料/{row.pk}-{fit(row.file_name)}"
                package.add(member, content, at=row.uploaded_at, packing=zipfile.ZIP_STORED)
        listed.append(Enclosed(row, member, missing))
    return listed


def paper_sheet(papers: Sequence[Enclosed]) -> Sheet:
    """The papers as a sheet: what each is, where it is in the ZIP, its sum."""
    headings = (
        "编号", "材料名称", "材料类别", "文号", "成文日期", "属于", "文件名", "文件类型", "字节数",
        "SHA-256", "上传人", "上传时间", "撤下时间", "撤下原因", "在本档案中", "未收入的原因",
    )  # fmt: skip
    return Sheet("材料", headings, [_paper_line(one) for one in papers])


def _paper_line(one: Enclosed) -> list[Any]:
    row = one.row
    owner = "本社区"
    if row.entry:
        owner = f"电子档案：{row.entry[1]}"
    elif row.act:
        owner = f"变更：{row.act[1]}"
    return [
        row.pk,
        row.title,
        row.kind,
        row.doc_no,
        row.issued_on and row.issued_on.isoformat(),
        owner,
        row.file_name,
        row.file_type,
        row.size,
        row.sha256,
        row.uploaded_by,
        _moment(row.uploaded_at),
        row.withdrawn_at and _moment(row.withdrawn_at),
        row.withdrawn_because,
        one.member,
        one.missing,
    ]


def _add_act(package: Package, one: DossierAct) -> str:
    """Write the page of an act; return its name in the ZIP."""
    name = f"变更/{one.act.pk}-{fit(one.act.title)}.html"
    table = comparison(read_table(one.act.table)) if one.act.table else None
    rounds = sorted({step.round for step in one.steps})
    package.add_page(
        name,
        "dossier_act.html",
        {
            "act": one.act,
            "before": one.before,
            "after": one.after,
            "more": one.more,
            "table": table,
            "rounds": [
                (number, [_step(one, step) for step in one.steps if step.round == number])
                for number in rounds
            ],
            "style": f"../{STYLE}",
            "index": f"../{INDEX}",
        },
    )
    return name


def _step(one: DossierAct, step: ActStep) -> dict[str, Any]:
    """A step with its comments per item under words for the items."""
    names = {
        f"successor:{each.get('key')}": each.get("name")
        for each in one.act.plan.get("successors", ())
    }
    items = [
        (ITEMS.get(item) or names.get(item) or item, text) for item, text in step.items.items()
    ]
    return {"step": step, "items": items}


def _csv(sheet: Sheet) -> bytes:
    return "".join(csv_chunks([Heading(label) for label in sheet.headings], sheet.rows)).encode()


def _moment(at: datetime.datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def fit(name: str) -> str:
    """A name that every system can unpack and people can see, 80 characters at most.

    It has no separators, wildcards, controls or signs that turn the direction of writing.
    """
    seen = "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in name)
    plain = UNFIT.sub("_", seen).strip("._") or "无名"
    stem, dot, extension = plain.rpartition(".")
    if not dot or len(extension) > 5:
        return plain[:LONGEST_MEMBER]
    return f"{stem[: LONGEST_MEMBER - len(extension) - 1]}.{extension}"
