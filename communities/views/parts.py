"""Adding, changing and ending a part of a community: one mechanism for every kind of part."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from communities.forms import parts as forms
from communities.models import (
    ArchiveEntry,
    Building,
    Estate,
    EstateMeeting,
    Grid,
    Organisation,
)
from communities.services.parts import add_part, change_part, end_part, ended_words
from communities.views.editing import edit_page
from communities.views.one_community import of_community

PAGE_SIZE = 50
TABS = {"estates": "小区", "grids": "网格", "organisations": "组织", "archive": "电子档案"}


@dataclass(frozen=True)
class Kind:
    """A kind of part: what it is called, its form, and under which tab it stands.

    `card`: it has a page of its own; `of_estate`: it stands on the card of an estate.
    """

    key: str
    label: str
    model: Any
    form: type[forms.PartForm]
    tab: str
    card: bool = False
    of_estate: bool = False

    @property
    def ends(self) -> bool:
        return hasattr(self.model, "valid_until")

    def url(self, record) -> str:
        """The page on which a part is shown."""
        if self.of_estate:
            return reverse("communities:estate", args=(record.code, record.estate_id))
        if self.card:
            return reverse(f"communities:{self.key}", args=(record.code, record.pk))
        return reverse(f"communities:{self.tab}", args=(record.code,))


KINDS = {
    one.key: one
    for one in (
        Kind("estate", "小区", Estate, forms.EstateForm, "estates", card=True),
        Kind("building", "楼栋", Building, forms.BuildingForm, "estates", of_estate=True),
        Kind("meeting", "联席会议", EstateMeeting, forms.MeetingForm, "estates", of_estate=True),
        Kind("grid", "网格", Grid, forms.GridForm, "grids"),
        Kind("organisation", "组织", Organisation, forms.OrganisationForm, "organisations"),
        Kind(
            "archive_entry", "电子档案", ArchiveEntry, forms.ArchiveEntryForm, "archive", card=True
        ),
    )
}


def context_of(page, tab, *steps):
    """What every page of a community's parts takes; steps follow the tab's own on the way here."""
    address = page.url(tab)
    return {
        **page.context(tab, (TABS[tab], address), *steps),
        "ended_words": ended_words(page.community, page.community.short_name, page.on),
        "show_ended": page.request.GET.get("ended") == "1",
    }


def find(page, kind, pk):
    """A part of a community inside the scope; raises Http404."""
    found = kind.model.objects.for_user(page.user).filter(community=page.community, pk=pk)
    if kind.of_estate:
        found = found.select_related("estate")
    record = found.first()
    if record is None:
        raise Http404(f"no {kind.key} {pk} in {page.community.code}")
    return record


def steps_to(kind, record):
    """The steps of the way between a kind's tab and the form of a part."""
    if kind.of_estate:
        return [(record.estate.name, kind.url(record))]
    return [(str(record), kind.url(record))] if record.pk and kind.card else []


def form_page(page, kind, record, form_class, *, title, submit, save, told):
    """Show or take a form of a part; `save` stores it, `told` says so of what it stored.

    Parts of an estate that has ended are only shown.
    """
    back = steps_to(kind, record)
    cancel = back[-1][1] if back else reverse(f"communities:{kind.tab}", args=(record.code,))
    if kind.of_estate and (said := ended_words(record.estate, record.estate.name, page.on)):
        messages.warning(page.request, f"{said}，{kind.label}只能查看，不再登记和修改")
        return redirect(cancel)

    def saved(form):
        stored = save(form)
        messages.success(page.request, told(stored))
        return kind.url(stored)

    context = {
        **context_of(page, kind.tab, *back, (title, "")),
        "title": title,
        "subtitle": str(record) if record.pk else page.community.short_name,
        "submit": submit,
        "cancel_url": cancel,
    }
    return edit_page(
        page.request,
        form_class,
        record,
        save=saved,
        context=context,
        template="communities/parts/edit.html",
        user=page.user,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@of_community(change=True)
def add(request, page, kind, estate=None):
    made, community = KINDS[kind], page.community
    record = made.model(community=community, code=community.code)
    if made.of_estate:
        record.estate = find(page, KINDS["estate"], estate)

    def save(form):
        return add_part(record=form.instance, on=page.on, reason=form.reason)

    return form_page(
        page,
        made,
        record,
        made.form,
        title=f"登记{made.label}",
        submit=f"登记{made.label}",
        save=save,
        told=lambda part: f"已登记{made.label}“{part}”",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@of_community(change=True)
def edit(request, page, kind, pk):
    made = KINDS[kind]
    record = find(page, made, pk)
    if made.ends and (said := ended_words(record, str(record), page.on)):
        messages.warning(request, f"{said}。恢复登记以后再修改")
        return redirect(made.url(record))

    def save(form):
        return change_part(
            record=form.instance,
            fields=form.written,
            version=form.opened_version,
            on=page.on,
            reason=form.reason,
        )

    return form_page(
        page,
        made,
        record,
        made.form,
        title=f"修改{made.label}",
        submit="保存修改",
        save=save,
        told=lambda part: f"已保存“{part}”的修改",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@of_community(change=True)
def end(request, page, kind, pk):
    made = KINDS[kind]
    record = find(page, made, pk)
    ended = record.valid_until is not None

    def save(form):
        return end_part(
            record=form.instance, version=form.opened_version, on=page.on, reason=form.reason
        )

    def told(part):
        if part.valid_until is None:
            return f"已恢复登记{made.label}“{part}”"
        return f"已注销{made.label}“{part}”，自{part.valid_until}起不再计入"

    return form_page(
        page,
        made,
        record,
        forms.end_form(made.model),
        title=f"更正{made.label}的注销" if ended else f"注销{made.label}",
        submit="保存更正" if ended else f"注销{made.label}",
        save=save,
        told=told,
    )
