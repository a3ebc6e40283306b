"""Papers as people find them: the list of a community, downloads."""

import logging
from datetime import date
from hashlib import sha256
from typing import Any
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import AccessLog, User
from accounts.scope import scope
from communities.models import Community, Lineage, Paper, PaperContent
from communities.services.papers import withdraw_paper
from tests.conftest import Browse
from tests.factories import as_owner, make_community, make_entry, make_paper
from tests.paper_samples import docx, pdf, png
from tests.papers_world import AT, GUCHENG, LIST, make_act
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def gucheng(db: None) -> Community:
    return make_community()


def titles(client: Client, query: str = "") -> list[str]:
    return [row.title for row in client.get(f"{LIST}{query}").context["rows"]]


def test_list_then_own_papers_those_of_entries_and_of_acts_newest_first(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    make_paper(gucheng, "一.pdf", at=AT)
    make_paper(archive_entry=make_entry(gucheng, "重阳节活动"), name="二.pdf", at=AT.replace(day=3))
    make_paper(act=make_act(clerk, gucheng), name="三.pdf", at=AT.replace(day=4))
    make_paper(act=make_act(clerk), name="不相干.pdf")
    make_paper(make_community("371502001002", "湖南社区居委会"), "别处.pdf")

    client = browse(clerk)

    assert titles(client) == ["三", "二", "一"]
    page = client.get(LIST).content.decode()
    assert "重阳节活动" in page
    assert "撤销古城社区" in page


def test_list_of_an_act_s_result_then_papers_of_the_act(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    successor = make_community("371502001009", "新城社区居委会", valid_from=date(2026, 5, 1))
    merged = make_act(clerk, gucheng)
    made = make_act(
        clerk,
        effective_on=date(2026, 5, 1),
        plan={"communities": [], "successors": [{"code": successor.code}]},
    )
    Lineage.objects.create(
        community=successor,
        code=successor.code,
        relation="predecessor",
        other=gucheng,
        other_code=GUCHENG,
        other_name=gucheng.name,
        act=merged,
        kind="merge",
        doc_no="x",
        effective_on=date(2026, 5, 1),
    )
    make_paper(act=merged, name="合并.pdf", at=AT)
    make_paper(act=made, name="设立.pdf")

    rows = browse(clerk).get(f"/communities/{successor.code}/papers/").context["rows"]

    assert [row.title for row in rows] == ["设立", "合并"]


def test_list_of_a_clerk_then_without_papers_of_the_district_s_acts(
    browse: Browse, clerk: User, district_officer: User, gucheng: Community
) -> None:
    with scope("0"):
        act = make_act(district_officer, gucheng)
    make_paper(act=act, name="区里.pdf")

    assert titles(browse(clerk)) == []
    assert titles(browse(district_officer)) == ["区里"]


def test_list_when_filtered_then_one_kind(browse: Browse, clerk: User, gucheng: Community) -> None:
    make_paper(gucheng, "批复.pdf")
    make_paper(gucheng, "照片.png", kind="photo", content=png())
    client = browse(clerk)

    assert titles(client, "?kind=photo") == ["照片"]
    assert len(titles(client, "?kind=%00")) == 2
    assert "没有“song”这个类别，已不按它筛选" in client.get(f"{LIST}?kind=song").content.decode()
    assert "没有这一类别的材料" in client.get(f"{LIST}?kind=map").content.decode()


def test_list_then_papers_taken_down_only_on_request(
    browse: Browse, clerk: User, district_finance: User, gucheng: Community
) -> None:
    paper = make_paper(gucheng)
    withdraw_paper(paper=paper, at=AT, reason="传错文件")
    link = f"/communities/papers/{paper.pk}/"

    assert titles(browse(clerk)) == []
    page = browse(clerk).get(f"{LIST}?withdrawn=1").content.decode()
    assert "2026-03-02：传错文件" in page
    assert link in page
    assert f"{link}withdraw/" not in page
    assert link not in browse(district_finance).get(f"{LIST}?withdrawn=1").content.decode()


def test_list_without_papers_then_says_the_next_step(
    browse: Browse, clerk: User, auditor: User, gucheng: Community
) -> None:
    assert (
        "批复、四至图、会议记录、证书和照片都可以上传" in browse(clerk).get(LIST).content.decode()
    )
    page = browse(auditor).get(LIST).content.decode()
    assert "还没有材料" in page
    assert "上传材料" not in page


def test_list_then_the_same_number_of_queries_for_one_and_for_many_papers(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    client = browse(clerk)
    make_paper(archive_entry=make_entry(gucheng, "重阳节活动"))
    client.get(LIST)  # the session notes that the person was seen
    one = queries_of(client, LIST)
    for number in range(60):
        make_paper(gucheng, f"{number}.pdf")
    make_paper(act=make_act(clerk, gucheng), name="变更.pdf")

    assert queries_of(client, LIST) == one == 11
    assert len(titles(client)) == 50
    assert len(titles(client, "?page=2")) == 12


def test_list_then_never_reads_the_bytes(browse: Browse, clerk: User, gucheng: Community) -> None:
    make_paper(gucheng)

    with CaptureQueriesContext(connection) as asked:
        browse(clerk).get(LIST)

    assert [one["sql"] for one in asked.captured_queries if "papercontent" in one["sql"]] == []


def test_download_then_the_bytes_inert_and_logged(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    paper = make_paper(gucheng, "关于 设立的批复.pdf")

    answer = browse(clerk).get(f"/communities/papers/{paper.pk}/")

    assert sha256(answer.content).hexdigest() == paper.sha256
    assert answer["Content-Type"] == "application/pdf"
    assert unquote(answer["Content-Disposition"]) == (
        "attachment; filename*=UTF-8''关于 设立的批复.pdf"
    )
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    assert answer["ETag"] == f'"{paper.sha256}"'
    logged = AccessLog.objects.get(act="export")
    assert (logged.user, logged.target) == (clerk, f"材料{paper.pk} 关于 设立的批复.pdf")


def test_download_when_the_reader_has_it_then_not_sent_again(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    paper = make_paper(gucheng)

    answer = browse(clerk).get(
        f"/communities/papers/{paper.pk}/", headers={"If-None-Match": f'"{paper.sha256}"'}
    )

    assert (answer.status_code, answer.content) == (304, b"")


@pytest.mark.parametrize(
    ("name", "content", "disposition"),
    [
        ("a.pdf", pdf(), "inline"),
        ("a.png", png(), "inline"),
        ("a.docx", docx(), "attachment"),
    ],
)
def test_view_then_only_what_browsers_show_is_inline(
    browse: Browse, clerk: User, gucheng: Community, name: str, content: bytes, disposition: str
) -> None:
    paper = make_paper(gucheng, name, content=content)

    answer = browse(clerk).get(f"/communities/papers/{paper.pk}/?view=1")

    assert answer["Content-Disposition"].split(";")[0] == disposition
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 30])
def test_download_of_an_unknown_paper_then_not_found(browse: Browse, clerk: User, pk: str) -> None:
    assert browse(clerk).get(f"/communities/papers/{pk}/").status_code == 404


def test_download_of_another_street_then_not_found(
    browse: Browse, clerk_elsewhere: User, gucheng: Community
) -> None:
    paper = make_paper(gucheng)
    client = browse(clerk_elsewhere)

    assert client.get(f"/communities/papers/{paper.pk}/").status_code == 404
    assert client.get(LIST).status_code == 404
    assert not AccessLog.objects.filter(act="export").exists()


def test_row_security_hides_papers_and_bytes_of_others(gucheng: Community) -> None:
    make_paper(gucheng)

    with scope("371502002"):
        assert (Paper.objects.count(), PaperContent.objects.count()) == (0, 0)
    with scope("371502001"):
        assert (Paper.objects.count(), PaperContent.objects.count()) == (1, 1)


def test_download_of_damaged_bytes_then_a_page_says_so_and_it_is_logged(
    browse: Browse, clerk: User, gucheng: Community, caplog: pytest.LogCaptureFixture
) -> None:
    paper = make_paper(gucheng)
    with as_owner(), scope("0"):
        PaperContent.objects.update(content=b"something else")

    with caplog.at_level(logging.ERROR, "communities.views.papers"):
        answer = browse(clerk).get(f"/communities/papers/{paper.pk}/")

    assert answer.status_code == 503
    assert "“批复.pdf”存储的内容和上传时不一致" in answer.content.decode()
    assert f"paper {paper.pk}: its content is missing" in caplog.text
    assert not AccessLog.objects.filter(act="export").exists()


@pytest.mark.parametrize(
    ("person", "status"),
    [("clerk", 200), ("auditor", 200), ("district_officer", 200), ("district_finance", 404)],
)
def test_download_of_a_paper_that_was_taken_down_then_only_for_its_history(
    browse: Browse, gucheng: Community, request: Any, person: str, status: int
) -> None:
    paper = make_paper(gucheng)
    withdraw_paper(paper=paper, at=AT, reason="传错")

    client = browse(request.getfixturevalue(person))

    assert client.get(f"/communities/papers/{paper.pk}/").status_code == status
