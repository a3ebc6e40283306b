"""When committees are to be elected again, and the rate of direct elections beside its clause."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from accounts.models import User
from communities.models import Community
from policy import services as policy
from policy.engine import load_shipped
from staffing.models import Election
from staffing.selectors.elections_due import (
    AHEAD,
    DueElections,
    direct_rate,
    due_counts,
    due_elections,
    due_lines,
    due_list,
)
from tests.conftest import Browse
from tests.factories import make_community, make_organisation
from tests.files import xlsx_rows
from tests.queries import queries_of
from tests.staff_factories import make_election, make_election_round

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def elected(community: Community, until: date | None, **overrides: Any) -> Election:
    """An announced election of the whole committee whose term ends by a day."""
    values: dict[str, Any] = {
        "state": "done",
        "mode": "direct",
        "held_on": date(2021, 11, 1),
        "term_from": date(2021, 11, 1),
        "term_until": until,
    }
    return make_election(community, **(values | overrides))


def states(user: User, state: str = "") -> dict[str, tuple[str, date | None]]:
    rows = due_list(user, user.scope, state, TODAY)
    return {line.code: (line.state, line.until) for line in due_lines(user, rows, TODAY)}


def test_due_list_then_each_term_by_its_last_day(clerk: User) -> None:
    """The last day itself still complies; a year ahead is shown, the day after is not."""
    ends = {
        "371502001001": TODAY - timedelta(days=1),
        "371502001002": TODAY,
        "371502001003": TODAY + AHEAD,
        "371502001004": TODAY + AHEAD + timedelta(days=1),
    }
    for code, until in ends.items():
        elected(make_community(code, f"社区{code[-3:]}居委会"), until)
    elected(make_community("371502001005", "无期社区居委会"), None)
    make_community("371502001006", "未选社区居委会")
    make_community("371502001900", "王庄村委会", committee_kind="villagers")

    assert states(clerk) == {
        "371502001001": ("overdue", ends["371502001001"]),
        "371502001002": ("due", ends["371502001002"]),
        "371502001003": ("due", ends["371502001003"]),
        "371502001004": ("running", ends["371502001004"]),
        "371502001005": ("unknown", None),
        "371502001006": ("unknown", None),
    }
    assert list(states(clerk, "due")) == ["371502001002", "371502001003"]
    assert due_counts(clerk, "371502001", TODAY) == {
        "overdue": 1, "due": 2, "running": 1, "unknown": 2
    }  # fmt: skip


def test_due_list_then_the_last_whole_election_counts_and_no_by_election(clerk: User) -> None:
    community = make_community()
    elected(community, date(2026, 1, 1), term_from=date(2021, 1, 1))
    last = elected(community, date(2030, 1, 1), term_from=date(2025, 1, 1))
    elected(community, date(2030, 1, 1), term_from=date(2026, 5, 1), kind="by")

    (line,) = due_lines(clerk, due_list(clerk, clerk.scope, "", TODAY), TODAY)

    assert (line.last, line.until, line.registered) == (last, date(2030, 1, 1), False)


def test_due_list_without_an_election_then_by_the_register_of_organisations(clerk: User) -> None:
    make_organisation(make_community(), term_ends_on=date(2026, 3, 31))

    (line,) = due_lines(clerk, due_list(clerk, clerk.scope, "", TODAY), TODAY)

    assert (line.state, line.until, line.registered) == ("overdue", date(2026, 3, 31), True)


def test_due_elections_for_the_workbench_then_what_waits_in_the_scope(
    clerk: User, clerk_elsewhere: User, district_finance: User, administrator: User
) -> None:
    one = make_election_round()
    community = make_community()
    elected(community, date(2026, 6, 1))
    elected(make_community("371502001002", "湖南社区居委会"), date(2027, 2, 1))
    make_election(community, round=one)

    assert due_elections(clerk, TODAY) == DueElections(
        1, 1, date(2026, 6, 1), 1, date(2026, 12, 31)
    )
    assert due_elections(clerk_elsewhere, TODAY) == DueElections(0, 0, None, 0, None)
    assert due_elections(district_finance, TODAY) is None
    assert due_elections(administrator, TODAY) is None


@pytest.fixture
def city_opinions(db: None) -> None:
    text = load_shipped("city-opinions-2013")
    source = text.source
    policy.publish(policy.draft(source, by=None, jurisdiction="3715"), by=None, on=date(2015, 1, 1))


def test_direct_rate_of_a_city_then_beside_its_clause_in_whole_committees(
    city_officer: User, district_officer: User, city_opinions: None
) -> None:
    """Of 4 committees at least 4 are asked (80 % of 4 is 3.2); 3 were elected directly."""
    modes = ("direct", "direct", "households", "direct")
    codes = ("371502001001", "371502001002", "371502002001", "371521001001")
    for code, mode in zip(codes, modes, strict=True):
        community = make_community(code, f"社区{code[-4:]}居委会")
        elected(community, None, term_from=date(2020, 1, 1), mode="representatives")
        elected(community, None, mode=mode)
        elected(community, None, mode="households", kind="by", term_from=date(2024, 1, 1))

    found = direct_rate(city_officer, "3715", TODAY)
    district = direct_rate(district_officer, "371502", TODAY)

    assert found is not None
    assert district is not None
    total, lines = found
    assert (total.asked.actual, total.asked.whole, total.asked.required) == (3, 4, 4)
    assert (total.asked.share, total.asked.met, total.known) == (Fraction(75), False, 4)
    assert total.asked.clause is not None
    assert (total.asked.clause.id, total.asked.clause.article) == ("C13-ELE-1", "三、（二）")
    assert [(line.code, line.asked.actual, line.asked.whole) for line in lines] == [
        ("371502", 2, 3),
        ("371521", 1, 1),
    ]
    mine, _ = district
    assert (mine.asked.share, mine.asked.required) == (Fraction(200, 3), None)
    assert mine.asked.clause == total.asked.clause


def test_direct_rate_where_no_text_asks_then_only_the_share(city_officer: User) -> None:
    elected(make_community(), None)

    found = direct_rate(city_officer, "3715", TODAY)

    assert found is not None
    assert (found[0].asked.required, found[0].asked.clause, found[0].asked.met) == (
        None, None, True,
    )  # fmt: skip


def test_elections_page_then_of_the_scope_with_a_fixed_number_of_queries(
    browse: Browse, district_officer: User
) -> None:
    desk = browse(district_officer)
    elected(make_community(), date(2026, 6, 1))
    desk.get("/elections/")
    few = queries_of(desk, "/elections/")
    for number in range(29):
        community = make_community(f"3715020010{number + 10}", f"社区{number}居委会")
        elected(community, date(2026, 6, 1))
        make_election(community)

    assert queries_of(desk, "/elections/") == few
    answer = desk.get("/elections/?state=overdue&division=371502001")
    assert answer.context["page"].paginator.count == 30
    assert desk.get("/elections/?division=371521").context["place"].code == "371502"


def test_elections_page_of_the_whole_country_then_a_city_is_chosen_first(
    browse: Browse, auditor: User
) -> None:
    auditor.scope = "37"
    auditor.save()
    elected(make_community(), date(2026, 6, 1))
    desk = browse(auditor)

    wide = desk.get("/elections/")

    assert [city["code"] for city in wide.context["cities"]] == ["3715"]
    assert desk.get("/elections/?division=3715").context["committees"] == 1


def test_elections_as_a_file_then_without_names_of_persons(browse: Browse, clerk: User) -> None:
    elected(make_community(), date(2026, 6, 1), electorate=1000, voted=821)

    rows = xlsx_rows(browse(clerk).get("/elections/export.xlsx").content)

    assert rows[-1][2:] == [
        "古城社区", "2021-11-01", "直接选举", 1000, 821, "82.1%", "2021-11-01", "2026-06-01",
        "已届满", "",
    ]  # fmt: skip


def test_elections_of_a_community_that_are_due_then_a_banner(browse: Browse, clerk: User) -> None:
    elected(make_community(), date(2026, 6, 1))

    content = browse(clerk).get("/communities/371502001001/elections/").content.decode()

    assert "本届居委会任期到2026-06-01，还没有登记换届选举" in content
