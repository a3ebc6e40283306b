"""Limits that no real text reaches, so that no text can hold up the pages that compute with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from policy.engine.reader import LARGEST_NUMBER, Reader
from policy.engine.shapes import CONDITIONS, SHAPES

MOST_BYTES = 256 * 1024
MOST_CHARACTERS = 4000
MOST_NAME_CHARACTERS = 64
MOST_PROVISIONS = 300
MOST_OPTIONS = 60
MOST_SHAPES = 300
MOST_NESTED = 12
MOST_DIGITS = 300
# shapes of the whole text, once more for every further value of an option: all are checked
MOST_CHECKS = 50_000

# what is counted, and what may stand inside each other
_COUNTED = {*SHAPES, *CONDITIONS, "payer"}
_PARTS = ("value", "component", "when", "holds", "payers")
# tables and lists inside each other, whatever they mean
_MOST_DEPTH = 60
# digits before the point that a shape without others inside can have: written ones, a fact's
_DIGITS = {"per": 36, "index": 36, "quota": 36}
_DIGITS_OF_ANY = 18
# 250 years at 100 %
_DIGITS_OF_GROWTH = 76
# control characters, and those that turn the direction of what is shown around them
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
# the time to read a dotted key grows with the square of its parts
_PART = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')[ \t]*\.[ \t]*"""
_LONG_KEY = re.compile(rf"(?<![^\s{{,\[])(?:{_PART}){{16}}")


def check_source(source: str, reader: Reader) -> None:
    """Note a source that is too long, or whose keys are, before it is parsed."""
    size = len(source.encode("utf-8", "replace"))
    if size > MOST_BYTES:
        said = f"文件有{-(-size // 1024)}KB，最多{MOST_BYTES // 1024}KB"
        reader.fail("", said, "分成几个文件")
    elif _LONG_KEY.search(source):
        reader.fail("", "键的层数太多，如 a.b.c…", "最多16层")


def check_words(raw: Any, reader: Reader, place: str) -> None:
    """Note words and whole numbers that are too long, and characters that cannot be shown."""
    for where, depth, one in _everything(raw, place):
        if depth > _MOST_DEPTH:
            reader.fail(where, f"表和列表套了{depth}层以上", f"最多{_MOST_DEPTH}层")
            return
        if isinstance(one, Mapping):
            for key in one:
                _check_word(str(key), reader, where, MOST_NAME_CHARACTERS)
        elif isinstance(one, str):
            _check_word(one, reader, where, MOST_CHARACTERS)
        elif isinstance(one, int) and abs(one) > LARGEST_NUMBER:
            reader.fail(where, "这个数太大", "绝对值最多10的15次方")


def _everything(raw: Any, place: str) -> Iterator[tuple[str, int, Any]]:
    """All that is written, with its place and its depth; no recursion, in the order written."""
    waiting = [(place, 0, raw)]
    while waiting:
        where, depth, one = waiting.pop()
        yield where, depth, one
        inner: list[tuple[str, Any]] = []
        if isinstance(one, Mapping):
            inner = [
                (f"{where}.{str(key)[:MOST_NAME_CHARACTERS]}", part) for key, part in one.items()
            ]
        elif isinstance(one, list):
            inner = [(f"{where}[{number}]", part) for number, part in enumerate(one, 1)]
        waiting += [(at.strip("."), depth + 1, part) for at, part in reversed(inner)]


def _check_word(word: str, reader: Reader, place: str, most: int) -> None:
    if len(word) > most:
        reader.fail(place, f"“{word[:10]}…”有{len(word)}个字，最多{most}个", "写短")
    if found := _CONTROL.search(word):
        said = f"第{found.start() + 1}个字是不能显示的控制字符（U+{ord(found[0]):04X}）"
        reader.fail(place, said, "删去")


def check_sizes(provisions: list[Any], reader: Reader) -> None:
    """Note provisions with too many shapes, shapes too deep inside each other, figures too large.

    Also too many provisions, options or readings in the text as a whole.
    """
    named = {str(one["id"]): one for one in provisions if isinstance(one, Mapping) and "id" in one}
    readings, options, shapes = 1, 0, 0
    for name, one in named.items():
        reader.provision = name
        shapes += _check_size(one, named, reader)
        listed = one.get("options")
        for option in listed.values() if isinstance(listed, Mapping) else ():
            options += 1
            values = option.get("values") if isinstance(option, Mapping) else None
            readings += len(values) - 1 if isinstance(values, Mapping) and values else 0
    reader.provision = ""
    for found, most, what in (
        (len(provisions), MOST_PROVISIONS, "条款"),
        (options, MOST_OPTIONS, "选项"),
    ):
        if found > most:
            reader.fail("provision", f"有{found}个{what}，最多{most}个", "分成几个文件")
    if shapes * readings > MOST_CHECKS:
        said = f"共{shapes}个形状，选项有{readings}种取法，乘起来最多{MOST_CHECKS}"
        reader.fail("provision", said, "分成几个文件")


def _check_size(raw: Mapping[str, Any], named: Mapping[str, Any], reader: Reader) -> int:
    """The number of a provision's shapes, those that it cites included."""
    total = 0
    for part in _PARTS:
        shapes, nested = _measured(raw.get(part))
        total += shapes
        if nested > MOST_NESTED:
            said = f"形状（条件）套了{nested}层，最多{MOST_NESTED}层"
            reader.fail(part, said, "改成并列，或拆成几个条款")
    total += sum(_measured(_cited(other, named))[0] for other in _citations(raw))
    if total > MOST_SHAPES:
        said = f"有{total}个形状、条件和承担方，最多{MOST_SHAPES}个"
        reader.fail("value", said, "拆成几个条款")
    elif not reader.errors:
        digits = max(_digits(raw.get(part), named) for part in ("value", "component"))
        if digits > MOST_DIGITS:
            said = f"乘起来可能有{digits}位，最多{MOST_DIGITS}位"
            reader.fail("value", said, "少乘几个数")
    return total


def _measured(raw: Any) -> tuple[int, int]:
    """How many shapes, conditions and payers there are, and how deep they stand in each other."""
    shapes, nested = 0, 0
    waiting = [(raw, 0)]
    while waiting:
        one, depth = waiting.pop()
        if isinstance(one, Mapping):
            if not _COUNTED.isdisjoint(one):
                shapes, depth = shapes + 1, depth + 1
                nested = max(nested, depth)
            waiting += [(part, depth) for part in one.values()]
        elif isinstance(one, list):
            waiting += [(part, depth) for part in one]
    return shapes, nested


def _citations(raw: Any) -> Iterator[str]:
    tables = (one for _, _, one in _everything(raw, "") if isinstance(one, Mapping))
    return (str(one["share_of"]) for one in tables if "share_of" in one)


def _cited(name: str, named: Mapping[str, Any]) -> Any:
    return named.get(name, {}).get("value")


def _digits(raw: Any, named: Mapping[str, Any]) -> int:
    """How many digits before the point a value can have at most."""
    if isinstance(raw, list):
        return max((_digits(one, named) for one in raw), default=0)
    if not isinstance(raw, Mapping):
        return 0
    if isinstance(raw.get("product"), list):
        return sum(_digits(one, named) for one in raw["product"])
    own = max((_DIGITS.get(shape, _DIGITS_OF_ANY) for shape in raw if shape in SHAPES), default=0)
    inner = max(_digits(one, named) for one in raw.values()) if raw else 0
    if "share_of" in raw:
        cited = _cited(str(raw["share_of"]), named)
        # a provision that cites another cannot be cited: said where the shape is read
        inner = 0 if any(_citations(cited)) else _digits(cited, named)
    return max(own, inner) + (_DIGITS_OF_GROWTH if "grow" in raw else 0)
