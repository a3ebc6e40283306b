"""关口: a try at the next gate of a project, one try, the street's and the approver's word."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collection.views.acting import act_once
from communities.services.editing import StaleError
from communities.views.editing import edit_page
from facilities.choices import GateState, ProjectState, Stage
from facilities.forms.gates import GateForm, GateStepForm
from facilities.models import Gate
from facilities.rules.gates import warnings
from facilities.selectors.papers import papers_of
from facilities.selectors.project_gates import (
    TONES,
    case_of,
    find_gate,
    found_of,
    gates_of,
    late_days,
    promised_of,
    said_of_defaults,
    trail_of,
)
from facilities.selectors.project_needs import needs_of
from facilities.selectors.projects import compared, find_project
from facilities.services.gates import approve_gate, record_gate, refuse_gate, sign_gate
from facilities.views.projects import CHANGE, VIEW, trail_to, unknown
from facilities.views.projects import shown as project_page

SIGN, APPROVE = "facilities.sign_acceptance", "facilities.approve_gate"
CHANGED = "你打开以后，这个关口有了新的办理。看过最新情况再办理"
TOLD = {
    GateState.PASSED: "通过",
    GateState.REFUSED: "登记为未通过",
    GateState.SIGNING: "登记，等待街道签署",
    GateState.WAITING: "提交例外通过申请，等待批准",
}


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(CHANGE, raise_exception=True)
def gate_new(request, pk, stage):
    user, on = request.user, timezone.localdate()
    found = find_project(user, pk)
    if found is None or stage not in Stage.values or found.state == ProjectState.CANCELLED:
        return unknown(request)
    trail = trail_of(gates_of([pk]).get(pk, []))
    present, label = trail.present, Stage(stage).label
    if request.method != "POST" and (present is None or present.stage != stage):
        said = f"先办理{present.stage.label}" if present else "关口都已经通过"
        return project_page(request, found, said=said, status=409)

    def save(form):
        gate = record_gate(
            gate=form.instance,
            outcome=form.cleaned_data["outcome"],
            deed=form.cleaned_data.get("deed"),
            by=user,
            at=timezone.now(),
            on=on,
        )
        messages.success(request, told(gate, found.name))
        for said in warnings(case_of(gate, needs_of([found], gate.decided_on)[0])):
            messages.warning(request, said)
        return reverse("facilities:gate", args=[gate.pk])

    needs = needs_of([found], on)[0]
    return edit_page(
        request,
        GateForm,
        Gate(project=found, code=found.code, stage=stage),
        save=save,
        template="facilities/gates/edit.html",
        context={
            "title": f"办理{label}",
            "subtitle": found.name,
            "submit": f"登记{label}",
            "trail": trail_to(found, f"办理{label}"),
            "cancel_url": reverse("facilities:project", args=[pk]),
            "multipart": stage == Stage.HANDOVER,
            "compared": compared(needs, trail.promised, trail.found),
            "project": found,
            "defaults": said_of_defaults(found),
            "stage": stage,
            "demo": found.is_demo,
        },
        **({"files": request.FILES} if request.method == "POST" else {}),
    )


def told(gate, name):
    """What has become of a try, in words."""
    if gate.stage == Stage.IN_USE and gate.state == GateState.PASSED:
        return f"{name}已投入使用，清单里的房间已记入受益社区的用房台账"
    return f"{name}{gate.get_stage_display()}已{TOLD[GateState(gate.state)]}"


@require_safe
@permission_required(VIEW, raise_exception=True)
def gate(request, pk):
    found = find_gate(request.user, pk)
    return unknown(request) if found is None else shown(request, found)


def shown(request, found, *, said="", status=200):
    """The page of a gate; `said` is why a step was not done."""
    user, mine = request.user, found.made_by_id == request.user.pk
    running = found.project.state == ProjectState.RUNNING
    signing = running and found.state == GateState.SIGNING
    waiting = running and found.state == GateState.WAITING
    context = {
        "gate": found,
        "project": found.project,
        "tone": TONES[GateState(found.state)],
        "said": said,
        "trail": trail_to(found.project, f"{found.get_stage_display()}"),
        "promised": promised_of(found),
        "found": found_of(found),
        "late": late_days(found),
        "may_sign": signing and not mine and user.has_perm(SIGN),
        "may_approve": waiting and not mine and user.has_perm(APPROVE),
        "turn": turn_of(mine=mine, signing=signing, waiting=waiting, user=user),
        "defaults": said_of_defaults(found.project) if running else [],
        "form": GateStepForm(record=found),
        "papers": papers_of(user, "gate", found),
        "may_add": user.has_perm(CHANGE),
        "demo": found.is_demo,
    }
    return render(request, "facilities/gates/gate.html", context, status=status)


def turn_of(*, mine, signing, waiting, user):
    """Who must act on a gate that waits for another than the reader, in words, or ''."""
    if signing and (mine or not user.has_perm(SIGN)):
        return "由本街道的审核人签署验收意见" + ("，登记的人不能签署" if mine else "")
    if waiting and (mine or not user.has_perm(APPROVE)):
        return "例外通过由区、市民政部门批准" + ("，登记的人不能批准" if mine else "")
    return ""


def take(request, pk, act):
    """Do a step once and go back to the gate; 409 or 422 with its page where it is not done.

    act: does it with the gate, the form and what every step takes, and returns what to tell.
    """
    found = find_gate(request.user, pk)
    if found is None:
        return unknown(request)
    form = GateStepForm(request.POST, record=found)
    if not form.is_valid():
        said = "；".join(str(error) for errors in form.errors.values() for error in errors)
        return shown(request, found, said=said, status=422)
    common = {
        "gate": found,
        "version": form.opened_version,
        "by": request.user,
        "at": timezone.now(),
        "on": timezone.localdate(),
    }

    def done():
        messages.success(request, act(form, common))
        return reverse("facilities:gate", args=[pk])

    again = partial(shown, request, status=409)
    try:
        return redirect(act_once(request, form.submission_key, done))
    except StaleError:
        return again(find_gate(request.user, pk), said=CHANGED)
    except ValidationError as wrong:
        return again(find_gate(request.user, pk), said="；".join(wrong.messages))


@require_POST
@permission_required(SIGN, raise_exception=True)
def gate_sign(request, pk):
    def act(form, common):
        agreed = form.cleaned_data["agreed"] == "yes"
        gate = sign_gate(agreed=agreed, opinion=form.cleaned_data["words"], **common)
        if not agreed:
            return "已登记街道不同意，这次验收未通过"
        waits = gate.state == GateState.WAITING
        return "已签署，例外通过等待批准" if waits else "已签署，竣工验收通过"

    return take(request, pk, act)


@require_POST
@permission_required(APPROVE, raise_exception=True)
def gate_approve(request, pk):
    def act(form, common):
        approve_gate(decision=form.cleaned_data["words"], **common)
        return "已批准例外通过，不符合的地方随关口留存"

    return take(request, pk, act)


@require_POST
@permission_required(APPROVE, raise_exception=True)
def gate_refuse(request, pk):
    def act(form, common):
        refuse_gate(decision=form.cleaned_data["words"], **common)
        return "已告知登记人不予批准"

    return take(request, pk, act)
