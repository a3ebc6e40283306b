"""Which column holds which fact: headings as people write them, and the codes of communities."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from collection.rules.fields import Field
from collection.rules.upload_shapes import CODE, NAME, REASON
from collection.services.sheet_tables import FileError, letters
from communities.typed import shown

SUBJECTS: dict[str, tuple[str, ...]] = {
    CODE: (
        "code", "社区代码", "代码", "社区编码", "编码", "区划代码", "统计用区划代码",
        "社区区划代码", "12位代码", "社区12位代码", "统计用12位代码", "区划编码",
    ),
    NAME: (
        "name", "社区", "社区名称", "名称", "居委会", "居委会名称", "社区居委会", "社区居委会名称",
        "村社区", "社区村", "单位名称", "单位", "村居", "村居名称",
    ),
    REASON: ("reason", "变动说明", "变动原因", "变化说明", "变化原因", "原因", "变动原因说明"),
}  # fmt: skip
# Columns that go with a table and hold none of its facts; of them nothing is said.
BESIDE = {
    "结果", "怎么改", "序号", "编号", "街道", "街道名称", "乡镇", "街道乡镇", "乡镇街道",
    "县市区", "区县", "区", "县区", "填报状态", "状态",
}  # fmt: skip
# A heading with one of these means something else than what is there.
NOT_ACTUAL = (
    "应配", "应有", "差额", "标准", "测算", "缺口", "计划", "去年", "增减", "增长", "占比",
)  # fmt: skip
UNIT_WORDS = {
    "㎡": ("㎡", "m2", "m²", "平方米", "平米", "平方", "建筑平方米"),
    "元": ("元", "人民币元", "rmb"),
    "户": ("户",),
    "人": ("人", "名"),
    "个": ("个", "家", "处"),
    "套": ("套",),
    "个月": ("个月", "月"),
}
OTHER_UNITS = ("万", "千", "百", "亿", "亩", "公顷", "平方公里", "%", "％", "‰")
BRACKETED = re.compile(r"[(\[【〔{]([^)\]】〕}]*)[)\]】〕}]")
YEAR = re.compile(r"^(?:19|20|21)\d\d年?度?(?:末|底)?")
SIGNS = re.compile(r"[\s*:：,，、/\\\-_—–·.。;；\"'“”|]+")
MOST_CODE = 12
SCIENTIFIC = re.compile(r"[0-9.]+[eE][+-]?[0-9]+")
TOTALS = ("合计", "总计", "小计", "共计", "总数", "汇总")


def match_headings(headings: Sequence[str], fields: Mapping[str, Field]) -> list[str]:
    """For each column "code", "name", "reason", the name of a field, or "" where it is not read.

    Order, blanks, line breaks, asterisks, width of letters and units in brackets do not matter; a
    column with another unit (万元 for 元) is not read. Raises FileError for two of one fact.
    """
    words = words_of(fields)
    matched = [(_match(heading, words, fields) or ("", 0)) for heading in headings]
    columns: dict[str, list[int]] = defaultdict(list)
    for column, (name, _) in enumerate(matched):
        if name:
            columns[name].append(column)
    found = [name for name, _ in matched]
    for places in columns.values():
        # 常住户数 is the fact itself, 户数 may be it: the plainer word stands back
        best = min(matched[place][1] for place in places)
        leading = [place for place in places if matched[place][1] == best]
        if len(leading) > 1:
            where = "和".join(f"{letters(place)}列“{_line(headings[place])}”" for place in leading)
            raise FileError(f"{where}是同一项。删去一列再上传")
        for place in places:
            if place not in leading:
                found[place] = ""
    return found


def match_notes(headings: Sequence[str], fields: Mapping[str, Field]) -> list[str]:
    """Sentences on columns that look like a fact and were not read, and why."""
    words, notes = words_of(fields), []
    for heading in headings:
        label = _line(heading)
        if not label or _match(heading, words, fields):
            continue
        plain, unit = plain_heading(heading)
        name = words.get(plain, ("", 0))[0]
        if name in fields and unit:
            notes.append(f"列“{label}”没有读，单位应为{fields[name].unit}，换算后再导入")
    return notes


def heading_name(heading: str, fields: Mapping[str, Field]) -> str:
    """What one heading stands for, or ""."""
    return (_match(heading, words_of(fields), fields) or ("", 0))[0]


def _match(
    heading: str, words: Mapping[str, tuple[str, int]], fields: Mapping[str, Field]
) -> tuple[str, int] | None:
    """The name and how near the heading is to it: 0 the label itself, 1 a word like it."""
    plain, unit = plain_heading(heading)
    found = words.get(plain)
    if found is None and (year := YEAR.match(plain)):
        found = words.get(plain[year.end() :])
    if found is None:
        return None
    if found[0] in fields and unit and not _fits(fields[found[0]], unit):
        return None
    return found


def plain_heading(heading: str) -> tuple[str, str]:
    """A heading without what people put around it, and the unit in its brackets or ""."""
    text = unicodedata.normalize("NFKC", heading).lower()
    units = [SIGNS.sub("", one).removeprefix("单位") for one in BRACKETED.findall(text)]
    unit = next((one for one in units if is_unit(one)), "")
    bare = SIGNS.sub("", BRACKETED.sub("", text))
    return bare or SIGNS.sub("", text), unit


def is_unit(text: str) -> bool:
    """Whether a text is a unit of measure, as 户, 平方米 or 万元."""
    text = unicodedata.normalize("NFKC", text).lower()
    known = {word for words in UNIT_WORDS.values() for word in words}
    return text in {unicodedata.normalize("NFKC", one) for one in known} or (
        text.startswith(OTHER_UNITS) and len(text) <= 6
    )


def _fits(field: Field, unit: str) -> bool:
    words = {unicodedata.normalize("NFKC", one) for one in UNIT_WORDS.get(field.unit, ())}
    return not field.is_number or unit in words


def words_of(fields: Mapping[str, Field]) -> Mapping[str, tuple[str, int]]:
    """Every word under which a column is known: its name, and 0 for a label or 1 for another."""
    return _words(tuple(fields.values()))


@lru_cache(maxsize=8)
def _words(fields: tuple[Field, ...]) -> Mapping[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for one in fields:
        for alias in one.aliases:
            found[plain_heading(alias)[0]] = (one.name, 1)
    for one in fields:
        found[plain_heading(one.name)[0]] = (one.name, 0)
        found[plain_heading(one.label)[0]] = (one.name, 0)
    for name, many in SUBJECTS.items():
        for word in many:
            found.setdefault(plain_heading(word)[0], (name, 0))
    return found


def _line(heading: str) -> str:
    return shown(" ".join(heading.split()))


def is_beside(heading: str) -> bool:
    """Whether a column goes with tables without being a fact: 序号, 街道, 结果."""
    return plain_heading(heading)[0] in BESIDE


def plain_code(text: str) -> str:
    """A code with full-width digits made plain and blanks taken out."""
    return re.sub(r"[\s\u200b]", "", unicodedata.normalize("NFKC", text))


def code_mistake(text: str) -> str:
    """What is wrong with a community's code and how to mend it, or ""."""
    code = plain_code(text)
    if code.isascii() and code.isdigit():
        if len(code) == MOST_CODE:
            return ""
        return f"代码“{shown(code)}”是{len(code)}位，应为12位"
    if not code:
        return "没有代码，填写12位代码"
    if code.startswith(TOTALS):
        return f"“{shown(code)}”是合计行，删去此行"
    if SCIENTIFIC.fullmatch(code):
        return f"代码“{shown(code)}”成了科学记数，代码列应设为文本格式后重新填写"
    return f"代码“{shown(code)}”不全是数字，应为12位数字"
