"""登记资料: what the register holds of one community, in the words and order of its card."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse

from accounts.models import User
from accounts.scope import contains
from communities.choices import ActKind, ActState, Relation
from communities.models import (
    ArchiveEntry,
    ChangeAct,
    Community,
    Contact,
    Estate,
    FormerDesignation,
    Grid,
    Lineage,
    Organisation,
    Paper,
)
from communities.selectors.places import Address, addresses_of, own_contacts
from communities.selectors.shown import NOTHING, display

NEWEST_PAPERS = 5
MOST_TAGS = 20
# Columns of the card, under their headings; the first group changes by acts only.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("代码和名称", ("code", "name", "short_name", "committee_kind", "valid_from", "valid_until")),
    ("分类", ("kind", "area_kind", "urban_rural_class", "tags")),
    ("登记和设立", ("credit_code", "set_up_on", "set_up_doc_no")),
    (
        "四至和面积",
        ("boundary_east", "boundary_south", "boundary_west", "boundary_north", "area_km2"),
    ),
    ("办公", ("address", "remarks")),
)
NOTES = {"代码和名称": "由批准的变更改"}
OPEN_STATES = (
    ActState.DRAFT,
    ActState.SUBMITTED,
    ActState.RETURNED,
    ActState.REVIEWED,
    ActState.DECIDED,
)


@dataclass(frozen=True)
class Line:
    """A column of the card; value is '' where nothing is registered."""

    name: str
    label: str
    value: str


@dataclass(frozen=True)
class Group:
    """Columns under one heading."""

    label: str
    lines: list[Line]
    note: str = ""


@dataclass(frozen=True)
class Kin:
    """A community that came before or after; `url` is '' outside the reader's scope."""

    relation: str
    name: str
    code: str
    url: str
    kind: str
    doc_no: str
    effective_on: datetime.date
    households: int | None


@dataclass(frozen=True)
class PartLine:
    """How many parts of a kind there are on a day, and their households where they have some."""

    label: str
    url: str
    count: int
    households: int | None = None


@dataclass(frozen=True)
class Above:
    """The page of those who answer for a division."""

    label: str
    url: str


@dataclass(frozen=True)
class Profile:
    """The card of a community. `ended` is the sentence about its end, '' while it goes on.

    `above` leads to those who answer for its street and district, where they are in the scope.
    """

    groups: list[Group]
    former: list[FormerDesignation]
    lineage: list[Kin]
    contacts: list[Contact]
    parts: list[PartLine]
    papers: list[Paper]
    acts: list[ChangeAct]
    ended: str
    above: list[Above]

    @property
    def left(self) -> list[Group]:
        return self.groups[::2]

    @property
    def right(self) -> list[Group]:
        return self.groups[1::2]


def get_profile(user: User, community: Community, on: datetime.date, *, query: str = "") -> Profile:
    """The card of a community of the user's scope on a day. At most 12 queries.

    Contacts are those of the community, its street and its district that are in the scope.
    `query` goes with the addresses of its own pages.
    """
    lineage = _lineage(user, community)
    acts = ChangeAct.objects.for_user(user).filter(
        plan__contains={"communities": [community.pk]}, state__in=OPEN_STATES
    )
    papers = Paper.objects.for_user(user).filter(community=community, withdrawn_at=None)
    # public, also those of the street that it was in before
    former = FormerDesignation.objects.filter(community=community)
    return Profile(
        groups=card(community),
        former=list(former.order_by("-valid_until")),
        lineage=lineage,
        contacts=_contacts(user, community, on),
        parts=_parts(user, community, on, query),
        papers=list(papers[:NEWEST_PAPERS]),
        acts=list(acts),
        ended=_ended(community, lineage, on),
        above=_above(user, community.code),
    )


def card(community: Community) -> list[Group]:
    """The columns of a community in words. No query."""
    return [
        Group(label, [_line(community, name) for name in names], NOTES.get(label, ""))
        for label, names in GROUPS
    ]


def _line(community: Community, name: str) -> Line:
    column: Any = Community._meta.get_field(name)
    value = display(community, name)
    return Line(name, str(column.verbose_name), "" if value == NOTHING else value)


def _above(user: User, code: str) -> list[Above]:
    codes = {"街道": code[:9], "县（市、区）": code[:6]}
    return [
        Above(f"{level}的责任人", reverse("communities:division_contacts", args=[one]))
        for level, one in codes.items()
        if contains(user.scope, one)
    ]


def _contacts(user: User, community: Community, on: datetime.date) -> list[Contact]:
    above = Q(code__in=(community.code[:9], community.code[:6]))
    known = Contact.objects.for_user(user).filter(own_contacts(user, community) | above)
    return _present(known, on)


def contacts_of(user: User, codes: Sequence[str], on: datetime.date) -> list[Contact]:
    """Who answers for places on a day, those of the longest code first. One query."""
    return _present(Contact.objects.for_user(user).filter(code__in=codes), on)


def _present(known: QuerySet[Contact], on: datetime.date) -> list[Contact]:
    present = known.filter(Q(valid_until=None) | Q(valid_until__gt=on)).order_by("id")
    return sorted(present, key=lambda one: -len(one.code))


def _lineage(user: User, community: Community) -> list[Kin]:
    rows = list(Lineage.objects.for_user(user).filter(community=community))
    addresses = addresses_of(user, {one.other_id for one in rows})
    return [
        Kin(
            relation=one.get_relation_display(),
            name=one.other_name,
            code=one.other_code,
            # a transfer tells of itself under its former code
            url=_profile_of(user, one, addresses.get(one.other_id))
            if one.other_id != community.pk
            else "",
            kind=one.get_kind_display(),
            doc_no=one.doc_no,
            effective_on=one.effective_on,
            households=one.households,
        )
        for one in rows
    ]


def _profile_of(user: User, line: Lineage, address: Address | None) -> str:
    if address is not None:
        return reverse("communities:profile", args=[address.code]) + address.query
    inside = contains(user.scope, line.other_code)
    return reverse("communities:profile", args=[line.other_code]) if inside else ""


def _ended(community: Community, lineage: list[Kin], on: datetime.date) -> str:
    """What became of an ended community: 已于2027-03-01撤销（并入甲社区，聊政字〔2027〕1号）."""
    until = community.valid_until
    if until is None or until > on:
        return ""
    later = [one for one in lineage if one.relation == Relation.SUCCESSOR.label]
    back = [one for one in later if one.kind == ActKind.REOPEN.label][-1:]
    after = [one for one in later if one.kind != ActKind.REOPEN.label]
    after = [one for one in after if one.effective_on == until] or after
    said = f"已于{until}撤销"
    again = "".join(
        f"，已于{one.effective_on}恢复{f'（{one.doc_no}）' if one.doc_no else ''}" for one in back
    )
    if not after:
        return f"{said}{again}"
    heirs = "、".join(dict.fromkeys(one.name for one in after))
    papers = "、".join(dict.fromkeys(one.doc_no for one in after if one.doc_no))
    verb = "并入" if len(after) == 1 else "分别并入"
    return f"{said}（{verb}{heirs}{'，' if papers else ''}{papers}）{again}"


def _parts(user: User, community: Community, on: datetime.date, query: str) -> list[PartLine]:
    def present(model: Any) -> Any:
        return model.objects.for_user(user).filter(community=community)

    def counted(rows: Any) -> tuple[int, int | None]:
        found = rows.aggregate(number=Count("pk"), households=Sum("households"))
        return found["number"], found["households"]

    def url(name: str) -> str:
        return reverse(f"communities:{name}", args=[community.code]) + query

    return [
        PartLine("小区", url("estates"), *counted(present(Estate).as_of(on))),
        PartLine("网格", url("grids"), *counted(present(Grid).as_of(on))),
        PartLine("组织", url("organisations"), present(Organisation).as_of(on).count()),
        PartLine("电子档案", url("archive"), present(ArchiveEntry).count()),
    ]


def same_credit_code(
    user: User, community: Community, credit_code: str, on: datetime.date
) -> list[Community]:
    """Other communities of the user's scope that have a credit code on a day. One query."""
    others = Community.objects.for_user(user).as_of(on).filter(credit_code=credit_code)
    return list(others.exclude(pk=community.pk).exclude(credit_code="").order_by("code"))


def tags_in_use(user: User, code: str) -> list[str]:
    """The tags of communities of the same district in the user's scope, most used first.

    One query over the communities of one district at most.
    """
    rows = Community.objects.for_user(user).under(code[:6]).exclude(tags=[])
    counts: dict[str, int] = {}
    for tags in rows.values_list("tags", flat=True):
        for tag in tags:
            counts[tag] = counts.get(tag, 0) + 1
    return sorted(counts, key=lambda tag: (-counts[tag], tag))[:MOST_TAGS]
