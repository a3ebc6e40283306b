"""Routes of checks of the register."""

from django.urls import path

from communities.views import checks

urlpatterns = [
    path("checks/", checks.checks, name="checks"),
    path("checks/years/", checks.years, name="check_years"),
    path(
        "checks/years/export.xlsx", checks.years_export, {"form": "xlsx"}, name="check_years_xlsx"
    ),
    path("checks/years/export.csv", checks.years_export, {"form": "csv"}, name="check_years_csv"),
    path("checks/<slug:check>/", checks.check, name="check"),
    path(
        "checks/<slug:check>/export.xlsx", checks.check_export, {"form": "xlsx"}, name="check_xlsx"
    ),
    path("checks/<slug:check>/export.csv", checks.check_export, {"form": "csv"}, name="check_csv"),
]
