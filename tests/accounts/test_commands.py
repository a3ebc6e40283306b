"""The commands that make accounts: the first administrator, and the demo accounts."""

import io
from pathlib import Path

import pytest
from django.contrib.auth.hashers import check_password
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import User
from tests.factories import make_user

ADMINISTRATOR = "create_first_administrator"
GOOD = "Blue-horse-battery-7"


@pytest.fixture(autouse=True)
def as_owner(db: None) -> None:
    connection.cursor().execute("RESET ROLE")


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_first_administrator_takes_the_password_from_standard_input(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    typed(monkeypatch, f"{GOOD}\n")

    call_command(ADMINISTRATOR, username="chief", scope="3715", stdout=io.StringIO())

    user = User.objects.get()
    assert (user.username, user.scope, user.role_id) == ("chief", "3715", "administrator")
    assert user.check_password(GOOD)
    assert user.password_expired is False


def test_first_administrator_with_a_made_password_changes_it_first() -> None:
    out = io.StringIO()

    call_command(ADMINISTRATOR, username="chief", generate=True, stdout=out)

    user = User.objects.get()
    assert user.check_password(out.getvalue().strip().removeprefix("chief: "))
    assert user.password_expired is True


def test_first_administrator_with_a_poor_password_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    typed(monkeypatch, "short\n")

    with pytest.raises(CommandError, match="密码只有5位"):
        call_command(ADMINISTRATOR, username="chief")

    assert User.objects.count() == 0


def test_second_administrator_is_made_in_the_admin() -> None:
    make_user("administrator", "0")

    with pytest.raises(CommandError, match="已有系统管理员"):
        call_command(ADMINISTRATOR, username="chief", generate=True)


def test_demo_accounts_get_random_passwords_in_a_private_file(tmp_path: Path) -> None:
    file = tmp_path / "demo-accounts.txt"

    call_command("load_demo_accounts", file=file, stdout=io.StringIO())

    lines = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]
    hashes = dict(User.objects.values_list("username", "password"))
    assert file.stat().st_mode & 0o777 == 0o600
    assert len({line[1] for line in lines}) == len(lines) == len(hashes) == 11
    assert all(check_password(line[1], hashes[line[0]]) for line in lines)
    assert {user.role_id for user in User.objects.all()} == {
        "street_clerk",
        "street_reviewer",
        "district_officer",
        "district_finance",
        "city_officer",
        "city_finance",
        "auditor",
        "administrator",
    }


def test_demo_accounts_that_are_there_stay_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "demo-accounts.txt"
    call_command("load_demo_accounts", file=file, stdout=io.StringIO())
    before = file.read_text(encoding="utf-8")
    User.objects.filter(username="gulou").delete()

    call_command("load_demo_accounts", file=file, stdout=io.StringIO())

    after = file.read_text(encoding="utf-8")
    assert len(after.splitlines()) == len(before.splitlines())
    assert set(before.splitlines()) - set(after.splitlines()) == {
        line for line in before.splitlines() if line.startswith("gulou\t")
    }


@pytest.mark.parametrize(("again", "made"), [(GOOD, True), ("Other-window-mountain-9", False)])
def test_first_administrator_is_asked_twice_at_a_terminal(
    monkeypatch: pytest.MonkeyPatch, again: str, made: bool
) -> None:
    answers = iter([GOOD, again])
    terminal = io.StringIO("chief\n")
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", terminal)
    monkeypatch.setattr(
        "accounts.management.commands.create_first_administrator.getpass", lambda _: next(answers)
    )

    try:
        call_command(ADMINISTRATOR, stdout=io.StringIO())
        said = ""
    except CommandError as error:
        said = str(error)

    assert User.objects.filter(username="chief").exists() is made
    assert said == ("" if made else "两次填写的密码不同 · the two passwords differ")
