"""The pages in Chromium: accessibility, widths, keys, htmx, paper."""

import pytest
from playwright.sync_api import expect

from tests.ui.axe import violations
from tests.ui.conftest import Answer, Asked, House
from tests.ui.rendering import draw_fragment
from tests.ui.sample_rows import ledger_rows
from tests.ui.samples import PAGES
from tests.ui.test_templates import draw_door

DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
WIDTHS = [320, 390, 1093, 1366, 1920]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("name", PAGES)
def test_page_has_no_accessibility_violation(name: str, size: dict[str, int], house: House) -> None:
    house.page.set_viewport_size(size)
    page = house.opens(name, "/page/")
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")

    assert violations(page) == []


@pytest.mark.parametrize("template", ["login", "password", "locked"])
def test_door_has_no_accessibility_violation(template: str, house: House) -> None:
    house.serves("/door/", draw_door(f"accounts/{template}.html"))
    house.page.goto(f"{house.address}/door/")

    assert violations(house.page) == []


@pytest.mark.parametrize("name", PAGES)
def test_page_never_scrolls_sideways(name: str, house: House) -> None:
    page = house.opens(name, "/page/")
    wide = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 700})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(width)

    assert wide == []


def test_slash_puts_the_caret_into_the_search_and_down_goes_to_the_rows(house: House) -> None:
    page = house.opens("ledger", "/communities/")

    page.keyboard.press("/")
    expect(page.locator(".filters [name=q]")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="湖南社区")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="文轩社区")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("link", name="湖南社区")).to_be_focused()


def test_question_mark_opens_the_key_list_unless_somebody_is_typing(house: House) -> None:
    page = house.opens("ledger", "/communities/")

    page.locator(".filters [name=q]").press("?")
    expect(page.locator("#keys")).to_be_hidden()
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()


def test_keys_rest_while_an_input_method_composes(house: House) -> None:
    page = house.opens("ledger", "/communities/")

    page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: '?', isComposing: true, bubbles: true}))"
    )

    expect(page.locator("#keys")).to_be_hidden()


def test_single_keys_when_switched_off_stay_off_on_the_next_page(house: House) -> None:
    page = house.opens("keys", "/help/keys/")
    page.get_by_role("checkbox").uncheck()

    page = house.opens("ledger", "/communities/")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("/")
    expect(page.locator(".filters [name=q]")).not_to_be_focused()


def test_error_summary_has_the_focus_and_leads_to_the_field(house: House) -> None:
    house.serves("/account/login/", draw_door("accounts/login.html"))
    page = house.page
    page.goto(f"{house.address}/account/login/")

    expect(page.locator(".errors")).to_be_focused()
    page.locator(".errors a").nth(1).click()
    expect(page.locator("#id_households")).to_be_focused()


def test_skip_link_is_the_first_stop_and_leads_to_the_content(house: House) -> None:
    page = house.opens("home", "/")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到主要内容")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_every_basis_is_open_on_paper_and_closed_again_afterwards(house: House) -> None:
    page = house.opens("community", "/communities/371502001001/")
    opened = "document.querySelectorAll('details[open]').length"
    before = page.evaluate(opened)

    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("document.querySelectorAll('details:not([open])').length") == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(opened) == before


def test_paper_shows_the_print_line_and_hides_bar_filters_and_buttons(house: House) -> None:
    page = house.opens("ledger", "/communities/")
    page.emulate_media(media="print")

    expect(page.locator(".printonly")).to_be_visible()
    for hidden in (".top", ".filters", ".actions", ".foot"):
        expect(page.locator(hidden)).to_be_hidden()


@pytest.mark.parametrize(("name", "pages"), [("ledger", 1), ("district", 1)])
def test_wide_table_when_printed_takes_one_landscape_page(
    name: str, pages: int, house: House
) -> None:
    page = house.opens(name, "/page/")

    pdf = page.pdf(prefer_css_page_size=True)

    assert pdf.count(b"/Type /Page\n") == pages
    assert b"/MediaBox [0 0 841.91998 594.95996]" in pdf


def answers_fragments(house: House, status: int = 200) -> None:
    whole = house.answers["/communities/"]

    def answer(asked: Asked) -> Answer:
        return (
            Answer(draw_fragment(rows=ledger_rows(3)).encode(), status)
            if asked.target == "ledger"
            else whole(asked)
        )

    house.answers["/communities/"] = answer


def test_filter_when_ticked_swaps_the_table_and_keeps_the_address(house: House) -> None:
    page = house.opens("ledger", "/communities/")
    answers_fragments(house)

    page.get_by_label("只看有缺口的").check()

    expect(page.locator("#ledger tbody tr")).to_have_count(3)
    expect(page.locator("#ledger")).to_have_count(1)
    assert page.url == f"{house.address}/communities/?year=2018&q=&type=&status=&gap=1"
    page.reload()
    expect(page.locator("#ledger tbody tr")).to_have_count(20)


def test_search_when_typed_asks_once_after_a_pause(house: House) -> None:
    page = house.opens("ledger", "/communities/")
    answers_fragments(house)
    house.asked.clear()

    page.locator(".filters [name=q]").press_sequentially("gcsq", delay=20)

    expect(page.locator("#ledger tbody tr")).to_have_count(3)
    assert [asked.query for asked in house.asked] == ["year=2018&q=gcsq&type=&status="]
    expect(page.locator(".filters [name=q]")).to_be_focused()


def test_sort_link_when_clicked_swaps_the_table(house: House) -> None:
    page = house.opens("ledger", "/communities/")
    answers_fragments(house)

    page.get_by_role("link", name="户数", exact=True).click()

    expect(page.locator("#ledger tbody tr")).to_have_count(3)
    assert page.url == f"{house.address}/communities/?sort=households"


def test_row_link_when_clicked_opens_the_page_and_back_returns_to_the_row(house: House) -> None:
    page = house.opens("ledger", "/communities/")
    house.serves("/communities/371502001007/", "<h1>站前社区</h1>")

    page.get_by_role("link", name="站前社区").click()
    expect(page.locator("h1")).to_have_text("站前社区")
    page.go_back()

    expect(page.get_by_role("link", name="站前社区")).to_be_focused()


def test_table_when_the_server_is_in_trouble_stays_and_says_so(house: House) -> None:
    page = house.opens("ledger", "/communities/")
    answers_fragments(house, status=503)

    with house.hears("Response Status Error Code 503"):
        page.get_by_label("只看有缺口的").check()

    expect(page.locator("[data-trouble]")).to_have_text("暂时取不到，刷新本页再试")
    expect(page.locator("#ledger tbody tr")).to_have_count(20)


def test_table_when_the_session_has_ended_opens_the_login_page_instead(house: House) -> None:
    page = house.opens("ledger", "/communities/")
    house.serves("/account/login/", draw_door("accounts/login.html", form=None))
    house.answers["/communities/"] = lambda asked: Answer(b"", 302, location="/account/login/")

    page.get_by_label("只看有缺口的").click()

    expect(page.locator("h1")).to_have_text("登录")
    expect(page.locator("#ledger")).to_have_count(0)


def test_year_when_chosen_keeps_the_filters_and_drops_the_page(house: House) -> None:
    page = house.opens("ledger-crowded", "/communities/?q=%3Cb%3E&year=2018&page=2")

    page.get_by_label("年度").select_option("2017")

    page.wait_for_url(f"{house.address}/communities/?q=%3Cb%3E%E5%8F%A4%E5%9F%8E&year=2017")
