"""Rows and blocks that the sample pages are made of; real place names, demo figures."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from communities.choices import AreaKind

Context = dict[str, Any]

YEAR = 2018
ON = date(2018, 12, 31)
STREET = "371502001"
DISTRICT = "371502"
TEXT = {
    "title": "聊城市城市社区管理办法（试行）",
    "issuer": "聊城市人民政府",
    "doc_no": "",
    "effective_from": date(2015, 1, 1),
    "effective_until": None,
}
# name, households, residents, kind, members required and in post, room required and present,
# money, status
COMMUNITIES = [
    ("古城社区", 2686, 6982, AreaKind.BUILT, 9, 7, 150, 128, 260000, "已确认"),
    ("湖南社区", 3404, 8730, AreaKind.BUILT, 9, 8, 150, 247, 268080, "已确认"),
    ("文轩社区", 4281, 11151, AreaKind.NEW, 9, 9, 300, 261, 285620, "已确认"),
    ("铁塔社区", 2091, 5488, AreaKind.NEW, 7, 7, 300, 600, 260000, "已确认"),
    ("王口社区", 1685, 4562, AreaKind.BUILT, 6, 6, 150, 276, 260000, "已确认"),
    ("向阳社区", 4318, 11892, AreaKind.NEW, 9, 9, 300, 257, 286360, "已确认"),
    ("湖北社区", 1910, 4725, AreaKind.BUILT, 7, 5, 150, 275, 260000, "已退回"),
    ("站前社区", 3459, 8984, AreaKind.BUILT, 9, 9, 150, 148, 269180, "已确认"),
    ("香江社区", 2889, 8025, AreaKind.BUILT, 9, 10, 150, 349, 260000, "已确认"),
    ("文化社区", 2394, 6300, AreaKind.NEW, 8, 8, 300, 619, 260000, "已确认"),
    ("湖西社区", 4577, 11810, AreaKind.NEW, 9, 9, 300, 498, 291540, "已确认"),
    ("铁西社区", 3632, 9752, AreaKind.BUILT, 9, 9, 150, 116, 272640, "填报中"),
    ("海源社区", 2350, 6566, AreaKind.BUILT, 8, 9, 150, 300, 260000, "已确认"),
    ("望湖社区", 1280, 3215, AreaKind.BUILT, 5, 4, 150, 240, 260000, "已确认"),
    ("汇金社区", 4434, 11308, AreaKind.BUILT, 9, 8, 150, 112, 288680, "已确认"),
    ("兴华社区", 2187, 5523, AreaKind.BUILT, 8, 7, 150, 289, 260000, "已确认"),
    ("馨苑社区", 4378, 10885, AreaKind.NEW, 9, 8, 300, 492, 287560, "已确认"),
    ("月亮湾社区", 3603, 8815, AreaKind.NEW, 9, 7, 300, 494, 272060, "已确认"),
    ("龙湾社区", 3266, 8249, AreaKind.NEW, 9, 8, 300, 496, 265320, "已确认"),
]
TONES = {"已确认": "", "填报中": "warn", "已退回": "bad", "未填报": "plain"}


CLERKS_RIGHTS = {
    "communities.view_annualfacts",
    "communities.add_annualfacts",
    "communities.change_annualfacts",
    "collection.view_round",
    "policy.view_indexvalue",
}


def person(**overrides: Any) -> SimpleNamespace:
    """Return what the page frame asks of a user, without a database row."""
    known = {
        "is_authenticated": True,
        "is_staff": False,
        "office": "古楼街道办事处",
        "display_name": "李敏",
        "scope": STREET,
        "password_expired": False,
        "has_perm": lambda right: right in CLERKS_RIGHTS,
    }
    return SimpleNamespace(**{**known, **overrides})


def frame() -> Context:
    return {
        "year": YEAR,
        "years": [2018, 2017, 2016],
        "on": ON,
        "demo": True,
        "data_as_of": datetime(2018, 12, 30, 1, 30, tzinfo=UTC),
        "host_office": "聊城市民政局",
        "policies": [TEXT["title"], "山东省城市社区建设标准"],
        "policy_contact": "聊城市民政局",
        "notices": [],
        "area_decimals": 0,
        "funding_decimals": 0,
    }


def cell3(required: Any, actual: Any, reason: str = "") -> Context:
    known = required is not None and actual is not None
    return {
        "required": required,
        "actual": actual,
        "gap": actual - required if known else None,
        "reason": reason,
    }


def ledger_row(number: int, fields: tuple[Any, ...]) -> Context:
    name, households, residents, kind, need, staff, room_need, room, money, status = fields
    code = f"{STREET}{number:03d}"
    return {
        "code": code,
        "name": name,
        "url": f"/communities/{code}/",
        "street_name": "古楼街道",
        "households": households,
        "population": residents,
        "area_kind_label": "新建" if kind == AreaKind.NEW else "老城",
        "staff": cell3(need, staff),
        "premises": cell3(Decimal(room_need), Decimal(room)),
        "funding": {"value": Decimal(money), "reason": ""},
        "status": status,
        "status_tag": TONES[status],
        "demo": True,
    }


def unknown_row(number: int) -> Context:
    """A community without facts: nothing can be computed, and nothing is 0."""
    reason = "缺少核定户数"
    known = ledger_row(number, ("名人苑社区", None, None, AreaKind.BUILT, 0, 0, 0, 0, 0, "未填报"))
    return {
        **known,
        "staff": cell3(None, None, reason),
        "premises": cell3(None, None, "缺少住区类型"),
        "funding": {"value": None, "reason": reason},
    }


def ledger_rows(count: int = 20) -> list[Context]:
    rows = [ledger_row(i, COMMUNITIES[i % len(COMMUNITIES)]) for i in range(1, count)]
    return [*rows, unknown_row(count)] if count else []


def notice() -> Context:
    return {
        "tone": "warn",
        "strong": "2018年度数据填报还剩9天",
        "text": "20个社区中17个已确认，还有3个要处理。",
        "link": "/communities/?status=draft",
        "label": "继续填报",
    }


def task(name: str, hint: str, left: int, status: str) -> Context:
    due = date(2018, 11, 21 + left)
    url = "/communities/371502001007/"
    return {
        "name": name,
        "url": url,
        "hint": hint,
        "due": due,
        "left_days": left,
        "status": status,
        "tag": TONES[status],
    }


def standard(subject: str, unit: str, required: Any, actual: Any, gap: Any, short: Any) -> Context:
    return {
        "subject": subject,
        "required_label": "应配",
        "required": required,
        "actual": actual,
        "gap": gap,
        "unit": unit,
        "short_count": short,
        "short_url": "/communities/?gap=1" if short else "",
        "basis": "每300户1人，5~9人",
        "reason": "",
    }


def area(name: str, code: str, *figures: Any) -> Context:
    keys = ("communities", "households", "short_people", "short_area", "money", "unavailable")
    url = f"/communities/?street={code}"
    return {"code": code, "name": name, "url": url, **dict(zip(keys, figures, strict=True))}


def fact(label: str, value: Any, unit: str = "", note: str = "") -> Context:
    return {"label": label, "value": value, "unit": unit, "note": note}


def year_row(year: int, *figures: Any) -> Context:
    keys = (
        "households",
        "committee_required",
        "committee_actual",
        "premises_required",
        "premises_actual",
        "funding",
    )
    current = year == YEAR
    return {
        "year": year,
        "label": f"{year}测算" if current else str(year),
        "url": "" if current else f"?year={year}",
        "partial": False,
        **dict(zip(keys, figures, strict=True)),
    }


def sheet_row(name: str, code: str) -> Context:
    return {
        "code": code,
        "name": name,
        "url": f"/communities/?street={code}",
        "toggle_url": f"?open={code}" if len(code) == len(STREET) else "",
        "is_open": False,
        "children": [],
        "communities": 20,
        "households": 61_594,
        "committee": {"required": 166, "actual": 156, "gap": -12, "reason": ""},
        "workers_required": 205,
        "premises": {
            "required": Decimal(4200),
            "actual": Decimal(6326),
            "gap": Decimal(-199),
            "reason": "",
        },
        "work_funding": Decimal("1387040.00"),
        "service_the_masses_fund": Decimal("4000000.00"),
        "other_funding": None,
        "total_funding": Decimal("5387040.00"),
        "payers": [Decimal(2_000_000), Decimal("3387040.00"), Decimal(0), None],
        "unavailable": 1,
    }
