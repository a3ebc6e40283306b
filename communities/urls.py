"""Routes of communities."""

from django.urls import path

from communities import views

app_name = "communities"
urlpatterns = [
    path("", views.ledger, name="list"),
    path("export.xlsx", views.export, {"form": "xlsx"}, name="export_xlsx"),
    path("export.csv", views.export, {"form": "csv"}, name="export_csv"),
]
