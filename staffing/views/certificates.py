"""证书 of a person: added and changed."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from communities.services.editing import change
from communities.views.editing import edit_page
from staffing.forms.persons import CertificateForm
from staffing.models import Certificate
from staffing.selectors.persons import find_certificate
from staffing.services.persons import add_certificate
from staffing.views.persons import CHANGE, VIEW, of_person, trail_to, unknown


def form_page(request, certificate, title, save):
    person = certificate.person
    address = reverse("staffing:person", args=[person.pk])
    if person.purged_at is not None:
        messages.warning(request, "个人信息已按保存期限清除，登记不再修改")
        return redirect(address)

    def saved(form):
        stored = save(form)
        messages.success(request, f"已保存证书“{stored}”")
        return address

    return edit_page(
        request,
        CertificateForm,
        certificate,
        save=saved,
        context={
            "title": title,
            "subtitle": person.name,
            "submit": "保存证书",
            "trail": trail_to(person, title),
            "cancel_url": address,
            "demo": person.is_demo,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@of_person(VIEW, CHANGE)
def certificate_new(request, person):
    def save(form):
        return add_certificate(certificate=form.instance)

    return form_page(request, Certificate(person=person, code=person.code), "登记证书", save)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required([VIEW, CHANGE], raise_exception=True)
def certificate_edit(request, pk):
    found = find_certificate(request.user, pk)
    if found is None:
        return unknown(request)

    def save(form):
        return change(
            form.instance, fields=form.written, version=form.opened_version, reason=form.reason
        )

    return form_page(request, found, "修改证书", save)
