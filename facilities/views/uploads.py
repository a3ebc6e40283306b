"""The workbook of a street's premises; imports themselves are the collection's."""

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
from facilities.selectors.premises_filling import get_premises_filling
from facilities.tables.premises_template import file_name, write_premises_template

STREET_CODE = re.compile(r"[0-9]{9}", re.ASCII)


@require_safe
@permission_required(
    ["facilities.import_premises", "facilities.export_premises"], raise_exception=True
)
def premises_template(request):
    """Today's premises of a street as a workbook to fill in."""
    street = request.GET.get("street", "") or request.user.scope
    filling = None
    if STREET_CODE.fullmatch(street):
        filling = get_premises_filling(request.user, street, timezone.localdate())
    if filling is None:
        messages.warning(request, "选择辖区内有社区的街道，再下载用房台账模板")
        return redirect(f"{reverse('collection:upload_new')}?kind=premises")
    out = io.BytesIO()
    write_premises_template(out, filling)
    name = file_name(filling)
    record_request(request, AccessAct.EXPORT, target=name)
    return attached(HttpResponse(out.getvalue(), content_type=XLSX), name)
