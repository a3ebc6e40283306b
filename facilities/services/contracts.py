"""Writes of contracts of premises: added, changed, removed when typed by mistake."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.scope import give_reason
from communities.services.editing import change
from facilities.choices import ContractKind
from facilities.models import Contract
from facilities.services.premises import open_premises


@transaction.atomic
def add_contract(*, record: Contract, on: date, reason: str = "") -> Contract:
    """Store a contract of the premises that it names; return it.

    on: today. Raises ValidationError in words when their community has ended, when the contract is
    there already, for a purchase while a lease runs; IntegrityError for what a constraint refuses.
    """
    premises = open_premises(record.premises_id, on)
    check_beside_others(record)
    record.community_id, record.code = premises.community_id, premises.code
    record.is_demo = premises.is_demo
    if reason:
        give_reason(reason)
    record.save(force_insert=True)
    return record


@transaction.atomic
def change_contract(
    *, record: Contract, fields: Iterable[str], version: int, on: date, reason: str = ""
) -> Contract:
    """Store the fields of a contract that was opened at a version; return it.

    Raises ValidationError as `add_contract` does, StaleError as `change` does.
    """
    open_premises(record.premises_id, on)
    changed = change(record, fields=fields, version=version, reason=reason)
    check_beside_others(changed)
    return changed


def check_beside_others(record: Contract) -> None:
    """Refuse a contract twice, and a purchase of rooms that are leased on its day.

    Raises ValidationError at the fields.
    """
    others: Any = Contract.objects.filter(premises=record.premises_id).exclude(pk=record.pk)
    own = others.filter(kind=record.kind)
    label = record.get_kind_display()
    if record.number and own.filter(number=record.number).exists():
        said = f"这套用房已经有编号“{record.number}”的{label}合同。打开它修改，或核对编号"
        raise ValidationError({"number": said})
    same_day = own.filter(signed_on=record.signed_on)
    if record.number:
        same_day = same_day.filter(number="")
    # leases of one day follow one another: two at a time are refused by the constraint
    if record.kind != ContractKind.RENT and same_day.exists():
        said = f"这套用房已经有{record.signed_on}签订的{label}合同"
        said = f"{said}。打开它修改；是另一份的，两份都填编号"
        raise ValidationError({"signed_on": said})
    _check_leased(record, others)


def _check_leased(record: Contract, others: Any) -> None:
    """Refuse a purchase on a day of a lease, and a lease over the day of a purchase."""
    if record.kind == ContractKind.PURCHASE:
        leases = others.filter(kind=ContractKind.RENT).as_of(record.signed_on)
        if lease := leases.first():
            until = f"至{lease.valid_until}到期" if lease.valid_until else "没有到期日期"
            said = f"{record.signed_on}还在租用：租赁合同自{lease.valid_from}起，{until}"
            raise ValidationError({"signed_on": f"{said}。先把租约改到购买以前到期，或核对日期"})
    elif record.kind == ContractKind.RENT:
        bought = others.filter(kind=ContractKind.PURCHASE, signed_on__gte=record.valid_from)
        if record.valid_until is not None:
            bought = bought.filter(signed_on__lt=record.valid_until)
        if purchase := bought.order_by("signed_on").first():
            said = f"这套用房{purchase.signed_on}签了购买合同，租期到它以前为止"
            name = "valid_from" if record.valid_from == purchase.signed_on else "valid_until"
            raise ValidationError({name: f"{said}。改租期，或核对购买合同"})
