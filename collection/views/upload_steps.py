"""Acts on an import: rows mended or left out, columns matched anew, rows taken, all given up."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.choices import AccessAct
from accounts.services import once
from accounts.sessions import record_request
from collection.choices import RowState, UploadState
from collection.forms.uploads import typed_rows
from collection.selectors.uploads import get_upload, kinds_imported
from collection.services.uploads import (
    UploadError,
    cancel,
    drop_row,
    edit_row,
    rematch,
    restart,
    take,
)
from collection.views.upload_new import demand, frame_of, looking
from collection.views.uploads import unknown
from communities.forms.editing import key_of_content

MOST_ROWS_AT_ONCE = 60  # a page has 50


def back(request, upload, anchor=""):
    """The page from which an act came, with its filter."""
    kept = {name: request.POST[name] for name in ("show", "page") if request.POST.get(name)}
    query = f"?{urlencode(kept)}" if kept else ""
    return f"{reverse('collection:upload', args=[upload.pk])}{query}{anchor}"


def acting(act):
    """A POST on an import of the own office; what is refused is said on its page."""

    @require_POST
    @looking
    def view(request, pk, **named):
        if not kinds_imported(request.user):
            raise PermissionDenied
        upload = get_upload(request.user, pk)
        if upload is None:
            return unknown(request)
        demand(request.user, upload.kind)
        try:
            return act(request, upload, **named)
        except UploadError as error:
            messages.warning(request, str(error))
            return redirect(back(request, upload))

    view.__name__ = act.__name__
    return view


def save_typed(request, upload) -> dict[int, str]:
    """Store what was typed into the rows of the page; the new states by row number."""
    states = {}
    for number, texts in list(typed_rows(request.POST).items())[:MOST_ROWS_AT_ONCE]:
        states[number] = edit_row(
            upload=upload,
            number=number,
            cells=texts["cell"],
            reasons=texts["reason"],
            by=request.user,
            at=timezone.now(),
        )
    return states


@acting
def rows(request, upload, number=None):
    """Store what was typed; then leave a row out, or say what is still to be done with it."""
    states = save_typed(request, upload)
    if number is not None and request.POST.get("act") == "drop":
        drop_row(upload=upload, number=number, by=request.user, at=timezone.now())
        messages.success(request, f"已删去第{number}行")
        return redirect(back(request, upload, "#rows"))
    for one in sorted(states):
        tell(request, one, states[one])
    if number is not None and number not in states:
        messages.warning(request, f"第{number}行没有改动。在格内改正，或写明原因")
    waits = [one for one, state in states.items() if state in (RowState.WRONG, RowState.UNLIKELY)]
    return redirect(back(request, upload, f"#row-{min(waits)}" if waits else "#rows"))


def tell(request, number, state):
    if state == RowState.WRONG:
        messages.warning(request, f"第{number}行还有错误，已保存改动")
    elif state == RowState.UNLIKELY:
        messages.warning(request, f"第{number}行还要写明原因，已保存改动")
    else:
        messages.success(request, f"第{number}行已改好，{RowState(state).label}")


@acting
def match(request, upload):
    """Give the columns other facts."""
    names = [request.POST.get(f"column-{place}", "") for place in range(len(upload.headings))]
    rematch(upload=upload, names=names, by=request.user, at=timezone.now(), frame=frame_of(request))
    messages.success(request, "已按选定的项目重新核对")
    return redirect(reverse("collection:upload", args=[upload.pk]))


@acting
def take_rows(request, upload):
    """Take the good rows; corrections on the same page are stored and shown first."""
    if save_typed(request, upload):
        messages.success(request, "已保存你的改动，核对后再导入")
        return redirect(back(request, upload, "#rows"))
    key = key_of_content(posted_key(request), request.POST)
    address = once(key=key, by=request.user, act=lambda: taken(request, upload))
    return redirect(address)


def posted_key(request):
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def taken(request, upload):
    take(upload=upload, by=request.user, at=timezone.now(), frame=frame_of(request))
    counts = upload.counts
    rows = counts.get(RowState.NEW, 0) + counts.get(RowState.CHANGED, 0)
    record_request(request, AccessAct.IMPORT, target=f"第{upload.pk}号导入“{upload}”{rows}行")
    upload.refresh_from_db()
    if upload.state != UploadState.TAKING:
        done = upload.counts.get(RowState.TAKEN, 0)
        waits = upload.counts.get("wrong", 0) + upload.counts.get("unlikely", 0)
        rest = f"，还有{waits:,}行待处理" if waits else ""
        messages.success(request, f"已导入{done:,}行{rest}")
    return reverse("collection:upload", args=[upload.pk])


@acting
def give_up(request, upload):
    """Give the import up, or stop the work on it."""
    cancel(upload=upload, by=request.user, at=timezone.now())
    upload.refresh_from_db()
    if upload.state == UploadState.CANCELLED:
        messages.success(request, "已取消，数据没有改变")
        return redirect("collection:uploads")
    return redirect(reverse("collection:upload", args=[upload.pk]))


@acting
def begin_again(request, upload):
    """Begin anew what was interrupted."""
    restart(upload=upload, by=request.user, at=timezone.now(), frame=frame_of(request))
    return redirect(reverse("collection:upload", args=[upload.pk]))
