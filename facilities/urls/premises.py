"""Routes of facilities: premises, rooms, shares, contracts, their checks."""

from django.urls import path
from django.urls.resolvers import URLPattern

from facilities.views import (
    contracts,
    premises,
    premises_checks,
    premises_community,
    premises_edit,
    rooms,
    shares,
)

urlpatterns: list[URLPattern] = [
    path("premises/", premises.premises_list, name="premises_list"),
    path("premises/export.xlsx", premises.premises_xlsx, name="premises_xlsx"),
    path("premises/new/", premises_edit.premises_new, name="premises_new"),
    path("premises/checks/", premises_checks.checks, name="premises_checks"),
    path("premises/checks/export.xlsx", premises_checks.checks_xlsx, name="premises_checks_xlsx"),
    path("premises/<int:pk>/", premises.premises, name="premises"),
    path("premises/<int:pk>/edit/", premises_edit.premises_edit, name="premises_edit"),
    path("premises/<int:pk>/end/", premises_edit.premises_end, name="premises_end"),
    path("premises/<int:pk>/rooms/new/", rooms.room_new, name="room_new"),
    path("premises/rooms/<int:pk>/edit/", rooms.room_edit, name="room_edit"),
    path("premises/rooms/<int:pk>/end/", rooms.room_end, name="room_end"),
    path("premises/rooms/<int:pk>/remove/", rooms.room_remove, name="room_remove"),
    path("premises/<int:pk>/shares/", shares.shares, name="shares"),
    path("premises/<int:pk>/contracts/new/", contracts.contract_new, name="contract_new"),
    path("premises/contracts/<int:pk>/edit/", contracts.contract_edit, name="contract_edit"),
    path(
        "communities/<community:code>/premises/",
        premises_community.community_premises,
        name="community_premises",
    ),
]
