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
    ],
)
def test_schema_when_a_provision_is_mistaken_then_refuses_it(
    provision_id: str, change: dict[str, Any]
) -> None:
    document = copy.deepcopy(liaocheng())
    provision(document, provision_id).update(change)

    assert mistakes(document) != []


def test_schema_when_head_has_an_unknown_key_then_refuses_it() -> None:
    document = liaocheng()
    document["text"]["jurisdction"] = "3715"

    assert mistakes(document) != []
