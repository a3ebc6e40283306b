"""Starting an import: the page to paste or upload, and the workbook to fill in."""

import io
import re
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.choices import AccessAct
from accounts.scope import CITY, DISTRICT, STREET, request_number
from accounts.services import once
from accounts.sessions import record_request
from collection.forms.uploads import UploadForm
from collection.rules.upload_shapes import FACTS_KIND
from collection.selectors.filling import get_filling, years_offered
from collection.selectors.uploads import kinds_imported, kinds_seen, may_upload
from collection.services.upload_kinds import kind_named
from collection.services.uploads import FileError, Frame, UploadError, limits, start_upload
from collection.tables.filling import file_name, write_filling
from communities.selectors.places import division_names, streets_under
from communities.views.responses import XLSX, attached

EXPORT = "communities.export_annualfacts"
PLACE = re.compile(r"[0-9]{6}|[0-9]{9}", re.ASCII)


def looking(view):
    """A page on imports: for those who may look at imports of some kind (403 for others)."""

    @wraps(view)
    def page(request, *args, **named):
        if not kinds_seen(request.user):
            raise PermissionDenied
        return view(request, *args, **named)

    return page


def demand(user, kind=FACTS_KIND):
    """Refuse whoever may not import a kind (403)."""
    if not may_upload(user, kind):
        raise PermissionDenied


def frame_of(request):
    return Frame(request.path, request_number(request))


def chosen_year(request, years):
    """The year in the address if it is offered, else the latest."""
    text = request.GET.get("year", "")
    return int(text) if text.isascii() and text.isdigit() and int(text) in years else years[0]


def chosen_kind(request):
    """The kind that is to be imported: the one in the form or address, else the first allowed."""
    allowed = [shape.key for shape in kinds_imported(request.user)]
    if not allowed:
        raise PermissionDenied
    key = request.POST.get("kind") or request.GET.get("kind") or ""
    if key and key not in allowed:
        raise PermissionDenied
    return kind_named(key or allowed[0])


@require_http_methods(["GET", "HEAD", "POST"])
@looking
def upload_new(request):
    """Take a pasted block or a file, and go on to its preview."""
    kind, user = chosen_kind(request), request.user
    questions = kind.questions(user, timezone.localdate())
    more = {
        "kind": kind.shape.key,
        "questions": questions,
        "limits": limits(user, kind.shape),
    }
    if request.method != "POST":
        form = UploadForm(initial=answers_in(request, questions), **more)
        return page(request, kind, form)
    form = UploadForm(request.POST, request.FILES, **more)
    if not form.is_valid():
        return page(request, kind, form, status=422)
    try:
        address = once(key=form.submission_key, by=user, act=lambda: start(request, kind, form))
    except (FileError, UploadError) as error:
        form.add_error("file" if form.cleaned_data.get("file") else "text", str(error))
        return page(request, kind, form, status=422)
    return redirect(address)


def answers_in(request, questions):
    """The answers that stand in the address, if they are offered."""
    given = {one.name: request.GET.get(one.name, "") for one in questions}
    return {one.name: given[one.name] for one in questions if given[one.name] in dict(one.choices)}


def start(request, kind, form):
    name, content = form.content()
    upload = start_upload(
        by=request.user,
        year=form.chosen_year(timezone.localdate()),
        source=form.source,
        name=name,
        content=content,
        options=form.options(),
        at=timezone.now(),
        frame=frame_of(request),
        kind=kind.shape.key,
    )
    return reverse("collection:upload", args=[upload.pk])


def page(request, kind, form, status=200):
    shape, scope = kind.shape, request.user.scope
    narrow = bool(shape.template) and len(scope) >= shape.template_from
    kinds = kinds_imported(request.user)
    return render(
        request,
        "collection/uploads/new.html",
        {
            "form": form,
            "trail": trail(),
            "shape": shape,
            "kinds": kinds if len(kinds) > 1 else [],
            "year": form["year"].value() if "year" in form.fields else "",
            "template_scope": scope if narrow else "",
            "template_url": reverse(shape.template) if shape.template else "",
            "places": template_places(shape, scope, timezone.localdate()),
            "step": 1,
        },
        status=status,
    )


def template_places(shape, scope, on) -> list[Any]:
    """The places of a wider scope of which a workbook is made."""
    if not shape.template or not CITY <= len(scope) < STREET:
        return []
    streets: list[Any] = streets_under(scope, on)
    if len(scope) == DISTRICT or shape.template_from > DISTRICT:
        return streets
    # a city's streets are too many for a list: districts fill in together
    codes = sorted({one.code[:DISTRICT] for one in streets})
    names = division_names(set(codes), on)
    return [{"code": code, "name": names.get(code, code)} for code in codes]


def trail(*last):
    return [
        {"label": "批量导入", "url": reverse("collection:uploads")},
        *(last or [{"label": "粘贴或上传", "url": ""}]),
    ]


@require_safe
@permission_required(EXPORT, raise_exception=True)
def template(request):
    """The workbook of a street or district, with what is known already."""
    demand(request.user)
    on = timezone.localdate()
    year = chosen_year(request, years_offered(request.user, on))
    prefix = request.GET.get("street", "") or request.user.scope
    if not PLACE.fullmatch(prefix):
        return refused(request, year, "选择街道或县（市、区），再下载填报模板")
    filling = get_filling(request.user, prefix, year, on)
    if filling is None:
        return refused(request, year, no_template(request.user, prefix, year))
    out = io.BytesIO()
    write_filling(out, filling)
    name = file_name(filling)
    record_request(request, AccessAct.EXPORT, target=name)
    return attached(HttpResponse(out.getvalue(), content_type=XLSX), name)


def refused(request, year, said):
    messages.warning(request, said)
    return redirect(f"{reverse('collection:upload_new')}?year={year}")


def no_template(user, prefix, year):
    if not prefix.startswith(user.scope) and user.scope != "0":
        return "这个地方不在你的辖区。从列出的地方里选"
    return f"{year}年度没有可填的社区，或还没有下达填报任务"
