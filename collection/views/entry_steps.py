"""After the form: 无变化, the last look, handing in, taking back, and the receipt."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.services import once
from collection.forms.entry import key_of, version_of
from collection.selectors.collect import next_open
from collection.selectors.entry import last_texts
from collection.selectors.entry_page import form_of
from collection.selectors.receipt import receipt_of
from collection.services.drafts import fill_unchanged
from collection.services.entering import check_open, hand_in, store_entry
from collection.services.facts import LockedError, StepError
from collection.services.facts import withdraw as take_back
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
        texts = last_texts(entry)
        rows = [(one, texts.get(one.name, ""), entry.texts.get(one.name, "")) for one in
            entry.fields if one.kind != "text"]  # fmt: skip
        differing = [
            one.label for one, last, typed in rows if typed.strip() and typed.strip() != last
        ]
        lacking = [one.label for one, last, _ in rows if not last]
        context = place.context((place.community.short_name, place.url("entry")), ("无变化", ""))
        return render(
            request,
            "collection/entry/unchanged.html",
            {**context, "form": form_of(entry), "differing": differing, "lacking": lacking},
        )
    fill_unchanged(entry=entry, by=place.user, at=place.now)
    return _to_check(request, place)


def _to_check(request, place: EntryPlace) -> HttpResponse:
    entry = place.anew()
    if not entry.is_complete:
        return redirect(place.url("entry") + ("&" if place.holder else "?") + "check=1")
    try:
        check_open(entry, place.on)
        store_entry(entry=entry, on=place.on)
    except LockedError:
        return redirect(place.url("entry_done"))
    except StepError as error:
        messages.warning(request, str(error))
        return redirect(place.url("entry"))
    return redirect(place.url("entry_check"))


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
            version=version_of(request.POST),
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
        if place.entry.facts is None:
            raise StepError("这个社区还没有提交，没有可撤回的")
        check_open(place.entry, place.on)
        take_back(
            facts=place.entry.facts,
            version=version_of(request.POST),
            by=place.user,
            at=place.now,
        )
        messages.success(request, "已撤回，改好后再提交")
        return place.url("entry")

    return _step(request, place, act)


def _step(request, place: EntryPlace, act) -> HttpResponse:
    """Do a step once for the key of its form; where it is not open, go back with the reason."""
    try:
        return redirect(once(key=key_of(request.POST), by=place.user, act=act))
    except StepError as error:
        messages.warning(request, str(error))
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
    may_withdraw = (
        context["may_enter"]
        and entry.facts.status in ("submitted", "reviewed")
        and entry.call
        and entry.call.is_open(place.on)
    )
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
            "may_withdraw": may_withdraw,
            "key": uuid.uuid4(),
        },
    )
