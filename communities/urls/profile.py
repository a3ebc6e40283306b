"""Routes of a community's profile: its columns, contacts, history."""

from django.urls import path

from communities.views import contacts, history, profile

urlpatterns = [
    path("<community:code>/profile/", profile.profile, name="profile"),
    path("<community:code>/profile/edit/", profile.edit, name="profile_edit"),
    path("<community:code>/contacts/add/", contacts.add, name="contact_add"),
    path("<community:code>/contacts/<int:pk>/", contacts.edit, name="contact_edit"),
    path("contacts/<division:code>/", contacts.of_division, name="division_contacts"),
    path("contacts/<division:code>/add/", contacts.add_to_division, name="division_contact_add"),
    path(
        "contacts/<division:code>/<int:pk>/",
        contacts.edit_of_division,
        name="division_contact_edit",
    ),
    path("<community:code>/history/", history.history, name="history"),
]
