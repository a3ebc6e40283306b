"""Pages of subsidies for premises: the list of a division, one set of rooms, the file."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from accounts.choices import AccessAct
from accounts.models import AccessLog, User
from communities.models import Community
from tests.conftest import Browse
from tests.facilities.subsidies_world import bought, opinions_in_force, rented
from tests.factories import make_community, make_facts
from tests.files import xlsx_rows
from tests.queries import queries_of
from tests.space_factories import make_premises, make_room
from tests.staffing.pay_world import adopt

LIST = "/space/subsidies/?year=2026"


@pytest.fixture
def gucheng(db: None) -> Community:
    return make_community()


@pytest.fixture
def opinions(gucheng: Community) -> Community:
    opinions_in_force()
    return gucheng


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_list_then_lines_sums_payers_and_the_way_to_the_trace(
    opinions: Community, clerk: User, browse: Browse
) -> None:
    premises = bought(opinions)
    client = browse(clerk)

    page = text_of(client, LIST)

    for said in ("购房补助", "1,764,000.00", "市级882,000.00，</span>", "县（市、区）级882,000.00",
        f'href="/space/subsidies/{premises.pk}/#y2026"'):  # fmt: skip
        assert said in page, said
    one = text_of(client, f"/space/subsidies/{premises.pk}/")
    for said in ('id="y2026"', "一次性补助归哪个年度", "《城乡社区建设工作意见》"):
        assert said in one, said


def test_list_when_the_price_is_missing_then_names_it_and_where_to_enter_it(
    gucheng: Community, district_officer: User, browse: Browse
) -> None:
    adopt("city-opinions-2013", "3715")
    bought(gucheng)

    page = text_of(browse(district_officer), LIST)

    assert "1笔不能测算" in page
    assert "缺少2025年聊城市商品房平均销售价格，1笔" in page
    assert 'href="/indices/?year=2025&amp;division=3715"' in page


def test_list_when_no_text_speaks_of_it_then_says_so(
    gucheng: Community, clerk: User, browse: Browse
) -> None:
    bought(gucheng)
    adopt("liaocheng-2015", "3715")

    assert "执行的文件没有规定购房、租房和集体用房的补助" in text_of(browse(clerk), LIST)


def test_list_of_a_district_then_its_streets_with_links(
    opinions: Community, district_officer: User, browse: Browse
) -> None:
    bought(opinions)

    page = text_of(browse(district_officer), LIST)

    assert 'href="?year=2026&amp;division=371502001"' in page


@pytest.mark.parametrize(
    ("show", "wanted"),
    [("", (True, False, False)), ("differing", (False, True, False)), ("all", (True, True, True))],
)
def test_list_when_filtered_then_only_what_is_asked_for(
    opinions: Community, clerk: User, browse: Browse, show: str, wanted: tuple[bool, ...]
) -> None:
    bought(opinions, name="今年买的")
    bought(make_community("371502001002", "柳园社区居委会"), name="往年买的",
        signed_on=date(2020, 1, 1))  # fmt: skip
    other = make_community("371502001003", "新区社区居委会")
    make_room(make_premises(other), "work", "400")
    make_facts(other, year=2026, premises_tenure="collective", premises_area_m2=Decimal(400))

    page = text_of(browse(clerk), f"{LIST}&show={show}")

    found = tuple(said in page for said in ("今年买的", "按台账不补", "往年买的"))
    assert found == wanted
    assert "3笔，其中2笔为0元" in page
    assert f"逐笔测算（{sum(wanted)}笔）" in page


def test_list_of_one_community_then_its_lines_under_its_name(
    opinions: Community, clerk: User, browse: Browse
) -> None:
    bought(opinions)
    bought(make_community("371502001002", "柳园社区居委会"), name="柳园用房")

    page = text_of(browse(clerk), f"{LIST}&division=371502001001")

    assert "古城社区2026年用房补助" in page
    assert "柳园用房" not in page


def test_list_of_a_province_then_a_city_is_chosen_first(
    opinions: Community, auditor: User, browse: Browse
) -> None:
    bought(opinions)
    auditor.scope = "37"
    auditor.save()

    assert 'href="?year=2026&amp;division=3715"' in text_of(browse(auditor), LIST)


@pytest.mark.parametrize("division", ["371502002", "3716", "37150", "abc"])
def test_list_of_a_place_outside_the_scope_then_404(
    opinions: Community, clerk: User, browse: Browse, division: str
) -> None:
    assert browse(clerk).get(f"{LIST}&division={division}").status_code == 404


def test_page_of_rooms_of_another_street_then_404(
    opinions: Community, clerk_elsewhere: User, browse: Browse
) -> None:
    premises = bought(opinions)
    client = browse(clerk_elsewhere)

    assert client.get(f"/space/subsidies/{premises.pk}/").status_code == 404
    assert client.get("/space/subsidies/999999/").status_code == 404


def test_page_of_rooms_that_nothing_is_given_for_then_says_so(
    opinions: Community, clerk: User, browse: Browse
) -> None:
    premises = make_premises(opinions)
    make_room(premises, "work", "400")

    assert "没有可以测算的年度" in text_of(browse(clerk), f"/space/subsidies/{premises.pk}/")


def test_file_then_lines_and_total_as_numbers_and_logged(
    opinions: Community, clerk: User, browse: Browse
) -> None:
    bought(opinions)
    rented(opinions, name="租房")

    answer = browse(clerk).get("/space/subsidies/export.xlsx?year=2026")

    rows = xlsx_rows(answer.content)
    head = next(row for row in rows if row[0] == "社区代码")
    column = head.index("补助金额（元）")
    body = rows[rows.index(head) + 1 :]
    assert [(row[0], row[3], row[column]) for row in body[:3]] == [
        ("371502001001", "购房补助", 1764000), ("371502001001", "租房补助", 37500),
        ("合计", "", 1801500),
    ]  # fmt: skip
    [logged] = AccessLog.objects.filter(act=AccessAct.EXPORT)
    assert logged.target.endswith("用房补助测算.xlsx")


def test_list_when_there_are_many_then_no_more_queries(
    opinions: Community, clerk: User, browse: Browse
) -> None:
    client = browse(clerk)
    bought(opinions)
    client.get(LIST)
    alone = queries_of(client, LIST)
    for number in range(2, 31):
        community = make_community(f"3715020010{number:02}", f"第{number}社区居委会")
        bought(community, price=str(Decimal(1_000_000 + number)))
    client.get(LIST)

    assert queries_of(client, LIST) == alone
