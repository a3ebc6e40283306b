"""登记、修改、终止用房: the forms of premises."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from communities.models import Community
from communities.querysets import not_ended
from communities.services.parts import ended_words
from communities.views.editing import edit_page
from facilities.forms.premises import (
    ChooseCommunityForm,
    EndPremisesForm,
    NewPremisesForm,
    PremisesForm,
)
from facilities.models import Premises, Project
from facilities.services.premises import add_premises, change_premises, end_premises
from facilities.views.one_premises import (
    CHANGE,
    ONLY_SHOWN,
    VIEW,
    of_premises,
    trail_to,
)
from facilities.views.papers import unknown


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required([VIEW, CHANGE], raise_exception=True)
def premises_new(request):
    user, on = request.user, timezone.localdate()
    communities = Community.objects.for_user(user).filter(not_ended(on)).order_by("code")
    asked = request.GET.get("community", "")
    if not asked:
        return choose(request, communities)
    community = Community.objects.for_user(user).filter(code=asked).order_by("-pk").first()
    if community is None:
        return unknown(request)
    if said := ended_words(community, community.short_name, on):
        messages.warning(request, f"{said}，{ONLY_SHOWN}")
        return redirect("facilities:premises_list")
    record = Premises(
        community=community, code=community.code, is_demo=community.is_demo, **from_project(request)
    )

    def save(form):
        made = add_premises(record=form.instance, rooms=form.rooms, on=on, reason=form.reason)
        total = sum(room.building_m2 for room in form.rooms)
        messages.success(
            request,
            f"已登记用房“{made.name}”，{len(form.rooms)}个房间，建筑面积{total:,f}㎡，"
            f"由{community.short_name}全部使用。与其他社区合用的，登记份额",
        )
        return reverse("facilities:premises", args=[made.pk])

    back = reverse("facilities:community_premises", args=[community.code])
    return edit_page(
        request,
        NewPremisesForm,
        record,
        save=save,
        template="facilities/premises/new.html",
        context={
            "title": "登记用房",
            "subtitle": community.short_name,
            "submit": "登记用房",
            "trail": trail_to(community, "登记用房"),
            "cancel_url": back,
            "demo": community.is_demo,
            "project": record.project,
        },
    )


def choose(request, communities):
    """The page on which the community is chosen that keeps the record."""
    form = ChooseCommunityForm(None, communities=communities)
    listed = reverse("facilities:premises_list")
    trail = [{"label": "用房台账", "url": listed}, {"label": "登记用房", "url": ""}]
    context = {"form": form, "trail": trail, "cancel_url": listed}
    return render(request, "facilities/premises/choose.html", context)


def from_project(request):
    """What premises take of the project that an address names (?project=); nothing of others."""
    asked = request.GET.get("project", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        return {}
    project = Project.objects.for_user(request.user).filter(pk=int(asked)).first()
    if project is None:
        return {}
    return {
        "project": project,
        "estate": project.estate,
        "acquisition": "handed_over",
        "address": project.location,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@of_premises(change=True)
def premises_edit(request, page):
    if page.ended:
        messages.warning(request, f"{page.ended}。恢复以后再修改")
        return redirect(page.url)

    def save(form):
        made = change_premises(
            record=form.instance,
            fields=form.written,
            version=form.opened_version,
            on=page.on,
            reason=form.reason,
        )
        messages.success(request, f"已保存“{made.name}”的修改")
        return page.url

    return edit_page(
        request,
        PremisesForm,
        page.premises,
        save=save,
        context={
            **page.context("修改用房"),
            "title": "修改用房",
            "subtitle": page.premises.name,
            "submit": "保存修改",
            "cancel_url": page.url,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@of_premises(change=True)
def premises_end(request, page):
    name, was_ended = page.premises.name, page.premises.valid_until is not None

    def save(form):
        made = end_premises(
            record=form.instance, version=form.opened_version, on=page.on, reason=form.reason
        )
        if made.valid_until is None:
            messages.success(request, f"已恢复用房“{name}”，房间和份额照常计入")
        else:
            messages.success(request, f"已终止用房“{name}”，自{made.valid_until}起不再计入")
        return page.url

    title = "更正用房的终止" if was_ended else "终止用房"
    return edit_page(
        request,
        EndPremisesForm,
        page.premises,
        save=save,
        context={
            **page.context(title),
            "title": title,
            "subtitle": name,
            "submit": "保存更正" if was_ended else "终止用房",
            "cancel_url": page.url,
        },
    )
