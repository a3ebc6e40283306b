"""Change acts for lists: those of a scope, those of a community, those that wait for somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import BooleanField, Case, Count, Q, QuerySet, Value, When

from accounts.models import User
from accounts.scope import CITY
from communities.choices import ActKind, ActState
from communities.models import ChangeAct, Community, Lineage
from communities.selectors.papers import act_keys_of

DISTRICT_OR_WIDER = r"^[0-9]{4}([0-9]{2})?$"
# communities of one act that tell whether it is of demonstration data
MOST_LOOKED_AT = 20
TONES = {
    ActState.SUBMITTED: "warn",
    ActState.RETURNED: "bad",
    ActState.REVIEWED: "warn",
    ActState.DECIDED: "info",
    ActState.APPLIED: "ok",
}


@dataclass(frozen=True)
class ActQuery:
    """What a list of acts is filtered by; empty texts filter nothing."""

    state: str = ""
    kind: str = ""
    text: str = ""
    mine: bool = False


@dataclass(frozen=True)
class Waiting:
    """How many acts wait for a person, by what there is to do."""

    review: int = 0
    decide: int = 0
    returned: int = 0
    failed: int = 0
    drafts: int = 0


def _to_do(user: User) -> dict[str, Q]:
    """The acts that wait for a person, by what there is to do; nothing without the rights.

    A city's officers are told of what districts propose; the districts review their streets.
    """
    others = ~Q(proposed_by=user)
    if len(user.scope) == CITY:
        others &= Q(code__regex=DISTRICT_OR_WIDER)
    found: dict[str, Q] = {}
    if user.has_perm("communities.review_changeact"):
        found["review"] = others & Q(state=ActState.SUBMITTED)
    if user.has_perm("communities.decide_changeact"):
        found["decide"] = others & Q(state=ActState.REVIEWED)
        found["failed"] = others & Q(state=ActState.DECIDED) & ~Q(failure="")
    if user.has_perm("communities.propose_changeact"):
        found["returned"] = Q(state=ActState.RETURNED, code=user.scope)
        found["drafts"] = Q(state=ActState.DRAFT, proposed_by=user)
    return found


def get_waiting(user: User) -> Waiting:
    """How many acts wait for a person. One query; none for people who never act."""
    to_do = _to_do(user)
    if not to_do:
        return Waiting()
    counts = {name: Count("pk", filter=condition) for name, condition in to_do.items()}
    return Waiting(**ChangeAct.objects.for_user(user).aggregate(**counts))


def list_acts(user: User, query: ActQuery) -> QuerySet[ChangeAct]:
    """The acts of a user's scope: those that wait for the person first, then the latest."""
    waits = Q(pk__in=())
    for condition in _to_do(user).values():
        waits |= condition
    rows = ChangeAct.objects.for_user(user).select_related("proposed_by")
    # the plan of a new year's code list is long, and no list shows it
    rows = rows.defer("plan", "table")
    if query.state in ActState.values:
        rows = rows.filter(state=query.state)
    if query.kind in ActKind.values:
        rows = rows.filter(kind=query.kind)
    if query.text:
        rows = rows.filter(
            Q(title__icontains=query.text) | Q(decision_doc_no__icontains=query.text)
        )
    if query.mine:
        rows = rows.filter(waits)
    first = Case(When(waits, then=Value(True)), default=Value(False), output_field=BooleanField())
    found: QuerySet[ChangeAct] = rows.annotate(waits=first).order_by("-waits", "-id")
    return found


def list_acts_of(user: User, community: Community) -> QuerySet[ChangeAct]:
    """The acts of the scope that concern a community or made it, latest first. Two queries."""
    rows = ChangeAct.objects.for_user(user).filter(pk__in=act_keys_of(user, community))
    rows = rows.select_related("proposed_by")
    found: QuerySet[ChangeAct] = rows.defer("plan", "table").order_by("-id")
    return found


def list_lineage(user: User, community: Community) -> list[Lineage]:
    """Where a community came from and went, oldest first; also by acts beyond the scope."""
    rows = Lineage.objects.for_user(user).filter(community=community)
    return list(rows.order_by("effective_on", "id"))


def are_demo(acts: Sequence[ChangeAct]) -> bool:
    """Whether acts concern demonstration data: one of the communities of any does. Two queries."""
    plans = ChangeAct.objects.filter(pk__in=[act.pk for act in acts])
    listed = plans.values_list("plan__communities", flat=True)
    keys = {pk for pks in listed for pk in (pks or ())[:MOST_LOOKED_AT]}
    return Community.objects.filter(pk__in=keys, is_demo=True).exists()
