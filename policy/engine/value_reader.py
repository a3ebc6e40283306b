"""Reading the shapes of a value into nodes, noting every mistake with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partialmethod
from typing import Any

from policy.engine.catalogue import Fact, catalogue
from policy.engine.dated import Deadline, Grow, Recurrence
from policy.engine.errors import nearest
from policy.engine.expressions import (
    Branch,
    Clamp,
    Const,
    Excess,
    FactValue,
    Index,
    Interval,
    Joined,
    Node,
    Per,
    Quota,
    Round,
    Table,
    When,
)
from policy.engine.pools import Pool
from policy.engine.reader import Reader
from policy.engine.shapes import ROUNDINGS, ROW_KEYS, SHAPES
from policy.engine.texts import FIRST_YEAR, LAST_YEAR

ZERO = Const(Fraction(0), Fraction(0))
LONGEST = {"months": 1200, "days": 36_500, "working_days": 25_000}
MOST_TIMES, MOST_MONTHS = 1000, 1200
_LEAST_EVERY = Fraction(1, 100)
_MONTHS = {"every_years": 12, "every_months": 1}
_WHOLE_VALUE = re.compile(r"value(\.choose\.cases\.[^.]+)*\.pool")
_INTERVAL = re.compile(r"([\[(])([^,]+),([^,]*)([\])])")


class ValueReader:
    """Reads values; siblings are the raw values of the text's other provisions, for share_of."""

    def __init__(self, reader: Reader, siblings: Mapping[str, Any]) -> None:
        self.reader = reader
        self.siblings = siblings
        self.growing = False

    def value(self, raw: Any, place: str = "value") -> Node:
        """A value; a wrong one is noted and reads as zero."""
        if not isinstance(raw, Mapping):
            self.reader.fail(
                place, f"应为一个表 {{…}}，现在是{raw!r}", f"写成 {{ const = {raw!r} }}"
            )
            return ZERO
        shapes = [key for key in raw if key in SHAPES]
        # `table`, `when` … name the shape; keys such as `share` only accompany one
        if len(shapes) != 1:
            listed = "、".join(raw) or "无"
            self.reader.fail(
                place, f"应恰有一个形状，现在有{listed}", nearest(next(iter(raw), ""), SHAPES)
            )
            return ZERO
        shape = shapes[0]
        needed, optional = SHAPES[shape]
        if not self.reader.keys(raw, ((shape, *needed), optional), place):
            return ZERO
        read: Callable[[Mapping[str, Any], str], Node] = getattr(self, f"_{shape}")
        return read(raw, f"{place}.{shape}")

    def _band(self, raw: Any, place: str) -> Const:
        if isinstance(raw, list):
            if len(raw) != 2:
                self.reader.fail(place, "区间应为两个数 [低, 高]")
                return ZERO
            low, high = (self.reader.number(one, place) for one in raw)
            if low > high:
                self.reader.fail(place, f"区间的低端{raw[0]}大于高端{raw[1]}", "对调两个数")
            return Const(low, high)
        number = self.reader.number(raw, place)
        return Const(number, number)

    def _single(self, raw: Any, place: str) -> Const:
        number = self.reader.number(raw, place)
        return Const(number, number)

    def _const(self, raw: Mapping[str, Any], place: str) -> Node:
        return self._sum_of_money(self._band(raw["const"], place), place)

    def _sum_of_money(self, band: Const, place: str) -> Const:
        """The band; where the provision asks for money, one below zero is a mistake."""
        subject = self.siblings.get(self.reader.provision, {}).get("subject")
        described = catalogue().subjects.get(str(subject))
        if band.lo < 0 and described is not None and described.unit.key == "money":
            self.reader.fail(place, f"金额{band.lo}小于0", "核对符号")
            return ZERO
        return band

    def _fact(self, raw: Mapping[str, Any], place: str) -> Node:
        return FactValue(self.reader.fact(raw["fact"], place, ("count", "area", "money")).key)

    def _assessed(self, raw: Mapping[str, Any], place: str) -> Node:
        fact = self.reader.fact(raw["assessed"], place, ("count", "area", "money"))
        if "suggested" not in raw:
            return FactValue(fact.key, assessed=True)
        return FactValue(fact.key, True, self.value(raw["suggested"], f"{place}.suggested"))

    def _per(self, raw: Mapping[str, Any], place: str) -> Node:
        fact = self.reader.fact(raw["per"], place, ("count", "area", "money"))
        every = self._band(raw["every"], f"{place}.every")
        if every.lo < _LEAST_EVERY:
            self.reader.fail(f"{place}.every", "每多少户（人、平方米）应大于0，最小0.01")
            every = Const(Fraction(1), Fraction(1))
        amount = self._sum_of_money(self._band(raw["amount"], f"{place}.amount"), f"{place}.amount")
        block = self.reader.one_of(raw.get("block", "none"), ROUNDINGS, f"{place}.block")
        return Per(fact.key, every, amount, block)

    def _table(self, raw: Mapping[str, Any], place: str) -> Node:
        fact = self.reader.fact(raw["table"], place, ("count", "area", "money"))
        rows = []
        for where, row in self.reader.tables(raw["rows"], ROW_KEYS, f"{place}.rows"):
            interval = self._interval(fact, row["range"], f"{where}.range")
            rows.append((interval, self.value(row["value"], f"{where}.value")))
        self._check_rows(fact, [interval for interval, _ in rows], place)
        return Table(fact.key, tuple(rows))

    def _interval(self, fact: Fact, raw: Any, place: str) -> Interval:
        match = _INTERVAL.fullmatch(str(raw).replace(" ", ""))
        if not match:
            self.reader.fail(place, f"“{raw}”不是区间", '写成"[0,3000)"或"[3000,)"')
            return Interval(0, True, None, False)
        opening, start, end, closing = match.groups()
        low = self._end(fact, start, place)
        high = self._end(fact, end, place) if end else None
        if high is not None and high < low:
            self.reader.fail(place, f"区间“{raw}”的低端大于高端", "对调两个数")
        return Interval(low, opening == "[", high, closing == "]")

    def _end(self, fact: Fact, written: str, place: str) -> int:
        """An end of an interval in the smallest unit of the fact."""
        end = self.reader.number(written, place) * 10**fact.places
        if end.denominator != 1:
            said = f"应为整数，最多{fact.places}位小数" if fact.places else "应为整数"
            self.reader.fail(place, f"{written!r}{said}")
        return int(end)

    def _check_rows(self, fact: Fact, rows: list[Interval], place: str) -> None:
        """Rows must be disjoint and leave no gap from 0 upwards."""
        unit = 10**fact.places
        reached = -1
        for row in sorted(rows, key=lambda one: (one.start, not one.start_included)):
            first = row.start if row.start_included else row.start + 1
            if first > reached + 1:
                self.reader.fail(
                    place, f"{Fraction(reached + 1, unit)}没有落在任何一行里，中间有缺口"
                )
            if first <= reached:
                self.reader.fail(
                    place,
                    f"{Fraction(first, unit)}落在两行里，两行重叠",
                    "让相邻两行只有一行含端点",
                )
            if row.end is None:
                reached = 10**30
            else:
                reached = max(reached, row.end if row.end_included else row.end - 1)
        if reached < 10**30:
            self.reader.fail(
                place, "最后一行没有开口，较大的数没有落在任何一行里", '最后一行写成"[…,)"'
            )

    def _index(self, raw: Mapping[str, Any], place: str) -> Node:
        kind = catalogue().series_named(str(self.reader.word(raw["index"])))
        if kind is None:
            self.reader.fail(
                place,
                f"没有名为“{raw['index']}”的序列",
                nearest(str(raw["index"]), catalogue().series),
            )
            return ZERO
        factor = self.reader.number(raw.get("factor", 1), f"{place}.factor")
        return Index(kind.key, factor, self.reader.whole(raw["lag"], f"{place}.lag"))

    def _grow(self, raw: Mapping[str, Any], place: str) -> Node:
        if self.growing:
            self.reader.fail(place, "增长里面又有增长", "先写成一个基数，只增长一次")
            return ZERO
        self.growing = True
        try:
            base = self.value(raw["grow"], place)
        finally:
            self.growing = False
        start = self.reader.whole(raw["from"], f"{place}.from", FIRST_YEAR, LAST_YEAR)
        if ("rate" in raw) == ("series" in raw):
            self.reader.fail(place, "增长率 rate 和序列 series 应恰有一个")
            return base
        mode = self.reader.one_of(
            raw.get("mode", "compound"), ("compound", "simple"), f"{place}.mode"
        )
        each = self.reader.word(raw.get("round_each_year", "none"))
        step = None if each == "none" else self._step(each, f"{place}.round_each_year")
        if "series" in raw and mode == "simple":
            self.reader.fail(f"{place}.mode", "按每年决定的增长率只能逐年相乘", "去掉 mode")
        if "series" in raw:
            series = self.reader.one_of(raw["series"], catalogue().series, f"{place}.series")
            return Grow(base, start, None, series, mode, step)
        rate = self.reader.number(raw["rate"], f"{place}.rate")
        if abs(rate) > 1:
            self.reader.fail(f"{place}.rate", f"增长率“{raw['rate']}”应在-100%到100%之间")
        return Grow(base, start, rate, "", mode, step)

    def _joined(self, how: str, raw: Mapping[str, Any], place: str) -> Node:
        parts = raw[how]
        if not isinstance(parts, list) or not parts:
            self.reader.fail(place, "应为至少一个值的列表 [ … ]")
            return ZERO
        return Joined(how, tuple(self.value(p, f"{place}[{i}]") for i, p in enumerate(parts, 1)))

    _sum = partialmethod(_joined, "sum")
    _product = partialmethod(_joined, "product")
    _max = partialmethod(_joined, "max")
    _min = partialmethod(_joined, "min")

    def _clamp(self, raw: Mapping[str, Any], place: str) -> Node:
        if "low" not in raw and "high" not in raw:
            self.reader.fail(place, "写明 low、high 或两者")
        low, high = (
            self._single(raw[end], f"{place}.{end}") if end in raw else None
            for end in ("low", "high")
        )
        if low and high and low.lo > high.lo:
            self.reader.fail(place, "low 大于 high", "对调两个数")
        return Clamp(self.value(raw["clamp"], place), low, high)

    def _when(self, raw: Mapping[str, Any], place: str) -> Node:
        cases = self.reader.branches(raw["when"], place)
        return When(tuple(self._branch(branch, where) for where, branch in cases))

    def _branch(self, raw: Mapping[str, Any], place: str) -> Branch:
        reason = str(raw.get("reason", ""))
        if "otherwise" in raw:
            return Branch(None, self.value(raw["otherwise"], f"{place}.otherwise"), reason)
        condition = self.reader.condition(raw["if"], f"{place}.if")
        return Branch(condition, self.value(raw["then"], f"{place}.then"), reason)

    def _round(self, raw: Mapping[str, Any], place: str) -> Node:
        step = self._step(raw["step"], f"{place}.step")
        modes = raw["mode"] if isinstance(raw["mode"], list) else [raw["mode"], raw["mode"]]
        if len(modes) != 2:
            self.reader.fail(f"{place}.mode", "应为一个方式或两个方式 [低端, 高端]")
            modes = ["none", "none"]
        low, high = (self.reader.one_of(mode, ROUNDINGS, f"{place}.mode") for mode in modes)
        return Round(self.value(raw["round"], place), step, low, high)

    def _step(self, raw: Any, place: str) -> Fraction:
        step = self.reader.number(raw, place)
        if step <= 0:
            self.reader.fail(place, "取整单位应大于0")
            return Fraction(1)
        return step

    def _choose(self, raw: Mapping[str, Any], place: str) -> Node:
        if not self.reader.mapping(raw["cases"], f"{place}.cases"):
            return ZERO
        cases = {
            name: self.value(case, f"{place}.cases.{name}") for name, case in raw["cases"].items()
        }
        picked = self.reader.word(f"@{raw['choose']}")
        if picked not in cases:
            self.reader.fail(
                f"{place}.cases", f"没有选项值“{picked}”的情形", nearest(picked, cases)
            )
            return ZERO
        return cases[picked]

    def _quota(self, raw: Mapping[str, Any], place: str) -> Node:
        fact = self.reader.fact(raw["quota"], place, ("count",))
        return Quota(fact.key, self.reader.number(raw["share"], f"{place}.share"))

    def _deadline(self, raw: Mapping[str, Any], place: str) -> Node:
        fact = self.reader.fact(raw["deadline"], place)
        if fact.kind != "date":
            self.reader.fail(place, f"事实“{fact.key}”不是日期")
        spans = {
            key: self.reader.whole(raw[key], f"{place}.{key}", 1, most)
            for key, most in LONGEST.items()
            if key in raw
        }
        if len(spans) != 1:
            self.reader.fail(place, f"期限应恰有 {'、'.join(LONGEST)} 之一")
        return Deadline(fact.key, **spans)

    def _recurrence(self, raw: Mapping[str, Any], place: str) -> Node:
        if ("every_years" in raw) == ("every_months" in raw):
            self.reader.fail(place, "周期应恰有 every_years、every_months 之一")
            return ZERO
        key = "every_years" if "every_years" in raw else "every_months"
        months = self.reader.whole(raw[key], f"{place}.{key}", 1, MOST_MONTHS) * _MONTHS[key]
        times = self.reader.number(raw["recurrence"], place)
        if not 0 <= times <= MOST_TIMES:
            self.reader.fail(place, f"每个周期{raw['recurrence']}次，应在0到{MOST_TIMES}之间")
        calendar = key == "every_years"
        if "from" not in raw:
            return Recurrence(times, months, calendar)
        if not calendar:
            said = "按月计的周期从上一次起算，不分期"
            self.reader.fail(f"{place}.from", said, "去掉 from，或写 every_years")
        start = self.reader.whole(raw["from"], f"{place}.from", FIRST_YEAR, LAST_YEAR)
        return Recurrence(times, months, calendar, start)

    def _pool(self, raw: Mapping[str, Any], place: str) -> Node:
        levels = ("community", "street", "district", "city")
        among = self.reader.one_of(raw["among"], levels, f"{place}.among")
        method = self.reader.one_of(
            raw.get("method", "weights"), ("weights", "first"), f"{place}.method"
        )
        if "weights" not in raw:
            self.reader.fail(place, "缺少“weights”")
            return ZERO
        weights = self.reader.fact(raw["weights"], f"{place}.weights", ("count", "area", "money"))
        first = self.reader.whole(raw.get("first", 0), f"{place}.first")
        if (method == "first") != (first > 0):
            self.reader.fail(place, 'method = "first" 时写明 first 为前几名')
        condition = self.reader.condition(raw["if"], f"{place}.if") if "if" in raw else None
        if not _WHOLE_VALUE.fullmatch(place):
            self.reader.fail(place, "分配总额只能是整个条款的值，不能放在别的形状里")
        amount = self.reader.number(raw["pool"], place)
        if amount < 0:
            self.reader.fail(place, f"总额“{raw['pool']}”小于0", "核对符号")
        return Pool(
            amount,
            among,
            weights.key,
            condition,
            first if method == "first" else 0,
        )

    def _share_of(self, raw: Mapping[str, Any], place: str) -> Node:
        other = str(raw["share_of"])
        self.reader.one_of(raw["part"], ("unclamped_excess",), f"{place}.part")
        if other not in self.siblings or "value" not in self.siblings[other]:
            self.reader.fail(
                place, f"本文件没有可测算的条款“{other}”", nearest(other, self.siblings)
            )
            return ZERO
        if "share_of" in str(self.siblings[other]["value"]):
            self.reader.fail(place, f"条款“{other}”自己也引用别的条款，只能引用直接测算的条款")
            return ZERO
        own, self.reader.provision = self.reader.provision, other
        try:
            return Excess(other, self.value(self.siblings[other]["value"]))
        finally:
            self.reader.provision = own
