"""Facts that were handed in, asked back: by whom, of whom, once a day."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import Message, User
from collection.services.asking_back import ask_back
from collection.services.facts import StepError
from communities.models import AnnualFacts
from tests.collection.form_world import open_round
from tests.collection.review_world import AT, YEAR, make_waiting, second_officer
from tests.conftest import Browse
from tests.factories import make_user
from tests.world import GUCHENG, load_texts

pytestmark = pytest.mark.django_db
PAGE = f"/communities/{GUCHENG}/{YEAR}/review/"


@pytest.fixture(autouse=True)
def texts(db: None) -> None:
    load_texts()


@pytest.fixture
def confirmed(clerk: User, district_officer: User) -> AnnualFacts:
    open_round()
    return make_waiting(
        GUCHENG, "confirmed", by=clerk, confirmed_by=district_officer, confirmed_at=AT
    )


def ask(facts: AnnualFacts, by: User, reason: str = "漏报租金凭证", hours: int = 0) -> int:
    return ask_back(facts=facts, by=by, reason=reason, url=PAGE, at=AT + timedelta(hours=hours))


def post(client: Client, reason: str) -> str:
    answer = client.post(f"{PAGE}ask/", {"reason": reason, "version": "1"}, follow=True)
    return answer.content.decode()


def test_confirmed_then_the_officers_of_the_district_are_told(
    confirmed: AnnualFacts, clerk: User, district_officer: User, city_officer: User
) -> None:
    other = second_officer()

    assert ask(confirmed, clerk) == 2

    sent = Message.objects.order_by("to")
    assert {one.to for one in sent} == {district_officer, other}
    assert {(one.text, one.url) for one in sent} == {
        (f"{clerk.office}申请撤销确认古城社区2026年度数据：漏报租金凭证", f"{PAGE}#unlock")
    }
    confirmed.refresh_from_db()
    assert (confirmed.status, confirmed.version) == ("confirmed", 1)


def test_asked_within_a_day_by_anybody_of_the_street_then_refused(
    confirmed: AnnualFacts, clerk: User
) -> None:
    colleague = make_user("street_clerk", "371502001", username="colleague")
    ask(confirmed, clerk)

    with pytest.raises(StepError, match="24小时内申请过，对方已收到消息"):
        ask(confirmed, colleague, hours=23)
    assert ask(confirmed, colleague, hours=25) == 1


@pytest.mark.parametrize(("status", "place"), [("submitted", "#decide"), ("reviewed", "#decide")])
def test_waiting_facts_then_whoever_has_them_is_told(
    clerk: User, reviewer: User, district_officer: User, status: str, place: str
) -> None:
    facts = make_waiting(GUCHENG, status, by=clerk)

    ask(facts, clerk)

    sent = Message.objects.get()
    assert sent.to == (reviewer if status == "submitted" else district_officer)
    assert (sent.text, sent.url) == (
        f"{clerk.office}申请退回修改古城社区2026年度数据：漏报租金凭证",
        PAGE + place,
    )


def test_confirmed_when_the_round_is_over_then_correction_is_named(
    clerk: User, district_officer: User
) -> None:
    facts = make_waiting(GUCHENG, "confirmed", by=clerk, confirmed_by=district_officer)

    with pytest.raises(StepError, match="没有进行中的填报任务，不能撤销确认，改走更正"):
        ask(facts, clerk)
    assert Message.objects.count() == 0


@pytest.mark.parametrize(
    ("status", "reason", "said"),
    [
        ("draft", "改数", "现在是“填报中”，直接修改数据"),
        ("reviewed", "", "没有写申请原因。写明要改什么、为什么"),
        ("reviewed", "改数", "办理的单位没有能收消息的账号，打电话联系"),
    ],
)
def test_what_cannot_be_asked_then_said(clerk: User, status: str, reason: str, said: str) -> None:
    with pytest.raises(StepError) as refused:
        ask(make_waiting(GUCHENG, status, by=clerk), clerk, reason)

    assert str(refused.value) == said


def test_page_then_the_clerk_sees_who_can_and_asks_once(
    confirmed: AnnualFacts, browse: Browse, clerk: User, district_officer: User
) -> None:
    web = browse(clerk)

    page = web.get(PAGE).content.decode()

    assert "要改走更正，由东昌府区民政局批准；填报任务结束前它也可以撤销确认" in page
    told = f"由{district_officer.office} {district_officer.display_name}办理"
    assert f"<h2>申请撤销确认</h2><small>{told}</small>" in page
    assert "古城社区2026年度数据的申请已发出，对方收到消息" in post(web, "漏报租金凭证")
    again = post(web, "还有一处")
    assert "24小时内申请过，对方已收到消息" in again
    assert "还有一处</textarea>" in again
    assert Message.objects.count() == 1


def test_page_when_no_reason_or_an_identity_number_then_422_with_what_was_typed(
    confirmed: AnnualFacts, browse: Browse, clerk: User
) -> None:
    web = browse(clerk)

    assert "没有写申请原因。写明要改什么、为什么" in post(web, " ")
    page = post(web, "张三11010519491231002X")
    assert "里面有居民身份证号（11…2X）" in page
    assert "张三11010519491231002X</textarea>" in page
    assert Message.objects.count() == 0


@pytest.mark.parametrize(
    ("person", "status"),
    [("reviewer", 403), ("district_officer", 403), ("auditor", 403), ("clerk_elsewhere", 404)],
)
def test_ask_without_the_right_or_out_of_scope_then_refused(
    confirmed: AnnualFacts,
    browse: Browse,
    request: pytest.FixtureRequest,
    person: str,
    status: int,
) -> None:
    web = browse(request.getfixturevalue(person))

    assert web.post(f"{PAGE}ask/", {"reason": "改数"}).status_code == status
    assert 'id="ask"' not in web.get(PAGE).content.decode()
