"""Routes of rounds: what is asked, of whom, until when."""

from django.urls import path

from collection.views import rounds, rounds_steps

urlpatterns = [
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/new/", rounds.round_new, name="round_new"),
    path("rounds/<int:pk>/", rounds.round_page, name="round"),
    path("rounds/<int:pk>/export.xlsx", rounds.export, {"form": "xlsx"}, name="round_xlsx"),
    path("rounds/<int:pk>/export.csv", rounds.export, {"form": "csv"}, name="round_csv"),
    path("rounds/<int:pk>/edit/", rounds.round_edit, name="round_edit"),
    path("rounds/<int:pk>/open/", rounds_steps.round_open, name="round_open"),
    path("rounds/<int:pk>/close/", rounds_steps.round_close, name="round_close"),
    path("rounds/<int:pk>/remind/", rounds_steps.round_remind, name="round_remind"),
    path(
        "rounds/<int:pk>/streets/<division:street>/extend/",
        rounds_steps.round_extend,
        name="round_extend",
    ),
]
