"""The workbook of a street's roster, to be filled in and imported."""

import io
import re

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.choices import AccessAct
from accounts.sessions import record_request
from communities.views.responses import XLSX, attached
from staffing.selectors.roster_filling import get_roster_filling
from staffing.tables.roster_template import file_name, write_roster_template

STREET_CODE = re.compile(r"[0-9]{9}", re.ASCII)


@require_safe
@permission_required(["staffing.import_person", "staffing.export_person"], raise_exception=True)
def roster_template(request):
    """Today's roster of a street as a workbook; numbers and telephones are masked."""
    street = request.GET.get("street", "") or request.user.scope
    filling = None
    if STREET_CODE.fullmatch(street):
        filling = get_roster_filling(request.user, street, timezone.localdate())
    if filling is None:
        messages.warning(request, "选择辖区内有社区的街道，再下载花名册模板")
        return redirect(f"{reverse('collection:upload_new')}?kind=roster")
    out = io.BytesIO()
    write_roster_template(out, filling)
    name = file_name(filling)
    record_request(request, AccessAct.EXPORT, target=name)
    return attached(HttpResponse(out.getvalue(), content_type=XLSX), name)
