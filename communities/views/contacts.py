"""责任人: who answers for a community, a street or a district."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from communities.forms.profile import ContactForm
from communities.models import Contact
from communities.selectors.places import get_division, own_contacts
from communities.selectors.profile import contacts_of
from communities.services.editing import add as store
from communities.services.editing import change
from communities.views.editing import edit_page
from communities.views.one_community import REGISTER, VIEW, CommunityPage, of_community, unknown

FORM = ["GET", "HEAD", "POST"]


def contact_page(request, contact: Contact, *, back: str, context, **more) -> HttpResponse:
    """The form of a new or known contact; `back` is where it leads."""

    def save(form):
        if contact.pk:
            change(contact, fields=form.written, version=form.opened_version, reason=form.reason)
        else:
            store(form.instance)
        messages.success(request, f"已保存责任人{form.instance.name}")
        return back

    title = "修改责任人" if contact.pk else "登记责任人"
    return edit_page(
        request,
        ContactForm,
        contact,
        save=save,
        context={**context, "title": title, "submit": "保存责任人", "cancel_url": back},
        **more,
    )


def _of_community(request, page: CommunityPage, contact: Contact) -> HttpResponse:
    title = "修改责任人" if contact.pk else "登记责任人"
    return contact_page(
        request,
        contact,
        back=reverse("communities:profile", args=[page.community.code]),
        context=page.context("profile", (title, "")) | {"subtitle": page.community.short_name},
        template="communities/parts/edit.html",
    )


@require_http_methods(FORM)
@of_community(change=True)
def add(request, page: CommunityPage):
    return _of_community(request, page, Contact(code=page.community.code))


@require_http_methods(FORM)
@of_community(change=True)
def edit(request, page: CommunityPage, pk):
    user = request.user
    known = Contact.objects.for_user(user).filter(own_contacts(user, page.community))
    return _of_community(request, page, get_object_or_404(known, pk=pk))


def _division_context(division, *steps):
    address = reverse("communities:division_contacts", args=[division.code])
    way = [
        {"label": "社区台账", "url": reverse("communities:list")},
        {"label": f"{division.name}的责任人", "url": address if steps else ""},
        *({"label": step, "url": ""} for step in steps),
    ]
    return {"trail": way, "division": division, "subtitle": division.name}


@require_safe
@permission_required(VIEW, raise_exception=True)
def of_division(request, code):
    on = timezone.localdate()
    division = get_division(request.user, code, on)
    if division is None:
        return unknown(request, code)
    return render(
        request,
        "communities/profile/contacts.html",
        {
            **_division_context(division),
            "contacts": contacts_of(request.user, [code], on),
            "may_register": request.user.scope == code and request.user.has_perm(REGISTER),
        },
    )


def _of_division(request, code, find) -> HttpResponse:
    """The form of a contact of a division, for those whose own scope it is."""
    division = get_division(request.user, code, timezone.localdate())
    if division is None or request.user.scope != code:
        return unknown(request, code)
    contact = find()
    title = "修改责任人" if contact.pk else "登记责任人"
    return contact_page(
        request,
        contact,
        back=reverse("communities:division_contacts", args=[code]),
        context=_division_context(division, title),
    )


@require_http_methods(FORM)
@permission_required([VIEW, REGISTER], raise_exception=True)
def add_to_division(request, code):
    return _of_division(request, code, lambda: Contact(code=code))


@require_http_methods(FORM)
@permission_required([VIEW, REGISTER], raise_exception=True)
def edit_of_division(request, code, pk):
    known = Contact.objects.for_user(request.user).filter(code=code)
    return _of_division(request, code, lambda: get_object_or_404(known, pk=pk))
