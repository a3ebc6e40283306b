"""人员: the page of one person, the form of the file, and the telephone shown on request."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.scope import request_number
from communities.selectors.places import division_names
from communities.views.editing import edit_page
from staffing.forms.persons import PersonForm
from staffing.selectors.person_history import history_of
from staffing.selectors.persons import find_person, get_card
from staffing.services.duplicates import ELSEWHERE, NUMBERED, tell_of_number
from staffing.services.persons import change_person, reveal_phone
from staffing.tables.roster import name_of

VIEW, CHANGE = "staffing.view_person", "staffing.change_person"
REVEAL = "staffing.reveal_phone"
PAGE_SIZE = 20


def unknown(request):
    """The same answer for a key that does not exist and for one outside the user's scope."""
    return render(request, "404.html", status=404)


def of_person(*rights: str) -> Callable[..., Callable[..., HttpResponse]]:
    """A view of one person: it gets (request, person, …) in place of (request, pk, …).

    403 without the rights, 404 outside the scope.
    """

    def decorate(view):
        @wraps(view)
        @permission_required(rights, raise_exception=True)
        def wrapped(request, pk, **more):
            person = find_person(request.user, pk)
            return unknown(request) if person is None else view(request, person, **more)

        return wrapped

    return decorate


def trail_to(person, *steps):
    """The way here: roster, street, person, then labels; the last is this page."""
    names = division_names({person.code}, timezone.localdate())
    roster = reverse("staffing:roster")
    way = [
        ("花名册", roster),
        (names.get(person.code, person.code), f"{roster}?street={person.code}"),
        (name_of(person), reverse("staffing:person", args=[person.pk])),
        *((step, "") for step in steps),
    ]
    last = len(way) - 1
    return [
        {"label": label, "url": "" if place == last else address}
        for place, (label, address) in enumerate(way)
    ]


def person_page(request, person, *, phone=""):
    """The page of a person; with the whole telephone number where it was asked for."""
    user, on = request.user, timezone.localdate()
    changes = history_of(user, person)
    pager = Paginator(changes, PAGE_SIZE).get_page(request.GET.get("page"))
    may_change = user.has_perm(CHANGE) and person.purged_at is None
    context = {
        "card": get_card(user, person, on),
        "person": person,
        "name": name_of(person),
        "trail": trail_to(person),
        "on": on,
        "phone": phone,
        "changes": list(pager.object_list),
        "page": pager,
        "may_change": may_change,
        "may_reveal": user.has_perm(REVEAL) and bool(person.phone_mask),
        "may_view_pay": user.has_perm("staffing.view_pay"),
        "may_record_pay": user.has_perm("staffing.record_pay"),
        "demo": person.is_demo,
    }
    return render(request, "staffing/persons/person.html", context)


@require_safe
@of_person(VIEW)
def person(request, person):
    return person_page(request, person)


@require_POST
@of_person(VIEW, REVEAL)
def person_phone(request, person):
    """The whole telephone number, as the answer of this request only; who asked is recorded."""
    phone = reveal_phone(
        person=person,
        by=request.user,
        at=timezone.now(),
        address=request.META.get("REMOTE_ADDR") or None,
        request_id=request_number(request),
    )
    if request.htmx:
        return render(request, "staffing/persons/_phone.html", {"phone": phone})
    return person_page(request, person, phone=phone)


@sensitive_post_parameters("identity_number", "phone")
@require_http_methods(["GET", "HEAD", "POST"])
@of_person(VIEW, CHANGE)
def person_edit(request, person):
    address = reverse("staffing:person", args=[person.pk])
    if person.purged_at is not None:
        messages.warning(request, "个人信息已按保存期限清除，登记不再修改")
        return redirect(address)

    def save(form):
        change_person(
            person=form.instance,
            fields=form.written,
            version=form.opened_version,
            identity_number=form.cleaned_data["identity_number"],
            phone=form.cleaned_data["phone"],
            by=request.user,
            at=timezone.now(),
            reason=form.reason,
        )
        messages.success(request, "已保存人员登记")
        if form.cleaned_data["identity_number"] and tell_of_number(
            person=form.instance,
            text=NUMBERED,
            url=address,
            on=timezone.localdate(),
            at=timezone.now(),
        ):
            messages.warning(request, f"{ELSEWHERE}，已告知上级核对")
        return address

    return edit_page(
        request,
        PersonForm,
        person,
        save=save,
        context={
            "title": "修改人员登记",
            "subtitle": person.name,
            "submit": "保存人员登记",
            "trail": trail_to(person, "修改人员登记"),
            "cancel_url": address,
            "demo": person.is_demo,
        },
    )
