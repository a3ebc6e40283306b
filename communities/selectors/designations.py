"""What a community was called through time, and what came before and after it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from accounts.models import User
from communities.choices import ActKind, CommitteeKind, Relation
from communities.models import Community, FormerDesignation, Lineage
from communities.selectors.places import Address, addresses_of


@dataclass(frozen=True)
class Designation:
    """A code and name of a community from a day until before another; None is without end."""

    code: str
    name: str
    short_name: str
    committee_label: str
    since: datetime.date | None
    until: datetime.date | None

    def covers(self, day: datetime.date) -> bool:
        """Whether it held on a day."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day < self.until
        )


@dataclass(frozen=True)
class Change:
    """One line of a community's lineage: what was done on a day, with links to the others."""

    on: datetime.date
    what: str
    doc_no: str
    other_name: str = ""
    # the other's present code where the reader may open it, else '', and what leads to it alone
    other_code: str = ""
    other_query: str = ""
    households: int | None = None


@dataclass(frozen=True)
class Relative:
    """Another community that a change act made a predecessor or successor of this one."""

    relation: str
    kind: str
    on: datetime.date
    doc_no: str
    name: str
    code: str
    households: int | None
    query: str = ""


def get_designations(key: int, present: Community | None) -> list[Designation]:
    """The codes and names of a community in whatever scope, latest first. One query.

    `key` is the community's in the database; `present` is it, where the user may see it. They are
    public, unlike the figures of the years in which another scope had it.
    """
    rows = FormerDesignation.objects.filter(community=key).order_by("-valid_until")
    former = [
        Designation(
            one.code,
            one.name,
            one.short_name,
            CommitteeKind(one.committee_kind).label,
            one.valid_from,
            one.valid_until,
        )
        for one in rows
    ]
    if present is None:
        return former
    now = Designation(
        present.code,
        present.name,
        present.short_name,
        CommitteeKind(present.committee_kind).label,
        present.designated_from or present.valid_from,
        present.valid_until,
    )
    return [now, *former]


def designation_on(known: Sequence[Designation], day: datetime.date) -> Designation | None:
    """The one of a day, or None."""
    return next((one for one in known if one.covers(day)), None)


def get_relatives(user: User, key: int) -> list[Relative]:
    """Predecessors and successors of a community, earliest first. Two queries, one without any."""
    rows = list(Lineage.objects.for_user(user).filter(community=key))
    others = {row.other_id for row in rows}
    present = addresses_of(user, others)
    nowhere = Address("", "")
    return [
        Relative(
            row.relation,
            row.kind,
            row.effective_on,
            row.doc_no,
            row.other_name,
            present.get(row.other_id, nowhere).code,
            row.households,
            present.get(row.other_id, nowhere).query,
        )
        for row in rows
    ]


def lineage_of(known: Sequence[Designation], relatives: Sequence[Relative]) -> list[Change]:
    """Everything that changed a community's code, name or extent, earliest first. No query."""
    documents = {one.on: one.doc_no for one in relatives if one.kind == ActKind.TRANSFER.value}
    told = {one.until for one in known[1:]}
    changes = [
        Change(
            one.on,
            f"{ActKind(one.kind).label}，{Relation(one.relation).label}",
            one.doc_no,
            one.name,
            one.code,
            one.query,
            one.households,
        )
        for one in relatives
        # its change of code is told by the codes themselves
        if one.kind != ActKind.TRANSFER.value or one.on not in told
    ]
    for later, earlier in pairwise(known):
        if earlier.until is None:
            continue
        parts = []
        if earlier.code != later.code:
            parts.append(f"代码由{earlier.code}改为{later.code}")
        if earlier.name != later.name:
            parts.append(f"名称由“{earlier.name}”改为“{later.name}”")
        if parts:
            doc_no = documents.get(earlier.until, "")
            changes.append(Change(earlier.until, "，".join(parts), doc_no))
    return sorted(changes, key=lambda one: one.on)


def ending_of(ended_on: datetime.date, relatives: Sequence[Relative]) -> str:
    """What became of a community that ended on a day, in a sentence without a full stop."""
    last = [
        one
        for one in relatives
        if one.relation == Relation.SUCCESSOR.value
        and one.on == ended_on
        and one.kind != ActKind.REOPEN.value
    ]
    if not last:
        return f"已于{ended_on}撤销{reopened_of(relatives)}"
    said = {ActKind.MERGE.value: "并入", ActKind.SPLIT.value: "分设为"}
    verb = said.get(last[0].kind, "撤销，划入")
    names = "、".join(dict.fromkeys(one.name for one in last))
    doc_no = f"（{last[0].doc_no}）" if last[0].doc_no else ""
    return f"已于{ended_on}{verb}{names}{doc_no}{reopened_of(relatives)}"


def reopened_of(relatives: Sequence[Relative]) -> str:
    """That an ended community exists again, as the end of a sentence; '' else."""
    said = [
        f"，已于{one.on}恢复{f'（{one.doc_no}）' if one.doc_no else ''}"
        for one in relatives
        if one.relation == Relation.SUCCESSOR.value and one.kind == ActKind.REOPEN.value
    ]
    return said[-1] if said else ""
