"""Papers as people add them and take them down."""

from datetime import date
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from communities.models import ChangeAct, Community, Paper
from communities.services.papers import withdraw_paper
from tests.conftest import Browse
from tests.factories import make_community, make_entry, make_paper
from tests.paper_samples import docx, pdf, png
from tests.papers_world import ADD, AT, GUCHENG, LIST, make_act, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def gucheng(db: None) -> Community:
    return make_community()


def test_add_page_of_a_clerk_then_asks_for_the_file(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    page = browse(clerk).get(ADD).content.decode()

    assert 'enctype="multipart/form-data"' in page
    assert 'accept=".pdf,.jpg,.jpeg,.png,.ofd,.docx,.xlsx"' in page
    assert "PDF、JPG、PNG、OFD、DOCX、XLSX，不超过20MB" in page


def test_upload_of_a_clerk_then_kept_and_said(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    client = browse(clerk)

    answer = upload(client)

    assert (answer.status_code, answer["Location"]) == (302, LIST)
    paper = Paper.objects.get()
    assert (paper.community, paper.archive_entry, paper.uploaded_by) == (gucheng, None, clerk)
    assert (paper.title, paper.doc_no, paper.issued_on) == (
        "设立批复",
        "东政字〔2026〕8号",
        date(2026, 3, 1),
    )
    page = client.get(LIST).content.decode()
    assert "已保存材料“设立批复”" in page
    assert f'<a href="/communities/papers/{paper.pk}/?view=1">设立批复</a>' in page


def test_upload_without_a_title_then_called_like_the_file(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    upload(browse(clerk), title="", file=SimpleUploadedFile("C:\\我的\\会议 记录.docx", docx()))

    paper = Paper.objects.get()
    assert (paper.title, paper.file_name) == ("会议 记录", "会议 记录.docx")


def test_upload_for_an_archive_entry_then_belongs_to_it(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    entry = make_entry(gucheng, "重阳节活动")

    upload(browse(clerk), f"{ADD}?entry={entry.pk}")

    assert Paper.objects.get().archive_entry == entry


@pytest.mark.parametrize("entry", ["999", "x", "٣", "9" * 30, "-1", "1 or 1"])
def test_upload_for_an_unknown_entry_then_not_found(
    browse: Browse, clerk: User, gucheng: Community, entry: str
) -> None:
    assert upload(browse(clerk), f"{ADD}?entry={entry}").status_code == 404
    assert Paper.objects.count() == 0


def test_upload_for_an_entry_of_another_community_then_not_found(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    elsewhere = make_entry(make_community("371502001002", "湖南社区居委会"))

    assert upload(browse(clerk), f"{ADD}?entry={elsewhere.pk}").status_code == 404


def test_upload_twice_with_one_form_then_one_paper_and_the_same_answer(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    client, key = browse(clerk), str(uuid4())

    answers = [upload(client, key=key) for _ in range(2)]

    assert [answer["Location"] for answer in answers] == [LIST, LIST]
    assert Paper.objects.count() == 1


def test_upload_anew_of_a_corrected_file_of_one_name_and_size_then_kept_as_well(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    client, key = browse(clerk), str(uuid4())
    first, corrected = pdf(b"<< /A 1 >>"), pdf(b"<< /A 2 >>")

    for content in (first, corrected):
        answer = upload(client, key=key, file=SimpleUploadedFile("批复.pdf", content))
        assert answer.status_code == 302

    papers = Paper.objects.order_by("pk")
    assert [paper.sha256 for paper in papers] == [
        sha256(content).hexdigest() for content in (first, corrected)
    ]


def test_upload_of_a_file_that_is_there_then_refused_with_the_one_that_has_it(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    client = browse(clerk)
    upload(client)

    answer = upload(client, file=SimpleUploadedFile("另一个名字.pdf", pdf()))

    assert answer.status_code == 422
    assert (
        "文件“另一个名字.pdf”和已有的材料“设立批复”（批复.pdf）内容相同。打开已有的，或选择别的文件"
        in answer.content.decode()
    )
    assert Paper.objects.count() == 1


def test_upload_of_a_file_that_was_taken_down_then_kept_anew(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    client = browse(clerk)
    upload(client)
    withdraw_paper(paper=Paper.objects.get(), at=AT, reason="传错")

    assert upload(client).status_code == 302
    assert Paper.objects.count() == 2


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"file": ""}, "选择文件"),
        ({"file": SimpleUploadedFile("空.pdf", b"")}, "文件“空.pdf”是空的（0字节）"),
        ({"file": SimpleUploadedFile("图.pdf", png())}, "实际是PNG图片，不是PDF文件"),
        ({"kind": ""}, "选择材料类别"),
        ({"doc_no": "8号"}, "文号“8号”不全"),
        ({"issued_on": "2198-01-01"}, "还没有到"),
        ({"title": "甲" * 101}, "写了101个字，最多100个字"),
    ],
)
def test_upload_with_a_mistake_then_said_and_nothing_lost(
    browse: Browse, clerk: User, gucheng: Community, values: dict[str, Any], sentence: str
) -> None:
    for value in values.values():
        if hasattr(value, "seek"):
            value.seek(0)

    answer = upload(browse(clerk), **values)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    if "title" not in values:
        assert 'value="设立批复"' in page
    assert Paper.objects.count() == 0


def test_upload_with_a_mistake_elsewhere_then_the_file_is_asked_for_again(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    page = upload(browse(clerk), kind="").content.decode()

    assert page.count("文件“批复.pdf”没有问题。改好别处，再选择一次这个文件") == 2


def test_upload_for_a_community_that_has_ended_then_sent_away(browse: Browse, clerk: User) -> None:
    make_community(valid_until=date(2020, 1, 1))
    client = browse(clerk)

    answer = upload(client)
    assert (answer.status_code, answer["Location"]) == (302, f"/communities/{GUCHENG}/profile/")
    assert Paper.objects.count() == 0
    assert "上传材料" not in client.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("person", "status"),
    [("clerk_elsewhere", 404), ("district_finance", 403), ("auditor", 403), ("reviewer", 302)],
)
def test_upload_of_others_then_only_who_may_register_here(
    browse: Browse, gucheng: Community, request: Any, person: str, status: int
) -> None:
    assert upload(browse(request.getfixturevalue(person))).status_code == status
    assert Paper.objects.count() == (status == 302)


def test_withdrawal_by_a_clerk_then_down_with_the_reason_and_said(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    paper = make_paper(gucheng)
    client, path, key = browse(clerk), f"/communities/papers/{paper.pk}/withdraw/", str(uuid4())

    assert "撤下原因" in client.get(path).content.decode()
    answers = [client.post(path, {"reason": "传错文件", "key": key}) for _ in range(2)]

    assert [answer["Location"] for answer in answers] == [LIST, LIST]
    paper.refresh_from_db()
    assert paper.withdrawn_because == "传错文件"
    event = paper.events.get(pgh_label="update")
    assert event.pgh_context.metadata["reason"] == "传错文件"
    assert event.pgh_context.metadata["user"] == clerk.pk
    assert "已撤下材料“批复”，原件和原因留存" in client.get(LIST).content.decode()
    assert client.get(path).status_code == 404
    assert client.post(path, {"reason": "又一次", "key": str(uuid4())}).status_code == 404


def test_withdrawal_of_two_papers_with_one_key_then_both_are_down(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    papers = [make_paper(gucheng), make_paper(gucheng, "另一.pdf")]
    client, key = browse(clerk), str(uuid4())

    for paper in papers:
        path = f"/communities/papers/{paper.pk}/withdraw/"
        assert client.post(path, {"reason": "传错", "key": key}).status_code == 302

    assert Paper.objects.filter(withdrawn_at=None).count() == 0


def test_withdrawal_with_a_key_that_is_none_then_down(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    path = f"/communities/papers/{make_paper(gucheng).pk}/withdraw/"

    assert browse(clerk).post(path, {"reason": "传错", "key": "x"}).status_code == 302
    assert Paper.objects.filter(withdrawn_at=None).count() == 0


def test_withdrawal_without_a_reason_then_asked_for(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    paper = make_paper(gucheng)

    answer = browse(clerk).post(f"/communities/papers/{paper.pk}/withdraw/", {"reason": " "})

    assert answer.status_code == 422
    assert "填写撤下原因" in answer.content.decode()
    paper.refresh_from_db()
    assert paper.withdrawn_at is None


def test_withdrawal_of_an_act_s_paper_then_only_while_the_proposer_works_at_it(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    act = make_act(clerk, gucheng)
    paper = make_paper(act=act)
    client = browse(clerk)

    page = client.get(f"/communities/papers/{paper.pk}/withdraw/")
    assert f'href="/communities/acts/{act.pk}/"' in page.content.decode()
    ChangeAct.objects.filter(pk=act.pk).update(state="submitted")
    assert client.get(f"/communities/papers/{paper.pk}/withdraw/").status_code == 404


def test_withdrawal_of_an_act_s_paper_then_by_its_office_only(
    browse: Browse, clerk: User, district_officer: User, gucheng: Community
) -> None:
    paper = make_paper(act=make_act(clerk, gucheng))
    path = f"/communities/papers/{paper.pk}/withdraw/"

    assert browse(district_officer).post(path, {"reason": "传错"}).status_code == 404
    answer = browse(clerk).post(path, {"reason": "传错"})
    assert answer["Location"] == f"/communities/acts/{paper.act_id}/"


@pytest.mark.parametrize(
    ("person", "status"), [("clerk_elsewhere", 404), ("auditor", 403), ("reviewer", 302)]
)
def test_withdrawal_by_others_then_only_who_may_register_here(
    browse: Browse, gucheng: Community, request: Any, person: str, status: int
) -> None:
    paper = make_paper(gucheng)

    client = browse(request.getfixturevalue(person))

    answer = client.post(f"/communities/papers/{paper.pk}/withdraw/", {"reason": "传错"})
    assert answer.status_code == status
    paper.refresh_from_db()
    assert (paper.withdrawn_at is not None) == (status == 302)
