"""What a row of a register of premises does: premises, rooms from a day, a contract."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from collection.rules.findings import LOOK, UNLIKELY, WRONG
from collection.services.cell_reading import Finding
from communities.choices import Tenure
from facilities.choices import ContractKind
from facilities.models import Contract
from facilities.rules.areas import within
from facilities.rules.premises_fields import (
    AREAS,
    CONTRACT,
    FIELDS,
    MEASURES,
    OF_LEASE,
    OF_PURCHASE,
    PREMISES,
    written,
)
from facilities.selectors.premises_filling import KIND_OF, Held, values_of
from facilities.services.premises_upload_areas import Rebuilding, rebuild
from facilities.services.premises_upload_rows import Row
from facilities.services.premises_upload_stored import Stored

NEEDED: Final = (("premises_name", "没有写用房名称"), ("address", "没有写坐落"),
    ("acquisition", "没有写取得方式"))  # fmt: skip
COLUMNS_OF: Final = {ContractKind.PURCHASE: OF_PURCHASE, ContractKind.RENT: OF_LEASE}
# another amount from a day on is another contract: to change one is to correct it
CORRECTED: Final = ("price_yuan", "monthly_rent_yuan")


@dataclass
class Plan:
    """What a row changes; `before` are the texts of what it changes, by field."""

    row: Row
    held: Held | None
    on: date
    present: dict[str, Any] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    # columns of the premises
    values: dict[str, Any] = field(default_factory=dict)
    rooms: Rebuilding | None = None
    contract: Contract | None = None
    contract_kind: str = ""
    contract_values: dict[str, Any] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        return self.held is None

    @property
    def says(self) -> bool:
        """Whether anything changes."""
        return self.held is None or bool(self.before)

    def find(self, name: str, grade: str, message: str) -> None:
        self.findings.append((name, grade, message))

    @property
    def changed(self) -> list[str]:
        """The fields of the row that say another thing than what is held, in their order."""
        return [
            name
            for name in FIELDS
            if name in self.row.values
            and name != "since"
            and _known(self.row.values[name]) != _known(self.present.get(name))
        ]


def _known(value: Any) -> Any:
    """A value to compare: a text of nothing is what is not known; an amount of 0 is known."""
    return None if value == "" else value


def plan_of(row: Row, held: Held | None, stored: Stored, on: date) -> Plan:
    """What a row would do with what is stored."""
    plan = Plan(row, held, on, values_of(held) if held is not None else {})
    changed = plan.changed
    if held is not None:
        plan.before = {name: written(name, plan.present.get(name)) for name in changed}
    else:
        _lacking(plan)
    _premises(plan, changed, stored)
    _rooms(plan, changed)
    _contract(plan, [name for name in changed if name in CONTRACT])
    _days(plan)
    return plan


def _lacking(plan: Plan) -> None:
    """Name what new premises lack."""
    wrong = plan.row.wrong
    for name, said in NEEDED:
        if not plan.row.values.get(name) and name not in wrong:
            plan.find(name, WRONG, f"{said}。新登记的用房要填写")
    if not any(plan.row.values.get(name) for name in AREAS) and not wrong & {*AREAS}:
        plan.find("work_m2", WRONG, "没有填面积。至少填一项建筑面积")


def _premises(plan: Plan, changed: list[str], stored: Stored) -> None:
    """The columns of the premises themselves, and what stands against them."""
    row = plan.row
    for name in changed:
        if name in PREMISES:
            plan.values[PREMISES[name]] = row.values[name]
    if "premises_name" in changed and plan.held is not None:
        said = f"这个产权证号登记的用房叫{plan.held.premises.name}"
        plan.find("premises_name", UNLIKELY, f"{said}。改名的写明原因")
    if "estate" in changed:
        _estate(plan, stored)
    own = plan.held.premises.pk if plan.held is not None else None
    others = [one for key, one in stored.titles.get(row.title_no, ()) if key != own]
    if others and "title_no" in changed:
        said = f"{'、'.join(others[:3])}登记的也是这个证号"
        plan.find("title_no", UNLIKELY, f"{said}。核对，同一面积不重复登记，确有几处的写明原因")


def _estate(plan: Plan, stored: Stored) -> None:
    name = plan.row.values["estate"]
    key = stored.estates.get((plan.row.community or 0, name or ""))
    if name and key is None:
        said = f"这个社区没有登记叫“{name}”的小区。核对名称，或空着"
        plan.find("estate", WRONG, said)
    plan.values["estate_id"] = key


def _rooms(plan: Plan, changed: list[str]) -> None:
    values, wrong = plan.row.values, plan.row.wrong
    if wrong & {*AREAS, "since"}:  # what follows from a cell that is not read is not known
        return
    since = values.get("since")
    if plan.is_new:
        since = since or values.get("acquired_on") or values.get("lease_from")
    given = {name: values.get(name) for name in (*AREAS, *MEASURES)}
    plan.rooms = rebuild(given, changed, plan.held, since or plan.on)
    for name, said in plan.rooms.refused:
        plan.find(name, WRONG, said)
    dated = since is not None or (plan.is_new and wrong & {"acquired_on", "lease_from"})
    if not dated and (plan.rooms.begun or plan.rooms.ended) and not plan.rooms.refused:
        plan.find("since", LOOK, "没有填，从导入当天起")
    for name in MEASURES:
        lost = plan.present.get(name) is not None and values.get(name) is None
        if lost and plan.rooms.begun and not plan.rooms.refused:
            plan.find(name, LOOK, "没有填，面积变化的房间记为不明")


def _contract(plan: Plan, changed: list[str]) -> None:
    """The contract that the way of having the premises asks for, new or corrected."""
    if "acquisition" in plan.row.wrong:
        return
    acquisition = plan.row.values.get("acquisition") or plan.present.get("acquisition")
    given = [name for name in changed if plan.row.values[name] is not None]
    kind = KIND_OF.get(Tenure(acquisition)) if acquisition else None
    fit = COLUMNS_OF[kind] if kind else ()
    for name in given:
        if name not in fit:
            label = Tenure(acquisition).label if acquisition else ""
            said = f"取得方式是{label}，这一列空着" if label else "没有写取得方式"
            plan.find(name, WRONG, f"{said}。其他合同在用房页登记")
    changed = [name for name in changed if name in fit]
    if kind is None or not changed:
        return
    plan.contract_kind = kind
    plan.contract = _meant(plan, kind)
    if plan.contract is None:
        _new_contract(plan, given)
    else:
        _corrected(plan, changed)
    if kind == ContractKind.RENT:
        _lease_days(plan)
    _beside_others(plan)


def _beside_others(plan: Plan) -> None:
    """Name a contract of a number that is there, and a purchase and a lease of one day.

    The same as the page of contracts (services.contracts).
    """
    one, kind = plan.contract, plan.contract_kind
    present = {name: getattr(one, name) if one is not None else None for name in CONTRACT.values()}
    will = present | plan.contract_values
    others = [other for other in plan.held.contracts if other is not one] if plan.held else []
    label, number = ContractKind(kind).label, will["number"]
    if number and any((other.kind, other.number) == (kind, number) for other in others):
        plan.find("contract_no", WRONG, f"已经有编号“{number}”的{label}合同。核对编号")
    signed, since, until = will["signed_on"], will["valid_from"], will["valid_until"]
    for other in others:
        if (kind, other.kind) == (ContractKind.PURCHASE, ContractKind.RENT):
            if signed is not None and within(other.valid_from, other.valid_until, signed):
                said = f"{signed}还在租用，租赁合同自{other.valid_from}起"
                plan.find("signed_on", WRONG, f"{said}。先在用房页让它到期，或核对日期")
        elif (
            (kind, other.kind) == (ContractKind.RENT, ContractKind.PURCHASE)
            and since is not None
            and within(since, until, other.signed_on)
        ):
            said = f"这套用房{other.signed_on}签了购买合同，租期到它以前为止"
            plan.find("lease_from", WRONG, f"{said}。改租期，或在用房页核对购买合同")


def _meant(plan: Plan, kind: str) -> Contract | None:
    """The contract that a row is about: a lease of its first day, else the one that is shown."""
    if plan.held is None:
        return None
    since = plan.row.values.get("lease_from")
    if kind == ContractKind.RENT and since is not None:
        same = [one for one in plan.held.contracts_of(kind) if one.valid_from == since]
        return same[0] if same else None
    return plan.held.contract(kind)


def _new_contract(plan: Plan, given: list[str]) -> None:
    needed = {
        ContractKind.PURCHASE: ("signed_on", "price_yuan"),
        ContractKind.RENT: ("signed_on", "monthly_rent_yuan", "lease_from"),
    }[ContractKind(plan.contract_kind)]
    for name in needed:
        if plan.row.values.get(name) is None and name not in plan.row.wrong:
            label = ContractKind(plan.contract_kind).label
            plan.find(name, WRONG, f"{label}合同没有登记过，填写{FIELDS[name].label}")
    fit = COLUMNS_OF[ContractKind(plan.contract_kind)]
    plan.contract_values = {
        CONTRACT[name]: plan.row.values[name]
        for name in fit
        if plan.row.values.get(name) is not None
    }


def _corrected(plan: Plan, changed: list[str]) -> None:
    """What a row corrects of a contract that is registered."""
    one = plan.contract
    if one is None:
        return
    for name in changed:
        held = getattr(one, CONTRACT[name])
        if _known(plan.row.values[name]) == _known(held):
            continue
        plan.contract_values[CONTRACT[name]] = plan.row.values[name]
        plan.before[name] = written(name, held)
        if name in CORRECTED:
            said = f"登记的{FIELDS[name].label}是{written(name, held)}元"
            plan.find(name, UNLIKELY, f"{said}。是更正的，写明原因；另签了合同的，填新的起租日"
                if name == "monthly_rent_yuan" else f"{said}。是更正的，写明原因")  # fmt: skip


def _lease_days(plan: Plan) -> None:
    """Name a lease that ends before it begins, or lies over another."""
    held = plan.contract
    since = plan.contract_values.get("valid_from", held and held.valid_from)
    until = plan.contract_values.get("valid_until", held and held.valid_until)
    if since is not None and until is not None and until <= since:
        plan.find("lease_until", WRONG, f"到期日{until}不晚于起租日{since}。改其中一个日期")
        return
    others = plan.held.contracts_of(ContractKind.RENT) if plan.held is not None else []
    for one in others:
        if one is held or since is None:
            continue
        if since < (one.valid_until or date.max) and (one.valid_from or date.min) < (
            until or date.max
        ):
            ends = f"至{one.valid_until}" if one.valid_until else "没有到期日"
            plan.find("lease_from", WRONG,
                f"已有{one.valid_from}起{ends}的租赁合同。先在用房页让它到期")  # fmt: skip


def _days(plan: Plan) -> None:
    """Name days that are still to come."""
    for name in ("since", "acquired_on", "titled_on", "signed_on"):
        day = plan.row.values.get(name)
        if day is not None and day > plan.on and (name == "since" or name in plan.changed):
            plan.find(name, WRONG, f"{day}还没有到。改成{plan.on}或以前的日期")
