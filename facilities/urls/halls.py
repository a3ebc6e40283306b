"""Routes of facilities: service halls."""

from django.urls import path
from django.urls.resolvers import URLPattern

from facilities.views import halls

urlpatterns: list[URLPattern] = [
    path("premises/halls/", halls.halls, name="halls"),
    path("premises/halls/export.xlsx", halls.halls_xlsx, name="halls_xlsx"),
    path("premises/<int:pk>/hall-checks/new/", halls.hall_check_new, name="hall_check_new"),
    path("premises/hall-checks/<int:pk>/", halls.hall_check, name="hall_check"),
    path(
        "premises/hall-checks/<int:pk>/withdraw/",
        halls.hall_check_withdraw,
        name="hall_check_withdraw",
    ),
]
