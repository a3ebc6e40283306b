"""Roles from their table, who may grant what, the access log, history of accounts."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import Error, IntegrityError, connection, transaction

from accounts.choices import AccessAct
from accounts.models import AccessLog, Role, User
from accounts.scope import scope
from accounts.services import check_grant, load_roles, record_access
from tests.factories import make_user

AT = datetime(2026, 11, 21, tzinfo=UTC)


def as_owner() -> None:
    connection.cursor().execute("RESET ROLE")


@pytest.mark.django_db
def test_load_roles_twice_leaves_eight_roles() -> None:
    as_owner()

    assert load_roles() == 8
    assert load_roles() == 8
    assert Role.objects.count() == 8


@pytest.mark.django_db
def test_load_roles_with_an_unknown_permission_says_where() -> None:
    as_owner()
    row = {
        "name": "甲",
        "description": "",
        "scope_lengths": [4],
        "grants": ["second"],
        "permissions": ["communities.fly"],
    }

    with pytest.raises(ValueError, match=r"\[first\]: unknown communities.fly, second"):
        load_roles(table={"first": row})


@pytest.mark.django_db
def test_application_cannot_change_roles() -> None:
    with pytest.raises(Error, match="permission denied"), transaction.atomic():
        Role.objects.update(name="甲")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "permission", "holds"),
    [
        ("street_clerk", "communities.change_annualfacts", True),
        ("street_clerk", "communities.change_community", False),
        ("street_clerk", "accounts.use_admin", False),
        ("auditor", "communities.view_annualfacts", True),
        ("auditor", "communities.change_annualfacts", False),
        ("administrator", "communities.change_annualfacts", False),
        ("city_officer", "accounts.change_user", True),
    ],
)
def test_permissions_come_from_the_role(role: str, permission: str, holds: bool) -> None:
    lengths = {"street_clerk": "371502001", "administrator": "0"}
    user = make_user(role, lengths.get(role, "3715"))

    assert user.has_perm(permission) is holds
    assert user.has_perms([permission, permission]) is holds


@pytest.mark.django_db
def test_auditor_and_finance_write_nothing() -> None:
    writing = {"add", "change", "delete", "import"}
    verbs = {
        permission.codename.split("_")[0]
        for role in Role.objects.filter(key__in=["auditor", "city_finance", "district_finance"])
        for permission in role.permissions.all()
    }

    assert verbs & writing == set()


@pytest.mark.django_db
def test_disabled_user_has_no_permission() -> None:
    user = make_user("city_officer", "3715")
    user.is_active = False

    assert user.has_perm("accounts.change_user") is False
    assert user.has_module_perms("accounts") is False
    assert user.is_staff is False


GRANTS = [
    ("administrator", "0", "administrator", "0", {}),
    ("administrator", "0", "city_officer", "3715", {}),
    ("city_officer", "3715", "street_clerk", "371502001", {}),
    (
        "city_officer",
        "3715",
        "administrator",
        "3715",
        {
            "role": [
                "你不能授予“系统管理员”。可授予的角色：街道经办人、街道审核人、县（市、区）民政经办人、"
                "县（市、区）财政经办人"
            ]
        },
    ),
    (
        "city_officer",
        "3715",
        "city_finance",
        "3715",
        {
            "role": [
                "你不能授予“市财政经办人”。可授予的角色：街道经办人、街道审核人、"
                "县（市、区）民政经办人、县（市、区）财政经办人"
            ]
        },
    ),
    (
        "city_officer",
        "3715",
        "auditor",
        "3715",
        {
            "role": [
                "你不能授予“审计人员”。可授予的角色：街道经办人、街道审核人、县（市、区）民政经办人、"
                "县（市、区）财政经办人"
            ]
        },
    ),
    ("administrator", "0", "city_finance", "3715", {}),
    ("administrator", "0", "auditor", "3715", {}),
    (
        "city_officer",
        "3715",
        "street_clerk",
        "330206002",
        {"scope": ["辖区“330206002”不在你的辖区“3715”内。改成以3715开头的代码"]},
    ),
    (
        "administrator",
        "3715",
        "auditor",
        "0",
        {"scope": ["辖区“0”不在你的辖区“3715”内。改成以3715开头的代码"]},
    ),
    (
        "city_officer",
        "3715",
        "street_clerk",
        "371502",
        {"scope": ["“街道经办人”的辖区代码应为9位，现在是6位"]},
    ),
    (
        "administrator",
        "3715",
        "auditor",
        "37",
        {"scope": ["辖区“37”不在你的辖区“3715”内。改成以3715开头的代码"]},
    ),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("giver", "own", "role", "given", "errors"), GRANTS)
def test_nobody_grants_more_than_the_own_scope_and_roles(
    giver: str, own: str, role: str, given: str, errors: dict[str, list[str]]
) -> None:
    by = make_user(giver, own)

    try:
        check_grant(by=by, role=Role.objects.get(key=role), scope=given)
        found = {}
    except ValidationError as error:
        found = error.message_dict

    assert found == errors


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", ["", "3", "371", "371502001001x", "３７１５"])
def test_scope_of_another_shape_is_refused_by_the_database(wrong: str) -> None:
    user = make_user()

    with pytest.raises((IntegrityError, Error)), transaction.atomic():
        User.objects.filter(pk=user.pk).update(scope=wrong)


@pytest.mark.django_db
def test_username_taken_twice_says_so() -> None:
    make_user(username="li.min")

    with pytest.raises(ValidationError) as error:
        make_user(username="LI.MIN")

    assert error.value.message_dict == {"username": ["这个用户名已经有人用了。换一个用户名"]}


@pytest.mark.django_db
def test_access_log_only_grows() -> None:
    entry = record_access(act=AccessAct.EXPORT, at=AT, target="x" * 300)

    assert len(entry.target) == 200
    for change in (AccessLog.objects.all().delete, entry.delete):
        with pytest.raises(Error, match=r"permission denied|Cannot"), transaction.atomic():
            change()
    with pytest.raises(Error, match=r"permission denied|Cannot"), transaction.atomic():
        AccessLog.objects.update(target="")


@pytest.mark.django_db
def test_access_log_of_the_owner_only_grows_too() -> None:
    record_access(act=AccessAct.EXPORT, at=AT)
    as_owner()

    with pytest.raises(Error, match="Cannot update or delete rows"), transaction.atomic():
        AccessLog.objects.update(target="")


def test_people_see_the_log_of_their_own_scope(
    clerk: User, city_officer: User, district_officer: User, administrator: User
) -> None:
    stranger = make_user("district_officer", "330206")
    for user in (clerk, stranger):
        record_access(act=AccessAct.LOGIN, at=AT, user=user)
    record_access(act=AccessAct.LOGIN_REFUSED, at=AT, username="nobody")

    seen = {
        user.scope: AccessLog.objects.for_user(user).count()
        for user in (clerk, district_officer, city_officer, stranger, administrator)
    }

    assert seen == {"371502001": 1, "371502": 1, "3715": 1, "330206": 1, "0": 3}


@pytest.mark.django_db
def test_history_of_a_user_holds_no_password_and_is_scoped() -> None:
    user = make_user()
    user.set_password("Other-window-mountain-4")
    user.office = "柳园街道办事处"
    user.save()

    events = list(user.events.order_by("pgh_id").values("pgh_label", "office"))
    with scope("330206"):
        hidden = user.events.count()

    assert events == [
        {"pgh_label": "insert", "office": "测试单位"},
        {"pgh_label": "update", "office": "柳园街道办事处"},
    ]
    assert hidden == 0
    assert "password" not in {field.name for field in user.events.model._meta.fields}
