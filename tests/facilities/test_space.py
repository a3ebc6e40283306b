"""用房达标: required and actual space by community, street, district and city, and its sheet."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.choices import AccessAct
from accounts.models import AccessLog, User
from communities.models import Community
from communities.selectors.assessment import read_present
from communities.selectors.columns import Amount
from facilities.choices import Measure, RoomUse
from facilities.forms.space import EDGES, SpaceSheetForm
from facilities.models import Inspection, Room
from facilities.selectors.areas import areas_of
from facilities.selectors.space import Cells, Space
from facilities.selectors.space_city import own_of
from facilities.selectors.space_ledger import SpaceLedger
from facilities.selectors.space_reasons import SILENT, bases_of, reasons_of
from facilities.selectors.space_sizes import sizes_of
from facilities.selectors.trends import Year, assessments_of, chart_of, keys_of, trend_of
from tests.conftest import Browse
from tests.factories import make_community, make_user
from tests.files import xlsx_rows
from tests.queries import queries_of
from tests.space_factories import AT, make_premises, make_room, make_share, maker
from tests.world import (
    CHANGZHENG,
    DISTRICT,
    GUCHENG,
    HUNAN,
    LIUYUAN,
    STREET,
    WENXUAN,
    assessed,
    make_place,
    make_world,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)
SHEET = "/space/"
M2 = Decimal


def community(code: str) -> Community:
    return Community.objects.get(code=code)


def made(user: User, prefix: str = STREET, measure: str = "", on: date = DAY) -> Space:
    assessment = assessed(user, prefix)
    ledger = SpaceLedger(user, prefix, keys_of([assessment], prefix))
    return Space(assessment, prefix, ledger.on(on, assessment.register.keys), measure)


def cells_of(found: Space, code: str) -> dict[str, Cells]:
    place = found.assessment.register.place(code)
    assert place is not None
    return dict(zip(found.subjects, found.community(place).cells, strict=True))


def stop(room: Room, since: date) -> None:
    Inspection.objects.create(
        premises=room.premises, room=room, community=room.community, code=room.code,
        inspected_on=since, finding="occupied", stops_from=since, made_by=maker(), made_at=AT,
    )  # fmt: skip


def test_row_in_the_register_then_its_areas_count_and_differing_facts_are_told(
    clerk: User,
) -> None:
    make_world(GUCHENG)
    premises = make_premises(community(GUCHENG))
    make_room(premises, "work", "120.50", usable_m2=M2("100"))
    make_room(premises, "hall", "60", usable_m2=M2("50"))
    stop(make_room(premises, "activity", "900", usable_m2=M2("800")), date(2026, 5, 1))

    cells = cells_of(made(clerk, measure=Measure.USABLE), GUCHENG)

    # an old area: 150 together; 30 for 100 of 2,847 households in services
    assert cells["combined_premises_area"] == Cells(
        required=M2("150.00"), low=M2("150.00"), high=None, unclamped=None, actual=M2("180.50"),
        other=M2("150.00"), gap=M2("30.50"), facts=M2("128.00"), by_facts=0,
    )  # fmt: skip
    service = cells["service_area"]
    assert (service.required, service.actual, service.gap) == (
        M2("854.10"), M2("60.00"), M2("-794.10"),
    )  # fmt: skip
    assert (cells["service_halls"].actual, cells["service_halls"].gap) == (1, 0)


def test_row_without_premises_then_the_years_facts_stand_for_it(clerk: User) -> None:
    make_world(GUCHENG)

    cells = cells_of(made(clerk), GUCHENG)

    assert cells["combined_premises_area"].actual == M2("128.00")
    assert cells["combined_premises_area"].gap == M2("-22.00")
    assert (cells["combined_premises_area"].by_facts, cells["service_halls"].by_facts) == (1, 0)


def test_row_of_a_new_area_then_an_about_figure_is_no_floor(clerk: User) -> None:
    make_world(HUNAN)

    found = cells_of(made(clerk), HUNAN)

    # about 900 beside a floor of 30 for 100 of 4,000 households, which is more
    assert (found["service_area"].low, found["service_area"].is_target) == (M2("1200.00"), False)
    assert found["work_premises_area"].gap == M2("100.00")


def test_street_with_one_community_then_its_sum_row_is_a_sum_too(clerk: User) -> None:
    make_world(GUCHENG)
    make_room(make_premises(community(GUCHENG)), "work", "180.50")
    found = made(clerk)

    rows = [found.totals(), *(found.row(code, code, rows) for code, rows in found.parts(9))]

    assert [one.communities for one in rows] == [1, 1]
    assert cells_of(found, GUCHENG)["combined_premises_area"].gap == M2("30.50")
    for one in rows:
        cells = dict(zip(found.subjects, one.cells, strict=True))["combined_premises_area"]
        # of a sum shortages only, and nothing of a community's own
        assert (cells.gap, cells.facts, cells.unclamped) == (M2("0.00"), None, None)


def test_totals_then_shortages_only_are_added_and_streets_add_up(district_officer: User) -> None:
    make_world()
    premises = make_premises(community(LIUYUAN), total_parts=2)
    make_share(premises, community(CHANGZHENG))
    make_room(premises, "hall", "700.01")
    found = made(district_officer, DISTRICT)

    totals = found.totals()
    streets = [found.row(code, code, rows) for code, rows in found.parts(9)]

    assert [one.communities for one in streets] == [3, 2]
    for place, cells in enumerate(totals.cells):
        for name in ("required", "actual", "gap", "by_facts"):
            parts = [getattr(one.cells[place], name) or 0 for one in streets]
            assert sum(parts) == (getattr(cells, name) or 0)
    # 柳园 needs 300 and has 350.01 with its shared hall, 长征 needs 180.30: nothing lacks there
    assert streets[1].cells[found.subjects.index("service_area")].gap == M2("0.00")
    assert (streets[1].kept, streets[1].judged, streets[1].kept_share) == (2, 2, Fraction(100))
    # 文轩 has no facts: it cannot be judged; 古城 lacks; 湖南 has no known hall
    assert (streets[0].kept, streets[0].judged) == (0, 1)
    assert found.without_premises == 3


def test_city_then_its_sum_beside_what_its_communities_have(city_officer: User) -> None:
    make_world(GUCHENG, LIUYUAN)
    make_room(make_premises(community(LIUYUAN)), "hall", "250")
    assessment = assessed(city_officer, "3715")
    found = made(city_officer, "3715")

    own = own_of(assessment, "3715", found.stock)

    assert own is not None
    # 30 for 100 of 3,847 households; 40 by the facts of 古城 and 250 in the register
    assert (own.required, own.actual, own.gap) == (
        M2("1154.10"), M2("290.00"), M2("-864.10"),
    )  # fmt: skip
    assert own.clauses == ("《山东省城市社区建设标准》答复：综合服务设施（SD-SPC-1.2）",)


def test_reasons_then_the_formula_with_title_article_and_clause(clerk: User) -> None:
    make_world(GUCHENG)

    lines = {one.subject: one for one in reasons_of(assessed(clerk, STREET), 0)}

    assert lines["service_area"].line == "2,847户 × 30㎡ ÷ 100户 = 854.10㎡"
    assert lines["service_area"].clause.endswith("答复：综合服务设施（SD-SPC-1）")
    assert lines["combined_premises_area"].own is False


def test_bases_then_clauses_that_name_no_area_say_so(clerk: User) -> None:
    make_world(GUCHENG)

    bases = {one.clause.id: one.measure for one in bases_of(assessed(clerk, STREET))}

    assert bases == {
        "LC-SPC-1": SILENT, "LC-SPC-2": SILENT, "SD-SPC-1": SILENT, "LC-SPC-3": SILENT,
        "LC-ORG-5": "按个数",
    }  # fmt: skip


def test_sizes_then_an_edge_belongs_to_the_line_above_it() -> None:
    whole = Amount(np.array([29999, 30000, 50000, 0]), np.array([True, True, True, False]))

    found = sizes_of(whole, np.arange(4), (300, 500))

    assert [(one.label, one.communities) for one in found.lines] == [
        ("不到300㎡", 1), ("300至500㎡", 1), ("500㎡及以上", 1),
    ]  # fmt: skip
    assert found.reached == ((300, 2, Fraction(200, 3)), (500, 1, Fraction(100, 3)))
    assert (found.known, found.unknown) == (3, 1)


@pytest.mark.parametrize(
    ("given", "edges"),
    [
        ("", EDGES), ("500,300", (300, 500)), ("300，300", (300,)), ("0,5", EDGES),
        ("a", EDGES), ("1,2,3,4,5,6,7", EDGES), ("²", EDGES),
    ],
)  # fmt: skip
def test_edges_then_ascending_once_or_those_of_the_page(given: str, edges: tuple[int, ...]) -> None:
    assert SpaceSheetForm({"edges": given}, "3715").chosen_edges == edges


def test_trend_then_the_register_of_each_31_december_else_the_facts(clerk: User) -> None:
    make_world(GUCHENG)
    make_place(GUCHENG, 2025)
    make_room(make_premises(community(GUCHENG), valid_from=date(2026, 3, 1)), "hall", "900")
    past = assessments_of(clerk, STREET, read_present())
    ledger = SpaceLedger(clerk, STREET, keys_of(past, STREET))

    years = trend_of(past, STREET, ledger, DAY)

    assert [(one.year, one.area, one.kept, one.in_register) for one in years] == [
        (2025, M2("128.00"), 0, 0), (2026, M2("900.00"), 1, 1),
    ]  # fmt: skip
    assert dict(years[0].lacking)["服务设施"] == M2("814.10")
    assert trend_of(past, STREET, ledger, date(2026, 2, 1))[1].in_register == 0


def test_chart_when_there_are_too_few_years_then_none() -> None:
    years = [Year(year, M2(100 * (year - 2020)), (), 0, 0, 0, 0) for year in range(2021, 2026)]

    chart = chart_of(years)

    assert chart is not None
    assert [bar.height for bar in chart.bars] == [16, 32, 48, 64, 80]
    assert chart_of(years[:3]) is None


sites = st.lists(
    st.tuples(
        st.lists(
            st.tuples(st.integers(0, 2), st.integers(1, 3)), max_size=2,
            unique_by=lambda row: row[0],
        ),
        st.integers(0, 1),
        st.lists(
            st.tuples(
                st.sampled_from(RoomUse.values), st.integers(1, 99999), st.booleans(),
                st.booleans(),
            ),
            max_size=3,
        ),
    ),
    max_size=3,
)  # fmt: skip


@given(sites)
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_columns_of_any_register_then_they_are_what_the_areas_of_each_community_are(
    clerk: User, rows: Any
) -> None:
    communities = [
        Community.objects.filter(code=code).first() or make_community(code, f"{code}社区居委会")
        for code in (GUCHENG, HUNAN, WENXUAN)
    ]
    Room.objects.filter(inspections=None).delete()
    for number, (shares, rest, areas) in enumerate(rows):
        whole = max(1, sum(parts for _, parts in shares) + rest)
        name = f"用房{number}-{AT}-{len(rows)}-{id(rows)}"[:60]
        premises = make_premises(communities[0], name, parts=0, total_parts=whole)
        for place, parts in shares:
            make_share(premises, communities[place], parts)
        for use, area, has_usable, stopped in areas:
            square = M2(area).scaleb(-2)
            room = make_room(premises, use, str(square), usable_m2=square if has_usable else None)
            if stopped:
                stop(room, date(2026, 1, 1))
    keys = np.array([one.pk for one in communities])
    stock = SpaceLedger(clerk, STREET, keys.tolist()).on(DAY, keys)
    expected = areas_of(keys.tolist(), DAY)

    for place, key in enumerate(keys.tolist()):
        assert stock.has[place] == (key in expected)
        for measure in Measure.values if key in expected else ():
            found = [int(stock.of([use], measure)[place]) for use in RoomUse.values]
            assert found == [expected[key].of([use], measure) for use in RoomUse.values]
            assert bool(stock.known(measure)[place]) == expected[key].known(measure)


def test_sheet_then_each_person_sees_the_own_scope(
    browse: Browse, clerk: User, clerk_elsewhere: User, city_officer: User, district_officer: User
) -> None:
    make_world()
    make_room(make_premises(community(GUCHENG)), "hall", "60")

    page = browse(clerk).get(SHEET).content.decode()
    assert "古城社区" in page
    assert "柳园社区" not in page
    assert "年度数据128" in page
    assert "（SD-SPC-1）" in page
    assert browse(clerk_elsewhere).get(f"{SHEET}?division={STREET}").status_code == 404
    assert browse(clerk).get(f"{SHEET}?division=3715%00").status_code == 404
    page = browse(city_officer).get(SHEET).content.decode()
    assert "东昌府区" in page
    assert "全市合计" in page
    page = browse(city_officer).get(f"{SHEET}?division={DISTRICT}").content.decode()
    assert "聊城市全市的数，不是东昌府区的数" in page
    assert "全市的数" not in browse(district_officer).get(SHEET).content.decode()


def test_sheet_of_the_country_then_provinces_with_their_sums(browse: Browse) -> None:
    make_world(GUCHENG)
    client = browse(make_user("auditor", "0", username="auditor.0"))

    page = client.get(SHEET).content.decode()
    assert "division=37&" in page.replace("&amp;", "&") or "division=37" in page
    assert "历年的数按市查看" in page
    assert "division=3715" in client.get(f"{SHEET}?division=37").content.decode()


def test_sheet_with_another_measure_and_edges_then_both_are_shown(
    browse: Browse, clerk: User
) -> None:
    make_world(GUCHENG)
    make_room(make_premises(community(GUCHENG)), "hall", "60", usable_m2=M2("50.50"))

    page = browse(clerk).get(f"{SHEET}?measure=usable&edges=50,60,70").content.decode()

    assert "使用面积50.5" in page
    assert "60至70㎡" in page
    said = browse(clerk).get(f"{SHEET}?measure=gross&edges=x").content.decode()
    assert "没有口径“gross”，只列建筑面积" in said
    assert "“x”不是面积分档" in said


def test_sheet_when_there_are_many_communities_then_the_queries_are_as_few(
    browse: Browse, clerk: User
) -> None:
    make_world(GUCHENG)
    make_room(make_premises(community(GUCHENG)))
    client = browse(clerk)
    client.get(SHEET)
    one = queries_of(client, SHEET)
    for number in range(30):
        make_room(make_premises(make_place(f"3715020011{number:02}", households=900)))
    client.get(SHEET)

    assert queries_of(client, SHEET) == one


def test_export_then_the_sheet_with_totals_and_a_line_in_the_log(
    browse: Browse, clerk: User, administrator: User
) -> None:
    make_world(GUCHENG, HUNAN)

    rows = xlsx_rows(browse(clerk).get(f"{SHEET}export.xlsx").content)

    assert [row[1] for row in rows if row[0] in (GUCHENG, HUNAN)] == ["古城社区", "湖南社区"]
    totals = next(row for row in rows if row[1] == "合计")
    assert totals[2:4] == [2, 6847]
    log = AccessLog.objects.get(act=AccessAct.EXPORT)
    assert log.target == "古楼街道2026年用房达标表.xlsx"
    assert browse(administrator).get(f"{SHEET}export.xlsx").status_code == 403
    assert browse(administrator).get(SHEET).status_code == 403


def test_community_page_then_the_register_in_one_line_with_what_differs(
    browse: Browse, clerk: User
) -> None:
    make_world(GUCHENG)
    premises = make_premises(community(GUCHENG))
    make_room(premises, "work", "88")
    make_room(premises, "hall", "1060.50")

    page = browse(clerk).get(f"/communities/{GUCHENG}/").content.decode()

    assert "1,148.5㎡（工作88㎡、服务1,060.5㎡），大厅1处" in page
    assert "服务设施年度数据40.00㎡，用房台账1,060.50㎡，核对哪一个对" in page
    assert "工作用房年度数据" not in page
