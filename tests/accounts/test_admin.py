"""Users in the admin: who is shown, who may be appointed and changed, and what is never there."""

import pytest
from django.test import Client

from accounts.models import User
from tests.conftest import Browse
from tests.factories import make_user

LIST = "/admin/accounts/user/"
PASSWORD = "Green-window-mountain-4"
NEW = {
    "username": "wang.li",
    "display_name": "王丽",
    "office": "古楼街道办事处",
    "scope": "371502001",
    "role": "street_clerk",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


@pytest.fixture
def officer(city_officer: User, browse: Browse) -> Client:
    return browse(city_officer)


def test_list_shows_accounts_of_the_scope_only(officer: Client, administrator: User) -> None:
    make_user(username="gulou")
    make_user(username="xinqi", scope="330206002")

    shown = officer.get(LIST).context["cl"].result_list

    assert {user.username for user in shown} == {"city-officer.3715", "gulou"}


def test_new_account_changes_its_password_first(officer: Client) -> None:
    response = officer.post(f"{LIST}add/", NEW)

    user = User.objects.get(username="wang.li")
    assert response.status_code == 302
    assert user.check_password(PASSWORD)
    assert user.password_expired is True


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"scope": "330206002"}, "辖区“330206002”不在你的辖区“3715”内。改成以3715开头的代码"),
        ({"scope": "371502"}, "“街道经办人”的辖区代码应为9位，现在是6位"),
        ({"scope": "371"}, "辖区代码“371”的位数不对。填2、4、6、9或12位区划代码，全国填0"),
        ({"username": "王丽"}, "用户名“王丽”不合规则。用2至32个小写字母、数字、点、横线，字母开头"),
        ({"password1": "short", "password2": "short"}, "密码只有5位。加长到12位以上"),
        ({"password2": "Other-window-mountain-9"}, "两次填写的密码不同。重新填写第二遍"),
        ({"role": "administrator"}, "你不能授予这个角色。从列表里选一个"),
    ],
)
def test_wrong_account_is_refused_with_the_remedy(
    officer: Client, changed: dict[str, str], message: str
) -> None:
    response = officer.post(f"{LIST}add/", NEW | changed)

    assert response.status_code == 200
    assert message in response.content.decode().replace("&quot;", '"')
    assert not User.objects.filter(display_name="王丽").exists()


def change(client: Client, user: User, **changed: str) -> int:
    fields = {
        "username": user.username,
        "display_name": user.display_name,
        "office": user.office,
        "scope": user.scope,
        "role": user.role_id,
        "is_active": "on",
    }
    return client.post(f"{LIST}{user.pk}/change/", fields | changed).status_code


def test_account_can_be_moved_within_the_scope_and_switched_off(officer: Client) -> None:
    user = make_user()

    assert change(officer, user, scope="371502002", is_active="") == 302

    user.refresh_from_db()
    assert (user.scope, user.is_active) == ("371502002", False)


def test_account_cannot_be_moved_out_of_the_scope(officer: Client) -> None:
    user = make_user()

    assert change(officer, user, scope="330206002") == 200

    user.refresh_from_db()
    assert user.scope == "371502001"


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        ("administrator", "3715"),
        ("city_officer", "3715"),
        ("city_finance", "3715"),
        ("auditor", "3715"),
        ("auditor", "371502"),
    ],
)
def test_account_one_could_not_appoint_cannot_be_changed(
    officer: Client, role: str, scope: str
) -> None:
    user = make_user(role, scope, username="other")

    assert change(officer, user, office="别处") == 403
    assert officer.get(f"{LIST}{user.pk}/password/").status_code == 403


def test_nobody_changes_the_own_rights(administrator: User, browse: Browse) -> None:
    assert change(browse(administrator), administrator, scope="3715") == 403


def test_account_outside_the_scope_is_not_there(officer: Client) -> None:
    user = make_user(scope="330206002")

    assert officer.get(f"{LIST}{user.pk}/change/").status_code == 302
    assert officer.get(f"{LIST}{user.pk}/password/").status_code == 404


def test_password_set_in_the_admin_lasts_until_the_first_login(officer: Client) -> None:
    user = make_user()

    officer.post(
        f"{LIST}{user.pk}/password/",
        {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"},
    )

    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert user.password_expired is True


def test_auditor_reads_accounts_and_changes_none(auditor: User, browse: Browse) -> None:
    user = make_user()
    client = browse(auditor)

    assert client.get(f"{LIST}{user.pk}/change/").status_code == 200
    assert change(client, user, office="别处") == 403


def test_no_page_shows_a_password(officer: Client) -> None:
    user = make_user()

    text = officer.get(f"{LIST}{user.pk}/change/").content.decode()

    assert user.password not in text
    assert "md5$" not in text


def test_role_page_lists_what_its_holders_may_do(officer: Client) -> None:
    text = officer.get("/admin/accounts/role/city_officer/change/").content.decode()

    assert "县（市、区）财政经办人" in text
    assert "审计人员" not in text
    assert "修改用户" in text
    assert "Can " not in text
    assert "可以导入区划和社区" in text
