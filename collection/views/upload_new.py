"""Starting an import: the page to paste or upload, and the workbook to fill in."""

import io
import re
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
from accounts.scope import request_number
from accounts.services import once
from accounts.sessions import record_request
from collection.forms.uploads import UploadForm
from collection.selectors.filling import get_filling, years_offered
from collection.selectors.uploads import may_upload
from collection.services.uploads import FileError, Frame, UploadError, limits, start_upload
from collection.tables.filling import file_name, write_filling
from communities.selectors.places import division_names, streets_under
from communities.views.responses import XLSX, attached

VIEW, EXPORT = "communities.view_annualfacts", "communities.export_annualfacts"
IMPORT = "communities.import_annualfacts"
PLACE = re.compile(r"[0-9]{6}|[0-9]{9}", re.ASCII)
DISTRICT, CITY = 6, 4


def demand(user):
    """Refuse whoever may not import (403)."""
    if not may_upload(user):
        raise PermissionDenied


def frame_of(request):
    return Frame(request.path, request_number(request))


def chosen_year(request, years):
    """The year in the address if it is offered, else the latest."""
    text = request.GET.get("year", "")
    return int(text) if text.isascii() and text.isdigit() and int(text) in years else years[0]


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(VIEW, raise_exception=True)
def upload_new(request):
    """Take a pasted block or a file, and go on to its preview."""
    demand(request.user)
    user = request.user
    years = years_offered(user, timezone.localdate())
    may_choose = user.has_perm(IMPORT)
    more = {"years": years, "may_choose": may_choose, "limits": limits(user)}
    if request.method != "POST":
        return page(request, UploadForm(initial={"year": chosen_year(request, years)}, **more))
    form = UploadForm(request.POST, request.FILES, **more)
    if not form.is_valid():
        return page(request, form, status=422)
    try:
        address = once(key=form.submission_key, by=user, act=lambda: start(request, form))
    except (FileError, UploadError) as error:
        form.add_error("file" if form.cleaned_data.get("file") else "text", str(error))
        return page(request, form, status=422)
    return redirect(address)


def start(request, form):
    name, content = form.content()
    upload = start_upload(
        by=request.user,
        year=form.cleaned_data["year"],
        source=form.source,
        name=name,
        content=content,
        options=form.options(),
        at=timezone.now(),
        frame=frame_of(request),
    )
    return reverse("collection:upload", args=[upload.pk])


def page(request, form, status=200):
    on, scope = timezone.localdate(), request.user.scope
    year = form["year"].value()
    narrow = len(scope) >= DISTRICT
    places: list[Any] = streets_under(scope, on) if len(scope) == DISTRICT else []
    if len(scope) == CITY:  # its streets are too many for a list: districts fill in together
        codes = sorted({one.code[:DISTRICT] for one in streets_under(scope, on)})
        names = division_names(set(codes), on)
        places = [{"code": code, "name": names.get(code, code)} for code in codes]
    return render(
        request,
        "collection/uploads/new.html",
        {
            "form": form,
            "trail": trail(),
            "year": year,
            "template_scope": scope if narrow else "",
            "places": places,
            "step": 1,
        },
        status=status,
    )


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
