"""manage.py run_upload: read or take one upload in a process of its own."""

import json
import os
from argparse import ArgumentParser
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.models import User
from accounts.scope import scope
from collection.models import Upload
from collection.services.jobs import Frame, run
from collection.services.uploads import work


class Command(BaseCommand):
    help = (
        "读取或导入一份上传的文件（由系统启动） · Read or take one upload (started by the server)"
    )

    requires_system_checks = []  # the server that started it has checked

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("upload", type=int)
        parser.add_argument("user", type=int)
        parser.add_argument("frame", help="JSON: url, request")

    def handle(self, *args: Any, **options: Any) -> None:
        os.nice(5)  # pages come first
        with scope("0"):
            by = User.objects.select_related("role").get(pk=options["user"])
        with scope(by.scope):
            upload = Upload.objects.get(pk=options["upload"])
        run(
            upload,
            by=by,
            frame=Frame(**json.loads(options["frame"])),
            work=partial(work, at=timezone.now()),
        )
