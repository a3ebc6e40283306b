"""The list of a course: who is put on it, who came, certificates of attendance."""

import re
from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.choices import AccessAct
from accounts.scope import STREET, contains
from accounts.services import once
from accounts.sessions import record_request
from communities.selectors.places import streets_under
from communities.services.editing import StaleError
from staffing.forms.training import ActForm, EnrolForm, MarkForm
from staffing.models import Attendance
from staffing.selectors import training as selectors
from staffing.services import training as services
from staffing.views.training import NAMES, TRAIL, VIEW, of_course, said_of, unknown

# rows of a form of marks; four fields each, below DATA_UPLOAD_MAX_NUMBER_FIELDS
MARKED_AT_ONCE = 200
ROW = re.compile("row-([0-9]{1,18})-attended")
# columns to sign in, one a day
MOST_SIGNED = 5
STALE = "同事刚刚改了这一行。看过现在的登记再改"


def asked_of(data):
    """What the filter of the choice says."""
    return {
        "street": data.get("street", ""),
        "group": data.get("group", ""),
        # a hidden field writes what a box leaves out
        "due_only": data.get("due_only") in ("on", "True"),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@of_course(own=True)
def attendance(request, one):
    """Put persons on the list: choose a group, tick, store."""
    user, on = request.user, timezone.localdate()
    if not user.has_perm(NAMES):
        raise PermissionDenied
    asked = asked_of(request.POST if request.method == "POST" else request.GET)
    if asked["group"] not in selectors.Groups.values:
        asked["group"] = selectors.group_of(one)
    streets = streets_of(one, on)
    if asked["street"] not in {code for code, _ in streets}:
        asked["street"] = ""
    found = selectors.choices_of(user, one, on=on, **asked)
    more = {"streets": streets, "found": [each.person.pk for each in found]}
    back = reverse("staffing:course", args=[one.pk])
    if request.method != "POST":
        return chosen_page(request, one, EnrolForm(initial=asked, **more), found)
    form = EnrolForm(request.POST, **more)
    if form.is_valid() and not form.cleaned_data["persons"]:
        form.add_error("persons", "没有勾选人员。勾选后再列入")
    if not form.is_valid():
        return chosen_page(request, one, form, found, status=422)

    def act():
        keys = set(form.cleaned_data["persons"])
        persons = [each.person for each in found if each.person.pk in keys]
        number = services.enrol(course=one, persons=persons, by=user, at=timezone.now())
        messages.success(request, f"已列入{number}人")
        return back

    try:
        return redirect(once(key=form.submission_key, by=user, act=act))
    except ValidationError as wrong:
        form.add_error(None, said_of(wrong))
        return chosen_page(request, one, form, found, status=422)


def streets_of(course, on):
    if len(course.code) >= STREET:
        return []
    return [(each.code, each.name) for each in streets_under(course.code, on)]


def chosen_page(request, one, form, found, status=200):
    back = reverse("staffing:course", args=[one.pk])
    ticked = {str(key) for key in form.data.getlist("persons")} if form.is_bound else set()
    context = {
        "one": one,
        "form": form,
        "rows": [{"choice": each, "ticked": str(each.person.pk) in ticked} for each in found],
        "streets": bool(form.streets),
        "most": selectors.MOST_SHOWN,
        "cut": len(found) == selectors.MOST_SHOWN,
        "trail": [TRAIL, {"label": one.title, "url": back}, {"label": "列入人员", "url": ""}],
    }
    return render(request, "staffing/training/choose.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@of_course(own=True)
def marks(request, one):
    """Record who came, the rows of a page of the list in one form."""
    user, on = request.user, timezone.localdate()
    if not user.has_perm(NAMES):
        raise PermissionDenied
    posted = request.POST if request.method == "POST" else None
    found = selectors.list_rows(user, one)
    page = Paginator(found, MARKED_AT_ONCE).get_page(request.GET.get("page"))
    # what was sent is what the page showed; the list may be longer by now
    shown_rows = page.object_list if posted is None else found.filter(pk__in=sent(posted))
    rows = selectors.listed_of(shown_rows, one, on)
    forms = {
        line.attendance.pk: MarkForm(
            posted,
            prefix=f"row-{line.attendance.pk}",
            initial=shown(line.attendance),
            most=one.hours,
        )
        for line in rows
    }
    form = ActForm(posted)
    if posted is None:
        return marks_page(request, one, rows, forms, form, page)
    if any(each.errors for each in forms.values()):
        return marks_page(request, one, rows, forms, form, page, status=422)
    form.is_valid()

    def act():
        said = {
            key: services.Mark(
                each.came,
                each.cleaned_data["hours"],
                each.cleaned_data["certificate_no"],
                each.cleaned_data["version"],
            )
            for key, each in forms.items()
        }
        number = services.record(course=one, marks=said, by=user, at=timezone.now(), on=on)
        messages.success(request, f"已登记{number}人的参训" if number else "没有改动")
        if page.has_next():
            return f"{request.path}?page={page.next_page_number()}"
        return reverse("staffing:course", args=[one.pk])

    try:
        return redirect(once(key=form.submission_key, by=user, act=act))
    except StaleError as stale:
        forms[stale.present.pk].add_error("attended", STALE)
    except ValidationError as wrong:
        form.add_error(None, said_of(wrong))
    return marks_page(request, one, rows, forms, form, page, status=422)


def sent(posted):
    """The keys of the rows that a form of marks holds."""
    keys = (ROW.fullmatch(name) for name in posted)
    return [int(key[1]) for key in keys if key]


def shown(row):
    """What the form of a row shows first."""
    words = {None: "unknown", True: "true", False: "false"}
    return {
        "attended": words[row.attended],
        "hours": row.hours,
        "certificate_no": row.certificate_no,
        "version": row.version,
    }


def marks_page(request, one, rows, forms, form, page, status=200):
    back = reverse("staffing:course", args=[one.pk])
    context = {
        "one": one,
        "form": form,
        "rows": [{"line": line, "form": forms[line.attendance.pk]} for line in rows],
        "wrong": sum(bool(each.errors) for each in forms.values() if each.is_bound),
        "page": page,
        "more": page.has_next(),
        "trail": [TRAIL, {"label": one.title, "url": back}, {"label": "登记参训", "url": ""}],
    }
    return render(request, "staffing/training/marks.html", context, status=status)


@require_POST
@of_course(own=True)
def attendance_remove(request, one, attendance):
    on = timezone.localdate()

    def act():
        services.remove(course=one, attendance=attendance, by=request.user, on=on)
        messages.success(request, "已移出名单")

    return taken(request, one, act)


@require_POST
@of_course(own=True)
def certify(request, one):
    on = timezone.localdate()

    def act():
        number = services.certify(course=one, by=request.user, at=timezone.now(), on=on)
        messages.success(request, f"已编{number}份结业证书" if number else "没有要编号的人")

    return taken(request, one, act)


def taken(request, one, act):
    """Do an act of a button once and go back to the course; a refusal is said there."""
    form, back = ActForm(request.POST), reverse("staffing:course", args=[one.pk])
    form.is_valid()

    def done():
        act()
        return back

    try:
        return redirect(once(key=form.submission_key, by=request.user, act=done))
    except ValidationError as wrong:
        messages.warning(request, said_of(wrong))
        return redirect(back)


@require_safe
@of_course()
def attendance_sheet(request, one):
    """The sheet that the people of a list sign, for the printer."""
    user, on = request.user, timezone.localdate()
    if not user.has_perm(NAMES):
        raise PermissionDenied
    rows = selectors.listed_of(selectors.list_rows(user, one), one, on)
    record_request(request, AccessAct.EXPORT, target=f"签到表 {one.pk}")
    last = min((one.ends_on - one.starts_on).days, MOST_SIGNED - 1)
    back = reverse("staffing:course", args=[one.pk])
    context = {
        "one": one,
        "rows": rows,
        "days": [one.starts_on + timedelta(days=day) for day in range(last + 1)],
        "demo": one.is_demo,
        "trail": [TRAIL, {"label": one.title, "url": back}, {"label": "签到表", "url": ""}],
    }
    return render(request, "staffing/training/sheet.html", context)


@require_safe
@permission_required([VIEW, NAMES], raise_exception=True)
def attendance_certificate(request, pk):
    """A certificate of attendance on paper; who reads the person's file may print it."""
    rows = Attendance.objects.for_user(request.user).select_related("course", "person")
    found = rows.filter(pk=pk, attended=True).exclude(certificate_no="").first()
    if found is None:
        return unknown(request)
    record_request(request, AccessAct.EXPORT, target=f"结业证书 {found.pk}")
    posts = selectors.posts_on([found.person_id], found.course.starts_on)
    place, post = posts.get(found.person_id, ("", ""))
    context = {
        "found": found,
        "demo": found.is_demo,
        "one": found.course,
        "place": place,
        "post": post,
        "back": reverse("staffing:course", args=[found.course_id])
        if contains(request.user.scope, found.course.code)
        else reverse("staffing:person", args=[found.person_id]),
    }
    return render(request, "staffing/training/certificate.html", context)
