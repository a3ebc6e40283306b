"""Routes of change acts."""

from django.urls import path

from communities.views import acts

urlpatterns = [
    path("acts/", acts.acts, name="acts"),
    path("<community:code>/acts/", acts.community_acts, name="community_acts"),
]
