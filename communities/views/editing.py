"""Adding and changing one record: errors, double clicks, and two people at one record."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from accounts.services import once
from communities.forms.editing import EditForm
from communities.services.editing import StaleError

KEEP = "keep-"


class Difference(NamedTuple):
    """A field that two people left differently, with the values as a page shows them."""

    name: str
    label: str
    mine: str
    theirs: str
    # whether this person changed it; if not, theirs is what both want
    mine_is_chosen: bool


def edit_page(
    request: Any,
    form_class: type[EditForm],
    record,
    *,
    save: Callable[[EditForm], str],
    context: dict[str, object],
    template: str = "communities/editing/edit.html",
    **more,
) -> HttpResponse:
    """Show or take the form of a record; `save` stores it and returns the address to go on to.

    422 with the form for mistakes; the conflict page when the record was changed meanwhile.
    `context` needs title, submit (the button), trail, cancel_url. `more` goes to the form.
    """
    if request.method != "POST":
        form = form_class(instance=record, **more)
        return render(request, template, {**context, "form": form})
    form = form_class(chosen(request, form_class, record, more), instance=record, **more)
    if not form.is_valid():
        return render(request, template, {**context, "form": form}, status=422)
    try:
        led_to = once(key=form.submission_key, by=request.user, act=lambda: save(form))
    except StaleError as stale:
        return conflict_page(request, form, stale.present, context)
    return redirect(led_to)


def chosen(request, form_class, record, more):
    """The posted data, with the present values where the conflict page was answered with theirs."""
    data = request.POST.copy()
    theirs = [name.removeprefix(KEEP) for name in data if name.startswith(KEEP)]
    theirs = [name for name in theirs if data[KEEP + name] == "theirs"]
    if theirs and record.pk:
        form = form_class(instance=record, **more)
        for name in theirs:
            if name in form.fields:
                data.setlist(name, form.posted(name, record))
    return data


def conflict_page(request, form: EditForm, present, context):
    """Both versions side by side, field by field; what was typed goes along in hidden fields."""
    opened = present.events.filter(version=form.opened_version).order_by("-pgh_id").first()
    last = present.events.order_by("-pgh_id").select_related("pgh_context").first()
    posted = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in {"csrfmiddlewaretoken", "version"} and not name.startswith(KEEP)
        for value in values
    ]
    return render(
        request,
        "communities/editing/conflict.html",
        {
            **context,
            "differences": differences(form, present, opened),
            "posted": posted,
            "present_version": present.version,
            "changed_at": last.pgh_created_at if last else None,
            "changed_by": name_of(last),
        },
        status=409,
    )


def name_of(event) -> str:
    """Who made a history event, by name; '' for the system."""
    context = event and event.pgh_context
    key = context.metadata.get("user") if context else None
    person = User.objects.filter(pk=key).first() if key else None
    return person.display_name if person else ""


def differences(form: EditForm, present, opened) -> list[Difference]:
    mine = form.instance
    return [
        Difference(
            name,
            str(form.fields[name].label),
            display(mine, name),
            display(present, name),
            opened is None or getattr(mine, name) != getattr(opened, name),
        )
        for name in form.written
        if getattr(mine, name) != getattr(present, name)
    ]


def display(record, name: str) -> str:
    """A field's value as a page shows it."""
    value = getattr(record, name)
    shown = getattr(record, f"get_{name}_display", None)
    if shown and value not in (None, ""):
        return str(shown())
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(value) or "（空）"
    return "（空）" if value in (None, "") else str(value)
