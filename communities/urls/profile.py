"""Routes of a community's profile: its columns, contacts, history."""

from django.urls import path

from communities.views import profile

urlpatterns = [
    path("<community:code>/profile/", profile.profile, name="profile"),
    path("<community:code>/history/", profile.history, name="history"),
]
