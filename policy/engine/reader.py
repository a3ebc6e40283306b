"""Reading values and conditions of a text, noting every mistake with its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from policy.engine.catalogue import Fact, catalogue
from policy.engine.conditions import (
    All,
    AnyOf,
    Condition,
    FactCompares,
    FactIs,
    Not,
    RatioCompares,
    YearCompares,
)
from policy.engine.errors import TextError, TextErrors, UnsetOptionError, nearest
from policy.engine.numbers import exact_number
from policy.engine.shapes import BRANCH_KEYS, COMPARISONS, CONDITIONS
from policy.engine.texts import FIRST_YEAR, LAST_YEAR

NEVER = AnyOf(())
LARGEST_NUMBER = 10**15
FINEST = 10**12
NUMBER_CHARACTERS = 40
_MESSAGE_CHARACTERS = 400
_MOST_ERRORS = 100


@dataclass
class Reader:
    """The place in a text that is being read, the options in force and the mistakes so far."""

    file: str
    provision: str = ""
    options: Mapping[str, str | None] = field(default_factory=dict)
    errors: list[TextError] = field(default_factory=list)

    def fail(self, place: str, message: str, suggestion: str = "") -> None:
        """Note a mistake once; raises TextErrors when there are too many to read."""
        if len(message) > _MESSAGE_CHARACTERS:
            message = f"{message[:_MESSAGE_CHARACTERS]}…"
        if len(self.errors) >= _MOST_ERRORS:
            said = f"错误超过{_MOST_ERRORS}处，后面的没有列出"
            more = TextError(self.file, "", "", said, "先改正列出的")
            raise TextErrors([*self.errors, more])
        error = TextError(self.file, self.provision, place, message, suggestion)
        if error not in self.errors:
            self.errors.append(error)

    def keys(self, raw: Any, allowed: tuple[Iterable[str], Iterable[str]], place: str) -> bool:
        """Check that a table has the needed keys and no unknown ones."""
        if not self.mapping(raw, place):
            return False
        needed, optional = set(allowed[0]), set(allowed[1])
        for key in raw:
            if key not in needed | optional:
                self.fail(
                    f"{place}.{key}".strip("."),
                    f"不认识的键“{key}”",
                    nearest(key, needed | optional),
                )
        for key in sorted(needed - set(raw)):
            self.fail(f"{place}.{key}".strip("."), f"缺少“{key}”")
        return needed <= set(raw)

    def mapping(self, raw: Any, place: str) -> bool:
        """Check that what is written is a table."""
        if not isinstance(raw, Mapping):
            self.fail(place, f"应为一个表 {{…}}，现在是{raw!r}")
        return isinstance(raw, Mapping)

    def tables(
        self, raw: Any, allowed: tuple[Iterable[str], Iterable[str]], place: str
    ) -> list[tuple[str, Mapping[str, Any]]]:
        """The tables of a list that have their keys, each with its place."""
        if not isinstance(raw, list) or not raw:
            self.fail(place, "应为至少一个表的列表 [ { … } ]")
            return []
        placed = [(f"{place}[{number}]", one) for number, one in enumerate(raw, 1)]
        return [(where, one) for where, one in placed if self.keys(one, allowed, where)]

    def branches(self, raw: Any, place: str) -> list[tuple[str, Mapping[str, Any]]]:
        """The cases of a `when`, each with its place: if and then, or otherwise as the last."""
        cases = []
        for where, one in self.tables(raw, BRANCH_KEYS, place):
            if set(one) - {"reason"} in ({"if", "then"}, {"otherwise"}):
                cases.append((where, one))
            else:
                self.fail(where, "每种情形写 if 和 then，最后一种可写 otherwise")
        if any("otherwise" in one for _, one in cases[:-1]):
            self.fail(place, "otherwise 之后的情形永远用不到", "把 otherwise 移到最后")
        return cases

    def word(self, raw: Any) -> Any:
        """A scalar; `@name` becomes the value of the option.

        Raises UnsetOptionError for an option that has neither a value nor a default.
        """
        if not isinstance(raw, str) or not raw.startswith("@"):
            return raw
        name = raw[1:] if "." in raw else f"{self.provision}.{raw[1:]}"
        if name not in self.options:
            self.fail(raw, f"没有名为“{name}”的选项", nearest(name, self.options))
            return "1"
        value = self.options[name]
        if value is None:
            raise UnsetOptionError(name)
        return value

    def number(self, raw: Any, place: str) -> Fraction:
        """An exact number; a bare decimal is refused."""
        raw = self.word(raw)
        if isinstance(raw, float):
            self.fail(place, f"小数{raw}要加引号写，机器才不会存成近似数", f'写成"{raw}"')
            return Fraction(0)
        if isinstance(raw, str) and len(raw) > NUMBER_CHARACTERS:
            said = f"“{raw[:10]}…”写了{len(raw)}个字，数最多写{NUMBER_CHARACTERS}个字"
            self.fail(place, said, "舍去多余的位数")
            return Fraction(0)
        try:
            number = exact_number(raw)
        except (ValueError, AttributeError):
            self.fail(place, f"{raw!r}不是确切的数字", '写成20000、"0.5"、"5%"、"3‰"或"2/3"')
            return Fraction(0)
        if abs(number) > LARGEST_NUMBER or number.denominator > FINEST:
            said = f"“{raw}”太大或太细，绝对值最多10的15次方，分母最多10的12次方"
            self.fail(place, said, "核对位数")
            return Fraction(0)
        return number

    def whole(self, raw: Any, place: str, least: int | None = None, most: int | None = None) -> int:
        number = self.number(raw, place)
        if number.denominator != 1:
            self.fail(place, f"{raw!r}应为整数")
        if least is not None and most is not None and not least <= number <= most:
            self.fail(place, f"{raw!r}应在{least}到{most}之间")
            return least
        return int(number)

    def one_of(self, raw: Any, known: Iterable[str], place: str) -> str:
        raw, listed = self.word(raw), list(known)
        if raw not in listed:
            self.fail(place, f"“{raw}”不在可选项里", nearest(str(raw), listed))
            return listed[0]
        return str(raw)

    def fact(self, raw: Any, place: str, kinds: tuple[str, ...] = ()) -> Fact:
        facts = catalogue().facts
        name = self.word(raw)
        if not isinstance(name, str) or name not in facts:
            self.fail(place, f"没有名为“{name}”的事实", nearest(str(name), facts))
            return facts["households"]
        fact = facts[name]
        if kinds and fact.kind not in kinds:
            self.fail(place, f"事实“{name}”不是数字，这里要用数字")
        return fact

    def condition(self, raw: Any, place: str) -> Condition:
        """A condition; a wrong one is noted and never holds."""
        if not isinstance(raw, Mapping):
            self.fail(place, f"条件应为一个表 {{…}}，现在是{raw!r}")
            return NEVER
        kinds = [key for key in CONDITIONS if key in raw]
        if len(kinds) != 1:
            self.fail(
                place,
                f"条件应恰有{'、'.join(CONDITIONS)}之一，现在有{'、'.join(raw) or '无'}",
                nearest(next(iter(raw), ""), CONDITIONS),
            )
            return NEVER
        kind = kinds[0]
        self.keys(raw, ((kind,), CONDITIONS[kind]), place)
        read = {
            "all": self._all,
            "any": self._any,
            "not": self._not,
            "year": self._year,
            "ratio": self._ratio,
            "fact": self._fact_condition,
        }[kind]
        return read(raw, f"{place}.{kind}".strip("."))

    def _parts(self, raw: Any, place: str) -> tuple[Condition, ...]:
        if not isinstance(raw, list) or not raw:
            self.fail(place, "应为至少一个条件的列表 [ … ]")
            return ()
        return tuple(self.condition(part, f"{place}[{i}]") for i, part in enumerate(raw, 1))

    def _all(self, raw: Mapping[str, Any], place: str) -> Condition:
        return All(self._parts(raw["all"], place))

    def _any(self, raw: Mapping[str, Any], place: str) -> Condition:
        return AnyOf(self._parts(raw["any"], place))

    def _not(self, raw: Mapping[str, Any], place: str) -> Condition:
        return Not(self.condition(raw["not"], place))

    def _limits(self, raw: Mapping[str, Any], place: str) -> tuple[tuple[str, Fraction], ...]:
        return tuple(
            (key, self.number(raw[key], f"{place}.{key}")) for key in COMPARISONS if key in raw
        )

    def _year(self, raw: Mapping[str, Any], place: str) -> Condition:
        limits = raw["year"]
        if not self.keys(limits, ((), ("is", *COMPARISONS)), place) or not limits:
            self.fail(place, "写明年份的界限，如 { at_least = 2015 }")
            return NEVER
        places = {"is": place} | {key: f"{place}.{key}" for key in COMPARISONS}
        return YearCompares(
            tuple(
                (key, Fraction(self.whole(limits[key], where, FIRST_YEAR, LAST_YEAR)))
                for key, where in places.items()
                if key in limits
            )
        )

    def _ratio(self, raw: Mapping[str, Any], place: str) -> Condition:
        pair = raw["ratio"]
        if not isinstance(pair, list) or len(pair) != 2:
            self.fail(place, "应为两个事实的列表 [部分, 全部]")
            return NEVER
        limits = self._limits(raw, place)
        if not limits:
            self.fail(place, '缺少界限，如 at_least = "50%"')
        part, whole = (self.fact(name, place, ("count", "area", "money")).key for name in pair)
        return RatioCompares(part, whole, limits)

    def _fact_condition(self, raw: Mapping[str, Any], place: str) -> Condition:
        fact = self.fact(raw["fact"], place)
        if "is" in raw or "in" in raw:
            words = raw["in"] if "in" in raw else [raw["is"]]
            if not isinstance(words, list) or not words:
                self.fail(f"{place}.in", "应为至少一个值的列表 [ … ]")
                return NEVER
            return FactIs(
                fact.key, tuple(self._choice(fact, self.word(word), place) for word in words)
            )
        limits = self._limits_of(fact, raw, place)
        if not limits:
            self.fail(place, "缺少 is、in、at_least、above、at_most、below 之一")
        return FactCompares(fact.key, limits)

    def _limits_of(
        self, fact: Fact, raw: Mapping[str, Any], place: str
    ) -> tuple[tuple[str, Fraction], ...]:
        """Limits of a figure, or of choices that stand from the lowest to the highest."""
        if fact.ordered:
            return tuple(
                (key, Fraction(self._choice(fact, self.word(raw[key]), f"{place}.{key}")))
                for key in COMPARISONS
                if key in raw
            )
        limits = self._limits(raw, place)
        if fact.kind in ("choice", "flag"):
            self.fail(place, f"事实“{fact.key}”不是数字，用 is 或 in")
        return limits

    def _choice(self, fact: Fact, word: Any, place: str) -> int:
        if fact.kind == "flag":
            if not isinstance(word, bool):
                self.fail(place, f"“{fact.key}”应为true或false，现在是{word!r}")
            return int(bool(word))
        if fact.kind != "choice":
            units: int = self.whole(word, place) * 10**fact.places
            return units
        return list(fact.choices).index(self.one_of(word, fact.choices, place))
