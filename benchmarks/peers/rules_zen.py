"""Policies A-D as one zen-engine expression node, without what a district shares out."""

import json
from typing import Any

import numpy as np
import zen

from benchmarks.peers.facts import Columns

HUNDREDTHS = (
    "premises_area", "contract_price", "contract_rent", "gross_floor_area", "social_insurance",
    "mean_yearly_income", "sale_price", "rent", "disposable_income", "average_wage",
)  # fmt: skip
BATCH = 1000
FEN = "floor(({}) * 100 + 0.5) / 100"
MONTHS_AFTER = 'd(first_move_in_on).add("1 month").format("%Y-%m-%d")'
MONEY = {
    "work_funding": FEN.format("households * 20"),
    "new_household_subsidy": "new_households * 10",
    "staff_allowance": "disposable_income",
    "staff_social_insurance": "social_insurance",
    "premises_purchase_subsidy": "premises_tenure == 0 and premises_area >= 300 ? "
    + FEN.format("min([premises_area * sale_price, contract_price])")
    + " : 0",
    "premises_rent_subsidy": "premises_tenure == 1 and premises_area >= 300 ? "
    + FEN.format("min([premises_area * rent * rented_months, contract_rent])")
    + " : 0",
    "collective_premises_subsidy": "premises_tenure == 2 ? "
    "(premises_area >= 1000 ? 100000 : 50000) : 0",
}
EXPRESSIONS = {
    "A.community_size": "3000",
    "A.party_committee_members.low": "5",
    "A.party_committee_members.high": "9",
    "A.committee_establishment": "area_kind == 0 and households >= 3000 "
    "and occupied_dwellings * 2 >= completed_dwellings ? 1 : 0",
    "A.service_halls": "1",
    "A.committee_members": "min([max([ceil(households / 300), 5]), 9])",
    "A.committee_members.unclamped": "ceil(households / 300)",
    "A.discretionary_workers": "extra_workers",
    "A.work_premises_area": "area_kind == 0 ? 300 : 0",
    "A.service_area": "area_kind == 0 ? 900 : 0",
    "A.combined_premises_area": "area_kind == 0 ? 0 : 150",
    "A.property_premises_area": f"max([{FEN.format('gross_floor_area * 0.003')}, 100])",
    "A.premises_handover_due": MONTHS_AFTER,
    "A.work_funding": FEN.format("households * 20"),
    "A.funds_disclosure": "1",
    "B.community_size": "3000",
    "B.committee_members.low": "5",
    "B.committee_members.high": "9",
    "B.resident_members": "ceil(members_in_post * 2 / 3)",
    "B.community_workers.low": "households >= 3000 ? 3 : 1",
    "B.community_workers.high": "households >= 3000 ? 5 : 3",
    "B.grids.low": "ceil(households / 500)",
    "B.grids.high": "max([floor(households / 400), ceil(households / 500)])",
    "B.combined_premises_area.low": "area_kind == 0 ? max([households / 20, 300]) : 0",
    "B.combined_premises_area.high": "area_kind == 0 ? max([households / 10, 300]) : 0",
    "B.director_training": "1",
    "B.member_training": "1",
    **{f"B.{name}": text for name, text in MONEY.items()},
    **{f"B.{name}.city": f"floor(({text}) * 50) / 100" for name, text in MONEY.items()},
    **{
        f"B.{name}.district": f"({text}) - floor(({text}) * 50) / 100"
        for name, text in MONEY.items()
    },
    "C.community_workers": "max([ceil(households / 300), 5])",
    "C.premises_area": "max([households * 0.4, 1000])",
    "C.staff_pay": "post == 0 ? 1500 : (post == 1 ? 1300 : 1000)",
    "C.annual_award": FEN.format("mean_yearly_income * 0.15"),
    "C.long_service_award": FEN.format("average_wage / 24"),
    "C.town_assistant_award": FEN.format("mean_yearly_income * 1.5"),
    "D.service_area": "households * 0.3",
    "D.work_funding": "max([households * 20, 60000])",
    "D.service_the_masses_fund": "central_urban == 1 ? 200000 : 100000",
}
FUNDING = FEN.format("households * 150 * 1.05 * 1.05")
DISTRICT = f"floor(({FUNDING}) * (street_tier == 0 ? 50 : 70)) / 100"
EXPRESSIONS |= {
    "C.work_funding": FUNDING,
    "C.work_funding.district": DISTRICT,
    "C.work_funding.street": f"({FUNDING}) - {DISTRICT}",
}


def model(*, loop: bool) -> str:
    """A decision model of one expression node, over one row or over a list of rows."""
    content: dict[str, Any] = {
        "expressions": [
            {"id": str(i), "key": name.replace(".", "__"), "value": text}
            for i, (name, text) in enumerate(EXPRESSIONS.items())
        ],
        "passThrough": False,
    }
    if loop:
        content |= {"inputField": "rows", "outputPath": "rows", "executionMode": "loop"}
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in"},
        {"id": "rules", "type": "expressionNode", "name": "rules", "content": content},
        {"id": "out", "type": "outputNode", "name": "out"},
    ]
    edges = [
        {"id": "1", "sourceId": "in", "targetId": "rules", "type": "edge"},
        {"id": "2", "sourceId": "rules", "targetId": "out", "type": "edge"},
    ]
    return json.dumps({"nodes": nodes, "edges": edges})


class Peer:
    """The compiled rules and the rows; a run evaluates them in batches."""

    def __init__(self, facts: Columns) -> None:
        named = {
            name: [str(np.datetime64(n, "D")) for n in column.tolist()]
            if name == "first_move_in_on"
            else [n / 100 for n in column.tolist()]
            if name in HUNDREDTHS
            else column.tolist()
            for name, column in facts.items()
        }
        self.rows = [
            dict(zip(named, row, strict=True)) for row in zip(*named.values(), strict=True)
        ]
        engine = zen.ZenEngine()
        self.batched = engine.create_decision(model(loop=True))
        self.single = engine.create_decision(model(loop=False))

    def run(self) -> list[dict[str, Any]]:
        """Every figure of every row that a row alone can give."""
        values: list[dict[str, Any]] = []
        for start in range(0, len(self.rows), BATCH):
            answer = self.batched.evaluate({"rows": self.rows[start : start + BATCH]})
            values += answer["result"]["rows"]
        return values

    def explain(self) -> None:
        """One row with zen's trace."""
        self.single.evaluate(self.rows[0], {"trace": True})

    def as_columns(self, values: list[dict[str, Any]], hundredths: set[str]) -> Columns:
        """The figures in fen and 0.01 m2 where the others hold them so."""
        columns: Columns = {}
        for name in EXPRESSIONS:
            figures = [row[name.replace(".", "__")] for row in values]
            if name.endswith("handover_due"):
                columns[name] = np.array(figures, "datetime64[D]").astype(np.int64)
            else:
                scale = 100 if name in hundredths else 1
                columns[name] = np.round(np.array(figures, np.float64) * scale).astype(np.int64)
        return columns
