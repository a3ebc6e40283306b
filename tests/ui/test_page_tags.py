"""Tags of the page frame."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template import Context
from django.test import RequestFactory

from portal.templatetags import pages
from tests.ui.sample_rows import person


def context(path: str = "/", **user: object) -> Context:
    return Context({"request": RequestFactory().get(path), "user": person(**user)})


def labels(shown: Context) -> list[str]:
    return [entry.label for entry in pages.navigation(shown)]


EVERYBODY = ["工作台", "社区台账", "数据填报"]
READS = {"communities.view_annualfacts", "collection.view_round", "policy.view_indexvalue"}


def beside(shown: Context) -> list[str]:
    return [entry.label for entry in pages.subnavigation(shown)]


def holder(*rights: str, **more: object) -> dict[str, object]:
    """A person with the rights of every reader, and those named."""
    return {"has_perm": lambda right: right in {*READS, *rights}, **more}


def test_navigation_when_a_clerk_offers_no_sheet_and_no_admin() -> None:
    assert labels(context(scope="371502001")) == EVERYBODY


def test_navigation_when_an_officer_offers_the_sheet_of_the_scope() -> None:
    entries = pages.navigation(context(scope="371502"))

    assert [entry.label for entry in entries] == [*EVERYBODY, "县区汇总"]
    assert entries[-1].url == "/districts/371502/"


def test_navigation_when_an_administrator_offers_the_admin() -> None:
    assert labels(context(scope="0", is_staff=True)) == [*EVERYBODY, "后台管理"]


STAFF = {
    "staffing.view_person": ["花名册", "人员变动", "核查", "统计"],
    "staffing.view_establishment": ["编制", "名额", "增配"],
    "staffing.view_election": ["选举"],
    "staffing.view_training": ["培训"],
    "staffing.view_pay": ["待遇"],
}


@pytest.mark.parametrize("right", STAFF)
def test_pages_of_staff_then_those_that_a_person_may_open(right: str) -> None:
    shown = context("/staff/", has_perm=lambda one: one == right)

    assert labels(shown) == ["工作台", "社区台账", "人员"]
    first = pages.navigation(shown)[-1].url
    expected = STAFF[right] if len(STAFF[right]) > 1 else []  # one page has nothing beside it
    assert beside(context(first, **holder(right))) == expected


def test_pages_of_staff_with_all_rights_then_in_the_order_of_the_work() -> None:
    assert beside(context("/staff/", **holder(*STAFF))) == [
        "花名册", "人员变动", "编制", "名额", "增配", "选举",
        "培训", "待遇", "奖励", "核查", "统计",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "below"),
    [
        ("/staff/", "花名册"),
        ("/staff/persons/7/", "花名册"),
        ("/staff/persons/7/edit/", "花名册"),
        ("/staff/persons/7/certificates/new/", "花名册"),
        ("/staff/persons/7/leave/", "人员变动"),
        ("/staff/persons/7/add-post/", "人员变动"),
        ("/staff/persons/7/pay/new/", "待遇"),
        ("/staff/pay/records/7/edit/", "待遇"),
        ("/staff/persons/7/awards/new/", "奖励"),
        ("/staff/enter/", "人员变动"),
        ("/staff/acts/7/", "人员变动"),
        ("/staff/establishment/", "编制"),
        ("/staff/quotas/371502/2026/edit/", "名额"),
        ("/staff/extra/new/", "增配"),
        ("/elections/rounds/7/", "选举"),
        ("/training/due/", "培训"),
        ("/staff/checks/", "核查"),
        ("/staff/statistics/", "统计"),
    ],
)
def test_navigation_of_staff_marks_only_the_page_it_is_on(path: str, below: str) -> None:
    shown = context(path, **holder(*STAFF))

    assert [entry.label for entry in pages.navigation(shown) if entry.current] == ["人员"]
    assert [entry.label for entry in pages.subnavigation(shown) if entry.current] == [below]


SPACE = {
    "facilities.view_premises": [
        "用房台账", "应有与现有", "小区物业用房", "巡查", "整改", "服务大厅", "补助测算", "核查",
    ],
    "facilities.view_project": ["开发项目", "违约"],
    "facilities.view_spaceplan": ["达标计划", "补助资金"],
}  # fmt: skip


@pytest.mark.parametrize("right", SPACE)
def test_pages_of_space_then_those_that_a_person_may_open(right: str) -> None:
    shown = context("/space/", has_perm=lambda one: one == right)

    assert labels(shown) == ["工作台", "社区台账", "用房"]
    assert beside(context(pages.navigation(shown)[-1].url, **holder(right))) == SPACE[right]


@pytest.mark.parametrize(
    ("path", "below"),
    [
        ("/premises/", "用房台账"),
        ("/premises/7/", "用房台账"),
        ("/premises/rooms/7/edit/", "用房台账"),
        ("/premises/papers/7/", "用房台账"),
        ("/premises/inspections/7/", "巡查"),
        ("/premises/7/inspections/new/", "巡查"),
        ("/premises/inspections/7/order/new/", "整改"),
        ("/premises/orders/7/", "整改"),
        ("/premises/halls/", "服务大厅"),
        ("/premises/7/hall-checks/new/", "服务大厅"),
        ("/premises/hall-checks/7/", "服务大厅"),
        ("/premises/checks/", "核查"),
        ("/space/", "应有与现有"),
        ("/space/estates/", "小区物业用房"),
        ("/space/subsidies/7/", "补助测算"),
        ("/space/plans/7/ranking/", "达标计划"),
        ("/space/measures/7/edit/", "达标计划"),
        ("/space/pools/7/", "补助资金"),
        ("/projects/7/gates/acceptance/", "开发项目"),
        ("/projects/handover/7/edit/", "开发项目"),
        ("/projects/7/defaults/new/", "违约"),
        ("/projects/defaults/7/", "违约"),
        ("/projects/notices/7/", "违约"),
    ],
)
def test_navigation_of_space_marks_only_the_page_it_is_on(path: str, below: str) -> None:
    shown = context(path, **holder(*SPACE))

    assert [entry.label for entry in pages.navigation(shown) if entry.current] == ["用房"]
    assert [entry.label for entry in pages.subnavigation(shown) if entry.current] == [below]


def test_navigation_without_any_right_of_the_collection_then_not_offered() -> None:
    assert labels(context(has_perm=lambda right: False)) == ["工作台", "社区台账"]


@pytest.mark.parametrize(
    ("rights", "labels"),
    [
        ((), ["数据填报", "更正", "填报任务", "指数"]),
        (
            ("communities.change_annualfacts",),
            ["数据填报", "批量导入", "更正", "填报任务", "指数"],
        ),
        (
            ("communities.change_annualfacts", "communities.review_annualfacts"),
            ["数据填报", "批量导入", "审核", "更正", "填报任务", "指数"],
        ),
        (
            ("communities.import_annualfacts", "communities.confirm_annualfacts"),
            ["数据填报", "批量导入", "复核", "更正", "填报任务", "指数"],
        ),
    ],
)
def test_pages_of_the_collection_then_those_that_a_person_may_open(
    rights: tuple[str, ...], labels: list[str]
) -> None:
    assert beside(context("/rounds/", **holder(*rights))) == labels


def test_pages_of_the_ledger_then_the_registers_beside_it() -> None:
    assert beside(context("/communities/")) == ["社区台账", "基本台账", "变更", "核查"]


def test_pages_beside_the_workbench_then_none() -> None:
    assert beside(context("/")) == []


@pytest.mark.parametrize(
    ("path", "current", "below"),
    [
        ("/", ["工作台"], []),
        ("/communities/", ["社区台账"], ["社区台账"]),
        ("/communities/371502001001/", ["社区台账"], ["社区台账"]),
        ("/communities/371502001001/acts/", ["社区台账"], ["社区台账"]),
        ("/communities/register/", ["社区台账"], ["基本台账"]),
        ("/communities/register/estates/", ["社区台账"], ["基本台账"]),
        ("/communities/acts/7/", ["社区台账"], ["变更"]),
        ("/communities/recode/", ["社区台账"], ["变更"]),
        ("/communities/checks/same-estate/", ["社区台账"], ["核查"]),
        ("/collect/", ["数据填报"], ["数据填报"]),
        ("/communities/371502001001/2026/edit/", ["数据填报"], ["数据填报"]),
        ("/communities/371502001001/2026/done/", ["数据填报"], ["数据填报"]),
        ("/communities/371502001001/2026/review/", ["数据填报"], ["审核"]),
        ("/communities/371502001001/2026/correct/", ["数据填报"], ["更正"]),
        ("/imports/7/", ["数据填报"], ["批量导入"]),
        ("/rounds/7/edit/", ["数据填报"], ["填报任务"]),
        ("/indices/import/", ["数据填报"], ["指数"]),
        ("/help/keys/", [], []),
    ],
)
def test_navigation_marks_only_the_page_it_is_on(
    path: str, current: list[str], below: list[str]
) -> None:
    reviewer = holder("communities.change_annualfacts", "communities.review_annualfacts")
    shown = context(path, **reviewer)

    assert [entry.label for entry in pages.navigation(shown) if entry.current] == current
    assert [entry.label for entry in pages.subnavigation(shown) if entry.current] == below


def test_kept_query_drops_the_named_pairs_and_keeps_repeated_ones() -> None:
    shown = context("/?year=2018&open=1&open=2&q=古城&page=3")

    assert pages.kept_query(shown, "year", "page") == [("open", "1"), ("open", "2"), ("q", "古城")]


def test_page_numbers_when_many_pages_leaves_out_the_middle() -> None:
    page = Paginator(range(2500), 50).get_page(25)

    assert list(pages.page_numbers(page)) == [1, "…", 23, 24, 25, 26, 27, "…", 50]


def payer(name: str, amount: str | None) -> SimpleNamespace:
    return SimpleNamespace(payer=name, amount=None if amount is None else Decimal(amount))


def test_payer_bars_end_exactly_at_the_full_width() -> None:
    bars = pages.payer_bars([payer("district", "59501.92"), payer("street", "25500.83")])

    assert bars == [pages.Bar("district", 0, 696), pages.Bar("street", 699, 301)]


def test_payer_bars_when_a_share_is_tiny_keeps_it_visible() -> None:
    bars = pages.payer_bars([payer("city", "0.01"), payer("district", "1000000.00")])

    assert [bar.width for bar in bars] == [1, 1000]


def test_payer_bars_when_nobody_pays_draws_nothing() -> None:
    assert pages.payer_bars([payer("unstated", None), payer("city", "0.00")]) == []


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(15, "15分钟"), (60, "1小时"), (90, "1小时30分钟"), (0, "0分钟"), (0.5, "1分钟")],
)
def test_duration_writes_hours_and_minutes(minutes: float, text: str) -> None:
    assert pages.duration(timedelta(minutes=minutes)) == text
