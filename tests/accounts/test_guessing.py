"""Guessed passwords: one counter for all spellings of a name, and an end to guesses at the own."""

from itertools import product

import pytest
from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.http import HttpResponse
from django.test import Client, RequestFactory

from accounts.models import AccessLog, User
from tests.conftest import Browse
from tests.factories import PASSWORD, make_user

LOGIN = "/account/login/"
OWN_PASSWORD = "/account/password/"
WRONG = "wrong"
NEW = "Green-window-mountain-4"


def log_in(client: Client, username: str, password: str = WRONG) -> HttpResponse:
    return client.post(LOGIN, {"username": username, "password": password})


def acts() -> list[tuple[str, str, str]]:
    return list(AccessLog.objects.order_by("pk").values_list("act", "result", "username"))


def spellings(name: str) -> list[str]:
    return ["".join(letters) for letters in product(*((c.lower(), c.upper()) for c in name))]


def test_login_when_every_spelling_is_tried_then_one_counter(db: None) -> None:
    make_user(username="limin")
    client = Client()

    statuses = [log_in(client, name).status_code for name in spellings("limin")]

    assert statuses == [200] * 4 + [429] * 28
    assert [*AccessAttempt.objects.values_list("username", flat=True)] == ["limin"]
    assert log_in(client, "limin", PASSWORD).status_code == 429


@pytest.mark.parametrize(
    ("credentials", "counted"),
    [({"username": " LI.Min"}, "li.min"), (None, "typed"), ({"username": None}, ""), ({}, "typed")],
)
def test_counted_username_then_one_spelling_of_the_credentials_or_of_the_form(
    credentials: dict[str, str] | None, counted: str
) -> None:
    request = RequestFactory().post(LOGIN, {"username": "ＴＹＰＥＤ"})

    assert get_client_username(request, credentials) == counted


@pytest.mark.parametrize("name", ["ｌｉｍｉｎ", " limin ", "\u3000LIMIN", "limin\n", "LiMiN"])
def test_login_when_written_otherwise_then_counted_and_let_in_as_the_same(
    db: None, name: str
) -> None:
    make_user(username="limin")
    client = Client()

    assert log_in(client, name).status_code == 200
    assert [*AccessAttempt.objects.values_list("username", flat=True)] == ["limin"]
    assert log_in(client, name, PASSWORD).status_code == 302


def test_login_when_a_name_is_refused_then_each_name_has_its_own_counter(db: None) -> None:
    make_user(username="limin")
    client = Client()
    for _ in range(5):
        log_in(client, "wang.li")

    assert log_in(client, "limin", PASSWORD).status_code == 302


@pytest.mark.parametrize(
    "name", ["\0", "limin\0", "x" * 256, "x" * 100_000, "\x1f" * 300, "ﷺ" * 300]
)
def test_login_when_the_name_is_hostile_then_refused_and_logged(db: None, name: str) -> None:
    assert log_in(Client(), name).status_code == 200

    assert acts() == [("login_refused", "refused", "（没有这个账号）")]


@pytest.mark.parametrize("field", ["password", "next", "other"])
def test_login_when_another_field_has_a_nul_then_refused(clerk: User, field: str) -> None:
    sent = {"username": clerk.username, "password": "wrong", field: "a\0b"}

    assert Client().post(LOGIN, sent).status_code == 200
    assert acts() == [("login_refused", "refused", clerk.username)]


def change(client: Client, old: str) -> HttpResponse:
    fields = {"old_password": old, "new_password1": NEW, "new_password2": NEW}
    return client.post(OWN_PASSWORD, fields)


def test_old_password_when_five_times_wrong_then_the_session_ends(
    clerk: User, browse: Browse
) -> None:
    client = browse(clerk)

    statuses = [change(client, f"guess-{number}").status_code for number in range(5)]

    assert statuses == [200, 200, 200, 200, 302]
    assert client.get(OWN_PASSWORD)["Location"] == f"{LOGIN}?next={OWN_PASSWORD}"
    assert "原密码5次不对，已退出。重新登录" in client.get(LOGIN).content.decode()
    assert acts() == [("password_change", "refused", clerk.username)] * 5 + [
        ("logout", "refused", clerk.username)
    ]
    clerk.refresh_from_db()
    assert clerk.check_password(PASSWORD)


def test_old_password_when_right_the_fifth_time_then_changed(clerk: User, browse: Browse) -> None:
    client = browse(clerk)
    for number in range(4):
        change(client, f"guess-{number}")

    assert change(client, PASSWORD)["Location"] == "/"


def test_old_password_when_another_session_had_five_wrong_then_this_one_may_try(
    clerk: User, browse: Browse
) -> None:
    stolen, own = browse(clerk), browse(clerk)
    for number in range(5):
        change(stolen, f"guess-{number}")

    assert stolen.get(OWN_PASSWORD).status_code == 302
    assert own.get(OWN_PASSWORD).status_code == 200


def test_new_password_when_wrong_then_no_try_is_counted(clerk: User, browse: Browse) -> None:
    client = browse(clerk)
    fields = {"old_password": PASSWORD, "new_password1": "short", "new_password2": "short"}

    statuses = [client.post(OWN_PASSWORD, fields).status_code for _ in range(6)]

    assert statuses == [200] * 6
    assert acts() == []
