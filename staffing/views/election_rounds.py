"""Rounds of elections: opened, followed by division, filled up, reminded, changed, closed."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.choices import AccessAct
from accounts.scope import CITY, DISTRICT, STREET, contains
from accounts.services import once
from accounts.sessions import record_request
from communities.selectors.places import division_names
from communities.services.editing import StaleError
from communities.views.editing import edit_page
from communities.views.responses import table_response
from staffing.choices import ElectionState
from staffing.forms.election_rounds import ActForm, ElectionRoundForm
from staffing.models import ElectionRound
from staffing.selectors import election_rounds as rounds
from staffing.selectors.elections import turnout_of
from staffing.services import election_rounds as services
from staffing.tables import elections as tables
from staffing.views.election_place import CHANGED, EXPORT, RUN, TRAIL, VIEW, of_round, unknown

NAMED = 3
# the steps as heads of narrow columns
SHORT = {
    ElectionState.PLANNED: "未开始",
    ElectionState.COMMITTEE: "选委会",
    ElectionState.REGISTERED: "登记",
    ElectionState.NOMINATED: "提名",
    ElectionState.HELD: "投票",
    ElectionState.DONE: "公布",
    ElectionState.VOID: "未成",
}


def division_of(request, one):
    """The part of a round that is shown: of the scope, or what the address names in it."""
    widest = rounds.part_of(request.user, one)
    asked = request.GET.get("division", "")
    inside = asked.isdecimal() and len(asked) in (DISTRICT, STREET)
    return asked if inside and contains(widest, asked) else widest


@require_safe
@of_round()
def election_round(request, one):
    return shown(request, one)


def shown(request, one, *, said="", status=200):
    """The page of a round in a division; `said` is why an act on it was not done."""
    user, on = request.user, timezone.localdate()
    division = division_of(request, one)
    progress = rounds.progress_of(user, one, division, on)
    runs = rounds.may_run(user, one)
    names = division_names({one.code, *(division[:n] for n in (DISTRICT, STREET))}, on)
    steps = [division[:n] for n in (DISTRICT, STREET) if len(one.code) < n <= len(division)]
    address = services.address_of(one)
    context = {
        "one": one,
        "said": said,
        "unit": names.get(one.code, one.code),
        "place": names.get(division, division),
        "trail": [
            TRAIL,
            {"label": one.title, "url": address if steps else ""},
            *(
                {
                    "label": names.get(code, code),
                    "url": "" if code == division else f"{address}?division={code}",
                }
                for code in steps
            ),
        ],
        "progress": progress,
        "labels": SHORT.values(),
        "by_district": len(division) == CITY,
        "late": rounds.is_late(one, on) and not one.closed_at,
        "days_left": (one.closes_on - on).days,
        "may_run": runs and not one.closed_at,
        "may_export": user.has_perm(EXPORT),
        "form": ActForm(initial={"version": one.version}),
        "on": on,
        "demo": one.is_demo,
        "division": division,
    }
    if len(division) >= STREET:
        found = rounds.elections_in(one, division, on)
        context["rows"] = [{"one": each, "turnout": turnout_of(each)} for each in found]
    return render(request, "staffing/elections/round.html", context, status=status)


@require_safe
@of_round()
def election_round_xlsx(request, one):
    """The progress by division, or of a street's communities."""
    if not request.user.has_perm(EXPORT):
        raise PermissionDenied
    on = timezone.localdate()
    division = division_of(request, one)
    name = f"换届进度-{division}-{on}"
    record_request(request, AccessAct.EXPORT, target=f"{name}.xlsx")
    notes = [one.title, *tables.notes(request.user, on)]
    if request.GET.get("view") == "community" or len(division) >= STREET:
        found = rounds.elections_in(one, division, on)
        streets = division_names({each.code[:STREET] for each in found}, on)
        lines = tables.community_rows(found, streets)
        return table_response(name, "xlsx", tables.COMMUNITIES, lines, notes, tables.DUE_LAYOUT)
    progress = rounds.progress_of(request.user, one, division, on)
    lines = tables.round_rows(progress)
    return table_response(name, "xlsx", tables.ROUND, lines, notes, tables.round_layout(progress))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required([VIEW, RUN], raise_exception=True)
def election_round_new(request):
    user, on = request.user, timezone.localdate()
    if len(user.scope) not in (CITY, DISTRICT):
        raise PermissionDenied
    one = ElectionRound(code=user.scope, made_by=user)

    def save(form):
        number = services.open_round(one=form.instance, by=user, on=on, at=timezone.now())
        told = f"已部署“{form.instance.title}”，列入{number}个社区，街道经办人已收到消息"
        messages.success(request, told)
        return services.address_of(form.instance)

    context = {
        "title": "部署换届",
        "subtitle": user.office,
        "submit": "部署换届",
        "hints": ["保存以后，辖区内每个设有居委会的社区都列入一次换届选举"],
        "cancel_url": reverse("staffing:elections"),
        "trail": [TRAIL, {"label": "部署换届", "url": ""}],
    }
    return edit_page(request, ElectionRoundForm, one, save=save, context=context)


@require_http_methods(["GET", "HEAD", "POST"])
@of_round(own=True)
def election_round_edit(request, one):
    back = services.address_of(one)
    if one.closed_at:
        messages.warning(request, "这次换届已结束，不再修改")
        return redirect(back)

    def save(form):
        try:
            services.change_round(
                one=form.instance,
                fields=form.written,
                version=form.opened_version,
                reason=form.reason,
            )
        except services.RoundError as wrong:
            raise ValidationError(str(wrong)) from wrong
        messages.success(request, f"已保存“{form.instance.title}”")
        return back

    context = {
        "title": "修改换届",
        "subtitle": one.title,
        "submit": "保存修改",
        "cancel_url": back,
        "trail": [TRAIL, {"label": one.title, "url": back}, {"label": "修改换届", "url": ""}],
    }
    return edit_page(request, ElectionRoundForm, one, save=save, context=context)


def take(request, one, act):
    """Do an act once and go back to the round; 409 with its page where it is not done."""
    form = ActForm(request.POST)
    form.is_valid()

    def done():
        act(form)
        return services.address_of(one)

    try:
        return redirect(once(key=form.submission_key, by=request.user, act=done))
    except (StaleError, services.RoundError) as wrong:
        said = CHANGED if isinstance(wrong, StaleError) else str(wrong)
        fresh = rounds.get_election_round(request.user, one.pk)
        return unknown(request) if fresh is None else shown(request, fresh, said=said, status=409)


@require_POST
@of_round(own=True)
def election_round_close(request, one):
    def act(form):
        services.close_round(one=one, version=form.opened_version, at=timezone.now())
        messages.success(request, f"已结束“{one.title}”，不再催办和补入")

    return take(request, one, act)


@require_POST
@of_round(own=True)
def election_round_fill(request, one):
    def act(form):
        number = services.fill_round(
            one=one, by=request.user, on=timezone.localdate(), at=timezone.now()
        )
        messages.success(request, f"已补入{number}个社区" if number else "没有要补入的社区")

    return take(request, one, act)


@require_POST
@of_round(own=True)
def election_round_remind(request, one):
    on = timezone.localdate()

    def act(form):
        told = services.remind(one=one, by=request.user, on=on, at=timezone.now())
        names = division_names(set(told[:NAMED]), on)
        more = f"等{len(told)}个街道" if len(told) > NAMED else ""
        listed = "、".join(names.get(code, code) for code in told[:NAMED])
        messages.success(request, f"已催办{listed}{more}")

    return take(request, one, act)
