"""Steps of change acts that meet: a paper and a review, two submissions, an old form, a draft."""

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from accounts.scope import scope
from communities.models import ActStep, ChangeAct, Community, Paper
from communities.services.acts import NotNowError, add_act_paper
from communities.services.papers import withdraw_paper
from tests.act_steps import (
    ACTS,
    AT,
    drafted,
    passed,
    propose_by_page,
    rename,
    submit,
    submitted,
    take,
    text,
)
from tests.conftest import Browse
from tests.factories import make_community, make_facts, make_paper, make_user
from tests.paper_samples import pdf

SEEN_BEFORE = "你打开以后，这件变更有了新的办理。看过最新情况再办理"


def add_paper(client: Client, act: ChangeAct, name: str = "四至图.pdf") -> HttpResponse:
    form = {"key": str(uuid4()), "kind": "map", "file": SimpleUploadedFile(name, pdf())}
    return client.post(f"{ACTS}{act.pk}/papers/add/", form)


@pytest.mark.django_db
def test_paper_that_is_added_during_the_review_then_nobody_passes_without_it(
    browse: Browse, clerk: User, district_officer: User, gucheng: Community, hunan: Community
) -> None:
    street, district = browse(clerk), browse(district_officer)
    act = submit(street, gucheng, hunan)

    assert add_paper(street, act).status_code == 302
    answer = take(district, act, "pass", version=str(act.version))

    assert SEEN_BEFORE in text(answer, 409)
    assert take(district, act, "pass").status_code == 302


@pytest.mark.django_db
def test_paper_of_a_draft_then_the_draft_stays_the_version_that_is_being_filled_in(
    browse: Browse, clerk: User, gucheng: Community, hunan: Community
) -> None:
    client = browse(clerk)
    act = propose_by_page(client, gucheng, hunan)

    assert add_paper(client, act).status_code == 302

    act.refresh_from_db()
    assert (act.version, Paper.objects.get().act_id) == (1, act.pk)


@pytest.mark.django_db
def test_paper_when_the_act_went_on_meanwhile_then_not_kept(
    clerk: User, district_officer: User, gucheng: Community
) -> None:
    act = submitted(clerk, drafted(clerk, rename(gucheng)))
    passed(district_officer, act)
    file = SimpleUploadedFile("四至图.pdf", pdf())

    with scope(clerk.scope), pytest.raises(NotNowError, match="现在是待批复，材料没有保存"):
        add_act_paper(act=act, by=clerk, at=AT, file=file, kind="map")

    assert not Paper.objects.exists()


@pytest.mark.django_db
def test_paper_of_an_act_that_was_submitted_meanwhile_then_not_taken_down(
    clerk: User, gucheng: Community
) -> None:
    act = drafted(clerk, rename(gucheng))
    paper = make_paper(act=act, by=clerk)
    submitted(clerk, act)

    with scope(clerk.scope), pytest.raises(ValidationError) as refused:
        withdraw_paper(paper=paper, at=AT, reason="传错文件")

    assert refused.value.messages == ["“古城社区更名”现在是待审查，材料没有撤下"]
    paper.refresh_from_db()
    assert paper.withdrawn_at is None


@pytest.mark.django_db
def test_step_that_is_sent_again_after_a_return_then_said_where_the_act_is(
    browse: Browse, clerk: User, district_officer: User, gucheng: Community, hunan: Community
) -> None:
    street, district = browse(clerk), browse(district_officer)
    act = propose_by_page(street, gucheng, hunan)
    form = {"key": str(uuid4()), "version": "1"}
    path = f"{ACTS}{act.pk}/submit/"

    first = street.post(path, form)
    twice = text(street.get(street.post(path, form)["Location"]))
    take(district, act, "return", comment="补材料")
    again = text(street.get(street.post(path, form)["Location"]))

    assert first.status_code == 302
    assert "已提交审查" in twice
    assert "这一步先前办过，没有再办。“古城社区、湖南社区合并为古城社区”现在是已退回" in again
    assert "已提交审查" not in again


@pytest.mark.django_db
def test_return_that_is_sent_again_in_the_next_round_then_said_where_the_act_is(
    browse: Browse, clerk: User, district_officer: User, gucheng: Community, hunan: Community
) -> None:
    street, district = browse(clerk), browse(district_officer)
    act = submit(street, gucheng, hunan)
    form = {"key": str(uuid4()), "version": "2", "comment": "补材料"}
    path = f"{ACTS}{act.pk}/return/"
    assert "已退回修改" in text(district.get(district.post(path, form)["Location"]))
    take(street, act, "submit")

    again = text(district.get(district.post(path, form)["Location"]))

    assert "没有再办" in again
    assert "已退回修改" not in again
    assert ActStep.objects.filter(act=act, kind="return").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_acts_on_a_community_that_are_submitted_at_one_time_then_one_is() -> None:
    clerk = make_user()
    community = make_community()
    make_facts(community, 2026)
    acts = [drafted(clerk, rename(community, f"{name}社区居委会")) for name in ("甲", "乙")]
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(clerk, backend="accounts.backends.RoleBackend")
    start = threading.Barrier(2)

    def send(client: Client, act: ChangeAct) -> int:
        start.wait()
        try:
            form = {"key": str(uuid4()), "version": "1"}
            return client.post(f"{ACTS}{act.pk}/submit/", form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        answers = sorted(both.map(send, clients, acts))

    assert answers == [302, 422]
    with scope("0"):
        states = sorted(ChangeAct.objects.values_list("state", flat=True))
    assert states == ["draft", "submitted"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("person", "reads"),
    [
        ("reviewer", True),
        ("district_officer", True),
        ("auditor", True),
        ("district_finance", False),
    ],
)
def test_draft_then_for_offices_that_propose_and_for_those_that_audit(
    person: str,
    reads: bool,
    browse: Browse,
    clerk: User,
    gucheng: Community,
    request: pytest.FixtureRequest,
) -> None:
    act = drafted(clerk, rename(gucheng))
    paper = make_paper(act=act, by=clerk)
    client = browse(request.getfixturevalue(person))
    places = (f"{ACTS}{act.pk}/", f"{ACTS}{act.pk}/print/", f"/communities/papers/{paper.pk}/")

    assert [client.get(path).status_code for path in places] == [200 if reads else 404] * 3
    for path in (ACTS, f"/communities/{gucheng.code}/acts/"):
        assert ("古城社区更名" in text(client.get(path))) is reads

    submitted(clerk, act)
    assert client.get(places[0]).status_code == 200
