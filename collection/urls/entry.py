"""Routes of the form of a community's facts."""

from django.urls import path

from collection.views import collect, entry, entry_steps

ONE = "communities/<community:code>/<int:year>"
urlpatterns = [
    path("collect/", collect.collect, name="collect"),
    path("collect/submit/", collect.submit_all, name="collect_submit"),
    path("collect/extension/", collect.extension_ask, name="extension_ask"),
    path(f"{ONE}/edit/", entry.entry, name="entry"),
    path(f"{ONE}/draft/", entry.draft, name="entry_draft"),
    path(f"{ONE}/preview/", entry.preview, name="entry_preview"),
    path(f"{ONE}/unchanged/", entry_steps.unchanged, name="entry_unchanged"),
    path(f"{ONE}/check/", entry_steps.check, name="entry_check"),
    path(f"{ONE}/submit/", entry_steps.submit, name="entry_submit"),
    path(f"{ONE}/withdraw/", entry_steps.withdraw, name="entry_withdraw"),
    path(f"{ONE}/done/", entry_steps.done, name="entry_done"),
]
