"""The form of a community's facts: shown, saved as it is typed, checked and stored."""

import json

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import date as date_filter
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from collection.forms.entry import base_of, typed_of
from collection.rules.fields import FIELDS
from collection.rules.findings import shown
from collection.rules.merging import REASON
from collection.rules.reading import CellError, read
from collection.selectors.entry import Entry, with_typed
from collection.selectors.entry_page import form_of
from collection.selectors.locks import lock_of
from collection.selectors.uploads import may_upload
from collection.services.drafts import Saved, fill_from_last, save
from collection.services.entering import store_entry
from collection.services.facts import LockedError, StepError
from collection.views.entry_place import ENTER, EntryPlace, no_round, of_entry

TEMPLATE = "collection/entry/entry.html"


@require_http_methods(["GET", "HEAD", "POST"])
@of_entry(*ENTER)
def entry(request, place: EntryPlace) -> HttpResponse:
    if place.entry.call is None:
        return no_round(request, place)
    if request.method == "POST":
        return _posted(request, place)
    if not place.entry.is_open and place.entry.draft is None:
        return redirect(place.url("entry_done"))
    strict = place.entry.draft is not None and "check" in request.GET
    return _page(request, place, strict=strict)


def _posted(request, place: EntryPlace) -> HttpResponse:
    """Save what was typed, then what the button says: nothing more, last year's, or the check."""
    saved = _save(request, place)
    opened = place.anew()
    action = request.POST.get("action")
    if saved.refused:
        return _page(request, place, saved=saved, status=422)
    if saved.clashes or not opened.is_open:
        return _page(request, place, saved=saved, status=409)
    if action == "last":
        filled = fill_from_last(entry=opened, by=place.user, at=place.now)
        text = (
            f"已带入上年数{filled}项，核对后再提交"
            if filled
            else "没有可带入的：空着的项上年也没有数"
        )
        messages.success(request, text)
        return redirect(place.url("entry"))
    if action == "check":
        return _checked(request, place, opened)
    return redirect(place.url("entry"))


def _checked(request, place: EntryPlace, opened: Entry) -> HttpResponse:
    """Store a complete form and go on to the check page; else 422 with all that is to mend."""
    if not opened.is_complete:
        return _page(request, place, strict=True, status=422)
    try:
        store_entry(entry=opened, by=place.user, on=place.on)
    except StepError as error:
        messages.warning(request, str(error))
        place.anew()
        return _page(request, place, status=409)
    except LockedError:
        place.anew()
        return _page(request, place, status=409)
    return redirect(place.url("entry_check"))


def _save(request, place: EntryPlace) -> Saved:
    return save(
        entry=place.entry,
        typed=typed_of(request.POST),
        base=base_of(request.POST),
        by=place.user,
        at=place.now,
    )


def _page(
    request, place: EntryPlace, *, saved: Saved | None = None, strict: bool = False, status=200
) -> HttpResponse:
    """The form; where both sides changed a cell it holds mine, and says theirs."""
    opened = place.entry
    clashes = {one.name: one for one in saved.clashes} if saved else {}
    refused = saved.refused if saved else {}
    texts = {**opened.texts, **{name: one.mine for name, one in clashes.items()}}
    texts |= {key: one.text for key, one in refused.items()}
    told = {name: _said(one) for name, one in clashes.items()}
    told |= {key.removeprefix(REASON): one.message for key, one in refused.items()}
    form = form_of(opened, texts=texts, given=place.given, strict=strict)
    context = place.context((place.community.short_name, ""))
    return render(
        request,
        TEMPLATE,
        {
            **context,
            "form": form,
            "base": json.dumps(opened.texts, ensure_ascii=False),
            "clashes": told,
            "refused": bool(refused),
            "reckoned": place.reckon(opened),
            "closed": opened.barrier(place.on),
            "ask_url": place.ask_url,
            "lock": None
            if opened.is_open
            else lock_of(opened, place.on, place.office, place.user.scope),
            "may_upload": may_upload(place.user),
            "last_known": opened.known.last is not None,
            "now": place.now,
        },
        status=status,
    )


@require_POST
@of_entry(*ENTER)
def draft(request, place: EntryPlace) -> HttpResponse:
    """Autosave: what the page must know after it, as JSON."""
    if place.entry.call is None:
        notice = f"{place.year}年度没有填报任务，填的内容没有保存到服务器"
        return JsonResponse({"notice": notice}, status=409)
    saved = _save(request, place)
    opened = place.anew()
    base = base_of(request.POST)
    form = form_of(opened, given=place.given)
    lines = [line for section in form.sections for line in section.lines]
    moved = {key: text for key, text in opened.texts.items() if text != base.get(key, "")}
    return JsonResponse(
        {
            "said": saved_words(saved),
            "texts": moved,
            "clashes": {one.name: _clash(one) for one in saved.clashes},
            "refused": list(saved.refused),
            "lines": {
                line.name: {
                    "change": line.change,
                    "found": [[one.grade, one.message] for one in line.findings],
                }
                for line in lines
            },
            "sections": {one.key: [one.filled, one.needed] for one in form.sections},
            "percent": form.percent,
            "notice": _refusal(saved) or _notice(place),
        }
    )


@require_POST
@of_entry(*ENTER)
def preview(request, place: EntryPlace) -> HttpResponse:
    """The aside for what is typed at the moment; nothing is stored."""
    if place.entry.call is None:
        return HttpResponse(status=204)
    opened = with_typed(place.entry, typed_of(request.POST))
    context = {"reckoned": place.reckon(opened), "entry_year": place.year, "urls": {}}
    return render(request, "collection/entry/_reckoned.html", context)


def saved_words(saved: Saved) -> str:
    """When the draft was last changed, as the action bar says it."""
    if saved.draft is None:
        return ""
    return f"草稿已保存，{date_filter(timezone.localtime(saved.draft.changed_at), 'Y-m-d H:i')}"


def _refusal(saved: Saved) -> str:
    """What was not kept, by its field."""
    labels = [
        (FIELDS[name].label if (name := key.removeprefix(REASON)) in FIELDS else key, one.message)
        for key, one in saved.refused.items()
    ]
    return "；".join(f"{label}：{message}" for label, message in labels)


def _notice(place: EntryPlace) -> str:
    """What keeps these facts from being handed in, however they are filled in."""
    if place.entry.is_open:
        return place.entry.barrier(place.on)
    lock = lock_of(place.entry, place.on, place.office, place.user.scope)
    return f"{lock.words}。你填的存为草稿，没有进入这份数据。{lock.way}"


def _clash(one) -> dict[str, str]:
    return {"theirs": one.theirs, "said": _said(one)}


def _said(one) -> str:
    """Both versions of a cell, in the words of the page."""
    moment = date_filter(timezone.localtime(one.at), "H:i") if one.at else ""
    who = "你在另一个窗口" if one.is_own else one.by
    theirs = _readable(one.name, one.theirs) or "空"
    if not who:
        return f"表里现在是{theirs}，你填的是{_readable(one.name, one.mine) or '空'}"
    return f"{who}{moment}填了{theirs}，你填的是{_readable(one.name, one.mine) or '空'}"


def _readable(key: str, text: str) -> str:
    field = FIELDS.get(key.removeprefix(REASON) if key.startswith(REASON) else key)
    if field is None or key.startswith(REASON):
        return f"“{text}”" if text else ""
    try:
        value = read(field, text)
    except CellError:
        return f"“{text}”"
    return "" if value in (None, "") else shown(field.name, value)
