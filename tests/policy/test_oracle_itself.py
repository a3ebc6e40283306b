"""The oracle meets the worked cases of the design by itself, without the engine."""

import tomllib
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from tests.policy.oracle_stack import Answer, Case, assess, rollup

TEXTS = Path(__file__).parents[2] / "policy/texts"
ON = date(2018, 12, 31)
A, B, C, D = "liaocheng-2015", "city-opinions-2013", "beilun", "shandong-2018"
PRICE = {
    "division": "3715",
    "series": "average_sale_price",
    "year": 2017,
    "value": "4200",
    "unit": "元/㎡",
}
BOUGHT = {"premises_tenure": "bought", "contract_price": "99999999.00"}


def ask(texts: tuple[str, ...], **facts: object) -> dict[str, Answer]:
    codes = {C: "330206001001"}
    row = {"code": codes.get(texts[0], "371502001001"), **facts}
    case = Case(
        rows=[row],
        texts=[tomllib.loads((TEXTS / f"{name}.toml").read_text("utf-8")) for name in texts],
        on=ON,
        options={"BL-FND-2.start_year": "2016"},
        series=[PRICE],
    )
    return {subject: answer for (_, subject), answer in assess(case).items()}


@pytest.mark.parametrize(
    ("texts", "facts", "subject", "required"),
    [
        ((A,), {"households": 1200}, "committee_members", "5"),
        ((A,), {"households": 1200}, "work_funding", "24000"),
        ((A,), {"households": 1501}, "committee_members", "6"),
        ((A,), {"households": 2701}, "committee_members", "9"),
        ((A,), {"households": 3000, "area_kind": "new"}, "service_area", "900"),
        ((A,), {"gross_floor_area": "50000"}, "property_premises_area", "150"),
        ((A,), {"gross_floor_area": "33333.34"}, "property_premises_area", "100"),
        ((A, D), {"households": 2847}, "work_funding", "60000"),
        ((A,), {"households": 2847}, "work_funding", "56940"),
        ((A, D), {"households": 3456}, "work_funding", "69120"),
        ((B,), {"households": 2800}, "work_funding", "56000"),
        ((B,), {"new_households": 120}, "new_household_subsidy", "1200"),
        ((B,), BOUGHT | {"premises_area": "420"}, "premises_purchase_subsidy", "1764000"),
        ((B,), BOUGHT | {"premises_area": "299"}, "premises_purchase_subsidy", "0"),
        ((C,), {"households": 514, "street_tier": "weaker"}, "work_funding", "85002.75"),
        ((C,), {"households": 2500}, "premises_area", "1000"),
        ((C,), {"households": 3000}, "premises_area", "1200"),
        ((C,), {"households": 514}, "community_workers", "5"),
        ((C,), {"households": 1501}, "community_workers", "6"),
        ((D,), {"households": 1667}, "service_area", "500.10"),
    ],
)
def test_oracle_when_a_worked_case_is_asked_gives_its_figure(texts, facts, subject, required):
    answer = ask(texts, **facts)[subject]

    assert (answer.status, answer.required) == ("ok", Fraction(required))


def test_oracle_when_a_street_is_weaker_splits_to_the_fen():
    answer = ask((C,), households=514, street_tier="weaker")["work_funding"]

    assert answer.payers == {"district": Fraction("59501.92"), "street": Fraction("25500.83")}


def test_oracle_when_a_district_has_23000_households_gives_58_to_77_workers():
    text = tomllib.loads((TEXTS / f"{D}.toml").read_text("utf-8"))
    rows = [{"code": f"37150200100{n}", "households": h} for n, h in enumerate((9001, 8999, 5000))]

    sums = rollup(assess(Case(rows=rows, texts=[text], on=ON)), 6)

    workers = sums["371502", "community_workers"]
    assert (workers.low, workers.high, workers.required) == (58, 77, 58)


def test_oracle_when_a_fact_is_missing_cannot_compute():
    assert ask((A,))["work_funding"].status == "cannot_compute"
