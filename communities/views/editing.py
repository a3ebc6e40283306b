"""Adding and changing one record: errors, double clicks, and two people at one record."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.services import once
from communities.forms.editing import EditForm
from communities.selectors.editing import earlier_result, since_version
from communities.selectors.shown import display
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

    422 with the form for mistakes, also those that `save` raises as ValidationError; 409 with the
    conflict page when the record was changed meanwhile. A form that was acted on before leads
    where it led then. `context` needs title, submit (the button), trail, cancel_url. `more` goes
    to the form.
    """
    if request.method != "POST":
        form = form_class(instance=record, **more)
        return render(request, template, {**context, "form": form})
    form = form_class(chosen(request, form_class, record, more), instance=record, **more)
    if form.is_valid():
        try:
            return redirect(store(request, form, save))
        except StaleError as stale:
            return conflict_page(request, form, stale.present, context)
        except ValidationError as wrong:
            say(form, wrong)
    # sent twice, the second time looks at what the first one made: “there is such a name already”
    elif led_to := earlier_result(request.user, form.submission_key):
        return redirect(led_to)
    return render(request, template, {**context, "form": form}, status=422)


def store(request, form: EditForm, save: Callable[[EditForm], str]) -> str:
    """Do what `save` does, once for the key of the form; return the address it leads to.

    What somebody else stored between the checks and the writing is said like other mistakes.
    """
    try:
        return once(key=form.submission_key, by=request.user, act=lambda: save(form))
    except IntegrityError:
        form.instance.validate_constraints()
        raise


def say(form: EditForm, wrong: ValidationError) -> None:
    """Say what is wrong at its fields, and above the form where a column stands on no field."""
    if not hasattr(wrong, "error_dict"):
        form.add_error(None, wrong)
        return
    for name, errors in wrong.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def chosen(request, form_class, record, more):
    """The posted data, with the present values where the conflict page was answered with theirs."""
    data = request.POST.copy()
    theirs = [name.removeprefix(KEEP) for name in data if name.startswith(KEEP)]
    theirs = [name for name in theirs if data[KEEP + name] == "theirs"]
    if theirs and record.pk:
        form = form_class(instance=record, **more)
        for name in theirs:
            if name in form.written:
                data.setlist(name, form.posted(name, record))
    return data


def conflict_page(request, form: EditForm, present, context):
    """Both versions side by side, field by field; what was typed goes along in hidden fields."""
    meanwhile = since_version(present, form.opened_version)
    # not request.POST: what was answered with theirs on an earlier conflict page stays theirs
    data: Any = form.data
    posted = [
        (name, value)
        for name, values in data.lists()
        if name not in {"csrfmiddlewaretoken", "version"} and not name.startswith(KEEP)
        for value in values
    ]
    return render(
        request,
        "communities/editing/conflict.html",
        {
            **context,
            "differences": differences(form, present, meanwhile.opened),
            "posted": posted,
            "present_version": present.version,
            "changed_at": meanwhile.at,
            "changed_by": meanwhile.by,
        },
        status=409,
    )


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
