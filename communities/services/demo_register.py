"""Loading the demo register: profiles and parts of the communities that have demo facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef

from communities.choices import CommitteeKind
from communities.models import (
    AnnualFacts,
    ArchiveEntry,
    Building,
    Community,
    Contact,
    Estate,
    EstateMeeting,
    Grid,
    Organisation,
)
from communities.services import demo_parts as parts
from communities.services.bulk import analyse_after, insert_staged, stage, update_staged
from communities.services.demo import facts
from communities.services.demo_parts import Host
from communities.services.demo_profiles import PROFILE, profile

# Buildings and joint meetings only here: 古楼街道, and 新碶街道 in Beilun.
WITH_BUILDINGS = ("371502001", "330206002")


@transaction.atomic
def load_demo_register(*, year: int) -> int:
    """Give the urban communities with demo facts of a year a demo profile and demo parts.

    Communities that are demo already, or of which anything is registered, stay as they are, so
    running it again does nothing. Returns the number of communities.
    """
    hosts = [host_of(pk, code, name, year) for pk, code, name in unregistered(year)]
    stage(Community, ("id", *PROFILE), map(profile_row, hosts))
    update_staged(Community, PROFILE, key=("id",))
    add(Estate, hosts, parts.estates)
    add(Grid, hosts, parts.grids)
    add(Organisation, hosts, parts.organisations)
    add(ArchiveEntry, hosts, parts.archive)
    add(Contact, hosts, parts.contacts)
    add_buildings(hosts)
    analyse_after(len(hosts))
    return len(hosts)


def unregistered(year: int) -> Iterable[tuple[int, str, str]]:
    """Return key, code and name of the communities of which nothing is registered yet."""
    reported = AnnualFacts.objects.filter(community=OuterRef("pk"), year=year, is_demo=True)
    return (
        Community.objects.filter(
            Exists(reported),
            ~Exists(Estate.objects.filter(community=OuterRef("pk"))),
            valid_until__isnull=True,
            committee_kind=CommitteeKind.RESIDENTS,
            is_demo=False,
            version=1,
            kind="",
            credit_code="",
        )
        .order_by("code")
        .values_list("pk", "code", "short_name")
    )


def host_of(pk: int, code: str, name: str, year: int) -> Host:
    """Return a community with the figures that the generator gives it, reported or not."""
    made = facts(code, year, latest=year, complete=True)
    return Host(
        pk=pk,
        code=code,
        name=name,
        households=made["households"],
        dwellings=made["dwellings"],
        occupied=made["occupied_dwellings"],
        gross_floor_area_m2=made["gross_floor_area_m2"],
        area_kind=made["area_kind"],
        grids=made["grids"],
        committee_members=made["committee_members_in_post"],
        party_members=made["party_members_in_post"],
    )


def profile_row(host: Host) -> list[Any]:
    """Return the staged columns of a community's profile."""
    made = profile(host.code, host.households, host.area_kind)
    return [host.pk, *(made[name] for name in PROFILE)]


def add(
    model: type[models.Model],
    hosts: Sequence[Host],
    make: Callable[[Host], Iterable[dict[str, Any]]],
) -> None:
    """Insert the parts of one kind of all communities."""
    insert(model, (row for host in hosts for row in make(host)))


def insert(model: type[models.Model], rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows with the model's defaults for what they leave out."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    names = [field.attname for field in fields]
    defaults = {field.attname: field.get_default() for field in fields}
    stage(model, names, ([row.get(name, defaults[name]) for name in names] for row in rows))
    insert_staged(model, names)


def add_buildings(hosts: Sequence[Host]) -> None:
    """Insert the buildings and joint meetings of two streets' estates."""
    chosen = {host.pk: host for host in hosts if host.code.startswith(WITH_BUILDINGS)}
    estates = list(
        Estate.objects.filter(community__in=chosen)
        .order_by("code", "name")
        .values_list("pk", "community_id", "households", "building_count")
    )
    insert(
        Building,
        (
            row
            for pk, community, households, number in estates
            for row in parts.buildings(chosen[community], pk, households, number)
        ),
    )
    first = {community: pk for pk, community, _, _ in reversed(estates)}
    insert(
        EstateMeeting,
        (row for community, pk in first.items() for row in parts.meetings(chosen[community], pk)),
    )
