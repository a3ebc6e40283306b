"""What pages of several areas share: the frame of a page, files for download, the scope check."""

import io
from urllib.parse import urlencode

from django.http import HttpResponse

from accounts.scope import contains
from communities.tables.files import PLAIN, csv_chunks, write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def frame_context(frame, assessment):
    """What base.html takes of a frame and of the policies in force for it."""
    lines = assessment.policy.lines if assessment else ()
    return {
        "year": frame.year,
        "years": frame.years,
        "on": frame.on,
        "host_office": frame.office,
        "policy_contact": frame.office,
        "policies": [line.title for line in lines],
        "data_as_of": assessment.register.version.changed_at if assessment else None,
    }


def table_response(name, form, headings, lines, notes: list[str], layout=PLAIN):
    """A file of columns for download: csv, or xlsx in a layout."""
    if form == "csv":
        # made whole before the request's transaction ends: a stream would run outside its scope
        body = "".join(csv_chunks(headings, lines))
        return attached(HttpResponse(body, content_type="text/csv; charset=utf-8"), f"{name}.csv")
    out = io.BytesIO()
    write_xlsx(out, name, headings, lines, notes, layout=layout)
    return attached(HttpResponse(out.getvalue(), content_type=XLSX), f"{name}.xlsx")


def attached(response, name):
    """A response as a download with a Chinese file name."""
    response.headers["Content-Disposition"] = (
        f"attachment; filename*=UTF-8''{urlencode({'': name})[1:].replace('+', '%20')}"
    )
    return response


def within(request, code):
    """Whether a division or community lies in the user's scope."""
    return contains(request.user.scope, code)
