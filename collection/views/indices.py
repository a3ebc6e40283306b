"""Pages of index series: figures by division and year, what is missing, entry, import, export."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.choices import AccessAct
from accounts.scope import DISTRICT, WHOLE_COUNTRY
from accounts.services import once
from accounts.sessions import record_request
from collection.forms.indices import FigureForm, FiguresForm, as_block
from collection.selectors.indices import (
    LENGTHS,
    NATION,
    divisions_of,
    figure_history,
    figure_lines,
    figures_below,
    figures_for_export,
    find_figure,
    grouped,
    may_see,
)
from collection.selectors.missing import may_enter, missing_indices
from collection.tables.indices import HEADINGS, index_lines
from communities.forms.ledger import PeriodForm
from communities.selectors.assessment import get_assessment, read_present
from communities.selectors.editing import earlier_result
from communities.selectors.frame import get_frame
from communities.selectors.places import division_names
from communities.views.responses import frame_context, table_response
from policy.engine.catalogue import catalogue
from policy.models import IndexValue
from policy.services import (
    StaleFigureError,
    StaleSeriesError,
    content_of,
    import_rows,
    preview_rows,
    save_figure,
)

PAGE_SIZE = 50
SHOWN = 50
VIEW, ADD = "policy.view_indexvalue", "policy.add_indexvalue"
CHANGE, IMPORT = "policy.change_indexvalue", "policy.import_indexvalue"
DEMO_SOURCE = "演示数据"


def unknown(request):
    """The same answer for what does not exist and for what lies outside the user's scope."""
    return render(request, "404.html", status=404)


def own_division(user):
    """The division whose figures are a user's own: a street's office looks at its district."""
    return "" if user.scope == WHOLE_COUNTRY else user.scope[:DISTRICT]


def address(division, year, **more):
    query = urlencode({"division": division, "year": year, **more})
    return f"{reverse('collection:indices')}?{query}"


def trail_of(title, division, year):
    return [{"label": "指数", "url": address(division, year)}, {"label": title, "url": ""}]


def is_seen(user, division):
    """Whether an address names a division that has figures and that a user may look at."""
    digits = division.isascii() and division.isdigit()
    return len(division) in (0, *LENGTHS) and (digits or not division) and may_see(user, division)


class IndexPage:
    """Division and year of a page, its frame, and the assessment of the user's scope."""

    def __init__(self, request):
        self.request, self.user = request, request.user
        self.present = read_present()
        self.period = PeriodForm(request.GET, self.present.versions.years)
        self.year, self.on = self.period.chosen_year, self.period.chosen_on
        self.division = request.GET.get("division", own_division(self.user))
        self.seen = is_seen(self.user, self.division)

    def context(self):
        user, scope = self.user, self.user.scope
        frame = get_frame(scope, self.year, self.present.versions.years, self.on)
        assessment = get_assessment(user, scope, self.year, self.on, self.present)
        gaps = missing_indices(assessment, scope)
        places = divisions_of(user, self.division, self.on)
        names = {one.code: one.name for one in places}
        names |= division_names({one.division for one in gaps[:SHOWN]} - names.keys(), self.on)
        inside = may_enter(scope, self.division)
        return {
            **frame_context(frame, assessment),
            "demo": assessment.register.is_demo,
            "ignored": self.period.ignored,
            "division": self.division,
            "division_name": names.get(self.division, self.division),
            "places": places,
            "gaps": [
                {
                    "gap": one,
                    "name": names.get(one.division, one.division),
                    "url": self._entry(one) if may_enter(scope, one.division) else "",
                }
                for one in gaps[:SHOWN]
            ],
            "gap_count": len(gaps),
            "may_add": inside and user.has_perm(ADD),
            "may_change": inside and user.has_perm(CHANGE),
            "may_import": user.has_perm(IMPORT),
        }

    def _entry(self, gap):
        if not self.user.has_perm(ADD):
            return ""
        query = {"division": gap.division, "series": gap.series, "year": gap.year}
        return f"{reverse('collection:index_new')}?{urlencode(query)}"


@require_safe
@permission_required(VIEW, raise_exception=True)
def indices(request):
    page = IndexPage(request)
    if not page.seen:
        return unknown(request)
    context = page.context()
    below = figures_below(request.user, page.division, page.year)
    listed = Paginator(below, PAGE_SIZE).get_page(request.GET.get("page"))
    series = request.GET.get("series", "")
    known = catalogue().series.get(series)
    names = division_names({one.division_code for one in listed.object_list} - {""}, page.on)
    lines = figure_lines(request.user, page.division, page.year, page.on)
    return render(
        request,
        "collection/indices/list.html",
        {
            **context,
            "demo": context["demo"] or any(_is_demo(one.own or one.above) for one in lines),
            "lines": lines,
            "page": listed,
            "below": [
                (one, names.get(one.division_code, one.division_code), grouped(one))
                for one in listed
            ],
            "series": known,
            "history": figure_history(request.user, page.division, series) if known else [],
        },
    )


def _is_demo(figure):
    return figure is not None and figure.source == DEMO_SOURCE


def places_of(user, on, division):
    """The divisions for which a user may enter figures; the chosen one is among them."""
    return [one for one in divisions_of(user, division, on) if may_enter(user.scope, one.code)]


def initial_of(request):
    """What the address says of a new figure; anything that cannot be is left to be chosen."""
    query = request.GET
    year, series = query.get("year", ""), query.get("series", "")
    return {
        "division_code": query.get("division", own_division(request.user)),
        "series": series if series in catalogue().series else "",
        "year": int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(ADD, raise_exception=True)
def index_new(request):
    start = initial_of(request)
    division = start["division_code"]
    if not is_seen(request.user, division):
        return unknown(request)
    return figure_page(request, IndexValue(), "录入指数", start)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(CHANGE, raise_exception=True)
def index_edit(request, pk):
    figure = find_figure(request.user, pk)
    return figure_page(request, figure, "修改指数", {}) if figure else unknown(request)


def figure_page(request, figure, title, start):
    """The form of one figure: 422 with what is wrong, 409 where somebody stored another one."""
    user, on = request.user, timezone.localdate()
    division = figure.division_code if figure.pk else start["division_code"]
    places = [] if figure.pk else places_of(user, on, division)
    seen = content_of(figure)
    if request.method != "POST":
        form = FigureForm(instance=figure, initial=start, places=places, seen=seen)
        return form_page(request, form, figure, title)
    form = FigureForm(request.POST, instance=figure, initial=start, places=places)
    if form.is_valid():
        try:
            return redirect(
                once(key=form.submission_key, by=user, act=lambda: keep(request, form, on))
            )
        except StaleFigureError as stale:
            return stale_page(request, form, stale.present, title, places)
        except ValidationError as wrong:
            for name, told in wrong.message_dict.items():
                form.add_error(name if name in form.fields else None, told)
    elif led_to := earlier_result(user, form.submission_key):
        return redirect(led_to)
    return form_page(request, form, figure, title, status=422)


def keep(request, form, on):
    """Store the figure of a form; return where its page is."""
    figure = save_figure(
        figure=form.instance,
        seen=form.cleaned_data["seen"],
        on=on,
        within=request.user.scope,
        reason=form.cleaned_data["reason"],
    )
    messages.success(request, f"已保存{figure.year}年{figure.get_series_display()}")
    return address(figure.division_code, figure.year, series=figure.series)


def stale_page(request, form, present, title, places):
    """What somebody else stored stands above what was typed; saving again replaces it."""
    data = form.data.copy()
    data["seen"] = content_of(present)
    again = FigureForm(data, instance=form.instance, places=places)
    again.is_valid()
    again.add_error(
        None,
        f"这个指数已经有人存为{present.plain_value}{present.unit}（{present.source}）。"
        "核对后再保存，以你填的为准",
    )
    return form_page(request, again, form.instance, title, status=409)


def form_page(request, form, figure, title, status=200):
    known = bool(form.instance.pk)
    division = figure.division_code or form.initial.get("division_code") or ""
    year = figure.year or form.initial.get("year") or timezone.localdate().year
    names = {"": NATION.name} | division_names({division} - {""}, timezone.localdate())
    place = names.get(division, division)
    return render(
        request,
        "collection/indices/edit.html",
        {
            "form": form,
            "title": title,
            "subtitle": f"{place} {year}年 {figure.get_series_display()}" if known else "",
            "trail": trail_of(title, division, year),
            "cancel_url": address(division, year),
        },
        status=status,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(IMPORT, raise_exception=True)
def indices_import(request):
    """Look at a block or a file, mend it in place, and take what has been looked at."""
    if request.method != "POST":
        return import_page(request, FiguresForm())
    form = FiguresForm(request.POST, request.FILES)
    if not form.is_valid():
        return import_page(request, form, status=422)
    if "take" in request.POST and (led_to := earlier_result(request.user, form.submission_key)):
        return redirect(led_to)
    rows, within = form.cleaned_data["rows"], request.user.scope
    on, reason = timezone.localdate(), form.cleaned_data["reason"]
    preview = preview_rows(rows, within=within, on=on)
    ready = preview.can_import and (reason or not preview.unlikely)
    # what a file holds can be mended in the box as well
    data = {"block": as_block(rows), "reason": reason}
    if ready and "take" in request.POST:
        try:
            led_to = once(
                key=form.submission_key,
                by=request.user,
                act=lambda: take(request, rows, on=on, reason=reason),
            )
        except StaleSeriesError as stale:
            again = FiguresForm({**data, "key": request.POST.get("key", "")})
            again.is_valid()
            again.add_error(None, "要导入的和你看过的不同：框里改过，或有人改了指数。核对后再导入")
            return import_page(request, again, stale.preview, status=409)
        return redirect(led_to)
    if preview.unlikely and not reason and "take" in request.POST:
        again = FiguresForm({**data, "key": request.POST.get("key", "")})
        again.is_valid()
        again.add_error("reason", "有与上年或上级相差较大的数。核对后写明原因，或改正")
    else:
        again = FiguresForm(initial=data)
    wrong = preview.wrong or again.errors
    return import_page(request, again, preview, status=422 if wrong else 200)


def take(request, rows, *, on, reason):
    seen = request.POST.get("shown")
    done = import_rows(rows, within=request.user.scope, on=on, reason=reason, seen=seen)
    record_request(request, AccessAct.IMPORT, target="指数")
    messages.success(request, f"已导入{len(done.new)}个指数，改动{len(done.changed)}个")
    years = [one.year for one in [*done.new, *(one.figure for one in done.changed)]]
    return address(own_division(request.user), max(years))


def import_page(request, form, preview=None, status=200):
    today = timezone.localdate()
    division = own_division(request.user)
    return render(
        request,
        "collection/indices/import.html",
        {
            "form": form,
            "preview": preview,
            "shown": SHOWN,
            "trail": trail_of("导入指数", division, today.year),
            "cancel_url": address(division, today.year),
        },
        status=status,
    )


@require_safe
@permission_required(VIEW, raise_exception=True)
def export(request, form):
    division = request.GET.get("division", own_division(request.user))
    if not is_seen(request.user, division):
        return unknown(request)
    figures = list(figures_for_export(request.user, division))
    names = division_names({one.division_code for one in figures} - {""}, timezone.localdate())
    name = f"{names.get(division, division) if division else NATION.name}指数"
    record_request(request, AccessAct.EXPORT, target=f"{name}.{form}")
    return table_response(name, form, HEADINGS, index_lines(figures, names), [])
