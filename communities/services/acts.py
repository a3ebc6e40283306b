"""The workflow of change acts: drafted, submitted, reviewed in rounds, decided, given up."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction

from accounts.models import User
from accounts.scope import CITY, DISTRICT, STREET
from communities.choices import ActKind, ActState, PaperKind, StepKind
from communities.models import ActStep, ChangeAct, Community, Paper
from communities.selectors.act_page import allowed, makers
from communities.services.applying import apply_act
from communities.services.before_after import before_after
from communities.services.decisions import Decision, check_days, check_decision, comment_of
from communities.services.editing import StaleError
from communities.services.papers import add_paper
from communities.services.plan_checks import Mistake, MistakesError, check_plan
from communities.services.plans import Plan, read_plan

PROPOSERS = (CITY, DISTRICT, STREET)
# pg_advisory_xact_lock(class, city): acts of a city that go on
QUEUE = 0x6374
TITLE_LIMIT = 200
MOST_COMPARED = 50
OWN_ACT = {
    "review": "你提出的变更由其他人审查",
    "decide": "你提出的变更由其他人录入批复",
}


class NotNowError(Exception):
    """The act is not in a state, or the person not one, for the step; says so for the page."""


@transaction.atomic
def propose(
    *,
    by: User,
    at: datetime.datetime,
    kind: str,
    title: str,
    reason: str,
    plan: Plan,
    typed: dict[str, str] | None = None,
    unread: list[Mistake] | None = None,
) -> ChangeAct:
    """Keep a new draft of an act and return it; it is dealt with in the scope of its proposer.

    `typed` is what the form held, word for word, and `unread` what could not be read of it: a
    draft may have mistakes.
    Raises PermissionDenied for a person without the right, or whose scope is not a city's, a
    district's or a street's.
    """
    if len(by.scope) not in PROPOSERS or not by.has_perm("communities.propose_changeact"):
        raise PermissionDenied("acts are proposed by streets, districts and cities")
    return ChangeAct.objects.create(
        kind=ActKind(kind),
        code=by.scope,
        title=title[:TITLE_LIMIT],
        reason=reason,
        plan=_stored(plan, typed, unread),
        proposed_by=by,
        proposed_at=at,
    )


@transaction.atomic
def save_draft(
    *,
    act: ChangeAct,
    by: User,
    at: datetime.datetime,
    version: int,
    title: str,
    reason: str,
    plan: Plan,
    typed: dict[str, str] | None = None,
    unread: list[Mistake] | None = None,
) -> ChangeAct:
    """Store what was filled in for a draft or a returned act; whoever saves it proposes it.

    Raises StaleError when it was changed after it was opened, NotNowError in another state,
    PermissionDenied for another office.
    """
    held = _hold(act, by, version, ActState.DRAFT, ActState.RETURNED)
    _check_proposer(held, by)
    held.title, held.reason = title[:TITLE_LIMIT], reason
    held.plan = _stored(plan, typed, unread)
    held.proposed_by, held.proposed_at = by, at
    held.version += 1
    held.save()
    return held


def _stored(
    plan: Plan, typed: dict[str, str] | None, unread: list[Mistake] | None
) -> dict[str, Any]:
    more: dict[str, Any] = {"typed": typed} if typed else {}
    if unread:
        more["unread"] = [[one.item, one.message] for one in unread]
    return plan.to_json() | more


def _hold(act: ChangeAct, by: User, version: int, *states: ActState) -> ChangeAct:
    """The act as it is now, locked until the transaction ends. Raises as the steps say."""
    held: ChangeAct = ChangeAct.objects.for_user(by).select_for_update(of=("self",)).get(pk=act.pk)
    if held.state not in states:
        raise NotNowError(f"“{held.title}”现在是{held.get_state_display()}，这一步没有办理")
    if held.version != version:
        raise StaleError(held)
    return held


def _check_proposer(act: ChangeAct, by: User) -> None:
    if by.scope != act.code or not by.has_perm("communities.propose_changeact"):
        raise PermissionDenied("a draft belongs to the office that proposed it")


def _check_checker(act: ChangeAct, by: User, right: str) -> None:
    if not by.has_perm(f"communities.{right}_changeact"):
        raise PermissionDenied(f"{right} is not among this person's rights")
    if by.pk in makers(act):
        raise NotNowError(OWN_ACT[right])


@transaction.atomic
def submit(
    *, act: ChangeAct, by: User, at: datetime.datetime, on: datetime.date, version: int
) -> ChangeAct:
    """Send a draft or a returned act to the review, with its before/after table of that day.

    Each submission after a return opens the next round. Raises MistakesError for a plan that is
    not clean; else as save_draft.
    """
    held = _hold(act, by, version, ActState.DRAFT, ActState.RETURNED)
    _check_proposer(held, by)
    plan = _checked(held, by, on)
    _keep(held, by, plan, on)
    held.round += held.state == ActState.RETURNED
    held.proposed_by, held.proposed_at = by, at
    return _go_on(held, ActState.SUBMITTED, StepKind.SUBMIT, by, at)


def _keep(act: ChangeAct, by: User, plan: Plan, on: datetime.date) -> None:
    """Keep with an act what its communities are called now, and the before/after table.

    A new year's code list moves no figure and has no table.
    """
    rows = Community.objects.filter(pk__in=plan.communities).values_list("pk", "code", "name")
    act.plan["before"] = {str(pk): [code, name] for pk, code, name in rows}
    few = len(plan.communities) <= MOST_COMPARED
    act.table = before_after(by, plan, act.kind, on).to_json() if few else {}


def _queue(act: ChangeAct) -> None:
    """Let other acts of the city wait until the transaction ends: their checks find this one.

    Two acts may share a community, or only the code of a new one, which no row stands for yet.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [QUEUE, int(act.code[:CITY])])


def _checked(act: ChangeAct, by: User, on: datetime.date) -> Plan:
    """The plan of an act if nothing is wrong with it on a day. Raises MistakesError."""
    _queue(act)
    mistakes = all_mistakes(act, by, on)
    if mistakes:
        raise MistakesError(mistakes)
    return read_plan(act.plan)


def all_mistakes(act: ChangeAct, by: User, on: datetime.date) -> list[Mistake]:
    """What must be mended before an act goes on: its plan, and what was typed for it."""
    found = [] if act.reason.strip() else [Mistake("reason", "没有写理由。写明为什么要变更")]
    unread = [Mistake(item, message) for item, message in act.plan.get("unread", ())]
    return found + plan_mistakes(by, act.kind, read_plan(act.plan), on, unread=unread, act=act)


def plan_mistakes(
    by: User,
    kind: str,
    plan: Plan,
    on: datetime.date,
    *,
    unread: list[Mistake],
    act: ChangeAct | None = None,
) -> list[Mistake]:
    """What could not be read of a plan, then what is wrong with the rest of it."""
    said = {one.item for one in unread} | {one.item.split(":")[0] for one in unread} - {"successor"}
    checked = check_plan(by, kind, plan, on, act=act)
    return unread + [one for one in checked if one.item not in said]


def _go_on(
    act: ChangeAct,
    state: ActState,
    kind: StepKind,
    by: User,
    at: datetime.datetime,
    **said: Any,
) -> ChangeAct:
    """Store the next state of an act that is held, and the step that led to it."""
    act.state = state
    act.version += 1
    act.save()
    ActStep.objects.create(act=act, code=act.code, round=act.round, kind=kind, by=by, at=at, **said)
    return act


@transaction.atomic
def return_act(
    *,
    act: ChangeAct,
    by: User,
    at: datetime.datetime,
    version: int,
    comment: str,
    items: dict[str, str],
) -> ChangeAct:
    """Send an act back with comments, for the whole and per item; the round stays readable.

    A submitted act is returned by its reviewer; a reviewed one, and a decided one that has not
    taken effect, by who enters decisions. Raises StaleError, NotNowError, PermissionDenied, and
    ValidationError when nothing says what to mend.
    """
    held = _hold(act, by, version, ActState.SUBMITTED, ActState.REVIEWED, ActState.DECIDED)
    right = "review" if held.state == ActState.SUBMITTED else "decide"
    _check_checker(held, by, right)
    said = {item: text for item, text in items.items() if text.strip()}
    if not comment.strip() and not said:
        raise ValidationError("没有写退回意见。写明要改哪一项、怎么改")
    held.reviewed_by = held.decided_by = None
    held.decision_authority = held.decision_doc_no = held.failure = ""
    held.decided_on = held.effective_on = None
    return _go_on(
        held, ActState.RETURNED, StepKind.RETURN, by, at, comment=comment.strip(), items=said
    )


@transaction.atomic
def pass_act(
    *,
    act: ChangeAct,
    by: User,
    at: datetime.datetime,
    on: datetime.date,
    version: int,
    comment: str = "",
) -> ChangeAct:
    """Find a submitted act in order, so that the government can decide it.

    Raises StaleError, NotNowError, PermissionDenied; MistakesError when the register has changed
    since the submission so that the plan can no longer be carried out.
    """
    held = _hold(act, by, version, ActState.SUBMITTED)
    _check_checker(held, by, "review")
    _checked(held, by, on)
    held.reviewed_by = by
    return _go_on(held, ActState.REVIEWED, StepKind.PASS, by, at, comment=comment.strip())


@transaction.atomic
def decide(
    *,
    act: ChangeAct,
    by: User,
    at: datetime.datetime,
    on: datetime.date,
    version: int,
    decision: Decision,
) -> ChangeAct:
    """Enter the government's decision with its document; `on` is today.

    An act whose effective day has come is applied at once, another one on its day. Raises
    StaleError, NotNowError, PermissionDenied, ValidationError for the file and for years of before
    that would change without a reason, and MistakesError when the plan cannot be carried out on the
    effective day.
    """
    held = _hold(act, by, version, ActState.REVIEWED)
    _check_checker(held, by, "decide")
    check_days(decision)
    plan = read_plan(held.plan)
    _queue(held)
    said = check_decision(held, plan, decision, by=by, on=on)
    _keep_document(held, decision, by, at)
    _keep(held, by, plan, decision.effective_on)
    held.decision_authority, held.decision_doc_no = decision.authority, decision.doc_no
    held.decided_on, held.effective_on = decision.decided_on, decision.effective_on
    held.decided_by = by
    comment = comment_of(decision, said)
    _go_on(held, ActState.DECIDED, StepKind.DECIDE, by, at, comment=comment)
    if decision.effective_on <= on:
        why = decision.past_reason if said else ""
        return apply_act(act=held, on=on, at=at, by=by, why=why)
    return held


def _keep_document(act: ChangeAct, decision: Decision, by: User, at: datetime.datetime) -> None:
    add_paper(
        by=by,
        at=at,
        file=decision.file,
        kind=PaperKind.DECISION,
        title=decision.title,
        doc_no=decision.doc_no,
        issued_on=decision.decided_on,
        act=act,
    )


@transaction.atomic
def refuse(
    *,
    act: ChangeAct,
    by: User,
    at: datetime.datetime,
    version: int,
    comment: str,
    doc_no: str = "",
) -> ChangeAct:
    """Enter that the government does not approve; the reason or a document number says why.

    Raises StaleError, NotNowError, PermissionDenied, and ValidationError without both.
    """
    held = _hold(act, by, version, ActState.REVIEWED)
    _check_checker(held, by, "decide")
    said = "，".join(one for one in (doc_no, comment.strip()) if one)
    if not said:
        raise ValidationError("没有写理由。写明不予批准的理由，或填文号")
    held.decision_doc_no = doc_no
    held.decided_by = by
    return _go_on(held, ActState.REFUSED, StepKind.REFUSE, by, at, comment=said)


@transaction.atomic
def withdraw(
    *, act: ChangeAct, by: User, at: datetime.datetime, version: int, comment: str = ""
) -> ChangeAct:
    """Take an act back before its review ends; it stays readable.

    Raises StaleError, NotNowError, PermissionDenied for another office.
    """
    held = _hold(act, by, version, ActState.DRAFT, ActState.SUBMITTED, ActState.RETURNED)
    _check_proposer(held, by)
    return _go_on(held, ActState.WITHDRAWN, StepKind.WITHDRAW, by, at, comment=comment.strip())


@transaction.atomic
def add_act_paper(*, act: ChangeAct, by: User, at: datetime.datetime, **paper: Any) -> Paper:
    """Keep a file with an act and return the paper; `paper` is what `add_paper` takes.

    Of an act under review it makes a new version: nobody passes or decides it without the paper.
    Raises NotNowError when the act went on meanwhile, ValidationError for the file.
    """
    held: ChangeAct = ChangeAct.objects.for_user(by).select_for_update(of=("self",)).get(pk=act.pk)
    if not allowed(by, held).add_paper:
        raise NotNowError(f"“{held.title}”现在是{held.get_state_display()}，材料没有保存")
    if held.state not in (ActState.DRAFT, ActState.RETURNED):
        held.version += 1
        held.save(update_fields=["version"])
    return add_paper(by=by, at=at, act=held, **paper)
