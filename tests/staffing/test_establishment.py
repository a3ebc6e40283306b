"""编制: required and actual staff by community, street and district; what a gap costs."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from accounts.choices import AccessAct
from accounts.models import AccessLog, User
from communities.models import Community
from policy.models import Exemption, IndexValue
from staffing.selectors.establishment import Cells, Establishment
from staffing.selectors.establishment_costs import Cost, Standard
from staffing.selectors.establishment_exemptions import candidates_of, exemptions_of
from staffing.selectors.establishment_reasons import reasons_of
from staffing.selectors.trends import Year, chart_of
from tests.conftest import Browse
from tests.factories import make_user
from tests.files import xlsx_rows
from tests.policy.samples import published
from tests.queries import queries_of
from tests.staff_factories import AT, make_appointment, make_extra_workers, make_quota_plan
from tests.world import (
    DISTRICT,
    GUCHENG,
    HUNAN,
    LIUYUAN,
    STREET,
    WENXUAN,
    assessed,
    make_place,
    make_world,
    set_facts,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)
SHEET = "/staff/establishment/"
ALLOWANCE = """[[provision]]
id = "P-1"
article = "第七条"
summary = "生活补贴不低于上年人均可支配收入"
subject = "staff_allowance"
binding = "at_least"
level = "person"
covers = ["pay"]
value = { index = "disposable_income", factor = 1, lag = 1 }
payers = [ { payer = "city", percent = 50 }, { payer = "district", rest = true } ]
"""


def made(user: User, prefix: str = STREET) -> Establishment:
    return Establishment(user, assessed(user, prefix), prefix, DAY)


def community(code: str) -> Community:
    return Community.objects.get(code=code)


def row_of(found: Establishment, code: str):
    [rows] = [rows for one, rows in found.parts(12) if one == code]
    return found.row(code, code, rows)


def test_row_with_a_roster_then_heads_of_the_day_count_and_differing_facts_are_told(
    clerk: User,
) -> None:
    make_world(GUCHENG)
    gucheng = community(GUCHENG)
    director = make_appointment(gucheng, "director").person
    make_appointment(gucheng, "secretary", director)
    make_appointment(gucheng, "member", valid_until=date(2026, 6, 1))
    make_appointment(gucheng, "deputy", valid_from=date(2026, 12, 1))
    make_appointment(gucheng, "worker")
    make_appointment(gucheng, "worker", identity="seconded")
    make_appointment(gucheng, "police_deputy", identity="police")

    row = row_of(made(clerk), GUCHENG)

    # 2,847 households: one for 300 begun is 10, at most 9
    assert row.committee == Cells(
        required=9, low=9, high=9, unclamped=10, in_post=1, gap=-8, facts=7, by_facts=0
    )
    assert (row.party.low, row.party.high, row.party.in_post, row.party.gap) == (5, 9, 1, -4)
    # 2,847 households over 400 and over 300, both begun ones counted
    assert row.workers == Cells(
        required=8, low=8, high=10, unclamped=None, in_post=1, gap=-7, facts=2, by_facts=0
    )
    assert row.apart == (("下派", 1), ("社区民警", 1))
    assert row.suggested == 1


def test_row_without_a_roster_then_the_years_facts_stand_for_it(clerk: User) -> None:
    make_world(GUCHENG)

    row = row_of(made(clerk), GUCHENG)

    assert (row.committee.in_post, row.committee.gap, row.committee.by_facts) == (7, -2, 1)
    assert (row.committee.facts, row.party.in_post) == (None, None)


def test_row_when_a_quota_and_an_increase_are_approved_then_only_more_is_too_many(
    clerk: User, district_officer: User
) -> None:
    make_world(GUCHENG)
    gucheng = community(GUCHENG)
    for _ in range(12):
        make_appointment(gucheng, "worker")
    assert row_of(made(clerk), GUCHENG).workers.gap == 4

    approved = {"state": "approved", "decided_by": district_officer, "decided_at": AT}
    plan = make_quota_plan(made_by=clerk, **approved)
    plan.lines.create(community=gucheng, code=GUCHENG, households=2847, computed=9)
    make_extra_workers(gucheng, number=2, made_by=clerk, **approved)
    row = row_of(made(clerk), GUCHENG)

    assert (row.workers.gap, row.quota, row.approved) == (1, 9, 2)


def test_totals_then_shortages_only_are_added_and_streets_add_up(district_officer: User) -> None:
    make_world()
    set_facts(WENXUAN, households=300)
    for _ in range(12):
        make_appointment(community(LIUYUAN), "worker")
    found = made(district_officer, DISTRICT)

    totals, streets = found.totals(), [found.row(*one, rows) for one, rows in _named(found)]

    # 古城 lacks 2 of 9, 柳园 all 5 of its members; 长征 has its 5 and 湖南 its 9
    assert totals.committee.gap == -(2 + 5)
    assert sum(one.committee.required or 0 for one in streets) == totals.committee.required
    assert sum(one.workers.in_post or 0 for one in streets) == totals.workers.in_post == 2 + 12
    assert sum(one.workers.gap or 0 for one in streets) == totals.workers.gap
    assert [one.communities for one in streets] == [3, 2]


def _named(found: Establishment):
    return [((code, code), rows) for code, rows in found.parts(9)]


def test_cost_then_missing_persons_times_the_standard_with_payers(clerk: User) -> None:
    make_world(GUCHENG)
    published("pay", (ALLOWANCE,))
    IndexValue.objects.create(
        division_code="3715", series="disposable_income", year=2025, value=Decimal("44000.01")
    )

    found = made(clerk)

    # 2 members of 9 and 6 workers of 8 are missing; each person's sum is split to the fen
    assert row_of(found, GUCHENG).cost == Cost(
        8,
        Decimal("352000.08"),
        (("市级", Decimal("176000.00")), ("县（市、区）级", Decimal("176000.08"))),
    )
    assert found.costs.standards(found.rows) == [
        Standard(
            "生活补贴（每人）", Decimal("44000.01"), Decimal("44000.01"), "《办法pay》第七条（P-1）"
        )
    ]
    assert found.costs.left_out(found.rows) == []


def test_cost_when_the_series_is_missing_then_it_is_named(clerk: User) -> None:
    make_world(GUCHENG)
    published("pay", (ALLOWANCE,))

    found = made(clerk)

    assert found.totals().cost == Cost(8, None, (), 8)
    assert found.costs.left_out(found.rows) == [
        "生活补贴（每人）：缺少2025年城镇居民人均可支配收入，1个社区没有计入"
    ]


def test_exemptions_then_candidates_are_those_that_meet_the_other_clause(
    city_officer: User,
) -> None:
    make_world(GUCHENG)
    officer = make_user("district_officer", "330206")
    small, large = "330206002001", "330206002002"
    # 3 workers for 900 households meet one for 300; 1,200 households need 4
    make_place(small, households=900, community_workers_in_post=3)
    make_place(large, households=1200, community_workers_in_post=3)
    found = made(officer, "330206")

    [one] = candidates_of(found)
    assert (one.code, one.households, one.in_post, one.floor) == (small, 900, 3, 5)
    assert (one.provision, one.met) == ("BL-STF-6", "BL-STF-5")
    assert row_of(found, small).workers.gap == -2

    Exemption.objects.create(
        code=small,
        provision="BL-STF-6",
        reason="规模小",
        approver="北仑区民政局",
        valid_from=date(2026, 1, 1),
    )
    found = made(officer, "330206")
    assert candidates_of(found) == []
    assert row_of(found, small).workers.gap == 0
    assert [(one.code, one.approver) for one in exemptions_of(officer, found)] == [
        (small, "北仑区民政局")
    ]
    assert exemptions_of(city_officer, made(city_officer, "3715")) == []


def test_reasons_then_one_line_with_its_clause(clerk: User) -> None:
    make_world(GUCHENG)

    lines = {one.subject: one for one in reasons_of(assessed(clerk, STREET), 0)}

    assert lines["committee_members"].clause == "第十一条（LC-STF-1）"
    assert lines["committee_members"].line.startswith("进位（2,847户 ÷ 300户） = 10人")
    assert lines["community_workers"].clause == "答复：专职工作人员（SD-STF-1）"


def test_chart_when_there_are_too_few_figures_then_none() -> None:
    one = Year(2025, 9, 7, 8, None)

    assert chart_of([one, Year(2026, 9, 7, None, 8)]) is not None  # members: four figures
    assert chart_of([one]) is None


def test_sheet_then_each_person_sees_the_own_scope(
    browse: Browse, clerk: User, clerk_elsewhere: User, city_officer: User
) -> None:
    make_world()

    page = browse(clerk).get(SHEET).content.decode()
    assert "古城社区" in page
    assert "柳园社区" not in page
    assert "缺2人" in page
    assert "第十一条（LC-STF-1）" in page
    assert browse(clerk_elsewhere).get(f"{SHEET}?division={STREET}").status_code == 404
    assert browse(clerk).get(f"{SHEET}?division=3715%00").status_code == 404
    assert "东昌府区" in browse(city_officer).get(SHEET).content.decode()


def test_sheet_of_a_district_when_asked_then_by_its_communities(
    browse: Browse, district_officer: User
) -> None:
    make_world()
    client = browse(district_officer)

    assert "古城社区" not in client.get(SHEET).content.decode()
    assert "古城社区" in client.get(f"{SHEET}?view=community").content.decode()


def test_sheet_of_the_country_then_a_province_is_chosen_first(browse: Browse) -> None:
    make_world(GUCHENG)
    client = browse(make_user("auditor", "0", username="auditor.0"))

    assert "division=37" in client.get(SHEET).content.decode()
    assert "division=3715" in client.get(f"{SHEET}?division=37").content.decode()


def test_sheet_when_there_are_many_communities_then_the_queries_are_as_few(
    browse: Browse, clerk: User
) -> None:
    make_world(GUCHENG)
    make_appointment(community(GUCHENG), "worker")
    client = browse(clerk)
    client.get(SHEET)
    one = queries_of(client, SHEET)
    for number in range(30):
        place = make_place(f"3715020011{number:02}", households=900)
        make_appointment(place, "worker")
    client.get(SHEET)

    assert queries_of(client, SHEET) == one


def test_export_then_the_sheet_with_totals_and_a_line_in_the_log(
    browse: Browse, clerk: User
) -> None:
    make_world(GUCHENG, HUNAN)

    rows = xlsx_rows(browse(clerk).get(f"{SHEET}export.xlsx").content)

    assert [row[1] for row in rows if row[0] in (GUCHENG, HUNAN)] == ["古城社区", "湖南社区"]
    totals = next(row for row in rows if row[1] == "合计")
    assert totals[2:8] == [2, 6847, 18, "", 16, -2]
    log = AccessLog.objects.get(act=AccessAct.EXPORT)
    assert log.target == "古楼街道2026年编制核定表.xlsx"


def test_export_without_the_right_then_refused(browse: Browse, administrator: User) -> None:
    client: Client = browse(administrator)

    assert client.get(f"{SHEET}export.xlsx").status_code == 403
    assert client.get(SHEET).status_code == 403
