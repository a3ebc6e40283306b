"""份额: which communities of the street use premises from a day on."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.scope import STREET
from communities.models import Community
from communities.querysets import not_ended
from communities.views.editing import edit_page
from facilities.forms.shares import SharesForm
from facilities.models import Share
from facilities.services.shares import set_shares
from facilities.views.one_premises import of_premises


@require_http_methods(["GET", "HEAD", "POST"])
@of_premises(change=True)
def shares(request, page):
    record = page.premises
    if page.ended:
        messages.warning(request, f"{page.ended}。恢复以后再登记份额")
        return redirect(page.url)
    rows = Community.objects.for_user(page.user).under(record.code[:STREET])
    communities = rows.filter(not_ended(page.on)).order_by("code")
    held = Share.objects.filter(premises=record).as_of(page.on)

    def save(form):
        made = set_shares(
            premises=record,
            parts=form.parts,
            total=form.whole,
            since=form.cleaned_data["since"],
            version=form.opened_version,
            on=page.on,
            reason=form.reason,
        )
        given, whole = sum(form.parts.values()), form.whole
        rest = "" if given == whole else "，余下的不计入任何社区"
        messages.success(request, f"已保存“{made.name}”的份额，{len(form.parts)}个社区使用{rest}")
        return f"{page.url}#shares"

    return edit_page(
        request,
        SharesForm,
        record,
        save=save,
        context={
            **page.context("登记份额"),
            "title": "登记份额",
            "subtitle": record.name,
            "submit": "保存份额",
            "cancel_url": page.url,
            "hints": [
                "从填写的日期起，用下面的份额替换先前的；先前各日的面积不变。合用的社区限同一街道"
            ],
        },
        communities=communities,
        present=dict(held.values_list("community_id", "parts")),
    )
