"""Pages of training: courses of a year, one course with its list, its form, its files."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.choices import AccessAct
from accounts.scope import CITY, DISTRICT, STREET, contains
from accounts.sessions import record_request
from communities.views.editing import edit_page
from communities.views.responses import table_response
from staffing.choices import CourseLevel
from staffing.forms.training import ActForm, CourseForm
from staffing.models import Course
from staffing.selectors import training as selectors
from staffing.services import training as services
from staffing.tables import training as tables

VIEW, RUN = "staffing.view_training", "staffing.run_training"
NAMES, EXPORT = "staffing.view_person", "staffing.export_person"
EXPORT_COUNTS = "communities.export_community"
TRAIL = {"label": "培训", "url": "/training/"}
LEVELS = {CITY: CourseLevel.CITY, DISTRICT: CourseLevel.DISTRICT, STREET: CourseLevel.STREET}
PAGE_SIZE = 50
FIRST_YEAR, LAST_YEAR = 1949, 2199


def unknown(request):
    """The same answer for a course that does not exist and for one of another office."""
    return render(request, "404.html", status=404)


def year_of(request, on):
    """The year that the address names, else the present one."""
    asked = request.GET.get("year", "")
    known = asked.isdecimal() and len(asked) == 4 and FIRST_YEAR <= int(asked) <= LAST_YEAR
    return int(asked) if known else on.year


def may_run(user, course):
    return user.has_perm(RUN) and contains(user.scope, course.code)


def of_course(*, own=False):
    """A view of one course: (request, course, …); 403 where another office's is to be changed."""

    def decorate(view):
        @wraps(view)
        @permission_required([VIEW, RUN] if own else VIEW, raise_exception=True)
        def wrapped(request, pk, **more):
            one = selectors.get_course(request.user, pk)
            if one is None:
                return unknown(request)
            if own and not may_run(request.user, one):
                raise PermissionDenied
            return view(request, one, **more)

        return wrapped

    return decorate


@require_safe
@permission_required(VIEW, raise_exception=True)
def courses(request):
    user, on = request.user, timezone.localdate()
    year = year_of(request, on)
    page = Paginator(selectors.courses_of(user, year), PAGE_SIZE).get_page(request.GET.get("page"))
    lines = selectors.course_lines(user, page.object_list, on)
    context = {
        "page": page,
        "lines": lines,
        "chosen": year,
        "choices": sorted({year, on.year, *selectors.years_of(user)}, reverse=True),
        "may_run": user.has_perm(RUN) and len(user.scope) in LEVELS,
        "may_export": user.has_perm(EXPORT_COUNTS),
        "on": on,
        "demo": any(line.course.is_demo for line in lines),
    }
    return render(request, "staffing/training/list.html", context)


@require_safe
@permission_required([VIEW, EXPORT_COUNTS], raise_exception=True)
def courses_xlsx(request):
    user, on = request.user, timezone.localdate()
    year = year_of(request, on)
    lines = selectors.course_lines(user, selectors.courses_of(user, year), on)
    name = f"培训班-{user.scope}-{year}"
    record_request(request, AccessAct.EXPORT, target=f"{name}.xlsx")
    return table_response(
        name, "xlsx", tables.COURSES, tables.course_rows(lines), tables.notes(user, on),
        tables.COURSES_LAYOUT,
    )  # fmt: skip


@require_safe
@of_course()
def course(request, one):
    user, on = request.user, timezone.localdate()
    (line,) = selectors.course_lines(user, [one], on)
    names = user.has_perm(NAMES)
    runs = may_run(user, one)
    page = Paginator(selectors.list_rows(user, one), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "one": one,
        "line": line,
        "audience": tables.audience_of(one.audience),
        "page": page,
        "rows": selectors.listed_of(page.object_list, one, on) if names else [],
        "names": names,
        "may_run": runs,
        "begun": on >= one.starts_on,
        "waiting": runs and on >= one.ends_on and selectors.uncertified(user, one),
        "ended": on >= one.ends_on,
        "may_export": names and user.has_perm(EXPORT),
        "form": ActForm(),
        "trail": [TRAIL, {"label": one.title, "url": ""}],
        "on": on,
        "demo": one.is_demo,
    }
    return render(request, "staffing/training/course.html", context)


@require_safe
@of_course()
def course_xlsx(request, one):
    """The list of a course: the sheet to sign, and the record of who came."""
    user, on = request.user, timezone.localdate()
    if not (user.has_perm(NAMES) and user.has_perm(EXPORT)):
        raise PermissionDenied
    lines = selectors.listed_of(selectors.list_rows(user, one), one, on)
    name = f"参训名单-{one.pk}-{on}"
    record_request(request, AccessAct.EXPORT, target=f"{name}.xlsx")
    notes = tables.notes(user, on, f"{one.title}　{one.starts_on}至{one.ends_on}　{one.organiser}")
    return table_response(
        name, "xlsx", tables.LISTED, tables.listed_rows(lines), notes, tables.LISTED_LAYOUT
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required([VIEW, RUN], raise_exception=True)
def course_new(request):
    user = request.user
    if len(user.scope) not in LEVELS:
        raise PermissionDenied
    one = Course(code=user.scope, level=LEVELS[len(user.scope)], organiser=user.office)

    def save(form):
        made = services.add_course(course=form.instance, by=user, at=timezone.now())
        messages.success(request, f"已登记“{made.title}”，接着列入参训人员")
        return reverse("staffing:attendance", args=[made.pk])

    context = {
        "title": "登记培训班",
        "subtitle": user.office,
        "submit": "登记培训班",
        "cancel_url": reverse("staffing:courses"),
        "trail": [TRAIL, {"label": "登记培训班", "url": ""}],
    }
    return edit_page(request, CourseForm, one, save=save, context=context)


@require_http_methods(["GET", "HEAD", "POST"])
@of_course(own=True)
def course_edit(request, one):
    back = reverse("staffing:course", args=[one.pk])

    def save(form):
        services.change_course(
            course=form.instance,
            fields=form.written,
            version=form.opened_version,
            by=request.user,
            reason=form.reason,
        )
        messages.success(request, f"已保存“{form.instance.title}”")
        return back

    context = {
        "title": "修改培训班",
        "subtitle": one.title,
        "submit": "保存修改",
        "cancel_url": back,
        "trail": [TRAIL, {"label": one.title, "url": back}, {"label": "修改培训班", "url": ""}],
    }
    return edit_page(request, CourseForm, one, save=save, context=context)


def said_of(wrong):
    """The sentence of a refusal."""
    return wrong.messages[0] if isinstance(wrong, ValidationError) else str(wrong)
