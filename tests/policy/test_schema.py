"""The schema for editors: current, and accepting what ships."""

import copy
import datetime
import json
import tomllib
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from jsonschema import Draft202012Validator

from policy.engine import load_shipped, shipped_ids
from policy.engine.schema import schema

COMMITTED = Path(settings.BASE_DIR) / "docs" / "policy-text.schema.json"


GROWN = {"grow": {"const": 1}, "from": 2015}


def plain(value: Any) -> Any:
    """A TOML document as editors hand it to a schema: days are strings."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def mistakes(document: Any) -> list[str]:
    return [error.message for error in Draft202012Validator(schema()).iter_errors(document)]


def liaocheng() -> Any:
    return plain(tomllib.loads(load_shipped("liaocheng-2015").source))


def provision(document: Any, provision_id: str) -> Any:
    return next(one for one in document["provision"] if one["id"] == provision_id)


def test_schema_in_docs_is_the_one_that_the_command_writes(tmp_path: Path) -> None:
    call_command("export_text_schema", tmp_path / "schema.json", stdout=StringIO())

    assert COMMITTED.read_text("utf-8") == (tmp_path / "schema.json").read_text("utf-8")


def test_schema_is_itself_correct() -> None:
    Draft202012Validator.check_schema(json.loads(COMMITTED.read_text("utf-8")))


@pytest.mark.parametrize("text_id", shipped_ids())
def test_schema_when_text_ships_then_accepts_it(text_id: str) -> None:
    assert mistakes(plain(tomllib.loads(load_shipped(text_id).source))) == []


@pytest.mark.parametrize(
    ("provision_id", "change"),
    [
        ("LC-STF-1", {"bindings": "exact"}),
        ("LC-STF-1", {"binding": "exactly"}),
        ("LC-STF-1", {"subject": "comittee_members"}),
        ("LC-STF-1", {"value": {"const": 0.5}}),
        ("LC-STF-1", {"value": {"const": 5, "fact": "households"}}),
        ("LC-STF-1", {"value": {"per": "household", "every": 300, "amount": 1}}),
        ("LC-STF-1", {"value": {"per": "households", "amount": 1}}),
        ("LC-STF-1", {"value": {"when": [{"then": {"const": 1}}]}}),
        ("LC-STF-1", {"when": {"fact": "households", "atleast": 1}}),
        ("LC-FND-1", {"payers": [{"payer": "county", "rest": True}]}),
        ("LC-FND-1", {"payers": [{"payer": "district", "percent": 50, "rest": True}]}),
        ("LC-ORG-6", {"value": {"const": 1}}),
        ("LC-ORG-6", {"organisations": ["mediations"]}),
        ("LC-ORG-6", {"organisations": "mediation"}),
        ("LC-ORG-6", {"level": "street"}),
        ("LC-ORG-6", {"when": {"fact": "area_kind", "is": "new"}}),
        ("LC-STF-1", {"id": "A" * 33}),
        ("LC-STF-1", {"note": "长" * 4001}),
        ("LC-STF-1", {"note": "一\u0000"}),
        ("LC-STF-1", {"value": {"const": 10**15 + 1}}),
        ("LC-STF-1", {"value": {"const": "0" * 41}}),
        ("LC-STF-1", {"value": {"per": "households", "every": 0, "amount": 1}}),
        ("LC-STF-1", {"value": {"per": "households", "every": "-0.5", "amount": 1}}),
        ("LC-STF-1", {"value": {"clamp": {"const": 1}, "low": [1, 2]}}),
        ("LC-STF-1", {"value": {"clamp": {"const": 1}}}),
        ("LC-STF-1", {"value": {**GROWN, "rate": "5%", "from": 1948}}),
        ("LC-STF-1", {"value": {**GROWN, "rate": 2}}),
        ("LC-STF-1", {"value": GROWN}),
        ("LC-STF-1", {"value": {**GROWN, "rate": "5%", "series": "natural_growth"}}),
        ("LC-STF-1", {"value": {**GROWN, "series": "natural_growth", "mode": "simple"}}),
        ("LC-STF-1", {"value": {"recurrence": 1001, "every_years": 1}}),
        ("LC-STF-1", {"value": {"recurrence": 1, "every_years": 0}}),
        ("LC-STF-1", {"value": {"deadline": "first_move_in_on", "months": 1201}}),
        ("LC-STF-1", {"value": {"deadline": "first_move_in_on", "days": 36501}}),
        ("LC-STF-1", {"value": {"pool": -1, "among": "community"}}),
        ("LC-STF-1", {"when": {"year": {"is": 2200}}}),
        ("LC-STF-1", {"options": {"y": {"label": "年", "kind": "year", "default": 1948}}}),
    ],
)
def test_schema_when_a_provision_is_mistaken_then_refuses_it(
    provision_id: str, change: dict[str, Any]
) -> None:
    document = copy.deepcopy(liaocheng())
    provision(document, provision_id).update(change)

    assert mistakes(document) != []


@pytest.mark.parametrize(
    "value",
    [
        {"const": 10**15},
        {"per": "households", "every": "0.01", "amount": [1, 2]},
        {"clamp": {"const": 1}, "low": 1, "high": "2"},
        {**GROWN, "rate": "-5%", "mode": "simple", "from": 2199},
        {**GROWN, "series": "natural_growth", "mode": "compound"},
        {"recurrence": 1000, "every_months": 1200},
    ],
)
def test_schema_when_a_value_is_within_the_limits_then_accepts_it(value: dict[str, Any]) -> None:
    document = liaocheng()
    provision(document, "LC-STF-1")["value"] = value

    assert mistakes(document) == []


@pytest.mark.parametrize(
    ("jurisdiction", "authority", "right"),
    [("3715", "37", True), ("*", "*", True), ("3715", "*", False), ("*", "3715", False)],
)
def test_schema_when_authority_is_nobody_then_only_with_a_text_of_nobody(
    jurisdiction: str, authority: str, right: bool
) -> None:
    document = liaocheng()
    document["text"] |= {"jurisdiction": jurisdiction, "authority": authority}

    assert (mistakes(document) == []) is right


def test_schema_when_head_has_an_unknown_key_then_refuses_it() -> None:
    document = liaocheng()
    document["text"]["jurisdction"] = "3715"

    assert mistakes(document) != []
