"""人员变动: the list, one act with its papers, looking it over, downloads."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.choices import AccessAct
from accounts.scope import contains
from accounts.services import once
from accounts.sessions import record_request
from communities.selectors.papers import size_label
from communities.selectors.places import division_names, streets_under
from communities.services.editing import StaleError
from communities.views.papers import INERT
from communities.views.responses import attached
from staffing.forms.acts import ActFilter, CheckForm, PaperForm
from staffing.selectors.acts import (
    MINE,
    WAITING,
    ActQuery,
    act_row,
    find_act,
    find_paper,
    get_acts,
)
from staffing.services.duplicates import ELSEWHERE, in_post_elsewhere
from staffing.services.papers import add_papers, download_name, read_content
from staffing.services.posts import check_act
from staffing.tables.roster import name_of
from staffing.views.persons import CHANGE, VIEW, unknown

CHECK = "staffing.check_staffact"
PAGE_SIZE = 50
MOST_STREETS = 400
CHANGED = "你打开以后，这件变动有了改动。看过最新情况再核对"


@require_safe
@permission_required(VIEW, raise_exception=True)
def acts(request):
    user = request.user
    asked = ActFilter(request.GET)
    street = asked.chosen("street")
    if street and not contains(user.scope, street):
        street = ""
    may_check = user.has_perm(CHECK)
    state = asked.chosen("state")
    query = ActQuery(
        MINE if state == WAITING and may_check else state,
        asked.chosen("kind"),
        street,
        asked.chosen("since") or None,
        asked.chosen("until") or None,
    )
    pager = Paginator(get_acts(user, query), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "rows": [with_form(act_row(user, one)) for one in pager.object_list],
        "page": pager,
        "filter": asked,
        "state": state,
        "kinds": asked.options("kind"),
        "streets": streets_of(user, street),
        "waiting": get_acts(user, ActQuery(MINE if may_check else WAITING)).count(),
        "may_check": may_check,
        "may_change": user.has_perm(CHANGE),
        "here": request.get_full_path(),
    }
    return render(request, "staffing/acts/list.html", context)


def streets_of(user, chosen):
    """The streets that the filter offers to a district or a city."""
    if len(user.scope) not in (4, 6):
        return []
    found = streets_under(user.scope, timezone.localdate())
    return [
        {"value": one.code, "label": one.name, "selected": one.code == chosen}
        for one in found[:MOST_STREETS]
    ]


def with_form(row):
    return {"row": row, "form": CheckForm(initial={"version": row.act.version})}


def of_act(*rights):
    """A view of one act: it gets (request, act) in place of (request, pk); 404 outside scope."""

    def decorate(view):
        @wraps(view)
        @permission_required(rights, raise_exception=True)
        def wrapped(request, pk):
            found = find_act(request.user, pk)
            return unknown(request) if found is None else view(request, found)

        return wrapped

    return decorate


def trail(act, *steps):
    way = [
        ("人员变动", reverse("staffing:acts")),
        (name_of(act.person), reverse("staffing:person", args=[act.person_id])),
        (act.get_kind_display(), reverse("staffing:act", args=[act.pk])),
        *((step, "") for step in steps),
    ]
    last = len(way) - 1
    return [
        {"label": label, "url": "" if place == last else url}
        for place, (label, url) in enumerate(way)
    ]


@require_safe
@of_act(VIEW)
def act(request, act):
    row = act_row(request.user, act)
    street = act.person.code
    warned = row.checkable and in_post_elsewhere(act.person, timezone.localdate())
    context = {
        "row": row,
        "act": act,
        "name": name_of(act.person),
        "street": division_names({street}, act.on).get(street, street),
        "papers": [(one, size_label(one.size)) for one in row.papers],
        "form": CheckForm(initial={"version": act.version}),
        "own": act.made_by_id == request.user.pk,
        "elsewhere": f"{ELSEWHERE}，核对是否重复任职" if warned else "",
        "may_add": request.user.has_perm(CHANGE) and act.person.purged_at is None,
        "trail": trail(act),
        "demo": act.is_demo,
    }
    return render(request, "staffing/acts/act.html", context)


@require_POST
@of_act(VIEW, CHECK)
def act_check(request, act):
    form = CheckForm(request.POST)
    form.is_valid()
    address = back_to(request, act)

    def check():
        if act.version != form.opened_version and act.checked_by_id is None:
            raise StaleError(act)
        check_act(act=act, by=request.user, at=timezone.now())
        messages.success(request, f"已核对{name_of(act.person)}的{act.get_kind_display()}")
        return address

    try:
        return redirect(once(key=form.submission_key, by=request.user, act=check))
    except StaleError:
        messages.warning(request, CHANGED)
    except ValidationError as wrong:
        messages.warning(request, "；".join(wrong.messages))
    return redirect("staffing:act", act.pk)


def back_to(request, act):
    """The list from which an act was looked over, else its page."""
    asked = request.POST.get("next", "")
    if asked.startswith(reverse("staffing:acts")) and url_has_allowed_host_and_scheme(asked, None):
        return asked
    return reverse("staffing:act", args=[act.pk])


@require_http_methods(["GET", "HEAD", "POST"])
@of_act(VIEW, CHANGE)
def paper_new(request, act):
    address = reverse("staffing:act", args=[act.pk])
    if act.person.purged_at is not None:
        messages.warning(request, "个人信息已按保存期限清除，不再添加材料")
        return redirect(address)
    form = PaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return redirect(
            once(key=form.submission_key, by=request.user, act=lambda: keep(request, act, form))
        )
    context = {
        "act": act,
        "form": form,
        "title": "添加材料",
        "subtitle": name_of(act.person),
        "submit": "保存材料",
        "trail": trail(act, "添加材料"),
        "cancel_url": address,
        "multipart": True,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "staffing/acts/paper.html", context, status=status)


def keep(request, act, form):
    made = add_papers(act=act, papers=[form.given], by=request.user, at=timezone.now())
    if made:
        messages.success(request, f"已保存{made[0].get_kind_display()}")
    else:
        messages.warning(request, "这份材料已经上传过，没有再存")
    return reverse("staffing:act", args=[act.pk])


@require_safe
@permission_required(VIEW, raise_exception=True)
def paper(request, pk):
    found = find_paper(request.user, pk)
    content = read_content(found) if found else None
    if found is None or content is None:
        return unknown(request)
    record_request(request, AccessAct.EXPORT, target=download_name(found))
    response = attached(
        HttpResponse(content, content_type=found.content_type), download_name(found)
    )
    if request.GET.get("view"):
        held = response.headers["Content-Disposition"]
        response.headers["Content-Disposition"] = held.replace("attachment", "inline", 1)
    # somebody else's file runs nothing, loads nothing and is framed by nobody
    response.headers["Content-Security-Policy"] = INERT
    return response
