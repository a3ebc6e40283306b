"""Every template is drawn from samples: full, empty, without policy, with errors."""

import gzip
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.signals import template_rendered

from portal.samples import SampleForm
from tests.ui.rendering import STATIC, TEMPLATES, Reading, draw, draw_fragment
from tests.ui.sample_rows import frame, person
from tests.ui.samples import PAGES, ledger_context

AREAS = ("acts", "checks", "editing", "lists", "papers", "parts", "profile", "recode")
# Those of the admin and of the register are drawn by the tests of their views, from real rows.
DRAWN_BY_VIEWS = (
    "admin/",
    "collection/",
    "facilities/",
    "accounts/account.html",
    "accounts/messages.html",
    *(f"communities/{area}/" for area in AREAS),
    "staffing/",
)
STRANGER = SimpleNamespace(is_authenticated=False, is_staff=False)
DOORS = {
    "accounts/login.html": {"form": SampleForm({}), "next": "/communities/", "user": STRANGER},
    "accounts/password.html": {**frame(), "form": SampleForm(), "user": person()},
    "accounts/locked.html": {
        "failure_limit": 5,
        "cooloff_timedelta": timedelta(minutes=15),
        "user": STRANGER,
    },
}


def draw_door(template: str, **overrides: Any) -> str:
    context = DOORS[template] | overrides
    return render_to_string(template, context, RequestFactory().get("/account/login/"))


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch) -> None:
    """Print undefined variables instead of nothing."""
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "UNDEFINED %s")


@pytest.mark.parametrize("name", PAGES)
def test_page_when_drawn_from_its_sample_leaves_no_variable_undefined(
    name: str, strict: None
) -> None:
    assert "UNDEFINED" not in draw(name)


def test_every_template_is_drawn_by_a_sample() -> None:
    drawn: set[str] = set()

    def note(template: Any, **kwargs: Any) -> None:
        drawn.add(template.name)

    template_rendered.connect(note)
    try:
        for name in PAGES:
            draw(name)
        for template in DOORS:
            draw_door(template)
        draw_fragment()
    finally:
        template_rendered.disconnect(note)

    files = {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html")}
    assert {name for name in files if not name.startswith(DRAWN_BY_VIEWS)} - drawn == set()


@pytest.mark.parametrize("name", PAGES)
def test_page_has_one_heading_a_title_and_no_repeated_id(name: str) -> None:
    reading = Reading(draw(name))

    headings = [tag for tag, _ in reading.tags if tag == "h1"]
    ids = reading.values("id")
    assert len(headings) == 1
    assert reading.of_tag["title"][0].removesuffix("- 社区保障管理系统").strip()
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("name", ["home", "ledger", "community", "district", "components"])
def test_page_when_demo_says_so_in_a_marker_footer_and_print_line(name: str) -> None:
    html = draw(name)

    assert '<section class="demo" ' in html
    assert "本页数值为演示数据" in html
    assert "· 演示数据</p>" in html


def test_page_when_not_demo_says_nothing_about_it() -> None:
    assert "演示数据" not in draw("home-empty")


def test_ledger_when_facts_are_missing_shows_a_dash_with_the_reason_never_zero() -> None:
    html = draw("ledger")
    row = html[html.index("名人苑社区") : html.index("</tbody>")]

    texts = "".join(Reading(row).texts)
    assert texts == (
        "名人苑社区——老城—不能测算：缺少核定户数———不能测算：缺少住区类型"
        "———不能测算：缺少核定户数未填报"
    )
    assert "—表示不能测算，“不全”表示合计缺了一项：缺少核定户数（1个社区）" in html


def test_ledger_when_a_part_of_the_money_is_unknown_says_so_beside_the_rest() -> None:
    context = ledger_context(2)
    context["rows"][0]["funding"] = {"value": 200_000, "reason": "工作经费缺少核定户数"}
    texts = "".join(Reading(draw("ledger", rows=context["rows"])).texts)

    assert "200,000不全：工作经费缺少核定户数" in texts


def test_ledger_when_sorted_says_so_on_the_column() -> None:
    assert Reading(draw("ledger")).values("aria-sort") == ["ascending"]


def test_ledger_when_empty_says_what_to_do_and_has_no_table() -> None:
    html = draw("ledger-empty")

    assert "没有符合条件的社区。减少筛选条件，或选“清空条件”" in html
    assert "<table" not in html


def test_ledger_when_one_page_has_no_pager() -> None:
    assert 'class="pager"' not in draw("ledger")
    assert "显示第1~50个" in draw("ledger-crowded")


def test_ledger_pager_keeps_the_filters() -> None:
    hrefs = Reading(draw("ledger-crowded")).values("href")

    assert "?q=%3Cb%3E%E5%8F%A4%E5%9F%8E&year=2018&page=2" in hrefs


def test_ledger_search_when_markup_is_typed_shows_it_as_text() -> None:
    html = draw("ledger-crowded")

    assert 'value="&lt;b&gt;古城"' in html
    assert "<b>古城" not in html


def test_ledger_fragment_is_the_table_alone() -> None:
    context = {"user": person(), **ledger_context()}
    html = render_to_string(
        "communities/_table.html", context, RequestFactory().get("/communities/")
    )

    assert html.strip().startswith('<div id="ledger"')
    assert "<html" not in html


def test_community_when_no_policy_is_in_force_says_whom_to_ask() -> None:
    texts = "".join(Reading(draw("community-no-policy")).texts)

    assert (
        "2010年还没有生效的政策，应配、应有和经费都不能测算。改选其他年度，或联系聊城市民政局"
        in texts
    )


def test_community_when_a_subject_cannot_be_computed_says_what_is_missing() -> None:
    html = draw("community")
    need = html[html.index('id="need-community_workers"') :].split("</section>")[0]

    assert "不能测算，缺少核定户数。在社区台账的年度数据中补填" in need
    assert '<div class="v none">—</div>' in need
    assert "0<small>" not in need


def test_community_shows_conflict_bounds_and_the_figure_without_bounds() -> None:
    html = draw("community")

    assert "<strong>文件之间不一致</strong>：市办法150㎡低于省标准854.1㎡" in html
    assert "（不低于854.1㎡）" in html
    assert "（不计上下限为10人）" in html


def test_community_shows_each_payer_with_amount_share_and_source() -> None:
    texts = "".join(Reading(draw("community")).texts)

    assert "市级财政28,600元（50.0%） 文件" in texts.replace("\n", "")


def test_district_prints_both_sides_of_a_check() -> None:
    texts = "".join(Reading(draw("district")).texts).replace("\n", "")

    assert "各街道23,252,240元 = 全区23,252,240元" in texts
    assert "汇总表3,120户 ≠ 台账3,108户，差12户" in texts


def test_district_twist_is_a_plain_link_that_says_whether_it_is_open() -> None:
    twists = [a for _, a in Reading(draw("district")).tags if a.get("class") == "twist"]

    assert [twist["aria-expanded"] for twist in twists] == ["true", *["false"] * 4]
    assert twists[0]["href"] == "?open=371502001"
    assert twists[0]["aria-label"] == "古楼街道明细"


def test_not_found_when_a_code_is_given_names_it_and_offers_a_way_back() -> None:
    reading = Reading(draw("404-code"))

    assert "没有找到代码371502001999" in reading.of_tag["h1"]
    assert "/communities/" in reading.values("href")


def test_login_when_refused_links_every_error_to_its_field() -> None:
    reading = Reading(draw_door("accounts/login.html"))

    assert reading.of_tag["title"] == ["有错误：登录 - 社区保障管理系统"]
    assert {"#id_name", "#id_households"} <= set(reading.values("href"))
    assert {"id_name_error", "id_households_error"} <= set(reading.values("id"))
    described = [a["aria-describedby"] for tag, a in reading.tags if tag == "input" and "id" in a]
    assert described == ["id_name_helptext id_name_error", "id_households_error"]


def test_field_when_a_wrong_value_was_typed_keeps_it() -> None:
    assert 'value="两千六"' in draw("components")


def test_field_when_help_text_of_a_password_is_a_list_draws_it_once() -> None:
    class Form(forms.Form):
        new = forms.CharField(label="新密码", help_text="<ul><li>至少12位</li></ul>")

    html = render_to_string("components/field.html", {"field": Form()["new"]})
    assert html.count("<ul><li>至少12位</li></ul>") == 1


def test_locked_says_how_long() -> None:
    assert "连续5次不对。15分钟后再登录" in draw_door("accounts/locked.html")


def test_locked_page_and_login_offer_no_navigation() -> None:
    for template in ("accounts/locked.html", "accounts/login.html"):
        assert "主导航" not in draw_door(template)


def test_list_of_fifty_rows_weighs_at_most_15_kb_compressed() -> None:
    page = draw("ledger-crowded")

    assert page.count('<th scope="row" class="pin">') == 51
    assert len(gzip.compress(page.encode(), 9)) <= 15 * 1024


def test_first_visit_weighs_at_most_40_kb_compressed() -> None:
    files = ["css/app.css", "js/app.js", "vendor/htmx.min.js", "img/favicon.svg"]
    parts = [draw("ledger-crowded").encode(), *((STATIC / name).read_bytes() for name in files)]

    assert sum(len(gzip.compress(part, 9)) for part in parts) <= 40 * 1024
