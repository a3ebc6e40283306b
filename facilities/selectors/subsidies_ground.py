"""What is read once of the register of premises for the subsidies of every year.

Rows are those of the request's scope.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Q

from accounts.models import User
from accounts.scope import COMMUNITY
from communities.choices import Tenure
from facilities.choices import ContractKind
from facilities.models import Contract, Premises, Share
from facilities.rules.areas import Site
from facilities.rules.holdings import Deed
from facilities.selectors.areas import sites_of
from facilities.selectors.deeds import deeds_of, doubles_of

SUBSIDISED: Final = (Tenure.BOUGHT, Tenure.RENTED, Tenure.COLLECTIVE)


@dataclass(frozen=True)
class Ground:
    """What is read once and serves every year: premises, their sites and contracts.

    held: the days in which each community has a share in any premises, by key. doubles: what
    premises share with others, by key.
    """

    premises: Sequence[Premises]
    sites: Mapping[int, Site]
    deeds: Mapping[int, Sequence[Deed]]
    held: Mapping[int, Sequence[tuple[date | None, date | None]]]
    doubles: Mapping[int, str]

    def in_register(self, year: int) -> set[int]:
        """The communities that have a share in premises on some day of a year."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        return {
            key
            for key, spans in self.held.items()
            if any(
                (since is None or since <= last) and (until is None or until > first)
                for since, until in spans
            )
        }


def read_ground(user: User, prefix: str) -> Ground:
    """All that the register has of a division or community. Nine queries."""
    rows = _subsidised(user)
    if len(prefix) == COMMUNITY:
        # rooms are shared within a street: the record may be kept by another community
        rows = rows.filter(pk__in=Share.objects.under(prefix).values("premises_id"))
    else:
        rows = rows.under(prefix)
    held: dict[int, list[tuple[date | None, date | None]]] = defaultdict(list)
    shares = Share.objects.for_user(user).under(prefix).order_by()
    for key, since, until in shares.values_list("community_id", "valid_from", "valid_until"):
        held[key].append((since, until))
    return _ground(list(rows.order_by("code", "pk")), held)


def read_ground_of(user: User, premises: Premises) -> Ground:
    """What the communities that share or shared premises have in the register. Nine queries."""
    sharers = Share.objects.for_user(user).filter(premises=premises).values("community_id")
    beside = Share.objects.for_user(user).filter(community__in=sharers)
    rows = _subsidised(user).filter(pk__in=beside.values("premises_id"))
    return _ground(list(rows.order_by("code", "pk")), {})


def _subsidised(user: User) -> Any:
    """Premises that were bought, rented or are collective, by what is registered or by contract."""
    kinds = (ContractKind.PURCHASE, ContractKind.RENT)
    contracts = Contract.objects.for_user(user).filter(kind__in=kinds)
    return Premises.objects.for_user(user).filter(
        Q(acquisition__in=SUBSIDISED) | Q(pk__in=contracts.values("premises_id"))
    )


def _ground(premises: list[Premises], held: Mapping[int, Any]) -> Ground:
    keys = [one.pk for one in premises]
    doubles = doubles_of({one.pk: one.code for one in premises})
    return Ground(premises, sites_of(keys) if keys else {}, deeds_of(keys), held, doubles)
