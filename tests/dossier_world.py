"""What tests of dossiers share: a community with one row of everything, a dossier opened again."""

import io
import zipfile
from datetime import UTC, date, datetime
from typing import Any

from django.test import Client

from accounts.models import User
from communities.models import (
    ActStep,
    ArchiveEntry,
    Building,
    ChangeAct,
    Community,
    Contact,
    Estate,
    EstateMeeting,
    Grid,
    Lineage,
    Organisation,
    Paper,
)
from communities.selectors.dossier import get_dossier
from communities.selectors.papers import read_content
from communities.tables.dossier import write_dossier
from tests.factories import make_community, make_facts, make_paper
from tests.files import csv_rows
from tests.paper_samples import docx

CODE = "371502001001"
PATH = f"/communities/{CODE}/dossier.zip"
AT = datetime(2026, 11, 21, 2, 30, tzinfo=UTC)
TODAY = date(2026, 11, 21)
SHEETS = [
    "登记资料",
    "曾用代码和名称",
    "年度数据",
    "小区",
    "楼栋",
    "联席会议",
    "网格",
    "组织",
    "电子档案",
    "责任人",
    "沿革",
    "变更",
    "修改记录",
    "材料",
]


def make_full_community(clerk: User) -> Community:
    """A community with one row of everything, beside another that has the same."""
    for code, name in ((CODE, "古城社区居委会"), ("371502001002", "湖南社区居委会")):
        made = make_community(code, name, tags=["示范社区"], credit_code="", remarks="=1+1")
        own: dict[str, Any] = {"community": made, "code": code}
        make_facts(made, 2025, households=2800)
        make_facts(made, 2026, central_urban=True)
        estate = Estate.objects.create(
            **own, name=f"{made.short_name}小区", households=500, gross_floor_area_m2="12000.50"
        )
        Building.objects.create(**own, estate=estate, name="3号楼", households=60)
        EstateMeeting.objects.create(
            **own, estate=estate, held_on=TODAY, subject="停车", attended_by="物业", decided="划线"
        )
        Grid.objects.create(**own, name="第一网格", households=450)
        Organisation.objects.create(**own, kind="party", name="党委", set_up_on=TODAY)
        entry = ArchiveEntry.objects.create(
            **own, kind="activity", title="重阳节", happened_on=TODAY
        )
        Contact.objects.create(code=code, duty="包保责任人", name="周强")
        act = make_act(clerk, made)
        Lineage.objects.create(
            community=made,
            code=code,
            relation="successor",
            other=made,
            other_code=code,
            other_name=made.name,
            act=act,
            kind="merge",
            doc_no="东政字〔2026〕8号",
            effective_on=TODAY,
        )
        make_paper(made, "批复.pdf", by=clerk)
        make_paper(archive_entry=entry, name="活动：照片?.docx", content=docx(), by=clerk)
        make_paper(act=act, name=f"{made.short_name}请示.pdf", by=clerk)
    return Community.objects.get(code=CODE)


def make_act(by: User, community: Community) -> ChangeAct:
    act = ChangeAct.objects.create(
        kind="merge",
        code="371502001",
        title=f"{community.short_name}合并/撤销",
        reason="<script>alert(1)</script>",
        plan={
            "communities": [community.pk],
            "successors": [{"key": "A", "code": "371502001009", "name": "新城社区居委会"}],
        },
        table=TABLE,
        proposed_by=by,
        proposed_at=AT,
    )
    ActStep.objects.create(
        act=act,
        code=act.code,
        round=1,
        kind="return",
        by=by,
        at=AT,
        comment="补材料",
        items={"successor:A": "名称不妥", "flows": "户数不符"},
    )
    return act


TABLE = {
    "year": 2026,
    "on": "2026-11-21",
    "columns": [["households", "核定户数", "户", 0, True]],
    "before": [
        {
            "code": CODE,
            "name": "古城社区居委会",
            "note": "撤销",
            "cells": {"households": ["2847", ""]},
        }
    ],
    "after": [],
    "total_before": {"households": ["2847", ""]},
    "total_after": {"households": ["2847", ""]},
    "balanced": {"households": True},
    "notes": [],
}


def written(user: User, community: Community, *, limit: int = 10**9) -> zipfile.ZipFile:
    out = io.BytesIO()
    write_dossier(
        out,
        get_dossier(user, community, TODAY),
        by=user,
        at=AT,
        read=read_content,
        limit=limit,
    )
    return zipfile.ZipFile(out)


def table(archive: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    head, *rows = csv_rows(archive.read(f"{name}.csv"))
    return [dict(zip(head, row, strict=True)) for row in rows]


def download(client: Client) -> zipfile.ZipFile:
    answer = client.get(PATH)
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content)
    assert answer["Content-Length"] == str(len(content))
    return zipfile.ZipFile(io.BytesIO(content))


def own_papers(community: Community) -> list[int]:
    papers = Paper.objects.filter(community=community) | Paper.objects.filter(
        act__title__startswith=community.short_name
    )
    return list(papers.values_list("pk", flat=True))
