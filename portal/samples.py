"""Demo values for the component page /ui/; the figures are worked examples of the five texts."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

from django import forms

MEASURES = {
    "title": "聊城市城市社区管理办法（试行）",
    "doc_no": "",
}
PROVINCE = {"title": "山东省城市社区建设标准", "doc_no": ""}
HOUSEHOLDS = {
    "label": "核定户数",
    "value": "2,686户",
    "basis": "当年核定数",
    "on": date(2018, 11, 12),
}

TOKENS = [
    ("ink", "正文"),
    ("ink-2", "次要"),
    ("ink-3", "说明"),
    ("line", "分隔"),
    ("ctrl", "控件边"),
    ("bg", "页底"),
    ("sunken", "表头"),
    ("brand", "顶栏"),
    ("primary", "主色"),
    ("primary-soft", "选中"),
    ("ok", "已完成"),
    ("warn", "要说明"),
    ("bad", "缺口、错误"),
    ("focus", "焦点"),
]


class SampleForm(forms.Form):
    """A form with one good and one wrong answer, as a clerk would see it sent back."""

    name = forms.CharField(label="社区名称", help_text="与牌匾一致，如古城社区")
    households = forms.IntegerField(
        label="核定户数",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "不是数字，改成阿拉伯数字"},
    )


def committee_need() -> dict[str, Any]:
    return {
        "subject": "committee_members",
        "label": "居委会成员",
        "unit": "人",
        "required_label": "应配",
        "required": 9,
        "low": 9,
        "high": 9,
        "unclamped": 10,
        "actual_label": "在岗",
        "actual": 7,
        "gap": -2,
        "reason_line": "2,847户÷300=9.49，进位后取上限9人",
        "conflict": "",
        "status": "ok",
        "blocked_reason": "",
        "clauses": [
            {
                **MEASURES,
                "article": "第十一条",
                "id": "LC-STF-1",
                "summary": "居委会成员：每300户1人，5至9人",
                "role": "取此值",
            }
        ],
        "steps": [
            _step("按户测算", "2,847户÷300户/人", "9.49人", "文件"),
            _step("取整", "不足1人的按1人计", "10人", "本市设定"),
            _step("上下限", "5~9人，10人高于上限", "9人", "文件"),
        ],
        "final_line": "应配9人",
        "payers": [],
        "options": [
            {
                "id": "LC-STF-1.rounding",
                "label": "不足1人怎样计",
                "value_label": "进位",
                "source": "本市设定",
            }
        ],
        "inputs": [{**HOUSEHOLDS, "value": "2,847户"}],
        "open": False,
    }


def premises_need() -> dict[str, Any]:
    return {
        **committee_need(),
        "subject": "combined_premises_area",
        "label": "工作和服务用房",
        "unit": "㎡",
        "required_label": "应有",
        "required": Decimal("854.10"),
        "low": Decimal("854.10"),
        "high": None,
        "unclamped": None,
        "actual_label": "现有",
        "actual": Decimal("860.50"),
        "gap": Decimal("6.40"),
        "reason_line": "老城区不低于150㎡，省标准每百户30㎡，取高者",
        "conflict": "市办法150㎡低于省标准854.1㎡，按上级下限执行",
        "clauses": [
            {
                **PROVINCE,
                "article": "二、（三）",
                "id": "SD-SPC-1",
                "summary": "综合服务设施：每百户不低于30平方米",
                "role": "取此值",
            },
            {
                **MEASURES,
                "article": "第二十七条",
                "id": "LC-SPC-3",
                "summary": "老城区、已建成社区：工作和服务用房合计不低于150平方米",
                "role": "下限",
            },
        ],
        "steps": [_step("省标准", "2,847户÷100户×30㎡", "854.1㎡", "文件")],
        "final_line": "应有不低于854.1㎡",
        "options": [],
    }


def funding_need() -> dict[str, Any]:
    return {
        **committee_need(),
        "subject": "work_funding",
        "label": "工作经费",
        "unit": "元",
        "required_label": "测算",
        "required": Decimal("57200.00"),
        "low": None,
        "high": None,
        "unclamped": None,
        "actual_label": "",
        "actual": None,
        "gap": None,
        "reason_line": "2,800户×20,000元÷1,000户，加新管户120户×10元",
        "clauses": [
            {
                "title": "关于加强城乡社区建设工作的意见",
                "doc_no": "",
                "article": "四、（二）",
                "id": "C13-FND-4",
                "summary": "工作经费：每千户每年20,000元，市、县（市、区）各半",
                "role": "取此值",
            }
        ],
        "steps": [
            _step("按户测算", "2,800户÷1,000户×20,000元", "56,000.00元", "文件"),
            _step("新管户", "120户×10元", "1,200.00元", "文件"),
        ],
        "final_line": "56,000.00+1,200.00=57,200.00元",
        "payers": payers(),
        "inputs": [{**HOUSEHOLDS, "value": "2,800户"}],
        "options": [],
        "open": True,
    }


def blocked_need() -> dict[str, Any]:
    return {
        **committee_need(),
        "subject": "community_workers",
        "label": "专职工作人员",
        "required": None,
        "low": None,
        "high": None,
        "unclamped": None,
        "actual": 3,
        "gap": None,
        "status": "cannot_compute",
        "blocked_reason": "不能测算，缺少核定户数。在社区台账的年度数据中补填",
        "steps": [],
        "final_line": "",
        "options": [],
        "inputs": [],
    }


def payers() -> list[SimpleNamespace]:
    half = {"amount": Decimal("28600.00"), "percent": 50, "source": "文件"}
    return [
        SimpleNamespace(payer="city", label="市级财政", **half),
        SimpleNamespace(payer="district", label="县（市、区）级财政", **half),
    ]


def unstated_payers() -> list[SimpleNamespace]:
    """Three payers of 70,002.77 yuan, one of them not named by any text."""
    total = Decimal("70002.77")
    parts = [
        ("district", "县（市、区）级财政", Decimal("45500.00"), "文件"),
        ("street", "街道", Decimal("10500.00"), "本市设定"),
        ("unstated", "未载明", Decimal("14002.77"), "文件未载明"),
    ]
    return [
        SimpleNamespace(
            payer=payer,
            label=label,
            amount=amount,
            percent=Fraction(amount) * 100 / Fraction(total),
            source=source,
        )
        for payer, label, amount, source in parts
    ]


def checks() -> list[dict[str, Any]]:
    passed = {
        "ok": True,
        "label": "各街道合计与全区合计",
        "left_label": "各街道",
        "left": Decimal("23252240.00"),
        "right_label": "全区",
        "right": Decimal("23252240.00"),
        "unit": "元",
        "difference": 0,
        "url": "",
        "action": "",
    }
    broken = {
        "ok": False,
        "label": "户数",
        "left_label": "汇总表",
        "left": 3120,
        "right_label": "台账",
        "right": 3108,
        "unit": "户",
        "difference": 12,
        "url": "#checks",
        "action": "按台账重新测算",
    }
    return [broken, passed]


def component_samples() -> dict[str, Any]:
    """Return the context of portal/components.html."""
    return {
        "demo": True,
        "form": SampleForm({"name": "古城社区", "households": "两千六"}),
        "tokens": TOKENS,
        "tones": [
            ("已确认", ""),
            ("已批准", "ok"),
            ("填报中", "warn"),
            ("已退回", "bad"),
            ("复核中", "info"),
            ("未填报", "plain"),
        ],
        "gaps": [
            ("缺口", -2, ""),
            ("达标", 0, ""),
            ("超出", 1, ""),
            ("不能测算", None, "缺少核定户数"),
        ],
        "needs": [committee_need(), premises_need(), funding_need(), blocked_need()],
        "split_samples": [payers(), unstated_payers()],
        "checks": checks(),
        "progress": [
            {"label": "已确认", "done": 17, "total": 20, "low": False},
            {"label": "变动说明", "done": 3, "total": 20, "low": True},
        ],
        "choices": [
            {"value": "built", "label": "老城", "selected": True},
            {"value": "new", "label": "新建", "selected": False},
        ],
    }


def _step(label: str, expr: str, result: str, source: str) -> dict[str, str]:
    return {"label": label, "expr": expr, "result": result, "source": source, "article": ""}
