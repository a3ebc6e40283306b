"""What the workbench says of the collection: to-dos, banner, calendar, completeness."""

from datetime import date, timedelta
from typing import Any

import pytest

from accounts.models import User
from accounts.scope import scope
from collection.models import Correction, Extension, FactsDraft, FactsStep, Round, Upload
from collection.selectors.todo import Banner, Board, Node, get_board
from communities.models import AnnualFacts
from tests.factories import CHANGED_AT, make_community, make_facts, make_round, make_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
CLOSES = date(2026, 11, 30)
ASKED = ["households_resident", "population_resident", "premises_tenure", "contract_rent_yuan"]


def collect(by: User | None = None, **overrides: Any) -> Round:
    """The district's round of 2026, nine days before its end."""
    values = {"asked": ASKED, "title": "2026年度填报"} | overrides
    return make_round(made_by=by or make_user("city_officer", "3715", username="maker"), **values)


def place(number: int, name: str, **facts: Any) -> AnnualFacts | None:
    """A community of 古楼街道, with facts of the year where any are given."""
    community = make_community(f"371502001{number:03}", f"{name}社区居委会")
    full: dict[str, Any] = {
        "households_resident": 2500,
        "population_resident": 6000,
        "premises_tenure": "lent",
    }
    return make_facts(community, **(full | facts)) if facts else None


def lines(board: Board) -> list[tuple[Any, ...]]:
    return [(one.name, one.hint, one.status, one.left_days) for one in board.todos]


def draft(facts: AnnualFacts, by: User, **cells: str) -> None:
    with scope("0"):
        FactsDraft.objects.create(
            community=facts.community,
            year=2026,
            code=facts.code,
            cells=cells,
            changed_by=by,
            changed_at=CHANGED_AT,
        )


# ── lines ──


def test_clerk_then_returned_before_under_way_before_not_begun(clerk: User, reviewer: User) -> None:
    collect()
    place(1, "名人苑")
    place(2, "铁西", status="draft", population_resident=None)
    returned = place(3, "湖北", status="returned")
    place(4, "古城", status="confirmed")
    with scope("0"):
        for number, said in ((1, "先前的意见"), (2, "面积与产权证不一致")):
            FactsStep.objects.create(
                facts=returned,
                code="371502001003",
                kind="return",
                number=number,
                comments={"premises_area_m2": said},
                by=reviewer,
                at=CHANGED_AT,
            )

    board = get_board(clerk, TODAY)

    assert lines(board) == [
        ("修改湖北社区数据", "退回：面积与产权证不一致", "已退回", 9),
        ("继续填报铁西社区", "还有1项没有填", "填报中", 9),
        ("填报名人苑社区", "尚未开始", "未填报", 9),
    ]
    assert board.todos[0].url == "/communities/371502001003/2026/edit/"
    assert {one.due for one in board.todos} == {CLOSES}


def test_clerk_when_last_year_is_known_then_the_form_says_so(clerk: User) -> None:
    collect()
    make_facts(make_community(), 2025, households_resident=2400)

    assert [one.hint for one in get_board(clerk, TODAY).todos] == ["尚未开始，可从上年数据带入"]


def test_clerk_when_a_figure_is_unlikely_then_its_reason_is_due(clerk: User) -> None:
    collect()
    facts = place(1, "海源", status="draft", households_resident=3000)
    assert facts
    make_facts(
        facts.community, 2025, households_resident=2000, population_resident=6000,
        premises_tenure="lent",
    )  # fmt: skip

    (line,) = get_board(clerk, TODAY).todos
    assert (line.name, line.hint) == ("说明海源社区数据变动", "常住户数比上年增加50.0%，写明原因")

    AnnualFacts.objects.filter(pk=facts.pk).update(reasons={"households_resident": "新小区入住"})
    (line,) = get_board(clerk, TODAY).todos
    assert (line.name, line.hint) == ("继续填报海源社区", "已填完，核对后提交")


def test_clerk_when_something_is_typed_then_under_way(clerk: User) -> None:
    collect()
    make_community()
    other = place(2, "铁西", status="draft", population_resident=None)
    assert other
    draft(other, clerk, population_resident="6100")

    assert lines(get_board(clerk, TODAY)) == [
        ("继续填报铁西社区", "已填完，核对后提交", "填报中", 9),
        ("填报古城社区", "尚未开始", "未填报", 9),
    ]


def test_clerk_when_there_are_many_then_the_rest_is_counted(clerk: User) -> None:
    collect()
    for number in range(1, 16):
        place(number, f"第{number}")

    found = lines(get_board(clerk, TODAY))

    assert len(found) == 13
    assert found[-1] == ("其余3个社区", "在数据填报里逐个打开", "", 9)


def test_clerk_when_the_day_is_over_then_one_line_says_so(clerk: User) -> None:
    collect(closes_on=date(2026, 11, 20))
    place(1, "名人苑")
    place(2, "铁西", status="draft")

    assert lines(get_board(clerk, TODAY)) == [
        ("2个社区没有按期提交", "填报已截止，申请延期后再提交", "已过期", -1)
    ]


def test_clerk_when_the_street_has_more_time_then_its_own_day(clerk: User) -> None:
    one = collect(closes_on=date(2026, 11, 20))
    place(1, "名人苑")
    with scope("0"):
        Extension.objects.create(
            round=one,
            code="371502001",
            closes_on=CLOSES,
            reason="汛情",
            by=one.made_by,
            at=CHANGED_AT,
        )

    board = get_board(clerk, TODAY)

    assert [(line.name, line.due) for line in board.todos] == [("填报名人苑社区", CLOSES)]
    assert board.calendar[-1] == Node(CLOSES, "填报截止（已延期）", 9)


def test_clerk_when_all_is_handed_in_then_nothing_and_a_quiet_banner(clerk: User) -> None:
    collect()
    place(1, "古城", status="confirmed")
    place(2, "湖南", status="submitted")

    board = get_board(clerk, TODAY)

    assert board.todos == []
    assert board.banner == Banner(
        "2026年度数据填报还剩9天",
        "11月30日截止。2个社区中1个已确认，1个待审核，全部提交",
        "ok",
        "/collect/?year=2026",
        "查看填报",
    )


@pytest.mark.parametrize("change", [{"state": "draft"}, {"state": "closed"}, {"opens_on": CLOSES}])
def test_round_that_is_not_open_then_nothing(clerk: User, change: dict[str, Any]) -> None:
    collect(**change)
    place(1, "名人苑")

    assert get_board(clerk, TODAY) == Board()


def test_round_of_other_streets_then_nothing(clerk: User, clerk_elsewhere: User) -> None:
    collect(street_codes=["371502002"])
    place(1, "名人苑")
    make_community("371502002001", "柳园社区居委会")

    assert get_board(clerk, TODAY).todos == []
    assert len(get_board(clerk_elsewhere, TODAY).todos) == 1


def test_reviewer_then_what_waits_for_a_look(reviewer: User) -> None:
    collect()
    place(1, "古城", status="submitted", reasons={"households": "拆迁"})
    place(2, "湖南", status="submitted")
    place(3, "文轩", status="reviewed")

    board = get_board(reviewer, TODAY)

    assert lines(board) == [("2个社区待审核", "其中1个写了变动说明，先看", "待审核", 9)]
    assert board.todos[0].url == "/reviews/?year=2026"
    assert board.banner
    assert (board.banner.label, board.banner.text) == (
        "审核", "11月30日截止。3个社区中0个已确认，2个待审核，1个待复核",
    )  # fmt: skip


def test_reviewer_when_nothing_waits_then_the_way_to_the_progress(reviewer: User) -> None:
    one = collect()
    place(1, "古城", status="confirmed")
    place(2, "湖南")

    board = get_board(reviewer, TODAY)

    assert board.todos == []
    assert board.banner == Banner(
        "2026年度数据填报还剩9天",
        "11月30日截止。2个社区中1个已确认，没有待审核的，1个没有提交",
        "warn",
        f"/rounds/{one.pk}/",
        "查看进度",
    )


def test_district_then_what_waits_what_is_late_and_corrections(
    district_officer: User, clerk: User
) -> None:
    one = collect(closes_on=date(2026, 11, 20))
    confirmed = place(1, "古城", status="confirmed")
    place(2, "湖南", status="reviewed")
    place(3, "文轩", status="returned")
    make_community("371502002001", "柳园社区居委会")
    with scope("0"):
        Correction.objects.create(
            facts=confirmed,
            code="371502001001",
            year=2026,
            changes={"households": ["1", "2"]},
            reason="漏报",
            document="凭证",
            corrected_on=TODAY,
            proposed_by=clerk,
            proposed_at=CHANGED_AT,
        )

    board = get_board(district_officer, TODAY)

    assert lines(board) == [
        ("1个社区待复核", "没有变动说明", "待复核", -1),
        (
            "2个社区没有提交",
            "2026年度填报：未填报1个，填报中0个，已退回1个",
            "已过期",
            -1,
        ),
        ("1件更正待批准", "看对经费的影响，再批准或不予更正", "待批准", None),
    ]
    assert board.todos[1].url == f"/rounds/{one.pk}/"
    assert board.banner
    assert board.banner.strong == "2026年度数据填报已截止"


def test_correction_of_ones_own_then_not_ones_to_decide(district_officer: User) -> None:
    confirmed = place(1, "古城", status="confirmed")
    with scope("0"):
        Correction.objects.create(
            facts=confirmed,
            code="371502001001",
            year=2026,
            changes={"households": ["1", "2"]},
            reason="漏报",
            document="凭证",
            corrected_on=TODAY,
            proposed_by=district_officer,
            proposed_at=CHANGED_AT,
        )

    assert get_board(district_officer, TODAY).todos == []


def test_import_that_waits_then_a_line_for_the_office(
    clerk: User, clerk_elsewhere: User, reviewer: User
) -> None:
    with scope("0"):
        for state in ("ready", "done"):
            Upload.objects.create(
                code="371502001",
                year=2026,
                source="file",
                file_name="填报.xlsx",
                sha256="0" * 64,
                size=1,
                made_by=clerk,
                made_at=CHANGED_AT,
                state=state,
                counts={"wrong": 2, "unlikely": 1, "new": 9},
            )

    assert lines(get_board(clerk, TODAY)) == [
        ("核对导入填报.xlsx", "2行有错误，1行待确认", "待核对", None)
    ]
    assert len(get_board(reviewer, TODAY).todos) == 1
    assert get_board(clerk_elsewhere, TODAY).todos == []


@pytest.mark.parametrize("role", ["district_finance", "auditor"])
def test_reader_then_no_line_and_only_the_way_to_the_round(role: str) -> None:
    one = collect()
    place(1, "名人苑")
    place(2, "湖南", status="reviewed")

    board = get_board(make_user(role, "371502"), TODAY)

    assert board.todos == []
    assert board.banner
    assert (board.banner.url, board.banner.label) == (f"/rounds/{one.pk}/", "查看进度")


def test_city_then_its_rounds_and_its_districts(city_officer: User) -> None:
    collect(code="3715", title="全市填报")
    place(1, "名人苑")
    make_community("371521001001", "谷山社区居委会")

    board = get_board(city_officer, TODAY)

    assert lines(board) == [
        ("2个社区没有提交", "全市填报：未填报2个，填报中0个，已退回0个", "填报中", 9)
    ]


def test_country_then_the_rounds_without_counting_communities(
    administrator: User, django_assert_max_num_queries: Any
) -> None:
    collect(administrator, code="3715")
    collect(administrator, code="330206", closes_on=CLOSES + timedelta(days=1))
    place(1, "名人苑")

    with django_assert_max_num_queries(4):
        board = get_board(administrator, TODAY)

    assert board.counts == {}
    assert board.banner
    assert board.banner.text == "11月30日截止。共2个填报任务进行中"
    assert board.banner.url == "/rounds/"


def test_calendar_then_the_days_of_the_round(clerk: User) -> None:
    collect()

    assert get_board(clerk, TODAY).calendar == [
        Node(date(2026, 6, 30), "2026年度统计时点", None),
        Node(date(2026, 10, 1), "2026年度开始填报", None),
        Node(CLOSES, "填报截止", 9),
    ]


# ── queries ──


@pytest.mark.parametrize("who", ["clerk", "reviewer", "district_officer"])
def test_board_then_the_same_queries_for_one_community_and_for_thirty(
    who: str, request: pytest.FixtureRequest, django_assert_num_queries: Any
) -> None:
    user = request.getfixturevalue(who)
    collect()
    place(1, "名人苑", status="returned")
    expected = {"clerk": 18, "reviewer": 18, "district_officer": 4}[who]
    get_board(user, TODAY)  # rights and texts are in memory now

    with django_assert_num_queries(expected):
        get_board(user, TODAY)
    for number in range(2, 31):
        place(number, f"第{number}", status=("draft", "returned", "confirmed")[number % 3])
    with django_assert_num_queries(expected):
        get_board(user, TODAY)
