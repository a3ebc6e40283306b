"""One valid context per page template."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

from django.core.paginator import Paginator

from communities.choices import AreaKind
from portal import samples as parts
from tests.ui.sample_rows import (
    DISTRICT,
    STREET,
    TEXT,
    Context,
    area,
    fact,
    frame,
    ledger_rows,
    notice,
    sheet_row,
    standard,
    task,
    year_row,
)


def ledger_context(count: int = 20) -> Context:
    rows = ledger_rows(count)
    page = Paginator(rows, 50).get_page(1)
    heads = {
        "name": "社区",
        "households": "户数",
        "population": "常住人口",
        "staff_gap": "差额",
        "premises_gap": "差额",
        "funding": "2018年测算（元）",
    }
    columns = {
        key: {"label": label, "url": f"/communities/?sort={key}", "direction": ""}
        for key, label in heads.items()
    }
    columns["name"]["direction"] = "ascending"
    return {
        **frame(),
        "scope_name": "古楼街道",
        "filters": {
            "q": "",
            "sort": "",
            "streets": [],
            "types": [{"value": k.value, "label": k.label, "selected": False} for k in AreaKind],
            "statuses": [{"value": "draft", "label": "填报中", "selected": False}],
            "gap": False,
            "ignored": [],
        },
        "export_xlsx_url": "/communities/export.xlsx",
        "export_csv_url": "/communities/export.csv",
        "rows": list(page.object_list),
        "columns": columns,
        "staff_label": "居委会成员",
        "premises_label": "工作和服务用房",
        "totals": {
            "count": count,
            "households": 58_824,
            "population": 152_962,
            "staff": {"required": 157, "actual": 147, "gap": -12, "reason": ""},
            "premises": {
                "required": Decimal(4050),
                "actual": Decimal(6197),
                "gap": Decimal(-178),
                "reason": "",
            },
            "funding": Decimal(5_127_040),
            "confirmed": 17,
        },
        "page": page,
        "reasons": [{"text": "缺少核定户数", "count": 1}],
    }


def crowded_ledger_context() -> Context:
    """A city's ledger: streets to choose from, fractions of square metres, several pages."""
    context = ledger_context(2_431)
    context["scope_name"] = "聊城市"
    context["area_decimals"] = 2
    filters = context["filters"]
    filters["streets"] = [{"value": STREET, "label": "古楼街道", "selected": True}]
    filters["ignored"] = ["没有“old”这个类型，已不按类型筛选"]
    filters["q"] = "<b>古城"
    return context


def empty_ledger_context() -> Context:
    return {**ledger_context(0), "reasons": []}


def home_context() -> Context:
    rows = ledger_rows()
    return {
        **frame(),
        "office": "古楼街道办事处",
        "scope_name": "古楼街道20个社区",
        "notices": [notice()],
        "banner": {
            "tone": "warn",
            "strong": "2018年度数据填报还剩9天",
            "text": "11月30日截止。20个社区中17个已确认，还有3个没有提交",
            "url": "/collect/",
            "label": "继续填报",
        },
        "inbox": [
            {
                "url": "/rounds/1/",
                "text": "2018年度社区保障数据填报已下达，2018-11-30截止",
                "at": datetime(2018, 10, 8, 1, 30, tzinfo=UTC),
            },
            {"url": "", "text": "账号已启用", "at": datetime(2018, 10, 1, 1, 30, tzinfo=UTC)},
        ],
        "sections": {
            "year": 2018,
            "percent": Decimal("92.5"),
            "lines": [
                {"label": "户数和人口", "done": 19, "total": 20, "low": False},
                {"label": "用房", "done": 17, "total": 20, "low": True},
            ],
        },
        "todo": [
            task("修改湖北社区数据", "区民政局退回：用房面积与产权证登记面积不一致", 3, "已退回"),
            task("继续填报铁西社区", "缺用房、上年经费两部分", 9, "填报中"),
            task("填报名人苑社区", "尚未开始，可从上年数据带入", 9, "未填报"),
        ],
        "todo_empty": "今天没有待办",
        "standards": [
            standard("居委会成员", "人", 157, 147, -12, 9),
            standard("工作和服务用房", "㎡", Decimal(4050), Decimal(6197), Decimal(-178), 6),
            {
                **standard("工作经费", "元", Decimal(5_127_040), None, None, None),
                "basis": "每千户20,000元，每社区不低于60,000元",
                "reason": "还没有到位数",
            },
        ],
        "largest_gaps": [rows[0], rows[14], rows[5], rows[6]],
        "reporting": [
            {"label": "已确认", "done": 17, "total": 20, "low": False},
            {"label": "待审核", "done": 0, "total": 20, "low": False},
            {"label": "还没有填", "done": 1, "total": 20, "low": True},
        ],
        "calendar": [{"on": date(2018, 11, 30), "what": "街道填报截止", "left": 9}],
        "areas": [],
        "area_label": "",
    }


def officer_home_context() -> Context:
    areas = [
        area("古楼街道", "371502001", 20, 61_594, 12, 199, Decimal(5_387_040), 1),
        area("柳园街道", "371502002", 19, 55_960, 8, 120, Decimal(5_110_840), 0),
    ]
    office = {"office": "东昌府区民政局", "scope_name": "东昌府区87个社区", "todo": []}
    return {**home_context(), **office, "areas": areas, "area_label": "街道"}


def empty_home_context() -> Context:
    parts_of_home = ("notices", "todo", "standards", "largest_gaps", "reporting", "calendar")
    nothing = {"banner": None, "inbox": [], "sections": None, "demo": False}
    return {**home_context(), **{part: [] for part in parts_of_home}, **nothing}


def community_context() -> Context:
    groups = [
        ("staff", "人员", [parts.committee_need(), parts.blocked_need()]),
        ("premises", "用房", [parts.premises_need()]),
        ("funding", "经费", [parts.funding_need()]),
    ]
    return {
        **frame(),
        "area_decimals": 2,
        "community": {"name": "古城社区", "code": "371502001001"},
        "tab": "policy",
        "holder_query": "",
        "trail": [
            {"label": "社区台账", "url": "/communities/"},
            {"label": "古楼街道", "url": "/communities/?street=371502001"},
            {"label": "古城社区", "url": ""},
        ],
        "facts_status": "已确认，2018-11-12",
        "need_groups": [
            {"key": key, "label": label, "note": "", "needs": needs} for key, label, needs in groups
        ],
        "fact_groups": [
            {
                "label": "基本情况",
                "facts": [
                    fact("社区代码", "371502001001"),
                    fact("核定户数", 2847, "户", "工作经费按它测算"),
                    fact("常住人口", None, "人"),
                    fact("住区类型", "老城区、已建成"),
                ],
            },
            {"label": "用房", "facts": [fact("现有面积", Decimal("860.50"), "㎡", "建筑面积")]},
        ],
        "history": [
            year_row(2018, 2847, 9, 7, Decimal("854.10"), Decimal("860.50"), Decimal("60000.00")),
            year_row(2017, 2604, 9, 7, Decimal("781.20"), Decimal(128), Decimal("60000.00")),
            year_row(2016, None, None, 8, None, Decimal(128), None),
        ],
        "texts": [TEXT],
    }


def community_without_policy_context() -> Context:
    return {**community_context(), "year": 2010, "need_groups": [], "texts": [], "history": []}


def district_context() -> Context:
    names = ["古楼街道", "柳园街道", "新区街道", "湖西街道", "东城街道"]
    rows = [sheet_row(name, f"{DISTRICT}{i:03d}") for i, name in enumerate(names, start=1)]
    children = [
        sheet_row(name, f"{STREET}00{i}") for i, name in enumerate(["古城社区", "湖南社区"])
    ]
    rows[0] |= {"is_open": True, "children": children}
    return {
        **frame(),
        "division": {"name": "东昌府区", "code": DISTRICT},
        "trail": [{"label": "聊城市", "url": "/districts/3715/"}, {"label": "东昌府区", "url": ""}],
        "texts": [TEXT],
        "export_xlsx_url": "/districts/371502/export.xlsx",
        "export_csv_url": "/districts/371502/export.csv",
        "area_label": "街道",
        "premises_label": "工作和服务用房",
        "payer_columns": ["市级", "县（市、区）级", "街道", "未载明"],
        "rows": rows,
        "totals": sheet_row("合计", DISTRICT),
        "checks": parts.checks(),
        "checks_passed": 1,
        "checks_broken": 1,
        "unavailable": [
            {"subject": "居委会成员", "count": 1, "reason": "缺少核定户数", "url": "/communities/"}
        ],
        "own_subjects": [
            {
                "label": "全市综合服务设施",
                "value": Decimal("1890.90"),
                "unit": "㎡",
                "clauses": "SD-SPC-1.2",
                "reason": "",
            },
            {
                "label": "信息化配套资金",
                "value": None,
                "unit": "元",
                "clauses": "",
                "reason": "还没有信息化配套资金",
            },
        ],
        "empty_text": "东昌府区还没有社区。由系统管理员导入社区名录",
    }


def empty_district_context() -> Context:
    return {**district_context(), "rows": [], "unavailable": [], "checks_broken": 0}


def district_without_policy_context() -> Context:
    return {**district_context(), "year": 2010, "texts": []}


def component_context() -> Context:
    return {**frame(), **parts.component_samples()}


PAGES: dict[str, tuple[str, Callable[[], Context]]] = {
    "home": ("portal/home.html", home_context),
    "home-officer": ("portal/home.html", officer_home_context),
    "home-empty": ("portal/home.html", empty_home_context),
    "ledger": ("communities/list.html", ledger_context),
    "ledger-crowded": ("communities/list.html", crowded_ledger_context),
    "ledger-empty": ("communities/list.html", empty_ledger_context),
    "community": ("portal/community.html", community_context),
    "community-no-policy": ("portal/community.html", community_without_policy_context),
    "district": ("portal/district.html", district_context),
    "district-empty": ("portal/district.html", empty_district_context),
    "district-no-policy": ("portal/district.html", district_without_policy_context),
    "components": ("portal/components.html", component_context),
    "keys": ("help/keys.html", frame),
    "404": ("404.html", dict),
    "404-code": ("404.html", lambda: {"code": "371502001999"}),
    "403": ("403.html", dict),
    "403-csrf": ("403_csrf.html", dict),
    "500": ("500.html", dict),
    "413": ("413.html", lambda: {"megabytes": 20}),
    "503": ("503.html", dict),
}
