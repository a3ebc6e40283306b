"""Small policy texts, written in TOML as a jurist would, and what the engine answers to them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pytest

from policy.engine import Facts, Requirements, Row, Series, Stack, TextErrors, assess, load_text

ON = date(2018, 12, 31)
CODE = "371502001001"
HEAD = """format = 1
[text]
id = "own-2016"
title = "自拟办法"
jurisdiction = "{jurisdiction}"
{head}
"""


def provision(
    value: str = "{ const = 1 }",
    *,
    name: str = "A-1",
    subject: str = "service_halls",
    binding: str = "exact",
    more: str = "",
) -> str:
    """One provision; `more` holds further lines."""
    return f"""[[provision]]
id = "{name}"
article = "第{name}条"
summary = "写明{name}"
subject = "{subject}"
binding = "{binding}"
value = {value}
{more}
"""


def source(*provisions: str, jurisdiction: str = "3715", head: str = "") -> str:
    return HEAD.format(jurisdiction=jurisdiction, head=head) + "\n".join(provisions)


def mistakes(written: str) -> list[tuple[str, str, str, str]]:
    """Provision, field, message and suggestion of everything that is wrong with a text."""
    with pytest.raises(TextErrors) as caught:
        load_text(written)
    return [(one.provision, one.field, one.message, one.suggestion) for one in caught.value.errors]


def asked(
    texts: Iterable[str],
    rows: list[dict[str, Any]],
    *,
    on: date = ON,
    series: Iterable[Mapping[str, Any]] = (),
    **choices: Any,
) -> Requirements:
    """The engine's answer about rows under texts."""
    stack = Stack.of([load_text(one) for one in texts], on, **choices)
    return assess(Facts.from_rows(rows), stack, Series.from_rows(series))


def answer(value: str, facts: Mapping[str, Any], **given: Any) -> Row:
    """The row of one community under a text of one provision."""
    shape = {key: given.pop(key) for key in ("subject", "binding", "more") if key in given}
    text = source(provision(value, **shape))
    [row] = asked([text], [{"code": CODE, **facts}], **given).rows()
    return row


CHOICE = '[provision.options.case]\nlabel = "口径"\n'
PAID = {"subject": "work_funding"}
DECLARED = '[[provision]]\nid = "A-1"\narticle = "一"\nsummary = "写明"\nbinding = "attribute"\n'
REST = '{ payer = "street", rest = true }'


def payers(*parts):
    return provision(**PAID, more=f"payers = [ {', '.join(parts)} ]")
