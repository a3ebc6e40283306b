"""What tests of the pages of rounds share: a day, two streets, and what a browser posts."""

import re
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from collection.models import Round
from tests.factories import make_divisions_above
from tests.posted import opened

NOW = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
GULOU, LIUYUAN = "371502001", "371502002"
LIST, NEW = "/rounds/", "/rounds/new/"


@pytest.fixture(autouse=True)
def autumn() -> Any:
    """The day of the tests, on which the two streets exist."""
    for code in (GULOU, LIUYUAN):
        make_divisions_above(f"{code}001")
    with time_machine.travel(NOW, tick=False):
        yield


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def plain(answer: Any) -> str:
    """What a reader sees, without tags."""
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", answer.content.decode()))


def act(client: Client, one: Round, name: str, **more: Any) -> Any:
    one.refresh_from_db()
    data = {"key": str(uuid4()), "version": one.version} | more
    return client.post(f"/rounds/{one.pk}/{name}/", data)


def form(client: Client, path: str = NEW, **changes: Any) -> dict[str, Any]:
    """What a browser would post from a page of the form, with changes."""
    data: dict[str, Any] = dict(opened(client, path))
    page = client.get(path).content.decode()
    for name in ("asked", "street_codes", "street_review"):
        data.pop(name, None)
        boxes = re.findall(rf'<input type="checkbox" name="{name}"([^>]*)>', page)
        values = [
            (re.findall('value="([^"]*)"', box) or ["on"])[0]
            for box in boxes
            if " checked" in box and " disabled" not in box
        ]
        if values:
            data[name] = values
    return data | changes
