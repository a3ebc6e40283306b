"""Routes of staffing: the roster, persons and their certificates, a community's staff."""

from django.urls import path

from staffing.views import certificates, persons, persons_community, roster

urlpatterns = [
    path("staff/", roster.roster, name="roster"),
    path("staff/search/", roster.roster_search, name="roster_search"),
    path("staff/export.xlsx", roster.roster_xlsx, name="roster_xlsx"),
    path("staff/persons/<int:pk>/", persons.person, name="person"),
    path("staff/persons/<int:pk>/edit/", persons.person_edit, name="person_edit"),
    path("staff/persons/<int:pk>/phone/", persons.person_phone, name="person_phone"),
    path(
        "staff/persons/<int:pk>/certificates/new/",
        certificates.certificate_new,
        name="certificate_new",
    ),
    path(
        "staff/certificates/<int:pk>/edit/", certificates.certificate_edit, name="certificate_edit"
    ),
    path(
        "communities/<community:code>/staff/",
        persons_community.community_staff,
        name="community_staff",
    ),
]
