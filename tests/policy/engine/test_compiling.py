"""Provisions become rules under the chosen options."""

import pytest

from policy.engine import load_shipped, load_text
from policy.engine.compiling import Rule, compile_text
from tests.policy.engine.writing import provision, source


def test_declared_provision_when_compiled_is_left_out():
    text = load_shipped("liaocheng-2015")

    assert "LC-ORG-6" not in {rule.id for rule in compile_text(text, {})}


def test_declared_provision_when_asked_for_its_subject_has_none():
    text = load_shipped("liaocheng-2015")
    rule = Rule(text, text.provision("LC-ORG-6"), (), None, {})

    with pytest.raises(ValueError, match="LC-ORG-6 has no subject to compute"):
        _ = rule.subject


def test_options_when_used_by_another_provision_are_held_by_both():
    rules = {rule.id: rule for rule in compile_text(load_shipped("beilun"), {})}

    assert rules["BL-FND-1"].options == {
        "BL-FND-1.block": "none", "BL-FND-2.start_year": None,
    }  # fmt: skip


def test_payers_when_none_are_named_are_not_claimed():
    text = source(provision(), provision(name="A-2", subject="work_funding",
                  more='payers = [ { payer = "city", rest = true } ]'))  # fmt: skip

    rules = compile_text(load_text(text), {})

    assert [rule.names_payers for rule in rules] == [False, True]
