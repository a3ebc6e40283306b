"""Messages within the site: for whom, read once, and by e-mail after the commit."""

import logging
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core import mail

from accounts import messages
from accounts.messages import (
    Note,
    holders,
    mark_read,
    newest,
    notify,
    notify_holders,
    notify_office,
    offices,
    send,
)
from accounts.models import Message, User
from tests.conftest import Browse
from tests.factories import make_user
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)
ADD, REVIEW = "communities.add_annualfacts", "communities.review_annualfacts"
PAGE, READ = "/account/messages/", "/account/messages/read/"


def texts(user: User) -> list[str]:
    return list(Message.objects.for_user(user).values_list("text", flat=True))


def sent() -> list[Any]:
    """The e-mails of the thread that sends them, when it is done."""
    messages.post.submit(int).result()
    return mail.outbox


def test_office_then_only_its_holders_of_the_right_are_told(
    clerk: User, clerk_elsewhere: User, reviewer: User, district_officer: User
) -> None:
    told = notify_office(code="371502001", permission=ADD, text="甲", url="/collect/", at=AT)

    assert told == 1
    assert [texts(one) for one in (clerk, clerk_elsewhere, reviewer, district_officer)] == [
        ["甲"],
        [],
        [],
        [],
    ]


def test_holders_then_offices_inside_the_scope_are_told_but_one(
    clerk: User, clerk_elsewhere: User, reviewer: User
) -> None:
    told = notify_holders(permission=ADD, scope="371502", text="甲", url="", at=AT, but=clerk)

    assert (told, texts(clerk), texts(clerk_elsewhere), texts(reviewer)) == (1, [], ["甲"], [])


def test_inactive_account_is_told_nothing(clerk: User) -> None:
    clerk.is_active = False
    clerk.save(update_fields=["is_active"])

    assert list(holders(ADD)) == []
    assert notify(to=[clerk], text="甲", url="", at=AT) == 0


def test_offices_then_people_by_code_in_one_query(
    clerk: User, clerk_elsewhere: User, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        found = offices(["371502001", "371502002", "371502003"], ADD)

    assert found == {"371502001": [clerk], "371502002": [clerk_elsewhere]}


def test_same_note_twice_then_one_message(clerk: User) -> None:
    assert send(notes=[Note(clerk, "甲", "/"), Note(clerk, "甲", "/")], at=AT) == 1


@pytest.mark.parametrize("url", ["https://example.com/", "//example.com/", "javascript:alert(1)"])
def test_url_of_another_site_is_refused(clerk: User, url: str) -> None:
    with pytest.raises(ValueError, match="not a path of this site"):
        notify(to=[clerk], text="甲", url=url, at=AT)


def test_long_text_is_cut(clerk: User) -> None:
    notify(to=[clerk], text="长" * 201, url="", at=AT)

    assert texts(clerk) == ["长" * 199 + "…"]


def test_mark_read_then_own_ones_only(clerk: User, reviewer: User) -> None:
    notify(to=[clerk, reviewer], text="甲", url="", at=AT)
    of_reviewer = Message.objects.get(to=reviewer)

    assert mark_read(user=clerk, at=AT, message=of_reviewer.pk) == 0
    assert mark_read(user=clerk, at=AT) == 1
    assert mark_read(user=clerk, at=AT) == 0
    assert [len(newest(one, 3)) for one in (clerk, reviewer)] == [0, 1]


# e-mail


def test_email_goes_to_those_with_an_address_after_the_commit(
    clerk: User, reviewer: User, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.SITE_ADDRESS = "https://shequ.example.cn"
    clerk.email = "limin@example.cn"
    clerk.save(update_fields=["email"])

    with django_capture_on_commit_callbacks(execute=True):
        notify(to=[clerk, reviewer], text="2026年度数据退回修改", url="/collect/?year=2026", at=AT)
        assert mail.outbox == []

    (letter,) = sent()
    assert (letter.to, letter.subject, letter.body) == (
        ["limin@example.cn"],
        "社区保障管理系统提醒",
        "2026年度数据退回修改\n\nhttps://shequ.example.cn/collect/?year=2026\n",
    )


def test_email_without_the_site_s_address_holds_no_link(
    clerk: User, django_capture_on_commit_callbacks: Any
) -> None:
    clerk.email = "limin@example.cn"
    with django_capture_on_commit_callbacks(execute=True):
        notify(to=[clerk], text="甲", url="/collect/", at=AT)

    assert [one.body for one in sent()] == ["甲\n\n登录社区保障管理系统查看\n"]


def test_no_server_is_configured_then_no_email(
    clerk: User, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    clerk.email = "limin@example.cn"

    with django_capture_on_commit_callbacks(execute=True) as waiting:
        notify(to=[clerk], text="甲", url="", at=AT)

    assert waiting == []
    assert texts(clerk) == ["甲"]


def test_server_that_does_not_answer_is_logged_without_an_address(
    clerk: User,
    settings: Any,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    clerk.email = "limin@example.cn"

    with caplog.at_level(logging.ERROR), django_capture_on_commit_callbacks(execute=True):
        notify(to=[clerk], text="甲", url="", at=AT)
    messages.post.submit(int).result()

    assert caplog.messages == ["1 e-mails were not sent: ConnectionRefusedError"]


# pages


def test_page_shows_unread_and_leads_on_when_opened(browse: Browse, clerk: User) -> None:
    notify(to=[clerk], text="古城社区退回修改", url="/communities/", at=AT)
    client = browse(clerk)
    message = Message.objects.get()

    page = client.get(PAGE).content.decode()
    assert "1条未读" in page
    assert '<b class="unread"><span class="vh">未读</span>1<span class="vh">条</span></b>' in page
    opened = client.post(READ, {"message": message.pk})

    assert (opened.status_code, opened["Location"]) == (302, "/communities/")
    page = client.get(PAGE).content.decode()
    assert '<a href="/communities/">古城社区退回修改</a>' in page
    assert 'class="unread"' not in page


def test_all_read_says_how_many(browse: Browse, clerk: User) -> None:
    for text in "甲乙":
        notify(to=[clerk], text=text, url="", at=AT)

    page = browse(clerk).post(READ, follow=True).content.decode()

    assert "2条消息已标为已读" in page
    assert Message.objects.unread().count() == 0


@pytest.mark.parametrize("number", ["x", "-1", "１", "9" * 19, "9" * 40])
def test_unknown_message_is_not_found(browse: Browse, clerk: User, number: str) -> None:
    assert browse(clerk).post(READ, {"message": number}).status_code == 404


def test_message_of_another_is_not_found(browse: Browse, clerk: User, reviewer: User) -> None:
    notify(to=[reviewer], text="甲", url="/", at=AT)
    message = Message.objects.get()

    assert browse(clerk).post(READ, {"message": message.pk}).status_code == 404
    assert Message.objects.unread().count() == 1


def test_page_asks_as_many_queries_for_30_messages_as_for_one(browse: Browse, clerk: User) -> None:
    client = browse(clerk)
    notify(to=[clerk], text="甲", url="", at=AT)
    client.get(PAGE)  # the first one of a session stores its time
    one = queries_of(client, PAGE)
    send(notes=[Note(clerk, f"第{number}条") for number in range(30)], at=AT)

    assert queries_of(client, PAGE) == one


def test_number_of_unread_costs_no_query_of_its_own(browse: Browse, clerk: User) -> None:
    client = browse(clerk)
    client.get("/communities/acts/")  # the first one of a session stores its time
    none = queries_of(client, "/communities/acts/")
    notify(to=[clerk], text="甲", url="", at=AT)

    assert queries_of(client, "/communities/acts/") == none


# the own account


def test_account_shows_who_one_is(browse: Browse, clerk: User) -> None:
    page = browse(clerk).get("/account/").content.decode()

    assert "街道经办人" in page
    assert "371502001" in page


def test_account_keeps_an_address_and_takes_it_away(browse: Browse, clerk: User) -> None:
    client = browse(clerk)

    page = client.post("/account/", {"email": " limin@example.cn "}, follow=True)
    assert "已保存电子邮箱limin@example.cn" in page.content.decode()
    clerk.refresh_from_db()
    assert clerk.email == "limin@example.cn"

    page = client.post("/account/", {"email": ""}, follow=True)
    assert "已保存，不再发到电子邮箱" in page.content.decode()
    clerk.refresh_from_db()
    assert clerk.email == ""


def test_account_with_a_wrong_address_keeps_what_was_typed(browse: Browse, clerk: User) -> None:
    answer = browse(clerk).post("/account/", {"email": "李敏@"})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "电子邮箱写法不对。写成名字@单位.cn这样" in page
    assert 'value="李敏@"' in page


def test_account_changes_nobody_else(browse: Browse, clerk: User) -> None:
    other = make_user(username="other")

    browse(clerk).post("/account/", {"email": "limin@example.cn", "pk": other.pk, "scope": "0"})

    clerk.refresh_from_db()
    other.refresh_from_db()
    assert (clerk.scope, other.email) == ("371502001", "")
