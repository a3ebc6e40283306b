"""Pages of papers: the list of a community, adding, downloading, taking down; the dossier."""

import logging
from hashlib import sha256
from tempfile import SpooledTemporaryFile

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_http_methods, require_safe

from accounts.choices import AccessAct
from accounts.services import once
from accounts.sessions import record_request
from communities.choices import FileType
from communities.forms.papers import PaperFilter, PaperForm, WithdrawForm
from communities.models import ArchiveEntry, Paper
from communities.selectors.dossier import get_dossier
from communities.selectors.papers import (
    SHOWN_BY_BROWSERS,
    get_paper,
    paper_row,
    papers_of,
    read_content,
    withdrawable,
)
from communities.services.papers import add_paper, withdraw_paper
from communities.tables.dossier import write_dossier
from communities.views.editing import edit_page
from communities.views.one_community import (
    REGISTER,
    VIEW,
    CommunityPage,
    of_community,
    unknown,
)
from communities.views.responses import attached

PAGE_SIZE = 50
KEPT_IN_MEMORY = 16 * 1024 * 1024
# A file of somebody else's making runs nothing, loads nothing and is framed by nobody.
INERT = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
log = logging.getLogger(__name__)


@require_safe
@of_community()
def papers(request, page):
    community = page.community
    chosen = PaperFilter(request.GET)
    withdrawn = chosen.cleaned_data.get("withdrawn", False)
    listed = papers_of(request.user, community, kind=chosen.chosen_kind, withdrawn=withdrawn)
    pager = Paginator(listed, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "communities/papers/papers.html",
        {
            **page.context("papers", ("材料", "")),
            "rows": [paper_row(one, user=request.user, on=page.on) for one in pager.object_list],
            "page": pager,
            "kinds": chosen.kinds,
            "withdrawn": withdrawn,
            "filtered": bool(chosen.chosen_kind),
            "ignored": chosen.ignored,
            "registers": request.user.has_perm(REGISTER),
            "may_export": request.user.has_perm("communities.export_community"),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@of_community(change=True)
def paper_add(request, page):
    community, entry = page.community, None
    back = reverse("communities:papers", args=[community.code])
    tab, steps = "papers", [("材料", back)]
    if wanted := request.GET.get("entry", ""):
        entry = entry_of(request.user, community, wanted)
        if entry is None:
            return unknown(request, "")
        back = reverse("communities:archive_entry", args=[community.code, entry.pk])
        listed = reverse("communities:archive", args=[community.code])
        tab, steps = "archive", [("电子档案", listed), (entry.title, back)]

    def save(form):
        paper = add_paper(
            by=request.user,
            at=timezone.now(),
            community=community,
            archive_entry=entry,
            **form.paper,
        )
        messages.success(request, f"已保存材料“{paper.title}”")
        return back

    return edit_page(
        request,
        PaperForm,
        Paper(community=community, archive_entry=entry),
        save=save,
        context={
            **page.context(tab, *steps, ("上传材料", "")),
            "title": "上传材料",
            "subtitle": " · ".join([community.short_name, *([entry.title] if entry else [])]),
            "submit": "上传",
            "multipart": True,
            "cancel_url": back,
        },
        **({"files": request.FILES} if request.method == "POST" else {}),
    )


def entry_of(user, community, wanted):
    """The archive entry of a community that an address names, or None."""
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 19):
        return None
    entries = ArchiveEntry.objects.for_user(user).filter(community=community)
    return entries.select_related("community").filter(pk=int(wanted)).first()


@require_safe
@permission_required(VIEW, raise_exception=True)
def paper(request, pk):
    found = get_paper(request.user, pk)
    if found is None:
        return unknown(request, "")
    content = read_content(found)
    if content is None or sha256(content).hexdigest() != found.sha256:
        log.error("paper %d: its content is missing or not what was stored", found.pk)
        return render(request, "communities/papers/damaged.html", {"paper": found}, status=503)
    record_request(request, AccessAct.EXPORT, target=f"材料{found.pk} {found.file_name}")
    response = HttpResponse(content, content_type=found.content_type)
    attached(response, found.file_name)
    if request.GET.get("view") and found.content_type in set(SHOWN_BY_BROWSERS):
        held = response.headers["Content-Disposition"]
        response.headers["Content-Disposition"] = held.replace("attachment", "inline", 1)
    response.headers["Content-Security-Policy"] = INERT
    response.headers["ETag"] = f'"{found.sha256}"'
    return get_conditional_response(request, etag=response.headers["ETag"], response=response)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(REGISTER, raise_exception=True)
def paper_withdraw(request, pk):
    found = get_paper(request.user, pk)
    if found is None or not answers_for(request.user, found):
        return unknown(request, "")
    on = timezone.localdate()
    form = WithdrawForm(request.POST if request.method == "POST" else None, paper=found)
    if form.is_valid():
        return redirect(
            once(
                key=form.submission_key,
                by=request.user,
                act=lambda: withdraw(request, found, form.cleaned_data["reason"], on),
            )
        )
    if not withdrawable(found, on):
        return unknown(request, "")
    return render(
        request,
        "communities/papers/withdraw.html",
        {
            **frame_of(request, found),
            "paper": found,
            "file_type": FileType(found.content_type).label,
            "form": form,
            "cancel_url": back_from(found),
        },
        status=422 if form.is_bound else 200,
    )


def frame_of(request, paper):
    """The frame of a page about one paper: that of its community, or the way to its act."""
    here = ("撤下材料", "")
    if paper.community:
        page = CommunityPage(request, paper.community)
        return page.context("papers", ("材料", back_from(paper)), here)
    steps = [("变更", reverse("communities:acts")), (paper.act.title, back_from(paper)), here]
    return {"trail": [{"label": label, "url": url} for label, url in steps]}


def answers_for(user, paper):
    """Papers of an act are its proposer's office's; others those of all who register here."""
    if paper.act is None:
        return True
    return user.scope == paper.code and user.has_perm("communities.propose_changeact")


def withdraw(request, paper, reason, on):
    """Take a paper down; a second form for one that is down already finds nothing to do."""
    if not withdrawable(paper, on):
        raise Http404
    try:
        withdraw_paper(paper=paper, at=timezone.now(), reason=reason)
    except ValidationError as wrong:  # its act went on meanwhile
        messages.warning(request, wrong.messages[0])
    else:
        messages.success(request, f"已撤下材料“{paper.title}”，原件和原因留存")
    return back_from(paper)


def back_from(paper):
    if paper.act:
        return reverse("communities:act", args=[paper.act.pk])
    return reverse("communities:papers", args=[paper.community.code])


@require_safe
@of_community()
@permission_required("communities.export_community", raise_exception=True)
def dossier(request, page):
    user, community, at = request.user, page.community, timezone.now()
    name = f"{community.short_name}{community.code}档案{timezone.localtime(at):%Y%m%d}.zip"
    record_request(request, AccessAct.EXPORT, target=name)
    # read whole before the request's transaction ends; the file is gone when it is closed
    file = SpooledTemporaryFile(max_size=KEPT_IN_MEMORY)  # noqa: SIM115  closed by the response
    write_dossier(
        file,
        get_dossier(user, community, page.on),
        by=user,
        at=at,
        read=read_content,
        limit=settings.DOSSIER_SIZE_LIMIT,
    )
    size = file.tell()
    file.seek(0)
    response = FileResponse(file, content_type="application/zip")
    response.headers["Content-Length"] = str(size)
    return attached(response, name)
