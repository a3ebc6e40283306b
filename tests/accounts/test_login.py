"""Login, lockout, session limits, password age, logout, and the log of all of them."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.conf import LazySettings
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.models import AccessLog, User
from tests.conftest import Browse
from tests.factories import PASSWORD, make_user

LOGIN = "/account/login/"
OWN_PASSWORD = "/account/password/"
LOGOUT = "/account/logout/"
NEW_PASSWORD = "Green-window-mountain-4"
SECOND = timedelta(seconds=1)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-11-21T08:00:00+08:00", tick=False) as traveller:
        yield traveller


def log_in(client: Client, username: str, password: str = PASSWORD, **more: str) -> HttpResponse:
    return client.post(LOGIN, {"username": username, "password": password}, **more)


def acts() -> list[tuple[str, str, str]]:
    return list(AccessLog.objects.order_by("pk").values_list("act", "result", "username"))


@pytest.mark.django_db
def test_no_default_account_in_a_fresh_database() -> None:
    assert User.objects.count() == 0

    response = log_in(Client(), "admin", "admin")

    assert response.status_code == 200
    assert "_auth_user_id" not in response.wsgi_request.session


def test_login_leads_home_and_is_logged(clerk: User) -> None:
    response = log_in(Client(REMOTE_ADDR="10.1.2.3"), clerk.username)

    assert response.status_code == 302
    assert response["Location"] == "/"
    assert acts() == [("login", "done", clerk.username)]
    assert AccessLog.objects.get().address == "10.1.2.3"
    assert AccessLog.objects.get().user == clerk


def test_login_takes_capital_letters_in_the_name(clerk: User) -> None:
    assert log_in(Client(), clerk.username.upper()).status_code == 302


def test_login_with_a_wrong_password_says_what_to_do_and_is_logged(clerk: User) -> None:
    response = log_in(Client(), clerk.username, "wrong")

    assert "用户名或密码不对。检查大小写和输入法，再登录一次" in response.content.decode()
    assert acts() == [("login_refused", "refused", clerk.username)]


def test_login_of_nobody_keeps_no_typed_name(db: None) -> None:
    log_in(Client(), "My-password-typed-here")

    assert acts() == [("login_refused", "refused", "（没有这个账号）")]


def test_login_redirect_stays_local(clerk: User) -> None:
    response = Client().post(
        LOGIN,
        {"username": clerk.username, "password": PASSWORD, "next": "https://evil.example/"},
    )

    assert response["Location"] == "/"


def test_session_key_changes_on_login(clerk: User) -> None:
    client = Client()
    client.session["planted"] = True
    client.session.save()
    before = client.session.session_key

    log_in(client, clerk.username)

    assert client.session.session_key != before


def test_disabled_user_is_out_at_once(clerk: User, browse: Browse) -> None:
    client = browse(clerk)
    assert client.get(OWN_PASSWORD).status_code == 200

    User.objects.filter(pk=clerk.pk).update(is_active=False)

    assert client.get(OWN_PASSWORD).status_code == 302
    assert log_in(Client(), clerk.username).status_code == 200


def test_csrf_needed(clerk: User) -> None:
    client = Client(enforce_csrf_checks=True)

    assert log_in(client, clerk.username).status_code == 403
    assert "_auth_user_id" not in client.session


def lock(clerk: User, client: Client) -> HttpResponse:
    for _ in range(4):
        assert log_in(client, clerk.username, "wrong").status_code == 200
    return log_in(client, clerk.username, "wrong")


def test_fifth_wrong_password_locks_account_and_address(clerk: User) -> None:
    client = Client(REMOTE_ADDR="10.0.0.1")

    response = lock(clerk, client)

    assert response.status_code == 429
    assert "15分钟后再登录" in response.content.decode()
    assert log_in(client, clerk.username).status_code == 429
    assert acts()[-2:] == [
        ("lockout", "refused", clerk.username),
        ("lockout", "refused", clerk.username),
    ]


def test_lock_leaves_other_addresses_and_accounts_free(clerk: User, reviewer: User) -> None:
    lock(clerk, Client(REMOTE_ADDR="10.0.0.1"))

    assert log_in(Client(REMOTE_ADDR="10.0.0.2"), clerk.username).status_code == 302
    assert log_in(Client(REMOTE_ADDR="10.0.0.1"), reviewer.username).status_code == 302


def test_lock_ends_after_the_wait(clerk: User, clock: time_machine.Traveller) -> None:
    client = Client(REMOTE_ADDR="10.0.0.1")
    lock(clerk, client)

    clock.shift(timedelta(minutes=15) + SECOND)

    assert log_in(client, clerk.username).status_code == 302


@pytest.mark.parametrize(
    ("pause", "status"), [(timedelta(minutes=29), 200), (timedelta(minutes=31), 302)]
)
def test_idle_session_ends_after_half_an_hour(
    clerk: User, clock: time_machine.Traveller, browse: Browse, pause: timedelta, status: int
) -> None:
    client = browse(clerk)
    client.get(OWN_PASSWORD)

    clock.shift(pause)

    assert client.get(OWN_PASSWORD).status_code == status


def test_busy_session_ends_after_twelve_hours(
    clerk: User, clock: time_machine.Traveller, browse: Browse
) -> None:
    client = browse(clerk)
    client.get(OWN_PASSWORD)
    for _ in range(36):
        clock.shift(timedelta(minutes=20))
        assert client.get(OWN_PASSWORD).status_code == 200

    clock.shift(timedelta(minutes=1))
    response = client.get(OWN_PASSWORD)

    assert response["Location"] == f"{LOGIN}?next={OWN_PASSWORD}"
    assert Session.objects.count() == 0
    assert acts() == [("timeout", "done", clerk.username)]


def test_fragment_of_an_ended_session_sends_the_browser_to_the_login(
    clerk: User, clock: time_machine.Traveller, browse: Browse
) -> None:
    client = browse(clerk)
    client.get(OWN_PASSWORD)
    clock.shift(timedelta(minutes=31))

    response = client.get(OWN_PASSWORD, headers={"HX-Request": "true"})

    assert response["HX-Redirect"] == LOGIN


def test_pages_in_quick_order_write_the_session_once(
    clerk: User, clock: time_machine.Traveller, browse: Browse
) -> None:
    client = browse(clerk)
    client.get(OWN_PASSWORD)
    seen = client.session["seen_at"]

    clock.shift(timedelta(seconds=29))
    client.get(OWN_PASSWORD)
    unchanged = client.session["seen_at"]
    clock.shift(SECOND)
    client.get(OWN_PASSWORD)

    assert unchanged == seen
    assert client.session["seen_at"] == seen + 30


def test_logout_deletes_the_session_row(clerk: User, browse: Browse) -> None:
    client = browse(clerk)
    cookie = client.cookies["sessionid"].value

    client.post(LOGOUT)
    client.cookies["sessionid"] = cookie

    assert Session.objects.count() == 0
    assert client.get(OWN_PASSWORD).status_code == 302
    assert acts() == [("logout", "done", clerk.username)]


def test_logout_needs_post(clerk: User, browse: Browse) -> None:
    assert browse(clerk).get(LOGOUT).status_code == 405


@pytest.mark.parametrize(("age", "expired"), [(89, False), (90, True), (91, True)])
def test_password_is_good_for_ninety_days(clerk: User, age: int, expired: bool) -> None:
    clerk.password_changed_at = timezone.now() - timedelta(days=age)

    assert clerk.password_expired is expired


def test_expired_password_opens_only_its_own_page(browse: Browse) -> None:
    client = browse(make_user(changed_at=timezone.now() - timedelta(days=91)))

    assert client.get(OWN_PASSWORD).status_code == 200
    assert client.get("/")["Location"] == OWN_PASSWORD
    assert client.get("/admin/")["Location"] == OWN_PASSWORD
    assert client.post(LOGOUT).status_code == 302


def test_password_set_by_somebody_else_is_expired(db: None) -> None:
    assert make_user(changed_at=None).password_expired is True


def change(client: Client, old: str = PASSWORD, new: str = NEW_PASSWORD, again: str = "") -> str:
    fields = {"old_password": old, "new_password1": new, "new_password2": again or new}
    response = client.post(OWN_PASSWORD, fields)
    return str(response.get("Location", "")) or response.content.decode()


def test_password_change_ends_other_sessions_and_is_logged(clerk: User, browse: Browse) -> None:
    here, there = browse(clerk), browse(clerk)

    assert change(here) == "/"

    assert here.get(OWN_PASSWORD).status_code == 200
    assert there.get(OWN_PASSWORD).status_code == 302
    assert log_in(Client(), clerk.username, NEW_PASSWORD).status_code == 302
    assert acts()[0] == ("password_change", "done", clerk.username)


def test_password_change_restarts_its_age(browse: Browse) -> None:
    user = make_user(changed_at=None)

    change(browse(user))
    user.refresh_from_db()

    assert user.password_expired is False


@pytest.mark.parametrize(
    ("old", "new", "again", "message"),
    [
        ("wrong", NEW_PASSWORD, "", "原密码不对。重新填写"),
        (PASSWORD, NEW_PASSWORD, "Other-window-4xyz", "两次填写的新密码不同。重新填写第二遍"),
        (PASSWORD, PASSWORD, "", "新密码和原密码相同。换一个"),
        (PASSWORD, "short", "", "密码只有5位。加长到12位以上"),
    ],
)
def test_password_change_refused_says_why(
    clerk: User, browse: Browse, old: str, new: str, again: str, message: str
) -> None:
    assert message in change(browse(clerk), old, new, again)


def test_refused_page_is_logged_after_the_request(clerk: User, browse: Browse) -> None:
    browse(clerk).get("/admin/", REMOTE_ADDR="10.1.2.3")

    entry = AccessLog.objects.get()

    assert (entry.act, entry.result, entry.user) == ("denial", "refused", clerk)
    assert (entry.target, entry.address) == ("GET /admin/", "10.1.2.3")


def test_forged_forwarded_address_is_not_believed(clerk: User) -> None:
    log_in(Client(REMOTE_ADDR="10.1.2.3"), clerk.username, headers={"X-Forwarded-For": "8.8.8.8"})

    assert AccessLog.objects.get().address == "10.1.2.3"


def test_request_number_of_the_proxy_is_kept_and_a_bad_one_replaced(
    clerk: User, settings: LazySettings
) -> None:
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    log_in(Client(), clerk.username, headers={"X-Request-ID": "edge-7"})
    log_in(Client(), clerk.username, headers={"X-Request-ID": "x\ny"})

    first, second = AccessLog.objects.order_by("pk").values_list("request_id", flat=True)

    assert first == "edge-7"
    assert re.fullmatch("[0-9a-f]{32}", second)


def test_request_number_of_a_stranger_is_not_believed(clerk: User, settings: LazySettings) -> None:
    settings.TRUSTED_PROXIES = ["172.30.0.2"]
    headers = {"X-Request-ID": "edge-7", "Request-Number": "edge-8"}
    log_in(Client(), clerk.username, headers=headers)

    assert re.fullmatch("[0-9a-f]{32}", AccessLog.objects.get().request_id)
