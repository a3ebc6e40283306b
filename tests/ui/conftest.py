"""A browser that opens the sample pages under the house's own content security policy."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, NamedTuple

import pytest
from django.conf import settings
from playwright.sync_api import Page

from tests.ui.rendering import STATIC, draw

HTML = "text/html; charset=utf-8"
# the shell has the same engine without the window around it, and costs half the time
BROWSERS = ("chromium-headless-shell", "chromium")
TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


class Asked(NamedTuple):
    path: str
    query: str
    target: str  # the id that htmx wants to swap; empty for a whole page


class Answer(NamedTuple):
    body: bytes
    status: int = 200
    kind: str = HTML
    location: str = ""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_type_launch_args,
        "executable_path": next(filter(None, map(shutil.which, BROWSERS)), None),
        "args": ["--no-sandbox"],
    }


@pytest.fixture(scope="session")
def base_url() -> str:
    """Stand in for pytest-base-url's fixture, whose form pytest 9 calls deprecated."""
    return ""


def policy() -> str:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


class House:
    """Serves sample pages and static files; notes what the page asked for and said."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.asked: list[Asked] = []
        self.said: list[str] = []
        self.meant: list[str] = []
        self.answers: dict[str, Callable[[Asked], Answer]] = {}
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def answer(self, asked: Asked) -> Answer:
        if asked.path.startswith("/static/"):
            file = STATIC / asked.path.removeprefix("/static/")
            return Answer(file.read_bytes(), kind=TYPES[file.suffix[1:]])
        self.asked.append(asked)
        return self.answers[asked.path](asked)

    def serves(self, path: str, html: str) -> None:
        self.answers[path] = lambda asked: Answer(html.encode())

    def opens(self, name: str, path: str) -> Page:
        """Serve the sample page at the path and go there."""
        self.serves(path.split("?")[0], draw(name))
        self.page.goto(self.address + path)
        return self.page

    @contextmanager
    def hears(self, part: str) -> Iterator[None]:
        """Wait until the console has said this, which the test means to happen."""
        self.meant.append(part)
        with self.page.expect_console_message(lambda message: part in message.text):
            yield

    def troubles(self) -> list[str]:
        """Give what was said of a broken policy or an error and was not meant."""
        return [
            text
            for text in self.said
            if ("Security Policy" in text or "Error" in text)
            and not any(part in text for part in self.meant)
        ]


def handler(house: House) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, _, query = self.path.partition("?")
            answer = house.answer(Asked(path, query, self.headers.get("HX-Target", "")))
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", str(len(answer.body)))
            self.send_header("Content-Security-Policy", policy())
            self.send_header("Cache-Control", "no-store")
            if answer.location:
                self.send_header("Location", answer.location)
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, format: str, *args: Any) -> None:
            """Keep the test's output clean."""

    return Handler


@pytest.fixture
def house(page: Page) -> Iterator[House]:
    """Yield the house; nothing that a page does may break its policy or throw."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    house = House(page, f"http://127.0.0.1:{server.server_port}")
    server.RequestHandlerClass = handler(house)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield house
    page.close()
    server.shutdown()
    server.server_close()
    assert house.troubles() == []
