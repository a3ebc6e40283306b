"""Exemptions of a day beside the codes of a year's register, which are those of its 31 December."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import replace

from django.db.models import Q

from communities.models import Community, FormerDesignation
from communities.selectors.register import Register
from policy.selectors import Policy


def with_exemptions_of_the_day(policy: Policy, register: Register, on: datetime.date) -> Policy:
    """The policy of a day with its exemptions under the register's codes of their communities.

    An exemption stands under the code of its days. It belongs to whoever had that code on the day,
    and to nobody where that one is not in the register. Two queries where there are exemptions.
    Called inside `reading`; a community that had the code in another unit is not found.
    """
    lifted = policy.stack.exemptions
    if not lifted:
        return policy
    holders = _holders(register.unit, lifted, on)
    moved: dict[str, Collection[str]] = {}
    for code, provisions in lifted.items():
        key = holders.get(code)
        row = register.place(code) if key is None else register.place_of(key)
        if row is not None:
            moved[register.codes[row]] = provisions
    return replace(policy, stack=replace(policy.stack, exemptions=moved))


def _holders(unit: str, codes: Mapping[str, Collection[str]], on: datetime.date) -> dict[str, int]:
    """The keys of the communities that had codes on a day."""
    former = FormerDesignation.objects.under(unit).as_of(on).filter(code__in=codes)
    since = Q(designated_from__isnull=True) | Q(designated_from__lte=on)
    present = Community.objects.under(unit).as_of(on).filter(since, code__in=codes)
    return {
        **dict(former.values_list("code", "community_id")),
        **dict(present.values_list("code", "pk")),
    }
