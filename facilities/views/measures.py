"""达标计划项目: adding, changing and deleting a measure, and reporting how far it is."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.scope import contains
from collection.views.acting import act_once
from communities.choices import CommitteeKind, DecisionState
from communities.models import Community
from communities.services.editing import StaleError
from communities.views.editing import edit_page
from facilities.choices import Means, ProjectState
from facilities.forms.measures import MeasureForm, ProgressForm
from facilities.forms.plans import StepForm
from facilities.models import Premises, Project, SpaceMeasure
from facilities.selectors.areas import square_metres
from facilities.selectors.measures import measures_for
from facilities.selectors.measures_suggested import parts_of, suggest
from facilities.selectors.plans import EDITABLE, find_plan
from facilities.selectors.plans_standing import get_standings
from facilities.services.plans import (
    DECIDER_ADJUSTS,
    LOCKED,
    delete_measure,
    report_progress,
    save_measure,
)
from facilities.views.plans import CHANGED, PROPOSE, REPORT, may_write, trail_to, unknown

TEMPLATE = "facilities/plans/measure.html"


def find_measure(user, pk):
    """A measure of the scope with the plan, as far as the person may read that; else None."""
    record = measures_for(user).filter(pk=pk).first()
    plan = None if record is None else find_plan(user, record.plan_id)
    if plan is None:
        return None
    record.plan = plan
    return record


def locked(request, plan):
    """Why measures of a plan are not changed by this person now; '' where they are."""
    if plan.state == DecisionState.APPROVED:
        return DECIDER_ADJUSTS if plan.decided_by_id == request.user.pk else ""
    return "" if plan.state in EDITABLE else LOCKED


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(PROPOSE, raise_exception=True)
def measure_new(request, pk):
    plan = find_plan(request.user, pk)
    if plan is None or not may_write(request.user, plan):
        return unknown(request)
    return measure_page(request, SpaceMeasure(plan=plan, is_demo=plan.is_demo), "加入项目")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(PROPOSE, raise_exception=True)
def measure_edit(request, pk):
    record = find_measure(request.user, pk)
    if record is None or not may_write(request.user, record.plan):
        return unknown(request)
    return measure_page(request, record, "修改项目")


def measure_page(request, record, title):
    """The form of a measure; “suggest” fills in what a clause gives, and stores nothing."""
    plan, user, on = record.plan, request.user, timezone.localdate()
    url = reverse("facilities:plan", args=[plan.pk])
    if said := locked(request, plan):
        messages.warning(request, said)
        return redirect(url)
    communities = Community.objects.for_user(user).under(plan.code).as_of(on)
    communities = communities.filter(committee_kind=CommitteeKind.RESIDENTS).order_by("code")
    standings = get_standings(user, plan.code, on)
    if record.pk is None:
        prefill(record, communities, standings, request.GET.get("community", ""))
    projects = Project.objects.for_user(user).under(plan.code)
    more = {
        "communities": communities,
        "projects": projects.exclude(state=ProjectState.CANCELLED).order_by("code", "name"),
        "standings": standings.by_key,
    }
    chosen = standings.by_key.get(record.community_id)
    context = {
        "title": title,
        "subtitle": record.community.short_name if record.pk else plan.title,
        "submit": "保存项目",
        "trail": trail_to((plan.title, url), (title, "")),
        "cancel_url": url,
        "chosen": chosen,
        "standings": standings,
        "adjusting": plan.state == DecisionState.APPROVED,
        "delete_form": StepForm(version=record.version)
        if record.pk and plan.state in EDITABLE
        else None,
        "measure": record,
        "demo": plan.is_demo or standings.assessment.register.is_demo,
    }
    if request.method == "POST" and "suggest" in request.POST:
        return suggested(request, record, context, more)

    def save(form):
        stored = save_measure(
            measure=form.instance,
            fields=form.written,
            version=form.opened_version,
            reason=form.reason,
            by=user,
            at=timezone.now(),
        )
        name = stored.community.short_name
        messages.success(request, f"已保存{name}{stored.year}年{stored.get_means_display()}项目")
        return url

    return edit_page(
        request, MeasureForm, record, save=save, context=context, template=TEMPLATE, **more
    )


def prefill(record, communities, standings, code):
    """Take the community of the address, and what it lacks as the area."""
    found = communities.filter(code=code).first() if code.isdigit() else None
    if found is None:
        return
    record.community = found
    standing = standings.by_key.get(found.pk)
    if standing is not None and standing.is_short:
        record.area_m2 = square_metres(standing.gap)


def suggested(request, record, context, more):
    """The form with what a clause gives for its community, means, year and area filled in."""
    form = MeasureForm(request.POST, instance=record, **more)
    form.is_valid()
    given, data = form.cleaned_data, request.POST.copy()
    community = given.get("community")
    standing = context["standings"].by_key.get(community.pk) if community else None
    if not given.get("area_m2") and standing is not None and standing.is_short:
        given["area_m2"] = square_metres(standing.gap)
        data["area_m2"] = f"{given['area_m2']:f}"
    asked = ("community", "means", "year", "area_m2")
    missing = [str(form.fields[name].label) for name in asked if not given.get(name)]
    if missing:
        context["told"] = f"先填{'、'.join(missing)}，才能测算费用"
    else:
        context |= estimated(given, data, record.plan.last_year)
    # not validated: nothing was sent to be stored
    typed = {name: data.get(name) for name in data if name not in ("key", "version")}
    filled = MeasureForm(instance=record, initial=typed, **more)
    for name in ("key", "version"):
        filled.fields[name].initial = data.get(name)
    return render(request, TEMPLATE, {**context, "form": filled, "chosen": standing})


def estimated(given, data, last_year):
    """What to tell of the cost of a measure; the sums go into the posted data."""
    area, today = int(given["area_m2"].scaleb(2)), timezone.localdate()
    years = given["year"], last_year
    found = suggest(given["means"], given["community"].code, area, years, today)
    if found is None:
        label = Means(given["means"]).label
        return {"told": f"执行的文件没有规定{label}的补助，费用由你填写"}
    if found.cost is not None:
        data["total_yuan"] = f"{found.cost:f}"
        for name, part in parts_of(found).items():
            data[f"{name}_yuan"] = f"{part:f}" if part else ""
    return {"suggestion": found}


@require_POST
@permission_required(PROPOSE, raise_exception=True)
def measure_delete(request, pk):
    record = find_measure(request.user, pk)
    if record is None or not may_write(request.user, record.plan):
        return unknown(request)
    url = reverse("facilities:plan", args=[record.plan_id])
    form = StepForm(request.POST, version=record.version)
    form.is_valid()

    def act():
        delete_measure(
            measure=record, version=form.opened_version, by=request.user, at=timezone.now()
        )
        messages.success(request, f"已删去{record.community.short_name}{record.year}年的项目")
        return url

    try:
        return redirect(act_once(request, form.submission_key, act))
    except StaleError:
        messages.error(request, CHANGED)
    except ValidationError as wrong:
        messages.error(request, "；".join(wrong.messages))
    return redirect(url)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(REPORT, raise_exception=True)
def measure_progress(request, pk):
    record, user = find_measure(request.user, pk), request.user
    if record is None:
        return unknown(request)
    plan, url = record.plan, reverse("facilities:plan", args=[record.plan_id])
    if plan.state != DecisionState.APPROVED:
        messages.warning(request, "计划批准以后才登记进度")
        return redirect(url)
    wide = contains(user.scope, plan.code)
    premises = Premises.objects.for_user(user).filter(shares__community=record.community)

    def save(form):
        stored = report_progress(
            measure=form.instance,
            fields=form.written,
            version=form.opened_version,
            reason=form.reason,
            wide=wide,
            by=user,
            at=timezone.now(),
        )
        name = stored.community.short_name
        messages.success(request, f"已保存{name}的进度：{stored.get_state_display()}")
        return url

    return edit_page(
        request,
        ProgressForm,
        record,
        save=save,
        context={
            "title": "登记进度",
            "subtitle": f"{record.community.short_name}{record.year}年"
            f"{record.get_means_display()}，计划新增{record.area_m2:,}㎡",
            "submit": "保存进度",
            "trail": trail_to((plan.title, url), ("登记进度", "")),
            "cancel_url": url,
            "demo": record.is_demo,
        },
        premises=premises.distinct().order_by("name"),
        wide=wide,
    )
