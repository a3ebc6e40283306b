"""The plan of a change act: kept as JSON, and who gets most of a community."""

from decimal import Decimal

from communities.services.plans import DivisionChange, Flow, Plan, Successor, read_plan

EAST = Successor(
    "s1", None, "371502001009", "东城社区居委会", Decimal("0.5000"), {"boundary_east": "河"}
)
STAYING = Successor("c1", 1, "371502001001", "古城社区居委会")


def make(*flows: Flow, communities: tuple[int, ...] = (1, 2)) -> Plan:
    return Plan(communities, (EAST, STAYING), flows)


def test_plan_read_back_is_the_same() -> None:
    plan = Plan(
        (1, 2),
        (EAST, STAYING),
        (Flow(1, "s1", 10), Flow(1, "c1", 20)),
        {7: "s1"},
        {8: "c1"},
        (DivisionChange("371502001", "371502015", "光岳街道"),),
    )

    assert read_plan(plan.to_json()) == plan


def test_main_successor_gets_most_households_and_the_first_of_equals() -> None:
    assert make(Flow(1, "c1", 10), Flow(1, "s1", 11)).main_successor(1) == EAST
    assert make(Flow(1, "c1", 10), Flow(1, "s1", 10)).main_successor(1) == EAST
    assert make(Flow(1, "c1", 11), Flow(1, "s1", 10)).main_successor(1) == STAYING
    assert make().main_successor(1) is None


def test_weights_stand_in_the_order_of_the_successors() -> None:
    plan = make(Flow(1, "c1", 10), Flow(1, "s1", 0), Flow(2, "c1", 5))

    assert list(plan.weights(1).items()) == [("s1", 0), ("c1", 10)]
    assert plan.weights(2) == {"c1": 5}


def test_weights_without_any_household_give_all_to_the_first_successor() -> None:
    plan = make(Flow(1, "c1", 0), Flow(1, "s1", 0), Flow(2, "c1", 0))

    assert plan.weights(1) == {"s1": 1, "c1": 0}
    assert plan.weights(2) == {"c1": 1}


def test_ending_are_those_that_nobody_goes_on_with() -> None:
    assert make().ending == (2,)
    assert make(Flow(2, "c1", 5)).sources == (2,)
