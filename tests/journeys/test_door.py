"""Coming in: a wrong password, the right one, and a session that ran out meanwhile."""

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from accounts.models import User
from accounts.sessions import SEEN
from tests.journeys.conftest import Person


def end_sessions() -> None:
    """Let an hour go by for everybody who is logged in."""
    for session in Session.objects.all():
        store = SessionStore(session.session_key)
        store[SEEN] = store[SEEN] - 3600
        store.save()


def test_wrong_password_is_said_and_the_right_one_lets_in(person: Person, clerk: User) -> None:
    page = person.opens("/communities/371502001001/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("登录")
    person.looks()

    person.logs_in(clerk, password="wrong-password-1")
    expect(page.locator(".errors")).to_be_focused()
    expect(page.get_by_label("用户名")).to_have_value(clerk.username)
    expect(page.get_by_label("密码", exact=True)).to_have_value("")
    person.looks()
    person.logs_in(clerk)

    expect(page).to_have_url(f"{person.address}/communities/371502001001/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("古城社区")


def test_session_that_ran_out_leads_to_the_login_and_back_to_the_page(
    person: Person, clerk: User
) -> None:
    page = person.at(clerk, "/communities/")
    end_sessions()

    page.get_by_role("link", name="古城社区", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("登录")
    person.logs_in(clerk)

    expect(page).to_have_url(f"{person.address}/communities/371502001001/")


def test_session_that_ran_out_while_filtering_leads_to_the_login(
    person: Person, clerk: User
) -> None:
    page = person.at(clerk, "/communities/")
    end_sessions()

    page.locator(".filters [name=q]").press_sequentially("古城")

    expect(page.get_by_role("heading", level=1)).to_contain_text("登录")
    expect(page.locator("#ledger")).to_have_count(0)


def test_logging_out_then_closes_the_pages(person: Person, clerk: User) -> None:
    page = person.at(clerk, "/communities/")

    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("登录")
    page.go_back()

    expect(page.get_by_role("heading", level=1)).to_contain_text("登录")
