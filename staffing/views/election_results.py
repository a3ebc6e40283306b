"""Votes, the check page of a result and its announcement, and taking a result back."""

import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.services import once
from communities.selectors.editing import earlier_result
from communities.services.editing import StaleError
from communities.views.editing import edit_page
from staffing.choices import ElectionState
from staffing.forms.election_rounds import ResultForm, TermForm
from staffing.forms.elections import ReasonForm, VotesForm
from staffing.selectors.election_results import preview, undoing_of
from staffing.selectors.elections import candidates_of, get_election, turnout_of
from staffing.services import elections as services
from staffing.services.election_results import Announcement, MovedError, announce, take_back
from staffing.views.election_page import not_now, reasoned
from staffing.views.election_place import (
    CHANGED,
    RECORD,
    election_trail,
    election_url,
    of_election,
)

MOVED = "你打开以后，花名册或候选人有变动。核对下面重新列出的内容再公布"


@require_http_methods(["GET", "HEAD", "POST"])
@of_election(RECORD)
def election_votes(request, election, page):
    """What was counted, and who was elected."""
    if page.ended or election.state not in (ElectionState.NOMINATED, ElectionState.HELD):
        return not_now(request, election, page)
    listed = candidates_of(request.user, election)
    if not listed:
        messages.warning(request, "还没有候选人。先加入候选人，再登记投票")
        return redirect("staffing:candidates", election.pk)

    def save(form):
        services.record_votes(
            election=form.instance,
            fields=form.written,
            votes=form.votes,
            version=form.opened_version,
            on=page.on,
            reason=form.reason,
        )
        messages.success(request, "已登记投票。核对以后公布结果")
        return election_url(election)

    context = {
        **election_trail(page, election, ("登记投票", "")),
        "title": "登记投票",
        "subtitle": page.community.short_name,
        "submit": "保存投票结果",
        "cancel_url": election_url(election),
    }
    return edit_page(
        request,
        VotesForm,
        election,
        save=save,
        context=context,
        template="staffing/elections/votes.html",
        candidates=listed,
    )


def day_of(text):
    """A day of an address, None for anything else."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


@require_http_methods(["GET", "HEAD", "POST"])
@of_election(RECORD)
def election_result(request, election, page):
    """What announcing the result will do, before it is done."""
    if request.method == "POST":
        return posted_result(request, election, page)
    if page.ended or election.state != ElectionState.HELD:
        return not_now(request, election, page)
    if "term_from" not in request.GET:
        return check_page(request, election, page, election.held_on)
    term = TermForm(request.GET)
    day = term.cleaned_data["term_from"] if term.is_valid() else election.held_on
    return check_page(request, election, page, day, term=term)


def posted_result(request, election, page):
    """Announce the result; what was sent twice leads where the first one did."""
    day = day_of(request.POST.get("term_from", "")) or election.held_on
    shown = preview(request.user, election, day) if day else None
    form = form_of(election, page, shown, request.POST)
    valid = form.is_valid()
    if led_to := earlier_result(request.user, form.submission_key):
        return redirect(led_to)
    if page.ended or election.state != ElectionState.HELD:
        return not_now(request, election, page)
    if not valid:
        return check_page(request, election, page, day, form=form, status=422)
    try:
        return redirect(
            once(
                key=form.submission_key,
                by=request.user,
                act=lambda: announced(request, election, page, form),
            )
        )
    except (StaleError, MovedError) as moved:
        fresh = get_election(request.user, election.pk) or election
        said = MOVED if isinstance(moved, MovedError) else CHANGED
        return check_page(request, fresh, page, day, said=said, status=409)
    except ValidationError as wrong:
        say(form, wrong)
        return check_page(request, election, page, day, form=form, status=422)


def announced(request, election, page, form):
    data = form.cleaned_data
    stored = announce(
        election=election,
        said=Announcement(
            announced_on=data["announced_on"],
            term_from=data["term_from"],
            doc_no=data["doc_no"],
            note=data["note"],
            seen=data["seen"],
            roster_stays=data.get("roster_stays", False),
            register_as=data.get("register_as", ""),
        ),
        version=form.opened_version,
        by=request.user,
        on=page.on,
        at=timezone.now(),
    )
    until = f"，任期到{stored.term_until}" if stored.term_until else "，文件未载明任期"
    messages.success(request, f"已公布结果{until}")
    return election_url(stored)


def say(form, wrong):
    if not hasattr(wrong, "error_dict"):
        form.add_error(None, wrong.messages)
        return
    for name, said in wrong.message_dict.items():
        form.add_error(name if name in form.fields else None, said)


def form_of(election, page, shown, data=None):
    """The form below what will happen; the plan that is shown goes along as its fingerprint."""
    day = shown.plan.day if shown else election.held_on
    return ResultForm(
        data,
        held_on=election.held_on or day or page.on,
        registered=shown is None or shown.organisation is not None,
        later=shown is not None and bool(shown.plan.later),
        name=page.community.name,
        initial={
            "announced_on": election.held_on,
            "term_from": day,
            "seen": shown.plan.fingerprint if shown else "",
            "version": election.version,
        },
    )


def check_page(request, election, page, day, *, term=None, form=None, said="", status=200):
    shown = preview(request.user, election, day)
    context = {
        **election_trail(page, election, ("公布结果", "")),
        "said": said,
        "shown": shown,
        "plan": shown.plan,
        "turnout": turnout_of(election),
        "term_form": term or TermForm(initial={"term_from": day}),
        "form": form or form_of(election, page, shown),
        "blocked": bool(shown.plan.mistakes) and not shown.plan.later,
        "cancel_url": election_url(election),
    }
    return render(request, "staffing/elections/result.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@of_election(RECORD)
def election_reopen(request, election, page):
    """Take back a result that was announced by mistake."""
    form = ReasonForm(request.POST or None, initial={"version": election.version})
    if request.method == "POST":
        form.is_valid()
        if led_to := earlier_result(request.user, form.submission_key):
            return redirect(led_to)
    if page.ended or election.state != ElectionState.DONE:
        return not_now(request, election, page)

    def act():
        take_back(
            election=election,
            reason=form.cleaned_data["reason"],
            version=form.opened_version,
            by=request.user,
            on=page.on,
            at=timezone.now(),
        )
        messages.success(request, "已撤回结果，更正以后重新公布")
        return election_url(election)

    undoing = undoing_of(election)
    context = {
        **election_trail(page, election, ("撤回结果", "")),
        "title": "撤回结果",
        "subtitle": page.community.short_name,
        "submit": "撤回结果",
        "cancel_url": election_url(election),
        "form": form,
        "undoing": undoing,
    }
    return reasoned(request, form, act, context)
