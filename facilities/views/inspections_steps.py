"""A step on one record by POST: once, told, and its page again with what is wrong."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect

from collection.views.acting import act_once
from communities.services.editing import StaleError

CHANGED = "你打开以后，这件有了新的办理。看过最新情况再办理"


def take_step(request, form, *, url, act, shown):
    """Do a step once and go to an address; the page again where it is not done.

    act: does it and returns what to tell. shown(form, said, status): the page of the record as it
    is now, with the sentences that say what is wrong: 422 for the form, 409 for the record.
    """
    if not form.is_valid():
        return shown(form, form.said, 422)

    def done():
        messages.success(request, act())
        return url

    try:
        return redirect(act_once(request, form.submission_key, done))
    except StaleError as stale:
        # what was typed stands again, and may be sent for the record as it is now
        form.data = form.data.copy()
        form.data["version"] = str(stale.present.version)
        return shown(form, CHANGED, 409)
    except ValidationError as wrong:
        if hasattr(wrong, "error_dict") and set(wrong.error_dict) <= set(form.fields):
            form.add_error(None, wrong)
            return shown(form, form.said, 422)
        return shown(form, "；".join(wrong.messages), 409)
