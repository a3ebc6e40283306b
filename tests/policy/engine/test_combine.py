"""Floors, ceilings and targets of several texts: low, high, required, conflict, who pays."""

from decimal import Decimal

import pytest

from tests.policy.engine.writing import CODE, asked, provision, source

NEAR, FAR = "371502", "37"
CITY = 'payers = [ { payer = "city", rest = true } ]'
STREET = 'payers = [ { payer = "street", rest = true } ]'
PROVINCE = 'payers = [ { payer = "province", rest = true } ]'
BY_TIER = """payers = [ { payer = "district", percent = { when = [
  { if = { fact = "street_tier", is = "better" }, then = 50 },
  { if = { fact = "street_tier", is = "weaker" }, then = 70 } ] } },
  { payer = "street", rest = true } ]"""


def rules(*written, subject="work_funding"):
    """Texts of one provision each, nearest first: binding, value, payers."""
    prefixes = (NEAR, "3715", FAR)
    return [
        source(
            provision(f"{{ const = {value} }}", name=f"R{number}", subject=subject,
                      binding=binding, more=more),
            jurisdiction=prefixes[number],
        ).replace("own-2016", f"own-{number}")
        for number, (binding, value, more) in enumerate(written)
    ]  # fmt: skip


def combined(*written, facts=(), subject="work_funding"):
    [row] = asked(rules(*written, subject=subject), [{"code": CODE, **dict(facts)}]).rows()
    return row


# bindings and values nearest first -> low, high, required, binding, conflict
TABLE = [
    ([("exact", 5)], (5, 5, 5), "R0", False),
    ([("at_least", 5)], (5, None, 5), "R0", False),
    ([("at_most", 9)], (None, 9, 9), "R0", False),
    ([("range", [5, 9])], (5, 9, 5), "R0", False),
    ([("about", 7)], (None, None, 7), "R0", False),
    ([("about", [1000, 3000])], (None, None, 1000), "R0", False),
    ([("assessed", 3)], (3, 3, 3), "R0", False),
    ([("quota", 4)], (4, None, 4), "R0", False),
    ([("recurrence", 2)], (2, None, 2), "R0", False),
    ([("about", 900), ("at_least", 600)], (600, None, 900), "R0", False),
    ([("about", 500), ("at_least", 600)], (600, None, 600), "R1", False),
    ([("about", 900), ("at_most", 600)], (None, 600, 600), "R1", False),
    ([("about", 600), ("at_least", 600)], (600, None, 600), "R0 R1", False),
    ([("exact", 4), ("at_least", 5)], (5, 5, 5), "R1", True),
    ([("exact", 6), ("at_least", 5)], (6, 6, 6), "R0", False),
    ([("exact", 9), ("at_most", 8)], (8, 8, 8), "R1", True),
    ([("exact", 7), ("range", [5, 9])], (7, 7, 7), "R0", False),
    ([("exact", 3), ("range", [5, 9])], (5, 5, 5), "R1", True),
    ([("exact", 4), ("exact", 9)], (4, 4, 4), "R0", False),
    ([("about", 4), ("exact", 9)], (None, None, 4), "R0", False),
    ([("at_least", 5), ("at_least", 8)], (8, None, 8), "R1", False),
    ([("at_least", 5), ("at_least", 5)], (5, None, 5), "R0 R1", False),
    ([("at_most", 5), ("at_most", 8)], (None, 5, 5), "R0", False),
    ([("range", [1, 3]), ("range", [5, 9])], (5, 5, 5), "R1", True),
    ([("range", [1, 6]), ("range", [5, 9])], (5, 6, 5), "R1", False),
    ([("at_least", 8), ("at_most", 5)], (8, 8, 8), "R0", True),
    ([("exact", 6), ("at_least", 8), ("at_most", 5)], (8, 8, 8), "R1", True),
    ([("about", 6), ("at_least", 8), ("at_most", 5)], (8, 8, 8), "R1", True),
]


@pytest.mark.parametrize(("written", "figures", "binding", "conflict"), TABLE)
def test_rules_when_combined_give_low_high_and_required(written, figures, binding, conflict):
    row = combined(*((kind, value, "") for kind, value in written), subject="community_workers")

    assert (row.low, row.high, row.required) == figures
    assert (" ".join(row.binding), bool(row.conflict)) == (binding, conflict)


def test_conflict_when_there_is_one_names_every_rule_and_what_was_taken():
    row = combined(("exact", 4, ""), ("range", [5, 9], ""), subject="community_workers")

    assert row.conflict == "R0 4人，R1 5~9人，不能同时满足，取5人"


def test_conflict_when_in_money_names_fen():
    row = combined(("exact", '"0.50"', ""), ("at_least", '"1234567.89"', ""))

    assert row.conflict == "R0 0.5元，R1 1234567.89元，不能同时满足，取1234567.89元"


def test_unclamped_when_a_floor_binds_is_the_targets_figure():
    row = combined(("exact", 4, ""), ("at_least", 5, ""), subject="community_workers")

    assert (row.required, row.unclamped) == (5, 4)


def test_unclamped_when_there_is_no_target_is_the_binding_rules_figure():
    row = combined(("at_least", 4, ""), ("at_least", 5, ""), subject="community_workers")

    assert (row.required, row.unclamped) == (5, 5)


@pytest.mark.parametrize(
    ("written", "payers"),
    [
        ([("exact", 100, CITY)], {"city": "100.00"}),
        ([("exact", 100, "")], {}),
        ([("exact", 100, CITY), ("at_least", 200, PROVINCE)], {"province": "200.00"}),
        ([("exact", 100, CITY), ("at_least", 50, PROVINCE)], {"city": "100.00"}),
        ([("exact", 100, ""), ("at_least", 50, PROVINCE)], {"province": "100.00"}),
        ([("exact", 100, CITY), ("at_least", 200, "")], {"city": "200.00"}),
        ([("about", 10, STREET), ("at_least", 100, ""), ("at_least", 99, PROVINCE)],
         {"street": "100.00"}),
        ([("at_least", 100, CITY), ("at_least", 100, PROVINCE)], {"city": "100.00"}),
        ([("exact", 0, CITY)], {"city": "0.00"}),
    ],
)  # fmt: skip
def test_payers_when_rules_are_combined_are_the_binding_rules_else_the_nearest(written, payers):
    assert combined(*written).payers == {name: Decimal(sum_) for name, sum_ in payers.items()}


def test_payers_when_their_fact_is_missing_leave_the_figure_and_say_why():
    row = combined(("exact", 100, BY_TIER))

    assert (row.status, row.required, row.payers) == ("ok", Decimal("100.00"), {})
    assert row.reason == "缺少街道财力（street_tier），不能分担"


def test_payers_when_one_row_lacks_their_fact_are_told_for_the_others():
    rows = [{"code": CODE}, {"code": "371502001002", "street_tier": "better"}]

    first, second = asked(rules(("exact", 100, BY_TIER)), rows).rows()

    assert (first.payers, second.payers) == (
        {}, {"district": Decimal("50.00"), "street": Decimal("50.00")},
    )  # fmt: skip
    assert (bool(first.reason), second.reason) == (True, "")


def test_row_when_one_rule_cannot_be_computed_says_so_and_gives_no_figure():
    by_household = provision('{ per = "households", every = 1, amount = 1 }', name="R1",
                             subject="work_funding", binding="at_least")  # fmt: skip
    texts = [*rules(("exact", 100, CITY)), source(by_household, jurisdiction=FAR)]

    first, second = asked(
        texts, [{"code": CODE}, {"code": "371502001002", "households": 300}]
    ).rows()

    assert (first.status, first.required, first.binding, first.payers, first.conflict) == (
        "cannot_compute", None, (), {}, "",
    )  # fmt: skip
    assert first.reason == "缺少核定户数（households）"
    assert (second.status, second.required, second.payers) == (
        "ok", Decimal("300.00"), {"city": Decimal("300.00")},
    )  # fmt: skip


def test_rows_when_rules_ask_only_some_are_combined_where_they_ask():
    new = 'when = { fact = "area_kind", is = "new" }'
    texts = rules(("exact", 100, new), ("at_least", 60,
     'when = { fact = "households", above = 5 }'),
                  ("at_most", 80, ""))  # fmt: skip
    facts = [("new", 6), ("new", 1), ("built", 6), ("built", 1)]

    rows = asked(texts, [
        {"code": f"37150200100{n}", "area_kind": kind, "households": households}
        for n, (kind, households) in enumerate(facts)
    ]).rows()  # fmt: skip

    assert [(row.low, row.high, row.required, row.binding) for row in rows] == [
        (80, 80, 80, ("R2",)), (80, 80, 80, ("R2",)), (60, 80, 60, ("R1",)), (None, 80, 80,
         ("R2",)),
    ]  # fmt: skip


def test_components_when_their_sum_passes_int64_are_added_exactly():
    component = (
        '[[provision.component]]\nname = "{}"\nvalue = {}\npayers = [ {{ payer = "city", '
        "rest = true }} ]\n"
    )
    large = "{ product = [ { const = 130019406 }, { const = 709384262 } ] }"
    more = component.format("甲", large) + component.format("乙", '{ fact = "households" }')
    text = source(provision(subject="work_funding", more=more).replace("value = { const = 1 }", ""))

    rows = asked([text], [{"code": f"37150200100{n}", "households": n} for n in (1, 2)]).rows()

    assert [row.required for row in rows] == [
        Decimal("92233720370988373.00"), Decimal("92233720370988374.00")
    ]  # fmt: skip


def test_components_when_added_are_split_each_by_its_payers():
    component = (
        '[[provision.component]]\nname = "{}"\nvalue = {{ const = "{}" }}\n'
        'payers = [ {{ payer = "{}", percent = 50 }}, {{ payer = "street", rest = true }} ]\n'
    )
    more = component.format("甲", "10.01", "city") + component.format("乙", "20", "district")
    text = source(provision(subject="work_funding", more=more).replace("value = { const = 1 }", ""))

    [row] = asked([text], [{"code": CODE}]).rows()

    assert (row.required, row.payers) == (Decimal("30.01"), {
        "city": Decimal("5.00"), "street": Decimal("15.01"), "district": Decimal("10.00"),
    })  # fmt: skip
