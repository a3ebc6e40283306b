"""Photos and papers: added to a record by who may, downloaded in scope, taken down with reason."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, transaction

from accounts.models import AccessLog, User
from communities.models import Community
from facilities.models import CorrectionOrder, Premises, SpacePaper, SpacePaperContent
from facilities.selectors.papers import OWNERS, papers_of
from facilities.services.papers import add_paper, withdraw_paper
from tests.conftest import Browse
from tests.factories import make_community
from tests.paper_samples import pdf
from tests.space_factories import (
    AT,
    make_inspection,
    make_order,
    make_premises,
    make_project,
    make_space_paper,
)

ON = date(2026, 11, 22)


@pytest.fixture
def premises(db: None) -> Premises:
    return make_premises(make_community())


def sent(name: str = "门头.pdf", content: bytes = b"", **more: str) -> dict[str, Any]:
    file = SimpleUploadedFile(name, content or pdf(b"photo"))
    return {"file": file, "kind": "photo", "taken_on": "2026-11-01"} | more


def test_paper_of_premises_is_added_shown_and_downloaded(
    premises: Premises, clerk: User, auditor: User, browse: Browse
) -> None:
    path = f"/premises/papers/new/premises/{premises.pk}/"

    answer = browse(clerk).post(path, sent())

    paper = SpacePaper.objects.get()
    assert answer["Location"] == f"/premises/{premises.pk}/"
    assert (paper.premises, paper.title, paper.code, paper.taken_on, paper.uploaded_by) == (
        premises,
        "门头",
        "371502001001",
        date(2026, 11, 1),
        clerk,
    )
    assert bytes(SpacePaperContent.objects.get().content) == pdf(b"photo")
    assert "门头" in browse(auditor).get(f"/premises/{premises.pk}/").content.decode()
    got = browse(auditor).get(f"/premises/papers/{paper.pk}/?view=1")
    assert (got.status_code, got.content) == (200, pdf(b"photo"))
    assert got["Content-Disposition"].startswith("inline")
    assert "sandbox" in got["Content-Security-Policy"]
    assert AccessLog.objects.filter(target=f"用房材料{paper.pk} 门头.pdf").count() == 1


def test_paper_twice_or_not_what_it_says_is_refused_in_words(
    premises: Premises, clerk: User, browse: Browse
) -> None:
    path = f"/premises/papers/new/premises/{premises.pk}/"
    browse(clerk).post(path, sent())

    same = browse(clerk).post(path, sent("另一张.pdf"))
    other = browse(clerk).post(path, sent("程序.pdf", b"MZ..."))
    mobile = browse(clerk).post(path, sent("丙.pdf", pdf(b"c"), title="联系13806351234"))

    assert (same.status_code, other.status_code, mobile.status_code) == (422, 422, 422)
    assert "和已有的“门头”内容相同" in same.content.decode()
    assert "里面有手机号" in mobile.content.decode()
    assert SpacePaper.objects.count() == 1


def test_double_click_adds_one_paper(premises: Premises, clerk: User, browse: Browse) -> None:
    path = f"/premises/papers/new/premises/{premises.pk}/"
    key = str(browse(clerk).get(path).context["form"]["key"].value())

    answers = [browse(clerk).post(path, sent(key=key)) for _ in range(2)]

    assert [one.status_code for one in answers] == [302, 302]
    assert SpacePaper.objects.count() == 1


def test_who_may_not_write_an_owner_adds_nothing(
    premises: Premises,
    clerk_elsewhere: User,
    reviewer: User,
    auditor: User,
    visitor: None,
    browse: Browse,
) -> None:
    path = f"/premises/papers/new/premises/{premises.pk}/"

    people = (clerk_elsewhere, reviewer, auditor, visitor)
    statuses = [browse(one).post(path, sent()).status_code for one in people]

    assert statuses == [404, 403, 403, 302]
    assert browse(reviewer).get("/premises/papers/new/nothing/1/").status_code == 404
    assert SpacePaper.objects.count() == 0


def test_paper_is_taken_down_with_a_reason_and_read_by_registrars_only(
    premises: Premises, clerk: User, district_finance: User, browse: Browse
) -> None:
    paper = make_space_paper(premises, by=clerk)
    path = f"/premises/papers/{paper.pk}/withdraw/"

    missing = browse(clerk).post(path, {"reason": ""})
    browse(clerk).post(path, {"reason": "传错文件"})

    assert missing.status_code == 422
    paper.refresh_from_db()
    assert paper.withdrawn_because == "传错文件"
    assert browse(clerk).get(f"/premises/papers/{paper.pk}/").status_code == 200
    assert browse(district_finance).get(f"/premises/papers/{paper.pk}/").status_code == 404
    assert papers_of(district_finance, "premises", premises) == []
    assert papers_of(clerk, "premises", premises)[0].withdrawn_because == "传错文件"
    assert browse(clerk).get(path).status_code == 404


def test_paper_of_a_project_stands_under_its_street(clerk: User, clerk_elsewhere: User) -> None:
    project = make_project()

    paper = make_space_paper(project, "project", by=clerk)

    assert (paper.code, paper.community) == ("371502001", None)
    assert SpacePaperContent.objects.get().code == "371502001"
    assert papers_of(clerk_elsewhere, "project", project) == []
    assert len(papers_of(clerk, "project", project)) == 1


def test_paper_of_an_ended_community_or_a_wrong_record_is_refused(
    premises: Premises, clerk: User
) -> None:
    file = SimpleUploadedFile("甲.pdf", pdf(b"a"))
    common: dict[str, Any] = {"file": file, "kind": "photo", "by": clerk, "at": AT, "on": ON}
    with pytest.raises(TypeError):
        add_paper(owner="project", record=premises, **common)
    Community.objects.update(valid_until=date(2026, 1, 1))
    premises = Premises.objects.select_related("community").get()

    with pytest.raises(ValidationError, match="已于2026-01-01撤销"):
        add_paper(owner="premises", record=premises, **common)


def test_owners_are_those_of_the_model() -> None:
    columns = {field.name for field in SpacePaper._meta.fields if field.null and field.is_relation}

    assert set(OWNERS) == columns - {"community"}


def test_paper_of_a_wider_office_then_a_street_does_not_take_it_down(
    premises: Premises, clerk: User, district_officer: User, browse: Browse
) -> None:
    paper = make_space_paper(premises, by=district_officer)
    path = f"/premises/papers/{paper.pk}/withdraw/"
    client = browse(clerk)

    client.post(path, {"reason": "不要了"})

    assert SpacePaper.objects.get().withdrawn_at is None
    assert "由上级撤下" in client.get(f"/premises/{premises.pk}/").content.decode()
    assert [one.removable for one in papers_of(clerk, "premises", premises)] == [False]
    browse(district_officer).post(path, {"reason": "不要了"})
    assert SpacePaper.objects.get().withdrawn_because == "不要了"


def test_photo_of_a_settled_order_then_it_stays(premises: Premises, clerk: User) -> None:
    order = make_order(make_inspection(premises, "occupied"))
    paper = make_space_paper(order, "order", by=clerk)
    CorrectionOrder.objects.update(state="cancelled", closed_by=clerk, closed_at=AT)
    paper = SpacePaper.objects.get()

    with pytest.raises(ValidationError, match="整改通知已撤销，材料留存，不再撤下"):
        withdraw_paper(paper=paper, reason="不要了", by=clerk, at=AT, on=ON)


@pytest.mark.parametrize(
    ("column", "value"), [("sha256", "x"), ("uploaded_by", None), ("withdrawn_at", None)]
)
def test_what_a_paper_is_then_the_database_keeps_it(
    premises: Premises, column: str, value: str | None
) -> None:
    make_space_paper(premises)
    SpacePaper.objects.update(withdrawn_at=AT, withdrawn_because="传错")

    with pytest.raises(Error, match=r"Cannot update|stays down"), transaction.atomic():
        SpacePaper.objects.update(**{column: value})


def test_paper_then_it_never_belongs_to_another_record(premises: Premises) -> None:
    make_space_paper(premises)
    other = make_premises(premises.community, "活动室")

    with pytest.raises(Error, match="Cannot update"), transaction.atomic():
        SpacePaper.objects.update(premises=other)


def test_unknown_owner_then_only_who_adds_papers_is_told(
    auditor: User, clerk: User, browse: Browse
) -> None:
    path = "/premises/papers/new/nothing/1/"

    assert [browse(one).get(path).status_code for one in (auditor, clerk)] == [403, 404]
