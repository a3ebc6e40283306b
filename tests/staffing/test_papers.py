"""Papers of acts: kept under a number, downloaded and recorded."""

import pytest
from django.test import Client

from accounts.choices import AccessAct
from accounts.models import AccessLog, User
from communities.models import Community
from staffing.models import (
    StaffPaper,
    StaffPaperContent,
)
from tests.conftest import Browse
from tests.paper_samples import pdf
from tests.posted import errors_of, opened
from tests.staff_factories import (
    make_act,
    make_person,
)
from tests.staffing.act_desk import ACTS, file, followed

pytestmark = pytest.mark.django_db


def with_paper(client: Client, community: Community) -> StaffPaper:
    act = make_act(make_person(), community)
    path = f"{ACTS}{act.pk}/papers/new/"
    answer = client.post(path, opened(client, path) | {"kind": "decision", "file": file()})
    assert answer.status_code == 302
    return StaffPaper.objects.get()


def test_paper_then_downloaded_under_its_number_and_recorded(
    community: Community, clerk: User, browse: Browse
) -> None:
    client = browse(clerk)
    paper = with_paper(client, community)

    answer = client.get(f"/staff/papers/{paper.pk}/")

    assert answer.content == pdf()
    assert answer["Content-Disposition"] == (
        f"attachment; filename*=UTF-8''%E6%9D%90%E6%96%99-{paper.pk}.pdf"
    )
    assert "sandbox" in answer["Content-Security-Policy"]
    log = AccessLog.objects.get(act=AccessAct.EXPORT)
    assert (log.user_id, log.target) == (clerk.pk, f"材料-{paper.pk}.pdf")


def test_paper_twice_then_kept_once(community: Community, clerk: User, browse: Browse) -> None:
    client = browse(clerk)
    paper = with_paper(client, community)
    path = f"{ACTS}{paper.act_id}/papers/new/"

    said = followed(
        client, client.post(path, opened(client, path) | {"kind": "other", "file": file("b.pdf")})
    )

    assert "这份材料已经上传过，没有再存" in said
    assert StaffPaperContent.objects.count() == 1


@pytest.mark.parametrize("name", ["a.docx", "a.exe", "a"])
def test_paper_of_another_type_then_refused_without_its_name(
    name: str, community: Community, clerk: User, browse: Browse
) -> None:
    client, act = browse(clerk), make_act(make_person(), community)
    path = f"{ACTS}{act.pk}/papers/new/"
    sent = opened(client, path) | {"kind": "other", "file": file(f"王小红{name}", b"MZ")}

    answer = client.post(path, sent)

    assert len(errors_of(answer)) == 1
    assert "王小红a" not in answer.content.decode()


def test_paper_of_another_street_or_without_the_right_then_not_seen(
    community: Community, clerk: User, clerk_elsewhere: User, district_finance: User,
    browse: Browse,
) -> None:  # fmt: skip
    paper = with_paper(browse(clerk), community)

    assert browse(clerk_elsewhere).get(f"/staff/papers/{paper.pk}/").status_code == 404
    assert browse(district_finance).get(f"/staff/papers/{paper.pk}/").status_code == 403
