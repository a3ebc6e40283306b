"""Persons under a made-up city's grades: the cases beside its text, and many persons at once."""

import time
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from policy.engine import (
    Facts,
    Series,
    Stack,
    Text,
    assess,
    assess_persons,
    explain,
    judge,
    load_shipped,
    load_text,
)
from tests.policy.test_cases import check, code_of, facts_of, stack_of, verdict

HERE = Path(__file__).parent / "texts"
CASES = tomllib.loads((HERE / "sample-grades.cases.toml").read_text("utf-8"))["case"]
ON = date(2026, 12, 31)
FIRST, SECOND = "990101001001", "990101001002"


def sample(text_id: str) -> Text:
    return load_text((HERE / f"{text_id}.toml").read_text("utf-8"))


@pytest.mark.parametrize("case", [pytest.param(one, id=one["name"]) for one in CASES])
def test_case_of_the_sample_as_a_jurist_wrote_it_comes_out_exactly(case: Any) -> None:
    found = assess_persons(facts_of(case), stack_of(case, sample))

    rows = {(row.code, row.subject): row for row in found.rows()}
    for subject, expected in case.get("expect", {}).items():
        check(rows.get((code_of(case), subject)), expected)
    for code, subjects in case.get("expect_at", {}).items():
        for subject, expected in subjects.items():
            check(rows.get((code, subject)), expected)
    for subject in case.get("absent", ()):
        assert [row.required for row in rows.values() if row.subject == subject] == [None]
    for provision, expected in case.get("expect_attributes", {}).items():
        said = verdict(case, provision, alone=False, load=sample)
        assert {key: said.get(key) for key in expected} == expected


def test_persons_of_one_community_when_assessed_then_each_has_the_own_figure_and_trace() -> None:
    facts = Facts.from_rows([
        {"code": FIRST, "grade": 18, "certificate_level": "senior"},
        {"code": FIRST, "grade": 1, "certificate_level": "other"},
        {"code": SECOND, "grade": 7},
    ])  # fmt: skip

    found = assess_persons(facts, Stack.of([sample("sample-grades")], ON))

    assert found.subjects == ["staff_pay", "certificate_allowance"]
    assert [found.row("staff_pay", row).required for row in range(3)] == [6650, 3200, 4150]
    assert [found.row("certificate_allowance", row).status for row in range(3)] == [
        "ok", "ok", "cannot_compute"
    ]  # fmt: skip
    assert found.row("staff_pay", 2).payers == {"district": Decimal(2490), "street": Decimal(1660)}
    assert explain(found, "staff_pay", 0).final == (
        "6,650.00元（《社区工作者岗位等级办法（样本）》第四条，标准） → 6,650.00元"
    )
    assert [
        (step.label, step.expr, step.result)
        for step in explain(found, "staff_pay", 2).provisions[0].steps
    ] == [
        ("适用档次", "岗位等级7级", "7级"),
        ("文件规定", "", "4,150.00元"),
    ]


def test_persons_when_assessed_then_what_concerns_communities_and_districts_is_not_asked() -> None:
    texts = [sample("sample-grades"), load_shipped("beilun").adopted("9901")]
    texts.append(load_shipped("city-opinions-2013").adopted("99"))
    stack = Stack.of(texts, ON, {"BL-FND-2.start_year": "2020"})
    rows = [{"code": FIRST, "post": "director", "grade": 18, "households": 3000}] * 3

    found = assess_persons(Facts.from_rows(rows), stack)

    assert set(assess(Facts.from_rows(rows[:1]), stack).subjects) > {"work_funding"}
    assert found.subjects == [
        "director_training", "member_training", "staff_allowance", "staff_social_insurance",
        "staff_pay", "certificate_allowance", "annual_award", "long_service_award",
        "town_assistant_award",
    ]  # fmt: skip
    assert len(found.blocks) == 1


def test_part_of_a_year_when_split_then_by_the_same_shares_and_adds_up() -> None:
    stack = Stack.of([sample("sample-grades")], ON)
    facts = Facts.from_rows([{"code": FIRST, "grade": 7}, {"code": FIRST, "grade": 1}])
    [group] = assess_persons(facts, stack).blocks[0].groups
    pay = group.requirements["staff_pay"]
    whole = pay.payers()

    parts = pay.payers_of(np.array([100_01, 0]), 100_01)

    assert {payer: fen.tolist() for payer, fen in parts.items()} == {
        "district": [60_00, 0], "street": [40_01, 0]
    }  # fmt: skip
    assert pay.payers() is whole


def test_five_thousand_persons_when_assessed_and_judged_then_within_half_a_second() -> None:
    stack = Stack.of([sample("sample-grades"), load_shipped("city-opinions-2013")], ON)
    series = Series.from_rows(
        [{"division": "9901", "series": "disposable_income", "year": 2025, "value": "44000"}]
    )
    count = range(5000)
    facts = Facts.from_columns(
        [f"9901010{n % 90 + 10}001" for n in count],
        {
            "grade": [n % 18 + 1 for n in count],
            "identity": ["recruited", "elected", "seconded", "other"] * 1250,
            "post": ["worker"] * 5000,
            "education": ["bachelor", "senior_high"] * 2500,
            "age": [20 + n % 40 for n in count],
            "certificate_level": ["senior", "assistant"] * 2500,
            "social_insurance": ["9876.55"] * 5000,
        },
    )

    begun = time.process_time()
    found = assess_persons(facts, stack, series)
    [group] = found.blocks[0].groups
    paid = group.requirements["staff_allowance"].payers()
    judged = judge(stack, facts)

    assert time.process_time() - begun < 0.5
    assert {payer: int(sum(fen)) for payer, fen in paid.items()} == {
        "city": 5000 * 22000_00, "district": 5000 * 22000_00
    }  # fmt: skip
    assert {one.provision.id: int(one.applies.sum()) for one in judged} == {
        "C13-STF-2": 1250, "C13-FND-8": 1250, "SG-STF-1": sum(n % 18 >= 12 for n in count)
    }  # fmt: skip
