"""The JSON schema of a policy text for editors, made of the same lists as the loader's checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from policy.engine.catalogue import CODE_LENGTHS, catalogue
from policy.engine.limits import MOST_CHARACTERS, MOST_PROVISIONS
from policy.engine.loading import ID_CHARACTERS
from policy.engine.reader import LARGEST_NUMBER, NUMBER_CHARACTERS
from policy.engine.shapes import (
    BINDINGS,
    BRANCH_KEYS,
    COMPARISONS,
    COMPONENT_KEYS,
    CONDITIONS,
    COVERS,
    DECLARED,
    OF_PERSONS,
    OPTION_KEYS,
    PAID_BY,
    PAYER_KEYS,
    PROVISION_KEYS,
    ROUNDINGS,
    ROW_KEYS,
    SHAPES,
    SOURCE_GRADES,
    TEXT_KEYS,
)
from policy.engine.texts import ADOPTABLE, FIRST_YEAR, LAST_YEAR
from policy.engine.value_reader import LONGEST, MOST_MONTHS, MOST_TIMES

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

# no control characters but a tab and a new line, none that turn the direction of writing
SHOWN_PATTERN = r"^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]*$"
TEXT: Schema = {"type": "string", "maxLength": MOST_CHARACTERS, "pattern": SHOWN_PATTERN}
WORD: Schema = {**TEXT, "minLength": 1}
# the value of an option of the same provision
OPTION_WORD: Schema = {"type": "string", "pattern": "^@."}
DAY: Schema = {"type": "string", "format": "date"}
NUMBER_PATTERN = r"^(@.+|-?[0-9]+(\.[0-9]+)?(/-?[0-9]+(\.[0-9]+)?)?[%％‰]?)$"
INTERVAL_PATTERN = r"^[\[(][^,]+,[^,]*[\])]$"
CODE_PATTERN = "^({})$".format("|".join(f"[0-9]{{{n}}}" for n in CODE_LENGTHS.values() if n < 12))


def schema() -> Schema:
    """Return the schema of a whole text: tables as objects, dates as strings YYYY-MM-DD."""
    return {
        "$schema": DIALECT,
        "title": "政策文件",
        "description": "How to write a policy text: docs/policy-format.md",
        **_table((("format", "text"), ("provision",)), {
            "format": {"const": 1},
            "text": {"$ref": "#/$defs/text"},
            "provision": {**_list_of("provision"), "maxItems": MOST_PROVISIONS},
        }),
        "$defs": {
            "text": _head(),
            "provision": _provision(),
            "component": _table(COMPONENT_KEYS, {
                "name": WORD, "value": _ref("value"), "payers": _list_of("payer")}),
            "option": _option(),
            "payer": _payer(),
            "condition": _condition(),
            "value": {"oneOf": [_shape(shape) for shape in SHAPES]},
            "branch": _branch(),
            "row": _table(ROW_KEYS, {
                "range": {"type": "string", "pattern": INTERVAL_PATTERN}, "value": _ref("value")}),
            "number": _number(-LARGEST_NUMBER),
            "whole": _whole(-LARGEST_NUMBER),
            "year": _whole(FIRST_YEAR, LAST_YEAR),
            "band": {"oneOf": [
                _ref("number"),
                {"type": "array", "items": _ref("number"), "minItems": 2, "maxItems": 2}]},
            "every": {"oneOf": [
                _number(1), {"type": "array", "items": _number(1), "minItems": 2, "maxItems": 2}]},
        },
    }  # fmt: skip


def _number(least: int, most: int = LARGEST_NUMBER) -> Schema:
    """Return the schema of a number; the limits of one in quotes are the loader's to check."""
    written = {"type": "string", "pattern": NUMBER_PATTERN, "maxLength": NUMBER_CHARACTERS}
    if least >= 0:
        written["not"] = {"pattern": "^-"}
    return {"oneOf": [{"type": "integer", "minimum": least, "maximum": most}, written]}


def _whole(least: int, most: int = LARGEST_NUMBER) -> Schema:
    written = {"type": "string", "pattern": "^(@.+|-?[0-9]+)$", "maxLength": NUMBER_CHARACTERS}
    return {"oneOf": [{"type": "integer", "minimum": least, "maximum": most}, written]}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _list_of(name: str) -> Schema:
    return {"type": "array", "items": _ref(name), "minItems": 1}


def _one_of(words: Iterable[str]) -> Schema:
    """Return the schema of one of the known words, or the value of an option."""
    return {"anyOf": [{"enum": list(words)}, OPTION_WORD]}


def _table(keys: tuple[Iterable[str], Iterable[str]], types: Mapping[str, Schema]) -> Schema:
    """Return the schema of a table with the needed keys and no unknown ones."""
    needed, optional = keys
    return {
        "type": "object",
        "properties": {key: types[key] for key in (*needed, *optional)},
        "required": list(needed),
        "additionalProperties": False,
    }


def _described(words: Mapping[str, str]) -> Schema:
    return {"oneOf": [{"const": key, "description": label} for key, label in words.items()]}


def _head() -> Schema:
    days = ("issued_on", "published_on", "effective_from", "effective_until")
    adoptable = {"const": ADOPTABLE}
    return {
        **_table(TEXT_KEYS, {
            **dict.fromkeys((*TEXT_KEYS[0], *TEXT_KEYS[1]), TEXT),
            **dict.fromkeys(days, DAY),
            "id": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
            "title": WORD,
            "jurisdiction": _code(),
            "authority": _code(),
            "source_grade": _described(SOURCE_GRADES),
            "trial": {"type": "boolean"},
        }),
        "if": {"properties": {"jurisdiction": adoptable}},
        "then": {"properties": {"authority": adoptable}},
        "else": {"properties": {"authority": {"not": adoptable}}},
    }  # fmt: skip


def _code() -> Schema:
    return {"anyOf": [{"enum": ["", "*"]}, {"type": "string", "pattern": CODE_PATTERN}]}


def _provision() -> Schema:
    words = catalogue()
    subjects = {key: subject.label for key, subject in words.subjects.items()}
    declared = {"properties": {"binding": {"enum": list(DECLARED)}}}
    of_persons = {
        "properties": {"binding": {"const": "attribute"}, "level": {"const": "person"}},
        "required": ["level"],
    }
    monthly = [key for key, one in words.subjects.items() if one.period == "month"]
    return {
        **_table(PROVISION_KEYS, {
            "id": {**WORD, "maxLength": ID_CHARACTERS},
            "article": TEXT,
            "summary": TEXT,
            "binding": _described(BINDINGS),
            "subject": _described(subjects),
            "level": _described(words.levels),
            "value": _ref("value"),
            "superior": {"type": "string", "pattern": CODE_PATTERN},
            "covers": {"type": "array", "items": {"enum": list(COVERS)}},
            "organisations": {"type": "array", "items": _described(words.organisations)},
            "when": _ref("condition"),
            "sources": {"type": ["object", "array", "string"]},
            "payers": _list_of("payer"),
            "options": {"type": "object", "additionalProperties": _ref("option")},
            "note": TEXT,
            "component": _list_of("component"),
            "distribute": _fact("count"),
            "holds": _ref("condition"),
            "paid_by": {"enum": list(PAID_BY)},
            "counted": {"const": False},
            "lasts_months": _whole(1, MOST_MONTHS),
        }),
        "if": declared,
        "then": {"not": {"anyOf": [
            {"required": [key]} for key in ("value", "component", "payers")]}},
        "else": {"required": ["subject"],
                 "oneOf": [{"required": ["value"]}, {"required": ["component"]}]},
        "dependentSchemas": {
            "organisations": {
                "properties": {"level": {"const": "community"}}, "not": {"required": ["when"]}},
            **dict.fromkeys(OF_PERSONS, of_persons),
            "lasts_months": {
                "properties": {"subject": {"enum": monthly}}, "not": declared},
            "when": {"if": of_persons, "then": {
                "anyOf": [{"required": [key]} for key in OF_PERSONS]}},
        },
    }  # fmt: skip


def _option() -> Schema:
    scalar = {"type": ["string", "integer"]}
    return {
        **_table(OPTION_KEYS, {
            "label": WORD,
            "default": scalar,
            "values": {"type": "object", "additionalProperties": TEXT, "minProperties": 1},
            "source": {"enum": ["local", "text"]},
            "kind": {"enum": ["choice", "year", "number"]},
            "note": TEXT,
        }),
        "if": {"required": ["kind"], "properties": {"kind": {"const": "year"}}},
        "then": {"properties": {"default": _whole(FIRST_YEAR, LAST_YEAR)}},
    }  # fmt: skip


def _payer() -> Schema:
    part = {"oneOf": [_ref("number"), _table((("when",), ()), {"when": {
        "type": "array", "minItems": 1, "items": _table(BRANCH_KEYS, {
            "if": _ref("condition"), "then": _ref("number"), "otherwise": _ref("number"),
            "reason": TEXT})}})]}  # fmt: skip
    kinds = ("percent", "amount", "per_unit", "rest")
    return {
        **_table(PAYER_KEYS, {
            "payer": _one_of(catalogue().payers),
            "percent": part,
            "amount": part,
            "per_unit": part,
            "of": _fact("count", "area"),
            "rest": {"const": True},
        }),
        "oneOf": [{"required": [kind]} for kind in kinds],
        "dependentRequired": {"per_unit": ["of"], "of": ["per_unit"]},
    }  # fmt: skip


def _fact(*kinds: str) -> Schema:
    """Return the schema of a fact's name: of these kinds, or of any."""
    facts = catalogue().facts.values()
    return _one_of(fact.key for fact in facts if not kinds or fact.kind in kinds)


def _condition() -> Schema:
    facts = catalogue().facts.values()
    choices = sorted({word for fact in facts if fact.ordered for word in fact.choices})
    limits = dict.fromkeys(COMPARISONS, _ref("number"))
    ordered = {key: {"anyOf": [_ref("number"), {"enum": choices}]} for key in COMPARISONS}
    scalar = {"type": ["boolean", "string", "integer"]}
    types = {
        "fact": _fact(),
        "is": scalar,
        "in": {"type": "array", "items": scalar, "minItems": 1},
        "year": {**_table(((), ("is", *COMPARISONS)), dict.fromkeys(
            ("is", *COMPARISONS), _ref("year"))), "minProperties": 1},
        "ratio": {"type": "array", "items": _fact("count", "area", "money"),
                  "minItems": 2, "maxItems": 2},
        "all": _list_of("condition"),
        "any": _list_of("condition"),
        "not": _ref("condition"),
        **limits,
    }  # fmt: skip
    return {"oneOf": [
        _table(((kind,), others), types | (ordered if kind == "fact" else {}))
        for kind, others in CONDITIONS.items()]}  # fmt: skip


def _branch() -> Schema:
    value = _ref("value")
    types = {"if": _ref("condition"), "then": value, "otherwise": value, "reason": TEXT}
    either = [{"required": ["if", "then"], "not": {"required": ["otherwise"]}},
              {"required": ["otherwise"], "not": {"required": ["if"]}}]  # fmt: skip
    return {**_table(BRANCH_KEYS, types), "oneOf": either}


def _shape(shape: str) -> Schema:
    """Return the schema of one shape with the keys that go with it."""
    rounding = _one_of(ROUNDINGS)
    values = _list_of("value")
    numeric = _fact("count", "area", "money")
    whole, number, band = _ref("whole"), _ref("number"), _ref("band")
    own = {
        "const": band, "fact": numeric, "per": numeric, "table": numeric,
        "index": _one_of(catalogue().series), "grow": _ref("value"), "sum": values,
        "product": values, "max": values, "min": values, "clamp": _ref("value"),
        "when": _list_of("branch"), "round": _ref("value"), "choose": WORD,
        "quota": _fact("count"), "deadline": _fact("date"), "recurrence": _number(0, MOST_TIMES),
        "pool": _number(0), "assessed": numeric, "share_of": WORD,
    }  # fmt: skip
    modes = _one_of(("compound", "simple"))
    pair = {"type": "array", "items": rounding, "minItems": 2, "maxItems": 2}
    beside = {
        "every": _ref("every"), "amount": band, "block": rounding, "rows": _list_of("row"),
        "lag": whole, "factor": number, "from": _ref("year"), "rate": _number(-1, 1),
        "series": _one_of(catalogue().series),
        "round_each_year": {"anyOf": [{"const": "none"}, number]}, "low": number, "high": number,
        "step": number,
        "cases": {"type": "object", "additionalProperties": _ref("value"), "minProperties": 1},
        "share": number, **{key: _whole(1, most) for key, most in LONGEST.items()},
        **dict.fromkeys(("every_years", "every_months"), _whole(1, MOST_MONTHS)),
        "among": {"enum": ["community", "street", "district", "city"]}, "weights": numeric,
        "if": _ref("condition"), "method": {"enum": ["weights", "first"]}, "first": whole,
        "suggested": _ref("value"), "part": {"enum": ["unclamped_excess"]},
        "mode": {"anyOf": [rounding, pair]} if shape == "round" else modes,
    }  # fmt: skip
    needed, optional = SHAPES[shape]
    table = _table(((shape, *needed), optional), {**beside, shape: own[shape]})
    return {**table, **_TOGETHER.get(shape, {})}


# which of the keys of a shape go together
_TOGETHER: dict[str, Schema] = {
    "grow": {"oneOf": [
        {"required": ["rate"], "not": {"required": ["series"]}},
        {"required": ["series"], "not": {"required": ["rate"]},
         "properties": {"mode": {"not": {"const": "simple"}}}}]},
    "clamp": {"anyOf": [{"required": ["low"]}, {"required": ["high"]}]},
    "deadline": {"oneOf": [{"required": [key]} for key in LONGEST]},
    "recurrence": {
        "oneOf": [{"required": ["every_years"]}, {"required": ["every_months"]}],
        "dependentRequired": {"from": ["every_years"]}},
}  # fmt: skip
