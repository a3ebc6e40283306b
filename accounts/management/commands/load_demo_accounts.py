"""Make one demo account per role, with random passwords kept in var/demo-accounts.txt."""

import os
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from accounts.models import User
from accounts.scope import scope
from accounts.services import create_user, load_roles, make_password


class Demo(NamedTuple):
    username: str
    display_name: str
    office: str
    scope: str
    role: str


ACCOUNTS = (
    Demo("gulou", "演示经办人（古楼）", "古楼街道办事处", "371502001", "street_clerk"),
    Demo("liuyuan", "演示经办人（柳园）", "柳园街道办事处", "371502002", "street_clerk"),
    Demo("gulou-shenhe", "演示审核人（古楼）", "古楼街道办事处", "371502001", "street_reviewer"),
    Demo("dongchangfu", "演示区民政", "东昌府区民政局", "371502", "district_officer"),
    Demo("dongchangfu-cz", "演示区财政", "东昌府区财政局", "371502", "district_finance"),
    Demo("liaocheng", "演示市民政", "聊城市民政局", "3715", "city_officer"),
    Demo("liaocheng-cz", "演示市财政", "聊城市财政局", "3715", "city_finance"),
    Demo("liaocheng-sj", "演示审计", "聊城市审计局", "3715", "auditor"),
    Demo("admin", "演示管理员", "信息中心", "0", "administrator"),
    Demo("beilun", "演示区民政（北仑）", "北仑区民政局", "330206", "district_officer"),
    Demo("xinqi", "演示经办人（新碶）", "新碶街道办事处", "330206002", "street_clerk"),
)


class Command(BaseCommand):
    help = "Make the demo accounts that are missing; their passwords go to a file of mode 0600."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--file", type=Path, default=Path(settings.BASE_DIR) / "var" / "demo-accounts.txt"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        load_roles()
        lines = []
        with scope("0", command="load_demo_accounts"):
            held = set(User.objects.values_list("username", flat=True))
            for demo in ACCOUNTS:
                if demo.username not in held:
                    lines.append(self.create(demo))
        if lines:
            self.keep(options["file"], lines)
        self.stdout.write(f"{len(lines)} accounts made, passwords in {options['file']}")

    def create(self, demo: Demo) -> str:
        password = make_password()
        create_user(**demo._asdict(), password=password, changed_at=timezone.now())
        return f"{demo.username}\t{password}\t{demo.office}\t{demo.role}\t{demo.scope}\n"

    def keep(self, file: Path, lines: list[str]) -> None:
        """Write the passwords made now beside those of accounts that were there."""
        made = {line.split("\t")[0] for line in lines}
        kept = file.read_text(encoding="utf-8").splitlines(keepends=True) if file.exists() else []
        kept = [line for line in kept if line.split("\t")[0] not in made]
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            os.fchmod(out.fileno(), 0o600)
            out.writelines([*kept, *lines])
