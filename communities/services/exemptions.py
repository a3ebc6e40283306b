"""Exemptions of communities whose codes change or end: they never pass to somebody else."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any

from communities.querysets import not_ended
from policy.models import Exemption


def _held(codes: Iterable[str], on: datetime.date) -> Any:
    """Exemptions of codes that hold on a day or later."""
    return Exemption.objects.filter(not_ended(on), code__in=list(codes))


def end_exemptions(codes: Iterable[str], *, on: datetime.date) -> None:
    """End the exemptions of communities that end on a day, so that the codes may be given anew.

    Those that would begin on the day or later are taken out; their history stays.
    """
    rows = _held(codes, on)
    rows.filter(valid_from__gte=on).delete()
    rows.update(valid_until=on)


def move_exemptions(moved: Mapping[str, str], *, on: datetime.date) -> None:
    """Let exemptions hold under new codes from a day on; until then they hold under the old ones.

    `moved` leads from old codes to new ones, which may be old ones of others: all are closed
    before any is opened. Raises IntegrityError where a new code has one for the provision already.
    """
    rows = list(_held(moved, on).order_by("pk"))
    opened = [_opened(row, moved[row.code], on) for row in rows]
    end_exemptions(moved, on=on)
    Exemption.objects.bulk_create(opened)


def _opened(row: Exemption, code: str, on: datetime.date) -> Exemption:
    new = copy(row)
    new.pk, new._state = None, copy(row._state)
    new._state.adding = True
    new.code, new.valid_from = code, max(row.valid_from, on)
    return new
