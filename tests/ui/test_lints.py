"""House rules that hold for every template, script and stylesheet."""

import re
from pathlib import Path

import pytest

from tests.ui.rendering import STATIC, TEMPLATES, Reading, draw
from tests.ui.samples import PAGES

FILES = sorted(TEMPLATES.rglob("*.html"))
PARTS = [path for path in FILES if path.parent.name == "components" or path.name.startswith("_")]
OURS = [path for path in FILES if "admin" not in path.relative_to(TEMPLATES).parts]
CSS = (STATIC / "css" / "app.css").read_text()
HAN = "[\u4e00-\u9fff]"
COMMENT = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}", re.DOTALL)
FORBIDDEN = re.compile(r"确定|(?<!申)请|抱歉|失败|非法|无效|登陆|其它|帐|！|\bOK\b")


def name_of(path: Path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


def source(path: Path) -> str:
    return COMMENT.sub("", path.read_text())


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_template_holds_no_inline_style_script_or_handler(path: Path) -> None:
    text = source(path)

    # `one=…` handed to a part is no handler
    html = re.sub(r"{%[^%]*%}", "", text)
    assert re.findall(r"\sstyle\s*=|<style|\son[a-z]+\s*=|javascript:|hx-on|=\"js:", html) == []
    assert re.findall(r"<script(?![^>]*\ssrc=)", text) == []


@pytest.mark.parametrize("name", PAGES)
def test_page_when_drawn_holds_no_inline_style_script_or_handler(name: str) -> None:
    reading = Reading(draw(name))

    attributes = {key for _, given in reading.tags for key in given}
    assert {key for key in attributes if key == "style" or key.startswith("on")} == set()
    assert [given for tag, given in reading.tags if tag == "script" and "src" not in given] == []


@pytest.mark.parametrize("name", PAGES)
def test_page_has_no_typed_space_between_chinese_and_digits(name: str) -> None:
    texts = Reading(draw(name)).texts

    found = [text for text in texts if re.search(rf"{HAN} +\d|\d +{HAN}", text)]
    assert found == []


@pytest.mark.parametrize("path", OURS, ids=name_of)
def test_template_uses_no_forbidden_word(path: Path) -> None:
    assert FORBIDDEN.findall(source(path)) == []


def test_script_and_samples_use_no_forbidden_word() -> None:
    texts = [(STATIC / "js" / "app.js").read_text(), *map(draw, PAGES)]

    assert [word for text in texts for word in FORBIDDEN.findall(text)] == []


@pytest.mark.parametrize("path", PARTS, ids=name_of)
def test_part_opens_with_a_comment_that_lists_its_variables(path: Path) -> None:
    comment = COMMENT.match(path.read_text())

    assert comment
    assert "Takes" in comment[0]
    bound = set(re.findall(r"(?:\bas|{% for) (\w+)", source(path)))
    bound |= set(re.findall(r"{% for \w+, (\w+)", source(path))) | {"forloop"}
    printed = set(re.findall(r"{{ ?([a-z_]+)", source(path))) - bound
    assert {name for name in printed if not re.search(rf"\b{name}\b", comment[0])} == set()


@pytest.mark.parametrize("path", OURS, ids=name_of)
def test_template_stays_short(path: Path) -> None:
    lines = len(path.read_text().splitlines())

    assert lines < (60 if path in PARTS else 130)


def test_template_compares_no_policy_figure() -> None:
    compared = {
        name_of(path): re.findall(r"{% (?:el)?if [^%]*[<>]=? ?\d+[^%]*%}", source(path))
        for path in OURS
    }

    # Days left are a calendar's; rounds of a return, sentences at a field and steps are counts.
    assert {name for name, found in compared.items() if found} == {
        "portal/home.html",
        "collection/reviews/_found.html",
        "collection/reviews/reviews.html",
        "collection/uploads/_steps.html",
    }


def test_stylesheet_uses_nothing_newer_than_chromium_86() -> None:
    body = re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)

    newer = (
        r"@layer|@container|oklch|color-mix|:has\(|:is\(|:where\(|\binset:|^\s*&|dvh|aspect-ratio"
    )
    assert re.findall(newer, body, re.MULTILINE) == []


def test_stylesheet_names_colours_only_as_tokens_and_on_paper() -> None:
    body = CSS[CSS.index("/* ── Base") : CSS.index("/* ── Paper")]

    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(", body) == []


def test_stylesheet_and_pages_use_the_same_classes() -> None:
    body = re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)
    styled = set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"{[^{}]*}", "{}", body)))
    written = " ".join(path.read_text() for path in OURS)
    used = set().union(*(Reading(draw(name)).classes() for name in PAGES))

    # htmx sets its own class; the other names stand in templates no page of PAGES reaches.
    unused = {name for name in styled - used if not re.search(rf"\b{name}\b", written)}
    assert unused == {"htmx-request", "payer-own_channel", "payer-province"}
    assert used - styled == set()


def test_every_token_is_used() -> None:
    defined = set(re.findall(r"(--[\w-]+):", CSS))

    assert {token for token in defined if f"var({token})" not in CSS} == set()
