"""Policies A-D in OpenFisca-core 46: one variable per figure, amounts in its own floats."""

from collections.abc import Callable
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import YEAR as YEARLY
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from benchmarks.peers.facts import LEVELS, YEAR, Columns

Formula = Callable[..., Any]
COMMUNITY = build_entity("community", "communities", "社区", is_person=True)
GROUPS = {
    level: build_entity(
        level, f"{level}_units", level, roles=[{"key": f"{level}_member", "label": level}]
    )
    for level in LEVELS
}
HUNDREDTHS = (
    "premises_area", "contract_price", "contract_rent", "gross_floor_area", "social_insurance",
    "mean_yearly_income", "sale_price", "rent", "disposable_income", "average_wage",
)  # fmt: skip


def variable(
    name: str, value_type: type, formula: Formula | None = None, entity: Any = COMMUNITY
) -> type[Variable]:
    """One OpenFisca variable; without a formula it is an input."""
    body: dict[str, Any] = {
        "value_type": value_type, "entity": entity, "definition_period": YEARLY, "label": name,
    }  # fmt: skip
    return type(name, (Variable,), body | ({"formula": formula} if formula else {}))


def fen(x: Any) -> Any:
    return np.floor(x * 100 + 0.5) / 100


def up(x: Any) -> Any:
    return np.ceil(x)


def households_times(amount: float) -> Formula:
    return lambda c, p: fen(c("households", p) * amount)


def month_later(c: Any, p: Any) -> Any:
    day = c("first_move_in_on", p).astype("datetime64[D]")
    month = day.astype("datetime64[M]")
    last = (month + 2).astype("datetime64[D]") - 1
    return np.minimum((month + 1).astype("datetime64[D]") + (day - month), last).astype(np.int64)


def new_area(amount: float, otherwise: float = 0) -> Formula:
    return lambda c, p: np.where(c("area_kind", p) == 0, amount, otherwise)


def constant(amount: float) -> Formula:
    return lambda c, p: np.full(c.count, amount)


def purchase(c: Any, p: Any) -> Any:
    fits = (c("premises_tenure", p) == 0) & (c("premises_area", p) >= 300)
    price = c("premises_area", p) * c("sale_price", p)
    return np.where(fits, fen(np.minimum(price, c("contract_price", p))), 0)


def renting(c: Any, p: Any) -> Any:
    fits = (c("premises_tenure", p) == 1) & (c("premises_area", p) >= 300)
    rent = c("premises_area", p) * c("rent", p) * c("rented_months", p)
    return np.where(fits, fen(np.minimum(rent, c("contract_rent", p))), 0)


def established(c: Any, p: Any) -> Any:
    half = c("occupied_dwellings", p) * 2 >= c("completed_dwellings", p)
    return (c("area_kind", p) == 0) & (c("households", p) >= 3000) & half


def planned(least: int) -> Formula:
    def formula(c: Any, p: Any) -> Any:
        amount = np.maximum(c("households", p) / least, 300)
        return np.where(c("area_kind", p) == 0, fen(amount), 0)

    return formula


def shared_out(total: Formula, weight: str, places: int) -> Formula:
    """A district's total among its communities by largest remainder."""

    def formula(c: Any, p: Any) -> Any:
        district = c.simulation.populations["district"]
        weights = c(weight, p).astype(np.float64)
        exact = district.project(total(district, p) * 10**places / district.sum(weights)) * weights
        parts = np.floor(exact)
        left = district.project(np.round(district.sum(exact - parts)))
        # OpenFisca's own get_rank takes 0.9 s for each of these columns
        order = np.lexsort((parts - exact, district.members_entity_id))
        rank = np.empty(len(order), np.int64)
        rank[order] = district.members_position[np.arange(len(order))]
        return (parts + (rank < left)) / 10**places

    return formula


def workers(per: int) -> Formula:
    return lambda d, p: up(d.sum(d.members("households", p)) / per)


FORMULAS: dict[str, tuple[type, Formula]] = {
    "A.community_size": (int, constant(3000)),
    "A.party_committee_members.low": (int, constant(5)),
    "A.party_committee_members.high": (int, constant(9)),
    "A.committee_establishment": (int, established),
    "A.service_halls": (int, constant(1)),
    "A.committee_members.unclamped": (int, lambda c, p: up(c("households", p) / 300)),
    "A.committee_members": (
        int, lambda c, p: np.clip(c("A__committee_members__unclamped", p), 5, 9)),
    "A.discretionary_workers": (int, lambda c, p: c("extra_workers", p)),
    "A.work_premises_area": (float, new_area(300)),
    "A.service_area": (float, new_area(900)),
    "A.combined_premises_area": (float, new_area(0, 150)),
    "A.property_premises_area": (
        float, lambda c, p: np.maximum(fen(c("gross_floor_area", p) * 0.003), 100)),
    "A.premises_handover_due": (int, month_later),
    "A.work_funding": (float, households_times(20)),
    "A.funds_disclosure": (int, constant(1)),
    "B.community_size": (int, constant(3000)),
    "B.committee_members.low": (int, constant(5)),
    "B.committee_members.high": (int, constant(9)),
    "B.resident_members": (int, lambda c, p: up(c("members_in_post", p) * 2 / 3)),
    "B.community_workers.low": (int, lambda c, p: np.where(c("households", p) >= 3000, 3, 1)),
    "B.community_workers.high": (int, lambda c, p: np.where(c("households", p) >= 3000, 5, 3)),
    "B.grids.low": (int, lambda c, p: up(c("households", p) / 500)),
    "B.grids.high": (
        int, lambda c, p: np.maximum(c("households", p) // 400, c("B__grids__low", p))),
    "B.combined_premises_area.low": (float, planned(20)),
    "B.combined_premises_area.high": (float, planned(10)),
    "B.director_training": (int, constant(1)),
    "B.member_training": (int, constant(1)),
    "B.work_funding": (float, households_times(20)),
    "B.new_household_subsidy": (float, lambda c, p: c("new_households", p) * 10),
    "B.staff_allowance": (float, lambda c, p: c("disposable_income", p)),
    "B.staff_social_insurance": (float, lambda c, p: c("social_insurance", p)),
    "B.premises_purchase_subsidy": (float, purchase),
    "B.premises_rent_subsidy": (float, renting),
    "B.collective_premises_subsidy": (
        float, lambda c, p: np.where(c("premises_tenure", p) == 2,
                                     np.where(c("premises_area", p) >= 1000, 100_000, 50_000), 0)),
    "C.community_workers": (int, lambda c, p: np.maximum(up(c("households", p) / 300), 5)),
    "C.premises_area": (float, lambda c, p: np.maximum(fen(c("households", p) * 0.4), 1000)),
    "C.work_funding": (float, households_times(150 * 1.05**2)),
    "C.work_funding.district": (
        float, lambda c, p: np.floor(
            c("C__work_funding", p) * np.where(c("street_tier", p) == 0, 50, 70)) / 100),
    "C.work_funding.street": (
        float, lambda c, p: c("C__work_funding", p) - c("C__work_funding__district", p)),
    "C.social_organisation_fund": (
        float, shared_out(lambda d, p: np.full(d.count, 1e6), "social_organisations", 2)),
    "C.staff_pay": (float, lambda c, p: np.choose(c("post", p), [1500, 1300, 1000])),
    "C.annual_award": (float, lambda c, p: fen(c("mean_yearly_income", p) * 0.15)),
    "C.long_service_award": (float, lambda c, p: fen(c("average_wage", p) / 24)),
    "C.town_assistant_award": (float, lambda c, p: fen(c("mean_yearly_income", p) * 1.5)),
    "D.service_area": (float, lambda c, p: fen(c("households", p) * 0.3)),
    "D.work_funding": (float, lambda c, p: np.maximum(c("households", p) * 20, 60_000)),
    "D.service_the_masses_fund": (
        float, lambda c, p: np.where(c("central_urban", p) == 1, 200_000, 100_000)),
    "D.community_workers.low": (int, shared_out(workers(400), "households", 0)),
    "D.community_workers.rest": (
        int, shared_out(lambda d, p: workers(300)(d, p) - workers(400)(d, p), "households", 0)),
    "D.community_workers.high": (
        int, lambda c, p: c("D__community_workers__low", p) + c("D__community_workers__rest", p)),
}  # fmt: skip
HALVED = [
    name for name in FORMULAS
    if name.startswith("B.") and name.endswith(("funding", "subsidy", "allowance", "insurance"))
]  # fmt: skip


def spelled(name: str) -> str:
    return name.replace(".", "__")


def halves(name: str) -> dict[str, tuple[type, Formula]]:
    """The city's half, rounded down to the fen, and the district's rest."""
    whole, city = spelled(name), spelled(f"{name}.city")
    return {
        f"{name}.city": (float, lambda c, p: np.floor(c(whole, p) * 50) / 100),
        f"{name}.district": (float, lambda c, p: c(whole, p) - c(city, p)),
    }


def system(facts: Columns) -> tuple[TaxBenefitSystem, list[str]]:
    rules = TaxBenefitSystem([COMMUNITY, *GROUPS.values()])
    for name in facts:
        if name != "code":
            rules.add_variable(variable(name, float if name in HUNDREDTHS else int))
    formulas = FORMULAS | {k: v for name in HALVED for k, v in halves(name).items()}
    for name, (kind, formula) in formulas.items():
        rules.add_variable(variable(spelled(name), kind, formula))
    return rules, list(formulas)


class Peer:
    """The rules, the entities and the inputs; each run starts from a fresh simulation."""

    def __init__(self, facts: Columns) -> None:
        self.facts = facts
        self.rules, self.names = system(facts)
        self.groups = {
            level: np.unique(facts["code"] // 10 ** (12 - width), return_inverse=True)
            for level, width in LEVELS.items()
        }
        self.inputs = {
            name: (column / 100).astype(np.float32) if name in HUNDREDTHS else column
            for name, column in facts.items()
            if name != "code"
        }

        self.entities = self.with_entities()

    def with_entities(self) -> Any:
        builder = SimulationBuilder()
        builder.create_entities(self.rules)
        size = len(self.facts["code"])
        builder.declare_person_entity("community", np.arange(size))
        for level, (units, index) in self.groups.items():
            group = builder.declare_entity(level, units)
            builder.join_with_persons(group, units[index], np.full(size, f"{level}_member"))
        return builder.build(self.rules)

    def simulation(self, trace: bool = False) -> Any:
        """The entities, without what the run before has computed, and the inputs."""
        self.entities.trace = trace
        for population in self.entities.populations.values():
            population._holders.clear()
        for name, column in self.inputs.items():
            self.entities.set_input(name, YEAR, column)
        return self.entities

    def run(self) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
        """Every figure per community, and its sums by each level."""
        simulation = self.simulation()
        values = {name: simulation.calculate(spelled(name), YEAR) for name in self.names}
        sums = {
            level: {
                name: simulation.populations[level].sum(column)
                for name, column in values.items()
                if not name.endswith("handover_due")
            }
            for level in LEVELS
        }
        return values, sums

    def explain(self) -> None:
        """All figures of the communities of this peer, with OpenFisca's trace."""
        simulation = self.simulation(trace=True)
        for name in self.names:
            simulation.calculate(spelled(name), YEAR)
        simulation.tracer.computation_log.lines()

    def as_columns(self, values: dict[str, Any]) -> Columns:
        """The figures in fen and 0.01 m2, as exactly as they were held."""
        return {
            name: column.astype(np.int64)
            if column.dtype.kind == "i"
            else np.round(column.astype(np.float64) * 100).astype(np.int64)
            for name, column in values.items()
        }
