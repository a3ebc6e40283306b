"""Make the first account, when there is none; there is no default account or password."""

import sys
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.models import User
from accounts.scope import scope
from accounts.services import create_user, load_roles, make_password


class Command(BaseCommand):
    help = "Make the first administrator. The password comes from the terminal or standard input."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--username", help="asked for when missing")
        parser.add_argument("--scope", default="0", help='division code, or "0": the whole country')
        parser.add_argument("--office", default="信息中心")
        parser.add_argument(
            "--generate",
            action="store_true",
            help="print a random password, changed at first login",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        load_roles()
        with scope("0", command="create_first_administrator"):
            if User.objects.filter(role_id="administrator", is_active=True).exists():
                raise CommandError(
                    "已有系统管理员。新账号由他在后台管理中开通 · there is one already: "
                    "further accounts are made in the admin"
                )
            self.create(options)

    def create(self, options: dict[str, Any]) -> None:
        username = options["username"] or input("用户名 · username: ")
        generated = make_password() if options["generate"] else ""
        password = generated or self.ask()
        candidate = User(username=username, office=options["office"], scope=options["scope"])
        try:
            validate_password(password, candidate)
            create_user(
                username=username,
                display_name="系统管理员",
                office=options["office"],
                scope=options["scope"],
                role="administrator",
                password=password,
                changed_at=None if generated else timezone.now(),
            )
        except ValidationError as error:
            raise CommandError("；".join(error.messages)) from error
        self.stdout.write(f"{username}: {generated or '已建立 · created'}")

    def ask(self) -> str:
        if not sys.stdin.isatty():
            return sys.stdin.readline().rstrip("\n")
        password = getpass("密码 · password: ")
        if password != getpass("再填一遍 · again: "):
            raise CommandError("两次填写的密码不同 · the two passwords differ")
        return password
