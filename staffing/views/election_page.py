"""One election: its page, its steps, its candidates, and that it came to nothing."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.services import once
from communities.selectors.editing import earlier_result
from communities.services.editing import StaleError
from communities.views.editing import edit_page
from staffing.choices import ElectionKind, ElectionState
from staffing.forms.election_rounds import ActForm
from staffing.forms.elections import CandidateForm, ElectionForm, NewCandidateForm, VoidForm
from staffing.forms.persons import GROUPS
from staffing.models import Candidate, Election, Person
from staffing.selectors.election_results import organisation_of
from staffing.selectors.election_rounds import get_election_round
from staffing.selectors.elections import (
    candidates_of,
    namesakes,
    nominees,
    page_of,
    sitting_of,
    suggested_seats,
)
from staffing.services import elections as services
from staffing.services.persons import add_person, find_same
from staffing.views.election_place import (
    CHANGED,
    RECORD,
    acted,
    election_trail,
    election_url,
    ended_page,
    may_record,
    of_community,
    of_election,
    unknown,
)

OPEN = {*ElectionState.values} - {ElectionState.DONE, ElectionState.VOID}
CHANGE_PERSON = "staffing.change_person"


@require_safe
@of_election()
def election(request, election, page):
    records = may_record(page)
    body = organisation_of(election.community)
    done = election.state == ElectionState.DONE
    return render(
        request,
        "staffing/elections/election.html",
        {
            **election_trail(page, election),
            "view": page_of(request.user, election),
            "may_record": records,
            "may_change": records and election.state in OPEN,
            "may_vote": records and election.state in (ElectionState.NOMINATED, ElectionState.HELD),
            "may_announce": records and election.state == ElectionState.HELD,
            "may_take_back": records and done,
            "may_repeat": records and election.state == ElectionState.VOID,
            "no_body": done and body is None and page.may_register,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@of_community(RECORD)
def election_new(request, page):
    if page.ended:
        return ended_page(request, page)
    kind = ElectionKind.BY if request.GET.get("kind") == "by" else ElectionKind.TERM
    one = asked_round(request, page)
    made = Election(community=page.community, kind=kind, round=one, made_by=request.user)

    def save(form):
        stored = services.add_election(
            election=form.instance, by=request.user, on=page.on, at=timezone.now()
        )
        messages.success(
            request, f"已登记{stored.get_kind_display()}，进度：{stored.get_state_display()}"
        )
        return election_url(stored)

    context = {
        **page.context("staff", ("选举", elections_url(page)), ("登记选举", "")),
        "title": "登记选举",
        "subtitle": one.title if one else page.community.short_name,
        "submit": "登记选举",
        "cancel_url": elections_url(page),
        "hints": ["补选只补缺额，任期到本届为止，不重新起算"] if one is None else [],
    }
    seats = suggested_seats(request.user, page.community, kind, page.on)
    return edit_page(
        request,
        ElectionForm,
        made,
        save=save,
        context=context,
        template="communities/parts/edit.html",
        in_round=one is not None,
        initial={"seats": seats, "kind": kind},
    )


def asked_round(request, page):
    """The open round in which an election is held again, as the address says."""
    key = request.GET.get("round", "")
    one = get_election_round(request.user, int(key)) if key.isdecimal() and len(key) < 10 else None
    fits = one is not None and not one.closed_at and page.community.code.startswith(one.code)
    return one if fits else None


def elections_url(page):
    return reverse("staffing:community_elections", args=[page.community.code])


@require_http_methods(["GET", "HEAD", "POST"])
@of_election(RECORD)
def election_edit(request, election, page):
    if page.ended or election.state not in OPEN:
        return not_now(request, election, page)

    def save(form):
        stored = services.change_election(
            election=form.instance,
            fields=form.written,
            version=form.opened_version,
            on=page.on,
            reason=form.reason,
        )
        messages.success(request, f"已保存，进度：{stored.get_state_display()}")
        return election_url(stored)

    context = {
        **election_trail(page, election, ("登记进度", "")),
        "title": "登记进度",
        "subtitle": page.community.short_name,
        "submit": "保存进度",
        "cancel_url": election_url(election),
    }
    seats = suggested_seats(request.user, page.community, election.kind, page.on)
    initial = {} if election.seats else {"seats": seats}
    return edit_page(
        request,
        ElectionForm,
        election,
        save=save,
        context=context,
        template="communities/parts/edit.html",
        initial=initial,
    )


def not_now(request, election, page):
    """Back to an election that takes nothing any more."""
    if page.ended:
        return ended_page(request, page)
    messages.warning(request, f"选举现在是“{election.get_state_display()}”，不再修改")
    return redirect(election_url(election))


@require_http_methods(["GET", "HEAD", "POST"])
@of_election(RECORD)
def election_void(request, election, page):
    if page.ended or election.state not in OPEN:
        return not_now(request, election, page)
    form = VoidForm(request.POST or None, initial={"version": election.version})

    def act():
        services.declare_void(
            election=election,
            voided_on=form.cleaned_data["voided_on"],
            reason=form.cleaned_data["reason"],
            version=form.opened_version,
            on=page.on,
        )
        messages.success(request, "已登记选举未成，可以重新组织选举")
        return election_url(election)

    context = {
        **election_trail(page, election, ("选举未成", "")),
        "title": "登记选举未成",
        "subtitle": page.community.short_name,
        "submit": "登记选举未成",
        "cancel_url": election_url(election),
        "form": form,
    }
    return reasoned(request, form, act, context)


def reasoned(request, form, act, context):
    """Show or take a form of an act on an election; 422 with what is wrong."""
    template = "staffing/elections/act.html"
    if request.method != "POST":
        return render(request, template, context)
    if form.is_valid():
        try:
            return redirect(once(key=form.submission_key, by=request.user, act=act))
        except StaleError:
            form.add_error(None, CHANGED)
        except ValidationError as wrong:
            form.add_error(None, wrong.messages)
    return render(request, template, context, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@of_election()
def candidates(request, election, page):
    """The list of candidates, and a form that adds one from the roster."""
    open_to = may_record(page) and election.state in OPEN
    people = nominees(request.user, page.community, page.on)
    if request.method == "POST" and not open_to:
        return not_now(request, election, page)
    form = CandidateForm(request.POST or None, people=people)
    status = 200
    if request.method == "POST":
        answer = nominated(request, election, page, form)
        if answer is not None:
            return answer
        status = 422
    context = {
        **election_trail(page, election, ("候选人", "")),
        "rows": candidates_of(request.user, election),
        "form": form if open_to else None,
        "act_form": ActForm(),
        "may_register_person": open_to and request.user.has_perm(CHANGE_PERSON),
    }
    return render(request, "staffing/elections/candidates.html", context, status=status)


def nominated(request, election, page, form):
    """Add the candidate of a form and answer; None where the form has mistakes."""
    if not form.is_valid():
        return None
    person = person_of(request, page, form)
    if person is None:
        return None

    def act():
        made = services.add_candidate(
            election=election,
            person=person,
            post=form.cleaned_data["post"],
            lives_here=residence_of(page, person),
            on=page.on,
        )
        messages.success(request, f"已加入候选人，竞选{made.get_post_display()}")
        return reverse("staffing:candidates", args=[election.pk])

    try:
        return redirect(once(key=form.submission_key, by=request.user, act=act))
    except ValidationError as wrong:
        form.add_error(None, wrong.messages)
        return None


def residence_of(page, person):
    """Where a member of the committee lives is known from the post."""
    sitting = sitting_of(page.community, page.on)
    return next((one.lives_here for one in sitting if one.person == person.pk), None)


def person_of(request, page, form):
    """The person that a form means; None with the form telling why."""
    street = page.community.code[:9]
    files = Person.objects.for_user(request.user).filter(code=street)
    if chosen := form.cleaned_data["person"]:
        return files.filter(pk=chosen).first()
    found = namesakes(request.user, street, form.cleaned_data["name"], page.on)
    if len(found) == 1:
        return files.get(pk=found[0].pk)
    if found:
        form.offer(found)
        form.add_error("person", f"有{len(found)}个同名的人。按出生年月和职务选择一个")
    else:
        said = f"本街道没有登记“{form.cleaned_data['name']}”。核对姓名，或登记新人员"
        form.add_error("name", said)
    return None


@require_http_methods(["GET", "HEAD", "POST"])
@of_election(RECORD, CHANGE_PERSON)
def candidate_new(request, election, page):
    """A candidate who has no file yet: the file is made with the candidacy."""
    if page.ended or election.state not in OPEN:
        return not_now(request, election, page)
    form = NewCandidateForm(request.POST or None)

    def act():
        street = page.community.code[:9]
        number = form.cleaned_data["identity_number"]
        person = find_same(code=street, identity_number=number)
        known = person is not None
        person = person or add_person(
            code=street,
            values=form.person_values,
            identity_number=number,
            phone=form.cleaned_data["phone"],
            by=request.user,
            at=timezone.now(),
            is_demo=page.community.is_demo,
        )
        made = services.add_candidate(
            election=election,
            person=person,
            post=form.cleaned_data["post"],
            lives_here=form.lives_there,
            on=page.on,
        )
        filed = "（这个证件号码已登记，用原有登记）" if known else ""
        messages.success(request, f"已加入候选人，竞选{made.get_post_display()}{filed}")
        return reverse("staffing:candidates", args=[election.pk])

    context = {
        **election_trail(
            page,
            election,
            ("候选人", reverse("staffing:candidates", args=[election.pk])),
            ("登记新人员", ""),
        ),
        "title": "登记新人员并加入候选人",
        "subtitle": page.community.short_name,
        "submit": "加入候选人",
        "cancel_url": reverse("staffing:candidates", args=[election.pk]),
        "form": form,
        "groups": [
            (legend, [form[name] for name in names])
            for legend, names in (("候选", ("post", "lives_here")), *GROUPS)
        ],
    }
    return reasoned(request, form, act, context)


@require_POST
@of_election(RECORD)
def candidate_remove(request, election, page, candidate):
    found = Candidate.objects.for_user(request.user).filter(election=election, pk=candidate)
    one = found.select_related("person", "election").first()
    back = reverse("staffing:candidates", args=[election.pk])
    if page.ended or election.state not in OPEN:
        return not_now(request, election, page)
    form = ActForm(request.POST)

    def act():
        services.remove_candidate(candidate=one, on=page.on)
        messages.success(request, "已移出候选人")
        return back

    if one is None:
        form.is_valid()
        # sent twice: the second time there is nobody to strike
        led_to = earlier_result(request.user, form.submission_key)
        return redirect(led_to) if led_to else unknown(request)
    return acted(request, form, act)
