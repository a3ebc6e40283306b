"""Every case beside the shipped texts, one test each, and what the texts must hold."""

import datetime
import tomllib
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from policy.engine import (
    Facts,
    Requirements,
    Row,
    Series,
    Stack,
    Text,
    assess,
    cadence_of,
    judge,
    load_shipped,
    rollup,
    shipped_ids,
)

TEXTS = Path(__file__).parents[2] / "policy" / "texts"
CASE_KEYS = {
    "name", "texts", "on", "code", "facts", "rows", "options", "exempt", "exempt_at", "series",
    "expect", "expect_at", "expect_rollup", "expect_attributes", "expect_provisions", "expect_due",
    "absent",
}  # fmt: skip
INSIDE = {"": "371502001001", "*": "371502001001", "37": "371502001001", "3715": "371502001001"}
INSIDE["330206"] = "330206002001"

# the provisions that the five texts must hold, and those among them that are declared only
COMPUTED = {
    "liaocheng-2015": "LC-ORG-1 LC-ORG-3 LC-ORG-4 LC-ORG-5 LC-STF-1 LC-STF-2 LC-SPC-1 LC-SPC-2 "
    "LC-SPC-3 LC-SPC-4 LC-SPC-5 LC-FND-1 LC-FND-2",
    "city-opinions-2013": "C13-ORG-1 C13-ORG-2 C13-ORG-3 C13-STF-1 C13-ELE-1 C13-TRN-1 C13-TRN-1.2 "
    "C13-SPC-1 C13-FND-1 C13-FND-2 C13-FND-3 C13-FND-4 C13-FND-5 C13-FND-6 C13-FND-7 C13-FND-7.2 "
    "C13-FND-9 C13-FND-9.2 C13-GRD-1",
    "beilun": "BL-FND-1 BL-FND-2 BL-FND-3 BL-STF-1 BL-STF-2 BL-STF-3 BL-STF-4 BL-STF-5 BL-STF-6 "
    "BL-SPC-1",
    "shandong-2018": "SD-SPC-1 SD-SPC-1.2 SD-FND-1 SD-FND-2 SD-FND-3 SD-STF-1",
    "organic-law-2026": "OL-ORG-1 OL-ELE-1",
}
# of the declared ones, those that a machine can judge of persons
JUDGED = {"city-opinions-2013": "C13-ORG-4 C13-STF-2 C13-FND-8"}
DECLARED = {
    "liaocheng-2015": "LC-ORG-6",
    "city-opinions-2013": "C13-ORG-4 C13-STF-2 C13-FND-8 C13-FND-10",
    "beilun": "BL-PRC-1",
    "shandong-2018": "",
    "organic-law-2026": "",
}

Table = Mapping[str, Any]


def cases_of(text_id: str) -> list[Table]:
    return tomllib.loads((TEXTS / f"{text_id}.cases.toml").read_text("utf-8"))["case"]


def each_case() -> Iterator[Any]:
    for path in sorted(TEXTS.glob("*.cases.toml")):
        text_id = path.name.removesuffix(".cases.toml")
        for case in cases_of(text_id):
            yield pytest.param(case, id=f"{text_id}:{case['name']}")


def having(key: str) -> list[Any]:
    return [param for param in each_case() if key in param.values[0]]


def of_one_community() -> list[Any]:
    """Pages ask about wider units through the roll-up, so only communities are asked alone."""
    return [
        param
        for param in each_case()
        if {"facts", "expect"} <= set(param.values[0]) and len(code_of(param.values[0])) >= 12
    ]


def code_of(case: Table) -> str:
    return case.get("code") or INSIDE[load_shipped(case["texts"][0]).jurisdiction]


def answer(case: Table, *, alone: bool = False) -> Requirements:
    """The engine's answer; alone: as for a page, which asks about one community only."""
    facts = facts_of(case)
    series = Series.from_rows(case.get("series", ()))
    return assess(facts.one(0) if alone else facts, stack_of(case), series)


def rows_of(case: Table) -> list[dict[str, Any]]:
    return case.get("rows") or [{"code": code_of(case), **case["facts"]}]


def facts_of(case: Table) -> Facts:
    return Facts.from_rows(rows_of(case))


def stack_of(case: Table, load: Callable[[str], Text] = load_shipped) -> Stack:
    lifted = {row["code"]: case.get("exempt", ()) for row in rows_of(case)}
    return Stack.of(
        [load(text_id) for text_id in case["texts"]],
        on=case["on"],
        options=case.get("options", {}),
        exemptions=case.get("exempt_at", lifted),
    )


def written(figure: Decimal | int | datetime.date | None) -> str:
    """As a jurist writes it: 57200.00, 9, 2015-02-28, nothing."""
    return "" if figure is None else str(figure)


def shown(row: Row, key: str) -> str | bool:
    """What a row says for a key of an expectation, as a jurist writes it."""
    if key == "conflict":
        return bool(row.conflict)
    if key == "binding":
        return ";".join(row.binding)
    if key == "payers":
        return ";".join(f"{payer}={written(part)}" for payer, part in row.payers.items())
    if key in ("status", "unit"):
        return getattr(row, key)
    if key in ("low", "high", "required", "unclamped"):
        return written(getattr(row, key))
    raise KeyError(f"a case may not expect “{key}”")


def verdict(
    case: Table, provision: str, *, alone: bool, load: Callable[[str], Text] = load_shipped
) -> Table:
    """What a provision says of the person of a case, under the keys that a case may compare."""
    facts = facts_of(case)
    judged = judge(stack_of(case, load), facts.one(0) if alone else facts)
    found = [one.at(0) for one in judged if one.provision.id == provision]
    if not found:
        return {"applies": False, "unknown": False}
    [one] = found
    said = {"paid_by": one.provision.paid_by, "counted": one.provision.counted}
    keys = ("applies", "holds", "unknown", "reason")
    return said | {key: getattr(one, key) for key in keys}


def check(row: Row | None, expected: Table) -> None:
    assert row is not None, "no answer for this code and subject"
    compared = {key: value for key, value in expected.items() if key != "reason_has"}
    assert {key: shown(row, key) for key in compared} == compared
    assert expected.get("reason_has", "") in row.reason


@pytest.mark.parametrize("case", list(each_case()))
def test_case_as_a_jurist_wrote_it_comes_out_exactly(case: Table) -> None:
    result = answer(case)

    found = {(row.code, row.subject): row for row in result.rows()}
    for subject, expected in case.get("expect", {}).items():
        check(found.get((code_of(case), subject)), expected)
    for code, subjects in case.get("expect_at", {}).items():
        for subject, expected in subjects.items():
            check(found.get((code, subject)), expected)
    for level, codes in case.get("expect_rollup", {}).items():
        sums = {(row.code, row.subject): row for row in rollup(result, level).rows()}
        for code, subjects in codes.items():
            for subject, expected in subjects.items():
                check(sums.get((code, subject)), expected)
    for (code, subject), row in found.items():
        if subject in case.get("absent", ()):
            assert (row.status, row.low, row.high, row.required) == ("ok", None, None, None), code


@pytest.mark.parametrize("alone", [False, True], ids=["many", "one"])
@pytest.mark.parametrize("case", having("expect_attributes"))
def test_case_of_a_person_then_each_attribute_applies_and_holds_as_written(
    case: Table, alone: bool
) -> None:
    for provision, expected in case["expect_attributes"].items():
        said = verdict(case, provision, alone=alone)
        compared = {key: value for key, value in expected.items() if key != "reason_has"}
        assert {key: said.get(key) for key in compared} == compared, provision
        assert expected.get("reason_has", "") in said.get("reason", ""), provision


@pytest.mark.parametrize("case", having("expect_provisions"))
def test_case_of_a_provision_then_it_says_what_is_written(case: Table) -> None:
    for name, expected in case["expect_provisions"].items():
        [one] = [one for text in stack_of(case).texts for one in text.provisions if one.id == name]
        assert {key: getattr(one, key) or "" for key in expected} == expected, name


@pytest.mark.parametrize("case", having("expect_due"))
def test_case_of_what_recurs_then_the_next_time_is_due_as_written(case: Table) -> None:
    stack = stack_of(case)
    for line in case["expect_due"]:
        cadence = cadence_of(stack, line["subject"], code_of(case))
        due = cadence.next_due(line.get("last"), line["since"]) if cadence else ""
        assert due == line["due"], line


@pytest.mark.parametrize("case", of_one_community())
def test_case_when_asked_alone_as_a_page_asks_comes_out_the_same(case: Table) -> None:
    result = answer(case, alone=True)

    found = {row.subject: row for row in result.rows()}
    for subject, expected in case.get("expect", {}).items():
        check(found.get(subject), expected)


@pytest.mark.parametrize("case", list(each_case()))
def test_case_when_written_holds_only_known_keys_and_expects_something(case: Table) -> None:
    assert set(case) <= CASE_KEYS
    assert set(case) & {"expect", "expect_at", "expect_attributes", "absent"}
    assert ("rows" in case) != ("facts" in case)


@pytest.mark.parametrize("text_id", sorted(COMPUTED))
def test_case_names_when_read_are_unique(text_id: str) -> None:
    names = [case["name"] for case in cases_of(text_id)]

    assert sorted(names) == sorted(set(names))


def test_shipped_texts_when_listed_are_the_five_with_cases() -> None:
    with_cases = {path.name.removesuffix(".cases.toml") for path in TEXTS.glob("*.cases.toml")}

    assert set(shipped_ids()) == with_cases == set(COMPUTED)


@pytest.mark.parametrize("text_id", sorted(COMPUTED))
def test_provisions_when_loaded_are_those_of_the_design(text_id: str) -> None:
    provisions = load_shipped(text_id).provisions

    assert {p.id for p in provisions if p.computable} == set(COMPUTED[text_id].split())
    assert {p.id for p in provisions if not p.computable} == set(DECLARED[text_id].split())
    assert {p.id for p in provisions if p.judged} == set(JUDGED.get(text_id, "").split())


@pytest.mark.parametrize("text_id", sorted(COMPUTED))
def test_provisions_when_loaded_name_their_article_and_say_what_they_ask(text_id: str) -> None:
    for provision in load_shipped(text_id).provisions:
        assert provision.article, provision.id
        assert provision.summary, provision.id


@pytest.mark.parametrize("text_id", sorted(COMPUTED))
def test_computed_provisions_when_cases_are_read_each_bind_in_one(text_id: str) -> None:
    bound = set()
    for case in cases_of(text_id):
        for subjects in [case.get("expect", {}), *case.get("expect_at", {}).values()]:
            bound |= {expected.get("binding") for expected in subjects.values()}

    assert set(COMPUTED[text_id].split()) - bound == set()


@pytest.mark.parametrize("text_id", sorted(COMPUTED))
def test_option_values_when_cases_are_read_are_each_set_in_one(text_id: str) -> None:
    chosen: dict[str, set[str]] = {}
    for case in cases_of(text_id):
        for key, value in case.get("options", {}).items():
            chosen.setdefault(key, set()).add(value)

    for key, option in load_shipped(text_id).options.items():
        assert chosen.get(key), key
        assert set(option.values) - chosen[key] == set(), key
