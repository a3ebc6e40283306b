"""社区增减情况: two years by street, with what came and went."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from accounts.models import User
from accounts.scope import scope
from communities.models import ChangeAct, Lineage
from communities.selectors.comparison import Comparison, Moved, Side, compare_years
from communities.selectors.register import read_versions
from tests.conftest import Browse
from tests.factories import make_community, make_facts, make_former, make_user
from tests.files import csv_rows, xlsx_rows
from tests.queries import queries_of

AT = datetime(2026, 7, 1, tzinfo=UTC)


def make_act(user: User, **values: Any) -> ChangeAct:
    return ChangeAct.objects.create(
        code=user.scope, title="甲", reason="乙", proposed_by=user, proposed_at=AT, **values
    )


def compared(user: User, first: int = 2025, second: int = 2026) -> Comparison:
    with scope(user.scope):
        return compare_years(user, user.scope, first, second, read_versions())


def test_streets_add_up_before_came_went_and_after(district_officer: User) -> None:
    stays = make_community("371502001001", "甲社区居委会")
    make_facts(stays, 2025, households=1000)
    make_facts(stays, 2026, households=1100)
    ended = make_community("371502001002", "乙社区居委会", valid_until=date(2026, 7, 1))
    make_facts(ended, 2025, households=700)
    new = make_community(
        "371502001003",
        "丙社区居委会",
        valid_from=date(2026, 7, 1),
        set_up_on=date(2026, 7, 1),
        set_up_doc_no="东政字〔2026〕3号",
    )
    make_facts(new, 2026, households=900)
    silent = make_community("371502002001", "丁社区居委会")
    make_facts(silent, 2025, households=50)

    found = compared(district_officer)

    first, second = found.streets
    assert (first.code, first.name) == ("371502001", "古楼街道")
    assert (first.before, first.after) == (Side(2, 1700, 0), Side(2, 2000, 0))
    assert first.came == (Moved(new.code, "丙社区", new.code, 900, "设立，东政字〔2026〕3号"),)
    assert first.went == (Moved(ended.code, "乙社区", ended.code, 700, ""),)
    assert (first.households_more, first.alike) == (300, 100)
    assert (second.households_more, second.alike) == (None, 0)
    assert (second.before, second.after) == (Side(1, 50, 0), Side(1, 0, 1))
    assert (found.before, found.after) == (Side(3, 1750, 0), Side(3, 2000, 1))
    assert (found.came, found.went, found.households_more, found.alike) == (1, 1, None, 100)
    for street in found.streets:
        assert street.before.count + len(street.came) - len(street.went) == street.after.count


def test_a_community_that_moves_to_another_street_goes_there_and_comes_here(
    district_officer: User,
) -> None:
    moved = make_community("371502002009", "甲社区居委会")
    make_former(moved, date(2026, 5, 1), code="371502001009")
    make_facts(moved, 2025, code="371502001009", street_code="371502001", households=400)
    make_facts(moved, 2026, households=420)

    found = compared(district_officer)

    one, two = found.streets
    assert [row.code for row in one.went] == ["371502001009"]
    assert [row.code for row in two.came] == ["371502002009"]
    assert one.went[0].present == "371502002009"
    assert (one.before.households, two.after.households) == (400, 420)
    assert (found.before.count, found.after.count) == (1, 1)


def test_what_came_and_went_names_its_act(district_officer: User) -> None:
    ended = make_community("371502001002", "乙社区居委会", valid_until=date(2026, 7, 1))
    other = make_community("371502001001", "甲社区居委会")
    with scope("0"):
        act = make_act(district_officer, kind="merge")
        Lineage.objects.create(
            community=ended,
            code=ended.code,
            relation="successor",
            other=other,
            other_code=other.code,
            other_name="甲社区",
            act=act,
            kind="merge",
            doc_no="东政字〔2026〕5号",
            effective_on=date(2026, 7, 1),
        )

    (street,) = compared(district_officer).streets

    assert [row.act for row in street.went] == ["合并，东政字〔2026〕5号"]


def test_what_ended_without_a_successor_names_the_act_that_took_effect(
    district_officer: User,
) -> None:
    ended = make_community("371502001002", "乙社区居委会", valid_until=date(2026, 7, 1))
    decider = make_user("city_officer", "3715")
    with scope("0"):
        act = make_act(district_officer, kind="abolish", plan={"communities": [ended.pk]})
        rows = ChangeAct.objects.filter(pk=act.pk)
        rows.update(state="submitted")
        rows.update(state="reviewed", reviewed_by=decider)
        rows.update(
            state="decided",
            decided_by=decider,
            decision_doc_no="东政字〔2026〕9号",
            decided_on=date(2026, 6, 1),
            effective_on=date(2026, 7, 1),
        )
        assert [row.act for row in compared(district_officer).streets[0].went] == [""]
        rows.update(state="applied", applied_at=AT)

    assert [row.act for row in compared(district_officer).streets[0].went] == [
        "撤销，东政字〔2026〕9号"
    ]


def test_years_page_shows_sums_and_exports_the_same(clerk: User, browse: Browse) -> None:
    place = make_community("371502001001", "甲社区居委会")
    make_facts(place, 2025, households=1000)
    make_facts(place, 2026, households=900)
    client = browse(clerk)

    answer = client.get("/communities/checks/years/?since=2025&until=2026")
    head, *rows = csv_rows(
        client.get("/communities/checks/years/export.csv?since=2025&until=2026").content
    )
    sheet = xlsx_rows(
        client.get("/communities/checks/years/export.xlsx?since=2025&until=2026").content
    )

    html = answer.content.decode()
    assert "社区增减情况<small>古楼街道 · 2025年末至2026年末</small>" in html
    assert "\N{MINUS SIGN}100" in html
    assert rows == [["古楼街道", "1", "0", "0", "1", "1000", "900", "-100", "-100", "0", "", ""]]
    assert head[7] == "增减（户）"
    assert sheet[-1][:8] == ["合计", 1, 0, 0, 1, 1000, 900, -100]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("since=2026&until=2025", "起始年度2026不早于截止年度2025，已改用2024"),
        ("since=abc", "“abc”不是年度，已改用通常的年度"),
    ],
)
def test_years_that_make_no_sense_are_said_and_mended(
    query: str, said: str, clerk: User, browse: Browse
) -> None:
    make_facts(make_community(), 2026)

    assert said in browse(clerk).get(f"/communities/checks/years/?{query}").content.decode()


def test_years_page_asks_as_many_queries_for_30_rows_as_for_one(
    district_officer: User, browse: Browse
) -> None:
    client = browse(district_officer)
    path = "/communities/checks/years/?since=2025&until=2026"
    make_community("371502001001", "甲社区居委会", valid_from=date(2026, 3, 1))
    client.get(path)
    few = queries_of(client, path)
    for number in range(2, 32):
        make_community(f"3715020{number:02}001", "乙社区居委会", valid_from=date(2026, 3, 1))
    client.get(path)

    assert queries_of(client, path) == few


def test_a_community_that_ended_and_was_reopened_then_went_by_the_act_that_ended_it(
    district_officer: User,
) -> None:
    day = date(2026, 7, 1)
    ended = make_community("371502001002", "乙社区居委会", valid_until=day)
    again = make_community("371502001002", "乙社区居委会", valid_from=day)
    stays = make_community("371502001001", "甲社区居委会")
    for one, year in ((ended, 2025), (again, 2026), (stays, 2025), (stays, 2026)):
        make_facts(one, year)
    for kind, other, doc_no in (("abolish", stays, "12号"), ("reopen", again, "13号")):
        act = make_act(district_officer, kind=kind)
        for one, relation, kin in (
            (ended, "successor", other),
            (other, "predecessor", ended),
        ):
            values = {"kind": kind, "doc_no": doc_no, "effective_on": day}
            with scope("0"):
                Lineage.objects.create(
                    community=one, code=one.code, relation=relation, other=kin,
                    other_code=kin.code, other_name=kin.name, act=act, **values,
                )  # fmt: skip

    (street,) = compared(district_officer).streets

    assert [row.act for row in street.went] == ["撤销，12号"]
    assert [row.act for row in street.came] == ["恢复，13号"]
