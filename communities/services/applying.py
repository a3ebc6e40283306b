"""Taking effect: what a decided act does to the register, in one transaction."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterator
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from accounts.models import User
from accounts.scope import give_reason
from communities.choices import ActKind, ActState, Relation, StepKind
from communities.models import ActStep, ChangeAct, Community, Contact, Lineage
from communities.querysets import not_ended
from communities.services.areas import areas_after
from communities.services.designations import (
    CODE_CONSTRAINT,
    close_accounts,
    defer_codes,
    redesignate,
    settle_codes,
)
from communities.services.division_codes import change_divisions
from communities.services.exemptions import end_exemptions
from communities.services.facts_succession import flow_stored_facts
from communities.services.names import describe
from communities.services.plan_case import Mistake, MistakesError
from communities.services.plan_checks import check_effect
from communities.services.plans import BOUNDARIES, Plan, Successor, read_plan
from communities.services.succession import FOLLOWERS, Succession

logger = logging.getLogger(__name__)

# What a new community is like until somebody says otherwise: as the one most households come from.
INHERITED = ("area_kind", "kind", "urban_rural_class")
# what a community that reopens has again
TAKEN_BACK = (*INHERITED, *BOUNDARIES, "credit_code", "address", "tags")
# a city's new code list touches every table of thousands of communities
TIME_LIMIT = "300s"
# constraints that rows outside of the plan may run into, by name
REFUSED = {
    "exemption_once_a_day": "有新代码已登记同一条款的豁免。先给它填上“到何日止”，再办理",
    CODE_CONSTRAINT: "有新代码刚由另一个社区使用。重新核对代码",
}
REFUSED_ELSE = "和登记的其他内容冲突（{name}）。告知管理员"


class NotYetDueError(Exception):
    """An act that is not decided, or whose effective day has not come."""


@transaction.atomic
def apply_act(
    *,
    act: ChangeAct,
    on: datetime.date,
    at: datetime.datetime,
    by: User | None = None,
    why: str = "",
) -> ChangeAct:
    """Let a decided act take effect as of its effective day; return it as it is then.

    Days, codes, facts and lineage are those of the effective day, which may lie before `on`
    (today). An act that has taken effect already is returned as it is. `by` None: done by the
    system. `why`: the reason to change years of before, kept with the history.
    Raises NotYetDueError for an act that is not decided or for a later day, MistakesError when the
    plan cannot take effect any more; nothing is written then. Runs in a scope that holds the act's.
    """
    held: ChangeAct = ChangeAct.objects.select_for_update(of=("self",)).get(pk=act.pk)
    if held.state == ActState.APPLIED:
        return held
    if held.state != ActState.DECIDED or held.effective_on is None or held.effective_on > on:
        raise NotYetDueError(f"act {held.pk} is {held.state}, effective on {held.effective_on}")
    held.applied_at = at  # followers date what they write by it
    try:
        with transaction.atomic():
            _take_effect(held, read_plan(held.plan), held.effective_on, by, why)
    except IntegrityError as fault:
        raise MistakesError([Mistake("successors", _refused(fault))]) from fault
    held.state, held.failure = ActState.APPLIED, ""
    held.version += 1
    held.save(update_fields=["state", "applied_at", "failure", "version"])
    ActStep.objects.create(
        act=held, code=held.code, round=held.round, kind=StepKind.APPLY, by=by, at=at
    )
    return held


def _refused(fault: IntegrityError) -> str:
    """What a constraint of the database refuses, in words."""
    logger.warning("an act was refused by the database", exc_info=fault)
    name = getattr(getattr(fault.__cause__, "diag", None), "constraint_name", "") or ""
    return REFUSED.get(name) or REFUSED_ELSE.format(name=name)


def _take_effect(act: ChangeAct, plan: Plan, on: datetime.date, by: User | None, why: str) -> None:
    rows = Community.objects.select_for_update().filter(pk__in=plan.communities)
    before = {row.pk: row for row in rows.order_by("pk")}
    if mistakes := check_effect(act, plan, on):
        raise MistakesError(mistakes)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", (TIME_LIMIT,))
    past = f"，更改以前年度：{why}" if why else ""
    give_reason(f"{act.title}（{act.decision_doc_no}）{past}")
    defer_codes()
    change_divisions(plan.divisions, on=on)
    if act.kind != ActKind.REOPEN:
        _end([before[pk] for pk in plan.ending], on)
    redesignate(before, plan.successors, on=on, by=by.pk if by else None)
    _describe_continuing(act, plan, before)
    begun = {
        one.key: _begin(act, plan, one, before, on)
        for one in plan.successors
        if one.community is None
    }
    settle_codes()
    successors = begun | _continuing(plan)
    succession = Succession(act, plan, on, before, successors)
    for follow in FOLLOWERS:
        follow(succession)
    flow_stored_facts(succession)
    Lineage.objects.bulk_create(_lineage(succession))


def _end(communities: list[Community], on: datetime.date) -> None:
    """End communities on the day, the duties of those who answer for them, and their exemptions.

    Whoever takes one of their codes gets neither the exemptions nor the accounts of the code.
    """
    Community.objects.filter(pk__in=[one.pk for one in communities]).update(
        valid_until=on, version=F("version") + 1
    )
    codes = [one.code for one in communities]
    contacts = Contact.objects.filter(code__in=codes)
    contacts.filter(not_ended(on)).update(valid_until=on, version=F("version") + 1)
    end_exemptions(codes, on=on)
    close_accounts(codes)


def _continuing(plan: Plan) -> dict[str, Community]:
    """The communities that go on, as they are now, by the key of their successor."""
    now = Community.objects.in_bulk(list(plan.continuing))
    return {one.key: now[pk] for pk, one in plan.continuing.items()}


def _describe_continuing(act: ChangeAct, plan: Plan, before: dict[int, Community]) -> None:
    """Give communities that go on the boundaries and the area that the plan writes."""
    areas = areas_after(ActKind(act.kind), plan, before)
    for pk, one in plan.continuing.items():
        area = areas[one.key]
        written: dict[str, Any] = {name: text for name, text in one.boundaries.items() if text}
        if area is not None:
            written["area_km2"] = area
        if any(getattr(before[pk], name) != value for name, value in written.items()):
            Community.objects.filter(pk=pk).update(**written, version=F("version") + 1)


def _begin(
    act: ChangeAct, plan: Plan, one: Successor, before: dict[int, Community], on: datetime.date
) -> Community:
    """Add a new community that begins on the day."""
    community = Community(
        code=one.code,
        valid_from=on,
        set_up_on=on,
        set_up_doc_no=act.decision_doc_no,
        area_km2=areas_after(ActKind(act.kind), plan, before)[one.key],
        is_demo=any(former.is_demo for former in before.values()),
    )
    describe(community, one.name)
    reopened = before[plan.ending[0]] if act.kind == ActKind.REOPEN else None
    main = reopened or _main_source(plan, one.key, before)
    if main is not None:
        for name in TAKEN_BACK if reopened else INHERITED:
            setattr(community, name, getattr(main, name))
    for name in BOUNDARIES:
        if text := one.boundaries.get(name):
            setattr(community, name, text)
    community.save()
    return community


def _main_source(plan: Plan, key: str, before: dict[int, Community]) -> Community | None:
    """Where most households of a new community come from."""
    weights = {pk: plan.weights(pk).get(key, -1) for pk in plan.sources}
    if weights:
        return before[max(weights, key=weights.__getitem__)]
    return next(iter(before.values()), None)


def _lineage(succession: Succession) -> Iterator[Lineage]:
    """What the pages of both say of each community that gave and each that received."""
    act, plan = succession.act, succession.plan
    if act.kind == ActKind.TRANSFER:
        yield from _transferred(succession)
    for source, key, households in _flows(succession):
        former, later = succession.before[source], succession.successors[key]
        if former.pk == later.pk:
            continue
        if source in plan.continuing:  # its present code and name
            former = succession.successors[plan.continuing[source].key]
        for one, relation, other in (
            (former, Relation.SUCCESSOR, later),
            (later, Relation.PREDECESSOR, former),
        ):
            yield Lineage(
                community=one,
                code=one.code,
                relation=relation,
                other=other,
                other_code=other.code,
                other_name=other.name,
                act=act,
                kind=act.kind,
                doc_no=act.decision_doc_no,
                effective_on=succession.on,
                households=households,
            )


def _transferred(succession: Succession) -> Iterator[Lineage]:
    """The decision by which a community came to its street, under the code that it has there."""
    for pk, former in succession.before.items():
        one = succession.successors[succession.plan.continuing[pk].key]
        if one.code == former.code:
            continue
        yield Lineage(
            community=one,
            code=one.code,
            relation=Relation.PREDECESSOR,
            other=one,
            other_code=former.code,
            other_name=former.name,
            act=succession.act,
            kind=succession.act.kind,
            doc_no=succession.act.decision_doc_no,
            effective_on=succession.on,
        )


def _flows(succession: Succession) -> Iterator[tuple[int, str, int | None]]:
    """Who gives to whom: flows with households, and the receiver of one that has none."""
    plan = succession.plan
    if succession.act.kind == ActKind.REOPEN:
        for one in plan.successors:
            if one.community is None:
                yield plan.ending[0], one.key, None
    for flow in plan.flows:
        if plan.weights(flow.source)[flow.to]:
            yield flow.source, flow.to, flow.households
