"""The dossier: one ZIP that holds all of a community, opened again and held against its rows."""

from hashlib import sha256
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote

import pytest

from accounts.models import User
from communities.models import (
    AnnualFacts,
    ArchiveEntry,
    ChangeAct,
    Community,
    Estate,
    Grid,
    Organisation,
    Paper,
    PaperContent,
)
from communities.tables.dossier import fit
from tests.dossier_world import CODE, SHEETS, make_full_community, own_papers, table, written
from tests.factories import as_owner
from tests.files import csv_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def community(clerk: User) -> Community:
    return make_full_community(clerk)


class Links(HTMLParser):
    """What a page links to or loads, and its tags."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.names: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        self.names.add(tag)
        self.addresses += [value for key, value in attributes if key in ("href", "src")]


def test_dossier_then_index_sheets_acts_papers_and_sums(clerk: User, community: Community) -> None:
    act = ChangeAct.objects.get(title__startswith="古城")
    newest = list(Paper.objects.filter(pk__in=own_papers(community)))

    names = written(clerk, community).namelist()

    assert names == [
        *(f"材料/{paper.pk}-{fit(paper.file_name)}" for paper in newest),
        *(f"{name}.csv" for name in SHEETS),
        f"变更/{act.pk}-古城社区合并_撤销.html",
        "样式.css",
        "目录.html",
        "校验.txt",
    ]


def test_sheets_then_the_rows_of_this_community_only(clerk: User, community: Community) -> None:
    archive = written(clerk, community)

    profile = dict(csv_rows(archive.read("登记资料.csv"))[1:])
    assert profile["社区代码"] == CODE
    assert profile["全称"] == "古城社区居委会"
    assert profile["组织类型"] == "居民委员会"
    assert profile["标签"] == "示范社区"
    assert profile["备注"] == "'=1+1"
    facts = table(archive, "年度数据")
    assert [(row["年度"], row["核定户数"], row["中心城区"]) for row in facts] == [
        ("2026", "2847", "是"),
        ("2025", "2800", ""),
    ]
    estate = table(archive, "小区")
    assert [(row["小区名称"], row["户数"], row["总建筑面积（㎡）"]) for row in estate] == [
        ("古城社区小区", "500", "12000.50")
    ]
    assert [(r["小区"], r["楼栋"]) for r in table(archive, "楼栋")] == [("古城社区小区", "3号楼")]
    assert [(r["小区"], r["议题"]) for r in table(archive, "联席会议")] == [
        ("古城社区小区", "停车")
    ]
    assert [row["网格"] for row in table(archive, "网格")] == ["第一网格"]
    assert [(r["组织类别"], r["成立日期"]) for r in table(archive, "组织")] == [
        ("社区党组织", "2026-11-21")
    ]
    assert [row["题名"] for row in table(archive, "电子档案")] == ["重阳节"]
    assert [row["姓名"] for row in table(archive, "责任人")] == ["周强"]
    assert [row["批复文号"] for row in table(archive, "沿革")] == ["东政字〔2026〕8号"]
    assert [row["事项"] for row in table(archive, "变更")] == ["古城社区合并/撤销"]


def test_every_column_of_a_part_is_in_its_sheet(clerk: User, community: Community) -> None:
    archive = written(clerk, community)
    technical = {"id", "version", "is_demo"}

    for name, model in (
        ("年度数据", AnnualFacts),
        ("小区", Estate),
        ("网格", Grid),
        ("组织", Organisation),
        ("电子档案", ArchiveEntry),
    ):
        wanted = [
            field.verbose_name
            for field in model._meta.concrete_fields
            if field.name not in technical and not field.is_relation
        ]
        assert sorted(csv_rows(archive.read(f"{name}.csv"))[0]) == sorted(wanted)


def test_history_then_every_change_with_its_fields(clerk: User, community: Community) -> None:
    Estate.objects.filter(community=community).update(households=600)

    rows = table(written(clerk, community), "修改记录")

    changed = [row for row in rows if row["办理"] == "修改" and row["记录"] == "小区"]
    assert [(row["名称"], row["项目"], row["原来"], row["现在"]) for row in changed] == [
        ("古城社区小区", "户数", "500", "600")
    ]
    assert {row["记录"] for row in rows} >= {"社区", "小区", "楼栋", "网格", "材料", "责任人"}
    assert [row for row in rows if "湖南" in "".join(row.values())] == []


def test_papers_then_the_bytes_that_were_uploaded(clerk: User, community: Community) -> None:
    archive = written(clerk, community)
    rows = table(archive, "材料")

    assert len(rows) == 3
    for row in rows:
        content = archive.read(row["在本档案中"])
        assert sha256(content).hexdigest() == row["SHA-256"]
        assert len(content) == int(row["字节数"])
    assert {row["属于"] for row in rows} == {
        "本社区",
        "电子档案：重阳节",
        "变更：古城社区合并/撤销",
    }
    assert any(name.endswith("-活动：照片_.docx") for name in archive.namelist())


def test_sums_then_those_of_every_other_member(clerk: User, community: Community) -> None:
    archive = written(clerk, community)

    lines = archive.read("校验.txt").decode().splitlines()
    assert dict(line.split("  ", 1)[::-1] for line in lines) == {
        name: sha256(archive.read(name)).hexdigest()
        for name in archive.namelist()
        if name != "校验.txt"
    }


def test_pages_then_link_to_members_only_and_load_and_run_nothing(
    clerk: User, community: Community
) -> None:
    archive = written(clerk, community)
    names = set(archive.namelist())

    linked = set()
    for name in (name for name in names if name.endswith(".html")):
        page = Links(archive.read(name).decode())
        folder = name.rpartition("/")[0]
        for address in page.addresses:
            target = unquote(address)
            linked.add(target.removeprefix("../") if folder else target)
        assert page.names & {"script", "img", "iframe", "form", "style"} == set()
    assert linked == names - {"校验.txt"}


def test_act_then_plan_table_steps_in_words_and_nothing_runs(
    clerk: User, community: Community
) -> None:
    archive = written(clerk, community)
    [name] = [name for name in archive.namelist() if name.startswith("变更/")]

    page = archive.read(name).decode()

    assert "371502001001 古城社区居委会" in page
    assert "371502001009 新城社区居委会" in page
    assert "2,847" in page
    assert "补材料<br>户数划转：户数不符<br>新城社区居委会：名称不妥" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_dossier_when_written_twice_then_the_same_bytes(clerk: User, community: Community) -> None:
    first, second = (written(clerk, community).fp.getvalue() for _ in range(2))  # type: ignore[union-attr]

    assert first == second


def test_papers_beyond_the_limit_then_listed_with_the_reason(
    clerk: User, community: Community
) -> None:
    first, _, third = Paper.objects.filter(pk__in=own_papers(community))

    archive = written(clerk, community, limit=first.size + third.size)

    rows = {int(row["编号"]): row for row in table(archive, "材料")}
    assert bool(rows[first.pk]["在本档案中"])
    left_out = [row for row in rows.values() if not row["在本档案中"]]
    assert {row["未收入的原因"] for row in left_out} == {"超过1KB的总量，另行下载"}
    page = archive.read("目录.html").decode()
    assert f"3件材料中有{len(left_out)}件没有收入，原因见下表" in page
    assert "没有收入：超过1KB的总量，另行下载" in page


def test_paper_that_is_damaged_then_listed_and_not_enclosed(
    clerk: User, community: Community
) -> None:
    paper = Paper.objects.get(community=community, archive_entry=None)
    with as_owner():
        PaperContent.objects.filter(code=CODE, sha256=paper.sha256).update(content=b"x")

    rows = {int(row["编号"]): row for row in table(written(clerk, community), "材料")}

    assert rows[paper.pk]["未收入的原因"] == "存储的内容已损坏，告诉系统管理员"
    assert rows[paper.pk]["在本档案中"] == ""
