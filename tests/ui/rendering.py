"""Draws a sample page as a view would, and reads the answer back."""

from html.parser import HTMLParser
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory

from tests.ui.sample_rows import person
from tests.ui.samples import PAGES

TEMPLATES = settings.BASE_DIR / "templates"
STATIC = settings.BASE_DIR / "static"
PATHS = {
    "ledger": "/communities/",
    "ledger-crowded": "/communities/?q=%3Cb%3E古城&year=2018",
    "ledger-empty": "/communities/?gap=1",
    "community": "/communities/371502001001/",
    "district": "/districts/371502/?year=2018",
    "components": "/ui/",
    "keys": "/help/keys/",
}
OFFICER = {"office": "东昌府区民政局", "display_name": "王立新", "scope": "371502"}
OFFICER_PAGES = {"home-officer", "district", "district-empty", "components"}


def draw(name: str, **overrides: Any) -> str:
    """Return the HTML of one of samples.PAGES."""
    template, sample = PAGES[name]
    officer = OFFICER | {"is_staff": True} if name in OFFICER_PAGES else {}
    context = {"user": person(**officer), **sample(), **overrides}
    return render_to_string(template, context, RequestFactory().get(PATHS.get(name, "/")))


def draw_fragment(name: str = "ledger", **overrides: Any) -> str:
    """Return what htmx swaps into the ledger when one of its filters changes."""
    context = {"user": person(), **PAGES[name][1](), **overrides}
    request = RequestFactory().get("/communities/?gap=1")
    return render_to_string("communities/_fragment.html", context, request)


class Reading(HTMLParser):
    """What a page holds: texts, attributes, and text per tag."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.of_tag: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append(data)
            self.of_tag.setdefault(self._open[-1] if self._open else "", []).append(data.strip())

    def values(self, attribute: str) -> list[str]:
        return [attributes[attribute] for _, attributes in self.tags if attribute in attributes]

    def classes(self) -> set[str]:
        return {name for value in self.values("class") for name in value.split()}
