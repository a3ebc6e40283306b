"""组织 of a community by kind, beside the kinds that the policies in force ask for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from communities.choices import CommitteeKind, OrganisationKind
from communities.models import Community, Organisation
from communities.selectors.parts import ended_on
from policy.selectors import OrganisationAsked, Policy, organisations_asked


@dataclass(frozen=True)
class OrganisationRow:
    """An organisation; `overdue` where its present term has run out."""

    id: int
    name: str
    registration_no: str
    set_up_on: date | None
    set_up_doc_no: str
    leader: str
    members: int | None
    term_ends_on: date | None
    overdue: bool
    remarks: str
    ended: date | None


@dataclass(frozen=True)
class KindGroup:
    """One kind: its organisations, and the clauses that ask for it."""

    key: str
    label: str
    rows: tuple[OrganisationRow, ...]
    asked: tuple[OrganisationAsked, ...]

    @property
    def held(self) -> int:
        """How many there are that have not ended."""
        return sum(row.ended is None for row in self.rows)

    @property
    def verdict(self) -> str:
        """有 or 缺 where a clause asks for the kind, else ''."""
        if not self.asked:
            return ""
        return "有" if self.held else "缺"


def organisation_groups(
    user: User, community: Community, policy: Policy, on: date
) -> list[KindGroup]:
    """Every kind in the order of OrganisationKind, with what a community has of it. One query.

    The texts speak of urban communities: of a village nothing is asked.
    """
    urban = community.committee_kind == CommitteeKind.RESIDENTS
    asked = organisations_asked(policy, community.code) if urban else []
    found = Organisation.objects.for_user(user).filter(community=community)
    rows: dict[str, list[OrganisationRow]] = {}
    for one in found.order_by("name", "id"):
        rows.setdefault(one.kind, []).append(_row(one, on))
    return [
        KindGroup(
            kind.value,
            str(kind.label),
            tuple(rows.get(kind.value, ())),
            tuple(one for one in asked if one.organisation == kind.value),
        )
        for kind in OrganisationKind
    ]


def missing(groups: Sequence[KindGroup]) -> list[str]:
    """The labels of kinds that are asked for and not there."""
    return [group.label for group in groups if group.verdict == "缺"]


def _row(one: Organisation, on: date) -> OrganisationRow:
    ended = ended_on(one, on)
    return OrganisationRow(
        id=one.pk,
        name=one.name,
        registration_no=one.registration_no,
        set_up_on=one.set_up_on,
        set_up_doc_no=one.set_up_doc_no,
        leader=one.leader,
        members=one.members,
        term_ends_on=one.term_ends_on,
        overdue=ended is None and one.term_ends_on is not None and one.term_ends_on < on,
        remarks=one.remarks,
        ended=ended,
    )
