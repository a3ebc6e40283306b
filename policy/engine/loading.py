"""Loading a policy text from TOML, checked whole: every mistake is named at once."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from policy.engine.catalogue import CODE_LENGTHS, Subject, catalogue, is_division
from policy.engine.compiling import check_values
from policy.engine.errors import TextError, TextErrors, nearest
from policy.engine.limits import check_sizes, check_source, check_words
from policy.engine.reader import Reader
from policy.engine.shapes import (
    BINDINGS,
    COVERS,
    DECLARED,
    OF_PERSONS,
    OPTION_KEYS,
    OPTION_KINDS,
    PAID_BY,
    PROVISION_KEYS,
    SOURCE_GRADES,
    TEXT_KEYS,
)
from policy.engine.texts import ADOPTABLE, FIRST_YEAR, LAST_YEAR, Option, Provision, Text
from policy.engine.value_reader import MOST_MONTHS

_COMMUNITY = CODE_LENGTHS["community"]
# as many as an exemption can name
ID_CHARACTERS = 32
_TEXT_ID = re.compile(r"[a-z0-9][a-z0-9-]*")


def shipped_ids() -> list[str]:
    """The ids of the texts that ship."""
    names = (path.name for path in files("policy").joinpath("texts").iterdir())
    return sorted(
        name.removesuffix(".toml")
        for name in names
        if name.endswith(".toml") and not name.endswith(".cases.toml")
    )


@cache
def load_shipped(text_id: str) -> Text:
    """A text that ships, by id; raises FileNotFoundError and TextErrors."""
    path = files("policy").joinpath("texts", f"{text_id}.toml")
    return load_text(path.read_text("utf-8"), f"{text_id}.toml")


def load_text(source: str, name: str = "text.toml") -> Text:
    """A text from its TOML source.

    Raises TextErrors with every mistake: file, provision, field, what is wrong, a suggestion.
    """
    try:
        return _load(source, name)
    except TextErrors:
        raise
    except (ValueError, RecursionError, OverflowError) as error:
        said = "有的数太大，或表和列表套得太深，读不完"
        raise TextErrors([TextError(name, "", "", said, "改小，或拆成几个条款")]) from error


def _load(source: str, name: str) -> Text:
    reader = Reader(name)
    check_source(source, reader)
    _stop(reader)
    try:
        raw = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise TextErrors([TextError(name, "", "", f"不是合格的TOML：{error}")]) from error
    _check_words(reader, raw)
    _stop(reader)
    if not reader.keys(raw, (("format", "text"), ("provision",)), ""):
        raise TextErrors(reader.errors)
    if raw["format"] != 1:
        reader.fail("format", f"格式{raw['format']!r}不认识", "写成 format = 1")
    text = _read_head(reader, raw["text"], source)
    provisions = _read_provisions(reader, raw.get("provision", []))
    _stop(reader)
    check_sizes(raw.get("provision", []), reader)
    _stop(reader)
    text = replace(text, provisions=provisions)
    check_values(text, reader)
    _stop(reader)
    return text


def _stop(reader: Reader) -> None:
    if reader.errors:
        raise TextErrors(reader.errors)


def _check_words(reader: Reader, raw: Mapping[str, Any]) -> None:
    """Check what is written for length and control characters, provision by provision."""
    listed = raw.get("provision")
    provisions = listed if isinstance(listed, list) else []
    besides = {
        key: part for key, part in raw.items() if key != "provision" or part is not provisions
    }
    check_words(besides, reader, "")
    for number, one in enumerate(provisions, 1):
        reader.provision = _name(one, number)
        check_words(one, reader, "")
    reader.provision = ""


def _name(raw: Any, number: int) -> str:
    named = isinstance(raw, Mapping) and "id" in raw
    return str(raw["id"])[:ID_CHARACTERS] if named else f"第{number}条"


def _read_head(reader: Reader, raw: Any, source: str) -> Text:
    if not reader.keys(raw, TEXT_KEYS, "text"):
        raise TextErrors(reader.errors)
    dates = {}
    for key in ("issued_on", "published_on", "effective_from", "effective_until"):
        dates[key] = raw.get(key)
        if dates[key] is not None and type(dates[key]) is not datetime.date:
            reader.fail(f"text.{key}", f"{dates[key]!r}不是日期", "写成2015-01-01，不加引号")
            dates[key] = None
        elif dates[key] is not None and not FIRST_YEAR <= dates[key].year <= LAST_YEAR:
            reader.fail(f"text.{key}", f"{dates[key]}应在{FIRST_YEAR}年到{LAST_YEAR}年之间")
    if (
        dates["effective_from"]
        and dates["effective_until"]
        and dates["effective_until"] <= dates["effective_from"]
    ):
        reader.fail("text.effective_until", "失效日不晚于生效日", "失效日当天不再执行")
    if not _TEXT_ID.fullmatch(str(raw["id"])):
        reader.fail("text.id", f"“{raw['id']}”不能用作标识", "用小写字母、数字和连字符")
    jurisdiction = str(raw["jurisdiction"])
    _check_code(reader, jurisdiction, "text.jurisdiction", ("", ADOPTABLE))
    authority = str(raw.get("authority", jurisdiction))
    _check_code(reader, authority, "text.authority", ("", ADOPTABLE))
    _check_authority(reader, jurisdiction, authority)
    if "source_grade" in raw:
        reader.one_of(raw["source_grade"], SOURCE_GRADES, "text.source_grade")
    return Text(
        id=str(raw["id"]),
        title=str(raw["title"]),
        doc_no=str(raw.get("doc_no", "")),
        issuer=str(raw.get("issuer", "")),
        jurisdiction=jurisdiction,
        authority=authority,
        source_grade=str(raw.get("source_grade", "report")),
        trial=bool(raw.get("trial", False)),
        note=str(raw.get("note", "")),
        provisions=(),
        source=source,
        **dates,
    )


def _check_authority(reader: Reader, jurisdiction: str, authority: str) -> None:
    """A text is issued for its jurisdiction by that place itself or by one above it."""
    if ADOPTABLE in (jurisdiction, authority):
        if jurisdiction != authority:
            said = f"“{authority}”和适用范围“{jurisdiction}”不相配，“*”要两处都是“*”"
            reader.fail("text.authority", said, "去掉 authority")
    elif not jurisdiction.startswith(authority):
        above = "、".join(code for code in _above(jurisdiction) if code)
        said = f"“{authority}”不是适用范围“{jurisdiction or '全国'}”本级或上级的代码"
        reader.fail("text.authority", said, f"可用：{above}；全国写空" if above else "写空")


def _above(code: str) -> list[str]:
    """A code and those above it, nearest first; the last is the nation."""
    return [code[:length] for length in (9, 6, 4, 2, 0) if length <= len(code)]


def _check_code(reader: Reader, code: str, place: str, besides: tuple[str, ...]) -> None:
    if code in besides:
        return
    if not is_division(code):
        reader.fail(
            place, f"“{code}”不是区划代码", "应为2、4、6或9位数字；全国写空，由采用地确定写*"
        )


def _read_provisions(reader: Reader, raw: Any) -> tuple[Provision, ...]:
    provisions: list[Provision] = []
    if not isinstance(raw, list):
        reader.fail("provision", "每个条款写成一个 [[provision]]")
        return ()
    for number, one in enumerate(raw, 1):
        reader.provision = _name(one, number)
        if reader.provision in {known.id for known in provisions}:
            reader.fail("id", "两个条款同名", "每个条款用不同的id")
        if reader.keys(one, PROVISION_KEYS, ""):
            provisions.append(_read_provision(reader, one))
    reader.provision = ""
    return tuple(provisions)


def _read_provision(reader: Reader, raw: Mapping[str, Any]) -> Provision:
    words = catalogue()
    if len(str(raw["id"])) > ID_CHARACTERS:
        reader.fail("id", f"条款号有{len(str(raw['id']))}个字，最多{ID_CHARACTERS}个", "写短")
    binding = reader.one_of(raw["binding"], BINDINGS, "binding")
    subject = None
    if "subject" in raw:
        key = reader.one_of(raw["subject"], words.subjects, "subject")
        subject = words.subjects.get(key)
    _check_parts(reader, raw, binding, subject is not None)
    level = reader.one_of(raw.get("level", "community"), words.levels, "level")
    _check_of_persons(reader, raw, binding, level)
    covers = _read_words(reader, raw, "covers", COVERS, "office")
    organisations = _read_words(reader, raw, "organisations", words.organisations, "party")
    if organisations and ("when" in raw or raw.get("level", "community") != "community"):
        said = "写了organisations的条款对每个社区都适用，不写when，level为community"
        reader.fail("organisations", said, "有条件的要求另写一条")
    if "payers" in raw and (subject is None or subject.unit.key != "money"):
        reader.fail("payers", "承担方只用于以元计的事项")
    if "superior" in raw:
        _check_code(reader, str(raw["superior"]), "superior", ())
    if "distribute" in raw:
        reader.fact(raw["distribute"], "distribute", ("count",))
        if CODE_LENGTHS.get(level, _COMMUNITY) >= _COMMUNITY:
            reader.fail("distribute", "只有街道及以上一级核定的总量才分配到社区")
    return Provision(
        id=str(raw["id"]),
        article=str(raw["article"]),
        summary=str(raw["summary"]),
        binding=binding,
        level=level,
        subject=subject,
        superior=str(raw.get("superior", "")),
        covers=covers,
        organisations=organisations,
        distribute=str(raw.get("distribute", "")),
        note=str(raw.get("note", "")),
        options=_read_options(reader, raw.get("options", {})),
        raw=raw,
        paid_by=reader.one_of(raw["paid_by"], PAID_BY, "paid_by") if "paid_by" in raw else "",
        counted="counted" not in raw,
        lasts_months=_read_months(reader, raw, binding, subject),
    )


def _check_of_persons(reader: Reader, raw: Mapping[str, Any], binding: str, level: str) -> None:
    """Only an attribute of persons says what must be true of them, who pays them, who counts."""
    said = [key for key in OF_PERSONS if key in raw]
    of_persons = binding == "attribute" and level == "person"
    for key in said if not of_persons else ():
        reader.fail(key, f'{key}只用于 binding = "attribute"、level = "person" 的条款')
    if of_persons and "when" in raw and not said:
        reader.fail("when", "只写了涉及哪些人，没有写要求", f"再写{'、'.join(OF_PERSONS)}之一")
    if raw.get("counted", False) is not False:
        reader.fail("counted", "只写 counted = false，占职数的不写", "去掉 counted")


def _read_months(
    reader: Reader, raw: Mapping[str, Any], binding: str, subject: Subject | None
) -> int | None:
    """For how many months a monthly sum is paid; None where the provision does not say."""
    if "lasts_months" not in raw:
        return None
    if binding in DECLARED or subject is None or subject.period != "month":
        reader.fail("lasts_months", "发放月数只用于按月发放的事项", "去掉 lasts_months")
    return reader.whole(raw["lasts_months"], "lasts_months", 1, MOST_MONTHS)


def _read_words(
    reader: Reader, raw: Mapping[str, Any], key: str, known: Collection[str], example: str
) -> tuple[str, ...]:
    """A list of known words under a key, each once; none where it is absent."""
    listed = raw.get(key, [])
    if not isinstance(listed, list):
        reader.fail(key, f'应为列表，如 ["{example}"]')
        return ()
    for word in listed:
        reader.one_of(word, known, key)
    return tuple(dict.fromkeys(str(word) for word in listed))


def _check_parts(reader: Reader, raw: Mapping[str, Any], binding: str, has_subject: bool) -> None:
    """A computed provision needs a subject and a value (or components); a declared one neither."""
    if binding in DECLARED:
        for key in ("value", "component", "payers"):
            if key in raw:
                reader.fail(key, f"“{BINDINGS[binding]}”类条款只作说明，不写{key}")
        return
    if not has_subject:
        reader.fail("subject", "缺少“subject”")
    if ("value" in raw) == ("component" in raw):
        reader.fail("value", "value 和 component 应恰有一种")
    if "component" in raw and "payers" in raw:
        reader.fail("payers", "分成几部分时，承担方写在各部分里")


def _read_options(reader: Reader, raw: Any) -> tuple[Option, ...]:
    if not reader.mapping(raw, "options"):
        return ()
    placed = [(name, one, f"options.{name}") for name, one in raw.items()]
    return tuple(
        _read_option(reader, name, one, place)
        for name, one, place in placed
        if reader.keys(one, OPTION_KEYS, place)
    )


def _read_option(reader: Reader, name: str, raw: Mapping[str, Any], place: str) -> Option:
    kind = reader.one_of(raw.get("kind", "choice"), OPTION_KINDS, f"{place}.kind")
    listed = raw.get("values", {})
    values = (
        {str(key): str(label) for key, label in listed.items()}
        if reader.mapping(listed, f"{place}.values")
        else {}
    )
    if (kind == "choice") != bool(values):
        reader.fail(f"{place}.values", "可选项写在 values；年份和数不写 values")
    option = Option(
        f"{reader.provision}.{name}",
        str(raw["label"]),
        None if "default" not in raw else str(raw["default"]),
        values,
        reader.one_of(raw.get("source", "local"), ("local", "text"), f"{place}.source"),
        kind,
    )
    if "default" in raw:
        _check_default(reader, option, raw["default"], f"{place}.default")
    return option


def _check_default(reader: Reader, option: Option, default: Any, place: str) -> None:
    if option.kind != "choice":
        reader.number(default, place)
    if option.default is not None and (wrong := option.mistake(option.default)):
        reader.fail(place, wrong, nearest(option.default, option.values))
