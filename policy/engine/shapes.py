"""Which keys each shape, condition and table of a policy text may have: one list for all checks."""

from __future__ import annotations

# shape -> keys it needs beside itself, keys it may have
SHAPES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "const": ((), ()),
    "fact": ((), ()),
    "per": (("every", "amount"), ("block",)),
    "table": (("rows",), ()),
    "index": (("lag",), ("factor",)),
    "grow": (("from",), ("rate", "series", "mode", "round_each_year")),
    "sum": ((), ()),
    "product": ((), ()),
    "max": ((), ()),
    "min": ((), ()),
    "clamp": ((), ("low", "high")),
    "when": ((), ()),
    "round": (("step", "mode"), ()),
    "choose": (("cases",), ()),
    "quota": (("share",), ()),
    "deadline": ((), ("months", "days", "working_days")),
    "recurrence": ((), ("every_years", "every_months", "from")),
    "pool": (("among",), ("weights", "if", "method", "first")),
    "assessed": ((), ("suggested",)),
    "share_of": (("part",), ()),
}
CONDITIONS: dict[str, tuple[str, ...]] = {
    "fact": ("is", "in", "at_least", "above", "at_most", "below"),
    "year": (),
    "ratio": ("at_least", "above", "at_most", "below"),
    "all": (),
    "any": (),
    "not": (),
}
COMPARISONS = ("at_least", "above", "at_most", "below")
ROUNDINGS = ("none", "floor", "ceil", "half_up")
BINDINGS = {
    "exact": "标准",
    "at_least": "不低于",
    "at_most": "不超过",
    "range": "区间",
    "about": "左右",
    "quota": "比例",
    "deadline": "时限",
    "recurrence": "频次",
    "assessed": "核定",
    "attribute": "属性要求",
    "process": "程序",
    "gate": "条件",
}
DECLARED = ("attribute", "process", "gate")
# what only an attribute of persons may say, and by whom else it may say that they are paid
OF_PERSONS = ("holds", "paid_by", "counted")
PAID_BY = ("own_channel",)
COVERS = ("pay", "office", "service", "premises", "training", "it")
SOURCE_GRADES = {
    "official": "官方原文",
    "reprint": "转载",
    "report": "报道",
    "upload": "网友上传",
}
TEXT_KEYS = (
    ("id", "title", "jurisdiction"),
    (
        "doc_no",
        "issuer",
        "authority",
        "issued_on",
        "published_on",
        "effective_from",
        "effective_until",
        "source_grade",
        "trial",
        "note",
    ),
)
PROVISION_KEYS = (
    ("id", "article", "summary", "binding"),
    (
        "subject",
        "level",
        "value",
        "superior",
        "covers",
        "organisations",
        "when",
        "sources",
        "payers",
        "options",
        "note",
        "component",
        "distribute",
        "holds",
        "paid_by",
        "counted",
        "lasts_months",
    ),
)
OPTION_KINDS = ("choice", "year", "number")
OPTION_KEYS = (("label",), ("default", "values", "source", "kind", "note"))
PAYER_KEYS = (("payer",), ("percent", "amount", "per_unit", "of", "rest"))
BRANCH_KEYS = ((), ("if", "then", "otherwise", "reason"))
ROW_KEYS = (("range", "value"), ())
COMPONENT_KEYS = (("name", "value", "payers"), ())
