"""After the form: 无变化, the last look, handing in, taking back, and the receipt."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.services import once
from collection.forms.entry import facts_version_of, key_of, reason_of
from collection.rules.merging import same
from collection.selectors.collect import next_open
from collection.selectors.entry import last_texts
from collection.selectors.entry_page import form_of
from collection.selectors.locks import lock_of
from collection.selectors.receipt import receipt_of
from collection.services.drafts import fill_unchanged
from collection.services.entering import hand_in, store_entry, take_back
from collection.services.facts import LockedError, StepError
from collection.views.acting import act_once
from collection.views.entry_place import ENTER, VIEW, EntryPlace, no_round, of_entry


@require_http_methods(["GET", "HEAD", "POST"])
@of_entry(*ENTER)
def unchanged(request, place: EntryPlace) -> HttpResponse:
    """无变化: all figures as last year, once more before the eyes; then on to the check page."""
    entry = place.entry
    if entry.call is None:
        return no_round(request, place)
    if not entry.is_open:
        return redirect(place.url("entry_done"))
    if not entry.known.last:
        messages.warning(request, f"{place.community.short_name}没有上年的数据，逐项填报")
        return redirect(place.url("entry"))
    if request.method != "POST":
        return _last_year(request, place)

    def act() -> str:
        seen = request.POST.get("seen", "")
        fill_unchanged(entry=entry, seen=seen, by=place.user, at=place.now)
        return _to_check(request, place)

    try:
        return redirect(once(key=key_of(request), by=place.user, act=act))
    except StepError as error:
        place.anew()
        return _last_year(request, place, said=str(error), status=409)


def _last_year(request, place: EntryPlace, *, said: str = "", status: int = 200) -> HttpResponse:
    """Last year's figures to look through, and what of the form would be written over."""
    entry, texts = place.entry, last_texts(place.entry)
    asked = set(entry.asked_of(entry.known.last or {}))
    compared = [one for one in entry.fields if one.kind != "text"]
    differing = [
        one.label
        for one in compared
        if (typed := entry.texts.get(one.name, "").strip())
        and not same(one.name, typed, texts.get(one.name, ""))
    ]
    context = place.context((place.community.short_name, place.url("entry")), ("无变化", ""))
    return render(
        request,
        "collection/entry/unchanged.html",
        {
            **context,
            "form": form_of(entry),
            "differing": differing,
            "lacking": [
                one.label for one in compared if one.name in asked and not texts.get(one.name)
            ],
            "said": said,
            "seen": entry.version,
            "key": uuid.uuid4(),
        },
        status=status,
    )


def _to_check(request, place: EntryPlace) -> str:
    """Store a complete form; the address of what comes next."""
    entry = place.anew()
    if not entry.is_complete:
        return place.url("entry") + ("&" if place.holder else "?") + "check=1"
    try:
        store_entry(entry=entry, by=place.user, on=place.on)
    except LockedError:
        return place.url("entry_done")
    except StepError as error:
        messages.warning(request, str(error))
        return place.url("entry")
    return place.url("entry_check")


@require_safe
@of_entry(*ENTER)
def check(request, place: EntryPlace) -> HttpResponse:
    """The last look before handing in."""
    entry = place.entry
    if entry.call is None:
        return no_round(request, place)
    if not entry.is_open:
        return redirect(place.url("entry_done"))
    if entry.facts is None or entry.draft is not None or not entry.is_complete:
        messages.warning(request, "表里有还没有核对的内容。改好后选“核对并提交”")
        return redirect(place.url("entry"))
    context = place.context((place.community.short_name, place.url("entry")), ("核对并提交", ""))
    return render(
        request,
        "collection/entry/check.html",
        {
            **context,
            "office": place.office,
            "form": form_of(entry, given=place.given),
            "receipt": receipt_of(entry),
            "reckoned": place.reckon(entry),
            "may_withdraw": entry.call.is_open(place.on),
            "key": uuid.uuid4(),
        },
    )


@require_POST
@of_entry(*ENTER)
def submit(request, place: EntryPlace) -> HttpResponse:
    """Hand in; sent twice it is done once."""

    def act() -> str:
        hand_in(
            entry=place.entry,
            version=facts_version_of(request.POST),
            by=place.user,
            at=place.now,
            on=place.on,
        )
        return place.url("entry_done")

    return _step(request, place, act)


@require_POST
@of_entry(*ENTER)
def withdraw(request, place: EntryPlace) -> HttpResponse:
    """Take back what was handed in, while the round is open and nobody has confirmed it."""

    def act() -> str:
        take_back(
            entry=place.entry,
            version=facts_version_of(request.POST),
            by=place.user,
            at=place.now,
            on=place.on,
            reason=reason_of(request.POST),
        )
        messages.success(request, "已撤回，改好后再提交")
        return place.url("entry")

    return _step(request, place, act)


def _step(request, place: EntryPlace, act) -> HttpResponse:
    """Do a step once for the key of its form; where it is not open, go back with the reason."""
    try:
        return redirect(act_once(request, key_of(request), act))
    except (StepError, ValidationError) as error:
        said = error.messages[0] if isinstance(error, ValidationError) else str(error)
        messages.warning(request, said)
        back = "entry" if place.entry.is_open else "entry_done"
        return redirect(place.url(back))


@require_safe
@of_entry(*VIEW)
def done(request, place: EntryPlace) -> HttpResponse:
    """The receipt: number, when, by whom, what comes next, and the next form."""
    entry = place.entry
    if entry.facts is None or entry.is_open:
        return redirect(place.url("entry") if place.user.has_perms(ENTER) else place.list_url)
    following = next_open(place.user, place.community.code, place.year, place.on)
    following_url = (
        reverse("collection:entry", args=[following.code, place.year]) if following else ""
    )
    receipt = receipt_of(entry)
    context = place.context((place.community.short_name, ""))
    return render(
        request,
        "collection/entry/done.html",
        {
            **context,
            "office": place.office,
            "receipt": receipt,
            "form": form_of(entry, given=place.given),
            "following": following,
            "following_url": following_url,
            "lock": lock_of(entry, place.on, place.office, place.user.scope),
            "key": uuid.uuid4(),
        },
    )
