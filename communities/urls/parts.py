"""Routes of the parts of a community: estates, grids, organisations, archive."""

from django.urls import path

from communities.views import parts

urlpatterns = [
    path("<community:code>/estates/", parts.estates, name="estates"),
    path("<community:code>/grids/", parts.grids, name="grids"),
    path("<community:code>/organisations/", parts.organisations, name="organisations"),
    path("<community:code>/archive/", parts.archive, name="archive"),
]
