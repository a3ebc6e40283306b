"""Who gets which dossier: rights, scope, what is not there, how much it asks the database."""

import io
import re
import zipfile
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AccessLog, User
from communities.models import (
    Building,
    ChangeAct,
    Community,
    Estate,
    Paper,
)
from communities.selectors.dossier import get_dossier
from communities.services.papers import withdraw_paper
from communities.tables.dossier import fit
from tests.conftest import Browse
from tests.dossier_world import (
    AT,
    CODE,
    PATH,
    SHEETS,
    TODAY,
    download,
    make_act,
    make_full_community,
    table,
)
from tests.factories import make_community, make_paper
from tests.files import csv_rows
from tests.paper_samples import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def community(clerk: User) -> Community:
    return make_full_community(clerk)


def test_dossier_of_a_clerk_then_a_zip_that_is_logged(
    browse: Browse, clerk: User, community: Community
) -> None:
    answer = browse(clerk).get(PATH)
    content = b"".join(answer.streaming_content)

    assert answer["Content-Type"] == "application/zip"
    named = unquote(answer["Content-Disposition"])
    assert re.fullmatch(r"attachment; filename\*=UTF-8''古城社区371502001001档案\d{8}\.zip", named)
    logged = AccessLog.objects.get(act="export")
    assert (logged.user, logged.target) == (clerk, named.split("''")[1])
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None


def test_paper_that_was_taken_down_then_enclosed_for_those_who_read_history(
    browse: Browse, clerk: User, auditor: User, district_finance: User, community: Community
) -> None:
    paper = Paper.objects.get(community=community, archive_entry=None)
    withdraw_paper(paper=paper, at=AT, reason="传错文件")

    def line(user: User) -> dict[str, str]:
        rows = table(download(browse(user)), "材料")
        return next(row for row in rows if int(row["编号"]) == paper.pk)

    assert line(clerk)["撤下原因"] == line(auditor)["撤下原因"] == "传错文件"
    assert line(clerk)["在本档案中"] == line(auditor)["在本档案中"] != ""
    assert line(district_finance)["在本档案中"] == ""
    assert line(district_finance)["未收入的原因"] == "已撤下，登记人员和审计人员可查阅"


def test_dossier_of_others_then_only_in_scope(
    browse: Browse, clerk_elsewhere: User, auditor: User, community: Community
) -> None:
    assert browse(clerk_elsewhere).get(PATH).status_code == 404
    assert not AccessLog.objects.filter(act="export").exists()
    assert download(browse(auditor)).testzip() is None


def test_dossier_of_a_clerk_then_without_the_district_s_act(
    browse: Browse, clerk: User, district_officer: User, community: Community
) -> None:
    act = ChangeAct.objects.create(
        kind="merge",
        code="371502",
        title="区里的变更",
        reason="x",
        plan={"communities": [community.pk], "successors": []},
        proposed_by=district_officer,
        proposed_at=AT,
    )
    make_paper(act=act, name="区里的请示.pdf", content=pdf(b"<< >>"))

    def names(user: User) -> str:
        return "".join(download(browse(user)).namelist())

    assert "区里" not in names(clerk)
    assert "区里的变更" in names(district_officer)
    assert "区里的请示.pdf" in names(district_officer)


def test_dossier_of_a_community_with_nothing_then_headings_and_a_plain_index(
    browse: Browse, clerk: User
) -> None:
    make_community()

    archive = download(browse(clerk))

    assert [name for name in SHEETS if len(csv_rows(archive.read(f"{name}.csv"))) == 1] == [
        name for name in SHEETS if name not in ("登记资料", "修改记录")
    ]
    page = archive.read("目录.html").decode()
    assert "没有变更" in page
    assert "没有材料" in page


def test_dossier_of_demo_data_then_says_so(browse: Browse, clerk: User) -> None:
    make_community(is_demo=True)

    assert "演示数据" in download(browse(clerk)).read("目录.html").decode()


def test_dossier_then_a_fixed_number_of_queries_without_the_papers_bytes(
    clerk: User, community: Community
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            get_dossier(clerk, community, TODAY)
        return len(queries.captured_queries)

    asked()  # what the person may do is read once
    one = asked()
    estate = Estate.objects.get(community=community)
    for number in range(30):
        Building.objects.create(
            community=community, code=CODE, estate=estate, name=f"{number}栋", households=1
        )
        make_paper(community, f"{number}.pdf", content=pdf(b"%d" % number), by=clerk)
    for _ in range(3):
        make_act(clerk, community)

    assert asked() == one


@pytest.mark.parametrize(
    ("name", "member"),
    [
        ("批复.pdf", "批复.pdf"),
        ('a<b>:"|?*\\/.pdf', "a_b_.pdf"),
        ("..", "无名"),
        ("x" * 200 + ".pdf", "x" * 76 + ".pdf"),
        ("合并 撤销", "合并_撤销"),
        ("批复\u202efdp.exe", "批复_fdp.exe"),
        ("批\x00\x07复\u200b.pdf", "批_复_.pdf"),
    ],
)
def test_name_of_a_member_fits_every_system(name: str, member: str) -> None:
    assert fit(name) == member
