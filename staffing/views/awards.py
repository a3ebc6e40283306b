"""奖励: the awards of a scope, a new one, its page and its decision."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.services import once
from communities.choices import DecisionState
from communities.services.editing import StaleError
from communities.views.editing import edit_page
from staffing.forms.awards import STATES, AwardFilter, AwardForm, AwardStepForm
from staffing.models import Award
from staffing.rules.pay_months import month_text
from staffing.selectors.awards import (
    award_year,
    awards_for,
    communities_of,
    find_award,
    kinds_for,
    period_text,
)
from staffing.selectors.pay import person_year
from staffing.services.awards import decide_award, propose_award
from staffing.tables.roster import name_of
from staffing.views.pay import RECORD, SEE_PERSONS, VIEW
from staffing.views.persons import of_person, trail_to, unknown

DECIDE = "staffing.decide_award"
PAGE_SIZE = 50
TONES = {
    DecisionState.PROPOSED: "warn",
    DecisionState.APPROVED: "ok",
    DecisionState.REFUSED: "bad",
}
TRAIL = {"label": "奖励", "url": "/staff/awards/"}
CHANGED = "你打开以后，这件奖励有了新的办理。看过最新情况再办理"


def tone_of(award):
    return TONES.get(DecisionState(award.state), "")


@require_safe
@permission_required([VIEW, SEE_PERSONS], raise_exception=True)
def awards(request):
    form = AwardFilter(request.GET)
    year, state = form.chosen("year"), form.chosen("state") or ""
    found = awards_for(request.user, year=year, state=state)
    listed = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    present = timezone.localdate().year
    return render(
        request,
        "staffing/awards/list.html",
        {
            "page": listed,
            "rows": [
                {"award": one, "name": name_of(one.person), "tone": tone_of(one)}
                for one in listed.object_list
            ],
            "ignored": form.ignored,
            "chosen_year": year,
            "chosen_state": state,
            "offered_years": sorted({present, present - 1, present - 2, year or present})[::-1],
            "states": [{"value": one.value, "label": one.label} for one in STATES],
            "may_record": request.user.has_perm(RECORD),
            "demo": any(one.is_demo for one in listed.object_list),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@of_person(VIEW, SEE_PERSONS, RECORD)
def award_new(request, person):
    user, today = request.user, timezone.localdate()
    address = reverse("staffing:person_pay", args=[person.pk])
    communities = communities_of(user, person)
    kinds = kinds_for([one.code for one in communities], today)
    if person.purged_at is not None:
        messages.warning(request, "个人信息已按保存期限清除，登记不再修改")
        return redirect(address)
    if not kinds:
        messages.warning(request, "这里执行的文件没有规定奖励，不能申报")
        return redirect(address)

    def save(form):
        waiting = f"{reverse('staffing:awards')}?state={DecisionState.PROPOSED.value}"
        award = propose_award(award=form.instance, by=user, at=timezone.now(), url=waiting)
        messages.success(request, f"已申报{award}，等待区里批准")
        return reverse("staffing:award", args=[award.pk])

    return edit_page(
        request,
        AwardForm,
        Award(person=person, year=today.year - 1),
        save=save,
        context={
            "title": "申报奖励",
            "subtitle": name_of(person),
            "submit": "申报奖励",
            "trail": trail_to(person, "申报奖励"),
            "cancel_url": address,
            "hints": ["金额按文件的条款测算，不在这里填写"],
            "demo": person.is_demo,
        },
        communities=communities,
        kinds=kinds,
    )


@require_safe
@permission_required([VIEW, SEE_PERSONS], raise_exception=True)
def award(request, pk):
    found = find_award(request.user, pk)
    return unknown(request) if found is None else shown(request, found)


def shown(request, found, *, said="", status=200):
    """The page of an award; `said` is why a decision was not taken."""
    user, mine = request.user, found.made_by_id == request.user.pk
    made = person_year(user, found.person, found.starts_on.year, proposed=found)
    cost = award_year(made, found)
    context = {
        "award": found,
        "name": name_of(found.person),
        "tone": tone_of(found),
        "said": said,
        "trail": [TRAIL, {"label": f"{name_of(found.person)} {found}", "url": ""}],
        "cost": cost,
        "months": month_text(cost.months) if cost else "—",
        "period": period_text(found.kind),
        "mine": mine,
        "may_decide": found.state == DecisionState.PROPOSED and not mine and user.has_perm(DECIDE),
        "form": AwardStepForm(award=found),
        "demo": found.is_demo,
    }
    return render(request, "staffing/awards/award.html", context, status=status)


@require_POST
@permission_required([VIEW, SEE_PERSONS, DECIDE], raise_exception=True)
def award_decide(request, pk):
    """Decide once and go back to the award; 409 or 422 with its page where it is not done."""
    found = find_award(request.user, pk)
    if found is None:
        return unknown(request)
    form = AwardStepForm(request.POST, award=found)
    if not form.is_valid():
        said = "；".join(str(error) for errors in form.errors.values() for error in errors)
        return shown(request, found, said=said, status=422)
    url = reverse("staffing:award", args=[pk])

    def act():
        approved = form.cleaned_data["approved"] == "yes"
        decide_award(
            award=found,
            version=form.opened_version,
            approved=approved,
            decision=form.cleaned_data["decision"],
            by=request.user,
            at=timezone.now(),
            url=url,
        )
        told = "已批准奖励，申报人已收到消息" if approved else "已告知申报人不予批准"
        messages.success(request, told)
        return url

    try:
        return redirect(once(key=form.submission_key, by=request.user, act=act))
    except StaleError:
        return shown(request, find_award(request.user, pk), said=CHANGED, status=409)
    except ValidationError as wrong:
        said = "；".join(wrong.messages)
        return shown(request, find_award(request.user, pk), said=said, status=409)
