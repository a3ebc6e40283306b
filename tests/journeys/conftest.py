"""A live bureau with the real places of one district, and a person at a browser."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from threading import Condition
from typing import Any

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from playwright.sync_api import Page, Response, expect

from accounts.models import User
from accounts.scope import scope
from communities.services import import_divisions, load_demo
from tests.factories import PASSWORD
from tests.journeys.collecting import asking
from tests.ui.axe import violations
from tests.ui.conftest import base_url, browser_type_launch_args
from tests.world import DISTRICT, load_texts

__all__ = ["asking", "base_url", "browser_type_launch_args"]
DIVISIONS = Path(settings.BASE_DIR) / "data" / "divisions-3715-liaocheng.csv"
SIZES = {"desk": {"width": 1366, "height": 768}, "phone": {"width": 390, "height": 844}}
ABOVE = ("3715", "37")
# not found; changed elsewhere meanwhile; a form that comes back with what is wrong
MEANT = (404, 409, 422)


def district_rows() -> str:
    """The published codes and names of one district and of what stands above it."""
    head, *lines = DIVISIONS.read_text(encoding="utf-8-sig").splitlines()
    kept = [line for line in lines if line.startswith(DISTRICT) or line.split(",")[0] in ABOVE]
    return "\n".join([head, *kept])


@pytest.fixture
def bureau(transactional_db: None, live_server: Any) -> str:
    """The address of a running system with the texts, places and demo facts of one district."""
    with scope("0"):
        load_texts()
        done = import_divisions(district_rows(), on=date(2026, 1, 1))
        assert done.wrong == []
        codes = [row.code for row in done.new if len(row.code) == 12]
        load_demo(years=[2025, 2026], codes=codes)
    return str(live_server.url)


class Person:
    """Somebody at a browser; notes whatever the pages complain about."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        self.meant = [f"status of {status}" for status in MEANT]
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("response", self._answer)

    def _console(self, message: Any) -> None:
        # the browser reports pages with such a status, which some tasks mean to meet
        meant = any(part in message.text for part in self.meant)
        if message.type in ("error", "warning") and not meant:
            self.complaints.append(message.text)

    def _answer(self, answer: Response) -> None:
        if answer.status >= 500 or (answer.status == 404 and "/static/" in answer.url):
            self.complaints.append(f"{answer.status} {answer.url}")

    def opens(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def logs_in(self, user: User, *, password: str = PASSWORD) -> Page:
        """Fill in the login form of the present page, by keyboard."""
        self.page.get_by_label("用户名").fill(user.username)
        self.page.get_by_label("密码", exact=True).fill(password)
        self.page.keyboard.press("Enter")
        self.page.wait_for_load_state()
        return self.page

    def at(self, user: User, path: str = "/") -> Page:
        """Log in and go to a page."""
        self.opens("/account/login/")
        self.logs_in(user)
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("工作台")
        return self.page if path == "/" else self.opens(path)

    def looks(self) -> None:
        """Nothing of the present page is out of reach for anybody, nor wider than a screen."""
        for name, size in SIZES.items():
            self.page.set_viewport_size(size)
            assert (name, violations(self.page)) == (name, [])
            width = self.page.evaluate("document.documentElement.scrollWidth")
            assert (name, width) == (name, size["width"])
        self.page.set_viewport_size(SIZES["desk"])


class Answering:
    """Counts the requests that are being answered: a closed page does not wait for its last."""

    def __init__(self) -> None:
        self.under_way = 0
        self.changed = Condition()

    def begins(self, **_: Any) -> None:
        with self.changed:
            self.under_way += 1

    def ends(self, **_: Any) -> None:
        with self.changed:
            self.under_way -= 1
            self.changed.notify_all()

    def settles(self) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: self.under_way == 0, timeout=30)


@pytest.fixture
def answering() -> Iterator[Answering]:
    answering = Answering()
    request_started.connect(answering.begins)
    request_finished.connect(answering.ends)
    yield answering
    request_started.disconnect(answering.begins)
    request_finished.disconnect(answering.ends)


@pytest.fixture
def person(page: Page, bureau: str, answering: Answering) -> Iterator[Person]:
    page.set_viewport_size(SIZES["desk"])
    page.set_default_timeout(10_000)
    person = Person(page, bureau)
    yield person
    page.close()
    answering.settles()
    assert person.complaints == []


Downloads = Callable[[str], bytes]


@pytest.fixture
def download(page: Page) -> Downloads:
    """Click a link and give the file that it saves."""

    def saved(link: str) -> bytes:
        with page.expect_download() as waiting:
            page.get_by_role("link", name=link).click()
        return Path(waiting.value.path()).read_bytes()

    return saved
