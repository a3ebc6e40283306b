"""Writes of pools: the sum, how it is divided, and the lines as they were divided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from accounts.models import User
from accounts.scope import give_reason
from communities.services.editing import StaleError, add
from facilities.choices import MeasureState, PoolMethod
from facilities.models import SpaceMeasure, SpacePool, SpacePoolLine
from facilities.models.plans import PAYERS
from facilities.rules.money import fen, yuan
from facilities.selectors.plans import EDITABLE
from facilities.selectors.pools import Divided, Part, given_to
from facilities.services.plans import touched

LOCKED = "资金已送批或已批准，不再修改。由批准人退回以后再改"


@transaction.atomic
def save_pool(
    *,
    pool: SpacePool,
    fields: Sequence[str],
    parts: Sequence[Part],
    version: int,
    reason: str,
    by: User,
    at: datetime,
) -> SpacePool:
    """Store a new pool, or the fields of one that was opened at `version`, with its parts.

    Returns it. Raises ValidationError in words for one that is proposed or approved, StaleError
    where it was changed since.
    """
    if pool._state.adding:
        pool.made_by, pool.made_at, pool.makers = by, at, [by.pk]
        held = add(pool)
    else:
        values = {name: getattr(pool, name) for name in fields}
        held = SpacePool.objects.select_for_update(of=("self",)).get(pk=pool.pk)
        if held.version != version:
            raise StaleError(held)
        if held.state not in EDITABLE:
            raise ValidationError(LOCKED)
        for name, value in values.items():
            setattr(held, name, value)
        if reason:
            give_reason(reason)
        touched(held, by, at)
        held.save()
    store_parts(held, parts)
    return held


def store_parts(pool: SpacePool, parts: Sequence[Part]) -> None:
    """Make the lines of a pool the given parts; those that say the same stay untouched."""
    lines = {(one.code, one.measure_id): one for one in pool.lines.all()}
    wanted = {one.key: one for one in parts}
    for key in lines.keys() - wanted.keys():
        lines[key].delete()
    for key, part in wanted.items():
        values = {
            "weight": part.weight,
            "rank": part.rank,
            "asked_yuan": None if part.asked is None else yuan(part.asked),
            "amount_yuan": yuan(part.amount),
        }
        line = lines.get(key)
        if line is None:
            SpacePoolLine.objects.create(pool=pool, code=part.code, measure=part.measure, **values)
        elif any(getattr(line, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(line, name, value)
            line.save()


def hold_measures(pool: SpacePool) -> None:
    """Hold what a ranked pool may pay until the end of the transaction.

    Pools that are proposed or approved at once wait for each other, whatever office divides them.
    """
    if pool.method == PoolMethod.RANKED:
        rows = SpaceMeasure.objects.under(pool.code).filter(
            Q(year=pool.year) | Q(pool_lines__pool=pool)
        )
        keys = list(rows.order_by().values_list("pk", flat=True).distinct())
        list(SpaceMeasure.objects.filter(pk__in=keys).order_by("pk").select_for_update())


def check_parts(pool: SpacePool) -> None:
    """Raise ValidationError where a proposed pool pays what was dropped, or more than it costs."""
    lines = pool.lines.filter(measure__isnull=False, amount_yuan__gt=0).order_by("rank", "pk")
    paid = [one.measure for one in lines.select_related("measure__community") if one.measure]
    given = given_to([one.pk for one in paid])
    for one in paid:
        name = f"{one.community.short_name}{one.year}年的项目"
        if one.state == MeasureState.DROPPED:
            raise ValidationError(f"{name}已取消，不再安排资金。退回后重新分配")
        cost = sum(fen(getattr(one, f"{payer}_yuan")) for payer in PAYERS)
        if given[one.pk] > cost:
            raise ValidationError(
                f"{name}费用{yuan(cost):,}元，各项资金共安排{yuan(given[one.pk]):,}元，"
                f"多{yuan(given[one.pk] - cost):,}元。退回后重新分配"
            )


def freeze_parts(pool: SpacePool, divided: Divided) -> None:
    """Keep the parts of a pool as they stand when it is proposed.

    Raises ValidationError where there is nothing to divide it among.
    """
    if not divided.given:
        why = "，".join(divided.said) or "没有可以分配的"
        raise ValidationError(f"资金没有分配出去：{why}")
    store_parts(pool, divided.parts)
