"""合同: purchases, leases and loans of premises."""

from django.contrib import messages
from django.views.decorators.http import require_http_methods

from communities.views.editing import edit_page
from facilities.forms.contracts import ContractForm
from facilities.models import Contract
from facilities.services.contracts import add_contract, change_contract
from facilities.views.one_premises import of_piece, of_premises


def form_page(page, record, *, title, submit, save):
    """Show or take the form of a contract; `save` stores it and returns what to tell."""

    def saved(form):
        messages.success(page.request, save(form))
        return f"{page.url}#contracts"

    return edit_page(
        page.request,
        ContractForm,
        record,
        save=saved,
        context={
            **page.context(title),
            "title": title,
            "subtitle": page.premises.name,
            "submit": submit,
            "cancel_url": page.url,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@of_premises(change=True)
def contract_new(request, page):
    record = Contract(premises=page.premises, community=page.community, code=page.premises.code)

    def save(form):
        made = add_contract(record=form.instance, on=page.on, reason=form.reason)
        return f"已登记{made}"

    return form_page(page, record, title="登记合同", submit="登记合同", save=save)


@require_http_methods(["GET", "HEAD", "POST"])
@of_piece(Contract)
def contract_edit(request, page, record):
    def save(form):
        made = change_contract(
            record=form.instance,
            fields=form.written,
            version=form.opened_version,
            on=page.on,
            reason=form.reason,
        )
        return f"已保存{made}的修改"

    return form_page(page, record, title="修改合同", submit="保存修改", save=save)
