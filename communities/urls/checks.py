"""Routes of checks of the register."""

from django.urls import path

from communities.views import checks

urlpatterns = [
    path("checks/", checks.checks, name="checks"),
]
