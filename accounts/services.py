"""Writes of accounts: roles from their table, users and their rights, passwords, the access log."""

import secrets
import string
import tomllib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.choices import AccessAct, AccessResult
from accounts.models import AccessLog, Role, SubmittedForm, User
from accounts.scope import contains
from accounts.typed import clean_username, without_controls

ROLES_FILE = Path(__file__).with_name("roles.toml")
# No letters or digits that are mistaken for each other on paper (0 O 1 l I).
LETTERS = "".join(set(string.ascii_letters) - set("OlI"))
DIGITS = "23456789"
SIGNS = "-_.:#%+="
UNKNOWN_ACCOUNT = "（没有这个账号）"


@transaction.atomic
def load_roles(*, table: dict[str, dict[str, Any]] | None = None) -> int:
    """Make the roles in the database those of roles.toml, and return their number.

    Holders keep their role; a role that left the table stays while somebody holds it.
    Raises ValueError for a permission or a granted role that does not exist.
    """
    table = table or tomllib.loads(ROLES_FILE.read_text(encoding="utf-8"))
    known = {
        f"{app}.{codename}": pk
        for pk, app, codename in Permission.objects.values_list(
            "pk", "content_type__app_label", "codename"
        )
    }
    for order, (key, row) in enumerate(table.items()):
        unknown = [name for name in row["permissions"] if name not in known]
        unknown += [role for role in row["grants"] if role not in table]
        if unknown:
            raise ValueError(f"roles.toml, [{key}]: unknown {', '.join(unknown)}")
        role, _ = Role.objects.update_or_create(
            key=key,
            defaults={
                "name": row["name"],
                "description": row["description"],
                "order": order,
                "scope_lengths": row["scope_lengths"],
            },
        )
        role.permissions.set([known[name] for name in row["permissions"]])
    for key, row in table.items():
        Role.objects.get(key=key).grants.set(row["grants"])
    return len(table)


def check_grant(*, by: User, role: Role, scope: str) -> None:
    """Refuse to give a role or a scope that the giver may not give.

    Raises ValidationError with messages for the fields `role` and `scope`.
    """
    errors: dict[str, str] = {}
    if not by.role.grants.filter(pk=role.pk).exists():
        allowed = "、".join(by.role.grants.values_list("name", flat=True)) or "无"
        errors["role"] = f"你不能授予“{role.name}”。可授予的角色：{allowed}"
    if not contains(by.scope, scope):
        errors["scope"] = f"辖区“{scope}”不在你的辖区“{by.scope}”内。改成以{by.scope}开头的代码"
    elif len(scope) not in role.scope_lengths:
        lengths = "、".join("0（全国）" if n == 1 else f"{n}位" for n in role.scope_lengths)
        errors["scope"] = f"“{role.name}”的辖区代码应为{lengths}，现在是{len(scope)}位"
    if errors:
        raise ValidationError(errors)


def make_password(length: int = 16) -> str:
    """Return a random password that meets the rules of accounts.passwords."""
    kinds = (string.ascii_lowercase, string.ascii_uppercase, DIGITS, SIGNS)
    letters = [secrets.choice(sorted(set(kind) & set(LETTERS + DIGITS + SIGNS))) for kind in kinds]
    pool = LETTERS + DIGITS + SIGNS
    letters += [secrets.choice(pool) for _ in range(length - len(letters))]
    secrets.SystemRandom().shuffle(letters)
    return "".join(letters)


def create_user(
    *,
    username: str,
    display_name: str,
    office: str,
    scope: str,
    role: str,
    password: str,
    changed_at: datetime | None,
) -> User:
    """Add one account and return it; the password is stored as it is, checked by the caller.

    `changed_at` None makes the person choose another password at the first login.
    Raises ValidationError when a field is wrong or the name is taken.
    """
    user = User(
        username=username.lower(),
        display_name=display_name,
        office=office,
        scope=scope,
        role_id=role,
        password_changed_at=changed_at,
    )
    user.set_password(password)
    user.full_clean()
    user.save()
    return user


def change_password(*, user: User, password: str, at: datetime) -> None:
    """Store a person's own new password; other sessions of the account end with it."""
    user.set_password(password)
    user.password_changed_at = at
    user.save(update_fields=["password", "password_changed_at"])


def change_email(*, user: User, email: str) -> None:
    """Store a person's own address for reminders; '' for none."""
    user.email = email
    user.save(update_fields=["email"])


def wrong_old_passwords(*, user: int, since: datetime) -> int:
    """Return how often the old password was wrong since a moment; `user` is the account's key.

    The account's row stays locked until the transaction ends: tries at one time are all counted.
    """
    User.objects.select_for_update(no_key=True).get(pk=user)
    return AccessLog.objects.filter(
        user_id=user, act=AccessAct.PASSWORD_CHANGE, result=AccessResult.REFUSED, at__gte=since
    ).count()


def record_access(
    *,
    act: AccessAct,
    at: datetime,
    result: AccessResult = AccessResult.DONE,
    user: User | None = None,
    username: str = "",
    address: str | None = None,
    target: str = "",
    request_id: str = "",
) -> AccessLog:
    """Add one line to the access log and return it.

    Of a name that nobody has only the fact is kept: people type passwords into that field.
    """
    if user is None and username:
        user = User.objects.filter(username=clean_username(username)).first()
        username = user.username if user else UNKNOWN_ACCOUNT
    return AccessLog.objects.create(
        act=act,
        at=at,
        result=result,
        user=user,
        username=user.username if user else username,
        address=address,
        target=without_controls(target)[:200],
        request_id=request_id,
    )


@transaction.atomic
def once(*, key: UUID, by: User, act: Callable[[], str]) -> str:
    """Do an act once for the key of a form; return the address that it led to.

    Submitted again (double click, two tabs, retry after a time-out) the act is not done, and the
    first one's address is returned; a submission that comes while the first is under way waits for
    it. An act that raises claims nothing. Raises PermissionDenied for another person's key.
    """
    claimed = SubmittedForm.objects.bulk_create(
        [SubmittedForm(key=key, by=by)], ignore_conflicts=True
    )
    mine = SubmittedForm.objects.select_for_update().get(pk=claimed[0].pk)
    if mine.by_id != by.pk:
        raise PermissionDenied("a form belongs to the person who opened it")
    if not mine.led_to:
        mine.led_to = act()
        mine.save(update_fields=["led_to"])
    return mine.led_to
