"""登记资料: the card of one community, and the form that changes it."""

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from communities.forms.profile import ProfileForm
from communities.selectors.profile import get_profile
from communities.services.editing import change
from communities.views.editing import edit_page
from communities.views.one_community import CommunityPage, of_community


@require_safe
@of_community()
def profile(request, page: CommunityPage):
    community = page.community
    return render(
        request,
        "communities/profile/profile.html",
        {
            **page.context("profile"),
            "profile": get_profile(request.user, community, page.on, query=page.query),
            "may_export": request.user.has_perm("communities.export_community"),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@of_community(change=True)
def edit(request, page: CommunityPage):
    community = page.community
    address = reverse("communities:profile", args=[community.code])

    def save(form):
        change(community, fields=form.written, version=form.opened_version, reason=form.reason)
        messages.success(request, f"已保存{community.short_name}的登记资料")
        return address

    return edit_page(
        request,
        ProfileForm,
        community,
        save=save,
        template="communities/profile/edit.html",
        context={
            **page.context("profile", ("修改登记资料", "")),
            "title": "修改登记资料",
            "subtitle": community.short_name,
            "submit": "保存登记资料",
            "cancel_url": address,
        },
        user=request.user,
        on=page.on,
    )
