"""Routes of 社区台账 as the policies see it."""

from django.urls import path

from communities.views import ledger

urlpatterns = [
    path("", ledger.ledger, name="list"),
    path("export.xlsx", ledger.export, {"form": "xlsx"}, name="export_xlsx"),
    path("export.csv", ledger.export, {"form": "csv"}, name="export_csv"),
]
