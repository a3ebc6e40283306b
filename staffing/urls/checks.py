"""Routes of staffing: checks."""

from django.urls import path

from staffing.views import checks

urlpatterns = [
    path("staff/checks/", checks.checks, name="checks"),
    path("staff/checks/export.xlsx", checks.checks_xlsx, name="checks_xlsx"),
]
