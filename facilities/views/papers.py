"""Photos and papers of the space register: adding, downloading and taking down."""

import logging
from hashlib import sha256

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_http_methods, require_safe

from accounts.choices import AccessAct
from accounts.sessions import record_request
from collection.views.acting import act_once
from communities.choices import FileType
from communities.forms.papers import WithdrawForm
from communities.models.parts import Part
from communities.selectors.papers import SHOWN_BY_BROWSERS
from communities.services.parts import ended_words
from communities.views.editing import edit_page
from communities.views.papers import INERT
from communities.views.responses import attached
from facilities.forms.papers import SpacePaperForm
from facilities.models import SpacePaper
from facilities.selectors.papers import (
    OWNERS,
    find_owner,
    find_paper,
    owner_of,
    read_content,
)
from facilities.services.papers import add_paper, withdraw_paper

log = logging.getLogger(__name__)


def unknown(request):
    """The same answer for a key that does not exist and for one outside the user's scope."""
    return render(request, "404.html", status=404)


def back_to(owner, record):
    """The page of a record that papers belong to."""
    return reverse(f"facilities:{OWNERS[owner].route}", args=[record.pk])


def trail_of(owner, record, here):
    label = record._meta.verbose_name
    named = str(record) if owner in ("premises", "project") else label
    return [
        {"label": named, "url": back_to(owner, record)},
        {"label": here, "url": ""},
    ]


def ended(record):
    """That the community of a record has ended, in words; '' while papers may be added."""
    if not isinstance(record, Part):
        return ""
    return ended_words(record.community, record.community.short_name, timezone.localdate())


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def paper_new(request, owner, record):
    kind = OWNERS.get(owner)
    if kind is None:
        if not any(request.user.has_perm(one.writes) for one in OWNERS.values()):
            raise PermissionDenied
        return unknown(request)
    if not request.user.has_perms([kind.reads, kind.writes]):
        raise PermissionDenied
    found = find_owner(request.user, owner, record)
    if found is None:
        return unknown(request)
    back = back_to(owner, found)
    if said := ended(found):
        messages.warning(request, f"{said}，资料只能查看，不再登记和修改")
        return redirect(back)

    def save(form):
        paper = add_paper(
            owner=owner,
            record=found,
            by=request.user,
            at=timezone.now(),
            on=timezone.localdate(),
            **form.paper,
        )
        messages.success(request, f"已保存材料“{paper.title}”")
        return back

    return edit_page(
        request,
        SpacePaperForm,
        SpacePaper(**{owner: found}),
        save=save,
        context={
            "title": "上传照片、材料",
            "subtitle": str(found),
            "submit": "上传",
            "multipart": True,
            "trail": trail_of(owner, found, "上传照片、材料"),
            "cancel_url": back,
            "demo": found.is_demo if hasattr(found, "is_demo") else False,
        },
        owner=owner,
        **({"files": request.FILES} if request.method == "POST" else {}),
    )


@require_safe
@login_required
def paper(request, pk):
    found = found_for(request, pk)
    if found is None:
        return unknown(request)
    content = read_content(found)
    if content is None or sha256(content).hexdigest() != found.sha256:
        log.error("space paper %d: its content is missing or not what was stored", found.pk)
        back = back_to(owner_of(found), getattr(found, owner_of(found)))
        context = {"paper": found, "back_url": back}
        return render(request, "facilities/papers/damaged.html", context, status=503)
    record_request(request, AccessAct.EXPORT, target=f"用房材料{found.pk} {found.file_name}")
    response = HttpResponse(content, content_type=found.content_type)
    attached(response, found.file_name)
    if request.GET.get("view") and found.content_type in set(SHOWN_BY_BROWSERS):
        held = response.headers["Content-Disposition"]
        response.headers["Content-Disposition"] = held.replace("attachment", "inline", 1)
    response.headers["Content-Security-Policy"] = INERT
    response.headers["ETag"] = f'"{found.sha256}"'
    return get_conditional_response(request, etag=response.headers["ETag"], response=response)


def found_for(request, pk, *, change=False):
    """The paper of a key; PermissionDenied for who reads nothing of the register.

    change: whether it is to be taken down, which needs the right of its owner.
    """
    rights = {one.writes if change else one.reads for one in OWNERS.values()}
    if not any(request.user.has_perm(right) for right in rights):
        raise PermissionDenied
    found = find_paper(request.user, pk)
    if found is not None and change and not request.user.has_perm(OWNERS[owner_of(found)].writes):
        raise PermissionDenied
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def paper_withdraw(request, pk):
    found = found_for(request, pk, change=True)
    if found is None:
        return unknown(request)
    owner = owner_of(found)
    record = getattr(found, owner)
    back = back_to(owner, record)
    form = WithdrawForm(request.POST if request.method == "POST" else None, paper=found)
    if form.is_valid():
        return redirect(act_once(request, form.submission_key, lambda: withdraw(request, form)))
    if found.withdrawn_at or ended(record):
        return unknown(request)
    context = {
        "trail": trail_of(owner, record, "撤下材料"),
        "paper": found,
        "file_type": FileType(found.content_type).label,
        "form": form,
        "cancel_url": back,
    }
    template = "communities/papers/withdraw.html"
    return render(request, template, context, status=422 if form.is_bound else 200)


def withdraw(request, form):
    """Take a paper down and say so; return the page of its record."""
    paper = form.paper
    try:
        withdraw_paper(
            paper=paper,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
            on=timezone.localdate(),
        )
    except ValidationError as wrong:
        messages.warning(request, wrong.messages[0])
    else:
        messages.success(request, f"已撤下材料“{paper.title}”，原件和原因留存")
    return back_to(owner_of(paper), getattr(paper, owner_of(paper)))
