"""The admin's frame wears the house's colours and stays within the policy."""

import re

from django.template.loader import render_to_string
from django.test import RequestFactory

from tests.ui.rendering import STATIC, Reading
from tests.ui.sample_rows import person


def frame() -> Reading:
    context = {
        "user": person(is_staff=True, has_usable_password=True),
        "site_header": "社区保障管理系统 · 后台管理",
        "title": "选择用户",
        "has_permission": True,
        "is_nav_sidebar_enabled": False,
    }
    return Reading(
        render_to_string("admin/base_site.html", context, RequestFactory().get("/admin/"))
    )


def test_admin_frame_names_the_house_and_loads_its_colours() -> None:
    reading = frame()

    assert reading.of_tag["title"] == ["选择用户 - 社区保障管理系统"]
    assert "社区保障管理系统 · 后台管理" in reading.of_tag["a"]
    assert "/static/css/admin.css" in reading.values("href")


def test_admin_frame_has_one_look_and_nothing_inline() -> None:
    reading = frame()

    assert [href for href in reading.values("href") if "dark_mode" in href] == []
    assert [src for src in reading.values("src") if "theme" in src] == []
    assert reading.values("style") == []
    assert "theme-toggle" not in reading.classes()


def test_admin_colours_are_those_of_the_pages() -> None:
    pages = set(re.findall(r"#[0-9a-f]{3,6}\b", (STATIC / "css" / "app.css").read_text()))
    admin = set(re.findall(r"#[0-9a-f]{3,6}\b", (STATIC / "css" / "admin.css").read_text()))

    # The hover of the stock delete button is a step darker than the red of the pages.
    assert admin - pages == {"#8c2219"}
