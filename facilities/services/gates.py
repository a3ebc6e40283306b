"""Writes of gates: tried, signed by the street, approved against the rule, refused.

The project's row is locked first: two people at one gate stand in line.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.files import File
from django.db import transaction
from django.urls import reverse

from accounts.messages import notify, notify_office
from accounts.models import User
from accounts.scope import DISTRICT
from communities.services.editing import StaleError
from communities.services.paper_files import CheckedFile
from facilities.choices import GateOutcome, GateState, PaperKind, Stage
from facilities.models import Gate
from facilities.rules.gates import (
    Case,
    bars,
    next_stage,
    objections,
    without_number,
    wrong_day,
)
from facilities.selectors.project_gates import UNDER_WAY, case_of, kept_of
from facilities.selectors.project_needs import needs_of
from facilities.services.papers import add_paper
from facilities.services.project_use import put_in_use
from facilities.services.projects import running

SIGNER, APPROVER = "facilities.sign_acceptance", "facilities.approve_gate"
EITHER = "登记为未通过，或写明理由申请例外通过"
OWN = "登记的人不能办理自己登记的关口，由同事或上级办理"


@transaction.atomic
def record_gate(
    *,
    gate: Gate,
    outcome: str,
    by: User,
    at: datetime,
    on: date,
    deed: CheckedFile | File[Any] | None = None,
) -> Gate:
    """Store a try at the next gate of a running project: passed, refused, or waiting; return it.

    gate: with its project, stage, department, day, number and areas. outcome: of GateOutcome.
    on: today. deed: the deed of handover, kept with the gate. An acceptance waits for the street's
    signature, an exception for another person's approval. What was asked that day and what falls
    short of it are kept. Raises ValidationError in words, at `outcome` or `decided_on`, for what
    the rules do not let pass.
    """
    project = running(gate.project_id)
    gate.project, gate.code, gate.is_demo = project, project.code, project.is_demo
    needs = needs_of([project], gate.decided_on)[0]
    case = case_of(gate, needs, with_deed=deed is not None)
    _check_turn(gate, case, on)
    if gate.stage == Stage.HANDOVER:
        gate.found_work_m2, gate.found_service_m2 = case.listed.work, case.listed.service
        gate.found_property_m2 = case.listed.property_rooms
    gate.required, gate.objections = kept_of(needs), objections(case)
    _check_outcome(gate, case, outcome)
    gate.exception = gate.exception if outcome == GateOutcome.EXCEPTION else ""
    gate.state = _state_of(gate, outcome)
    gate.made_by, gate.made_at = by, at
    gate.save(force_insert=True)
    if deed is not None:
        add_paper(owner="gate", record=gate, file=deed, kind=PaperKind.DEED, by=by, at=at, on=on)
    _follow(gate, by=by, at=at, on=on)
    return gate


def _check_turn(gate: Gate, case: Case, on: date) -> None:
    """The gate must be the next one, nobody else at it, and of a day that can be."""
    coming = next_stage({one.stage for one in case.passed})
    if coming != gate.stage:
        label = coming.label if coming else ""
        passed = any(one.stage == gate.stage for one in case.passed)
        raise ValidationError("这个关口已经通过" if passed else f"先办理{label}")
    same = Gate.objects.filter(project=gate.project_id, stage=gate.stage, state__in=UNDER_WAY)
    if one := same.first():
        raise ValidationError(f"这个关口{one.get_state_display()}，办完以后再登记")
    if said := wrong_day(case, on):
        raise ValidationError({"decided_on": said})


def _check_outcome(gate: Gate, case: Case, outcome: str) -> None:
    if outcome == GateOutcome.REFUSED:
        if not gate.objections and not gate.note:
            raise ValidationError({"note": "写明未通过的原因"})
        return
    wrong: dict[str, Any] = {"doc_no": without_number(case), "outcome": bars(case)}
    if outcome == GateOutcome.PASSED and gate.objections and not wrong["outcome"]:
        wrong |= {NON_FIELD_ERRORS: gate.objections, "outcome": EITHER}
    if said := {name: words for name, words in wrong.items() if words}:
        raise ValidationError(said)
    if outcome == GateOutcome.EXCEPTION:
        if not gate.objections:
            raise ValidationError({"outcome": "没有不符合要求的地方，选“通过”"})
        if not gate.exception:
            raise ValidationError({"exception": "写明例外通过的理由"})


def _state_of(gate: Gate, outcome: str) -> GateState:
    if outcome == GateOutcome.REFUSED:
        return GateState.REFUSED
    if gate.stage == Stage.ACCEPTANCE:
        return GateState.SIGNING
    return GateState.WAITING if gate.objections else GateState.PASSED


def _follow(gate: Gate, *, by: User, at: datetime, on: date) -> None:
    """Tell whose turn it is, or do what follows from a gate that is passed."""
    name = f"{gate.project.name}{gate.get_stage_display()}"
    url = reverse("facilities:gate", args=[gate.pk])
    if gate.state == GateState.SIGNING:
        text = f"{name}待街道签署"
        notify_office(code=gate.code, permission=SIGNER, text=text, url=url, at=at, but=by)
    elif gate.state == GateState.WAITING:
        text, office = f"{name}申请例外通过，待批准", gate.code[:DISTRICT]
        notify_office(code=office, permission=APPROVER, text=text, url=url, at=at, but=by)
    elif gate.state == GateState.PASSED and gate.stage == Stage.IN_USE:
        put_in_use(project=gate.project, day=gate.decided_on, on=on)


def _held(gate: Gate, version: int, state: GateState, by: User) -> Gate:
    """A gate that waits, with its project, both locked, as it was seen, and not one's own."""
    project = running(gate.project_id)
    held: Gate = Gate.objects.select_for_update().get(pk=gate.pk)
    held.project = project
    if held.version != version:
        raise StaleError(held)
    if held.state != state:
        raise ValidationError(f"这个关口{held.get_state_display()}，不再办理")
    if held.made_by_id == by.pk:
        raise ValidationError(OWN)
    return held


def _check_bars(gate: Gate) -> None:
    """What has come in the way since the gate was recorded."""
    case = case_of(gate, needs_of([gate.project], gate.decided_on)[0])
    if said := bars(case):
        raise ValidationError(said)


@transaction.atomic
def sign_gate(
    *, gate: Gate, version: int, agreed: bool, opinion: str, by: User, at: datetime, on: date
) -> Gate:
    """Sign an acceptance for the street, or object to it, which refuses it; return the gate.

    An acceptance against the rule then waits for its approval. Raises ValidationError for its
    maker, in another state, for an objection without words and for what bars the gate; StaleError
    when it was changed since `version`.
    """
    held = _held(gate, version, GateState.SIGNING, by)
    if not agreed and not opinion:
        raise ValidationError("写明不同意的理由")
    if agreed:
        _check_bars(held)
    passing = GateState.WAITING if held.objections else GateState.PASSED
    held.state = passing if agreed else GateState.REFUSED
    held.signed_by, held.signed_at, held.opinion = by, at, opinion
    _store(held, f"街道{'已签署' if agreed else '不同意'}", by=by, at=at, on=on)
    return held


@transaction.atomic
def approve_gate(
    *, gate: Gate, version: int, decision: str, by: User, at: datetime, on: date
) -> Gate:
    """Let a gate pass against the rule; its objections stay with it. Return it.

    Errors as for sign_gate.
    """
    held = _held(gate, version, GateState.WAITING, by)
    _check_bars(held)
    held.state = GateState.PASSED
    held.approved_by, held.approved_at, held.decision = by, at, decision
    _store(held, "已批准例外通过", by=by, at=at, on=on)
    return held


@transaction.atomic
def refuse_gate(
    *, gate: Gate, version: int, decision: str, by: User, at: datetime, on: date
) -> Gate:
    """Refuse an exception with a reason; the try stays as refused. Return it.

    Errors as for sign_gate, and for a refusal without a reason.
    """
    held = _held(gate, version, GateState.WAITING, by)
    if not decision:
        raise ValidationError("写明不予批准的理由")
    held.state = GateState.REFUSED
    held.approved_by, held.approved_at, held.decision = by, at, decision
    _store(held, "例外通过不予批准", by=by, at=at, on=on)
    return held


def _store(gate: Gate, told: str, *, by: User, at: datetime, on: date) -> None:
    """Store a step of a gate, tell its maker, and do what follows."""
    gate.version += 1
    gate.save()
    name = f"{gate.project.name}{gate.get_stage_display()}"
    url = reverse("facilities:gate", args=[gate.pk])
    notify(to=[gate.made_by], text=f"{name}{told}", url=url, at=at)
    _follow(gate, by=by, at=at, on=on)
