"""Routes of the parts of a community: estates, grids, organisations, archive."""

from django.urls import path

from communities.views import archive, estates, grids, organisations, parts

COMMUNITY = "<community:code>"


def forms(kind, folder, *, at="", ends=True):
    """The routes by which a kind of part is added, changed and ended."""
    one = f"{COMMUNITY}/{folder}/<int:pk>"
    given = {"kind": kind}
    routes = [
        path(f"{COMMUNITY}/{at}{folder}/add/", parts.add, given, name=f"{kind}_add"),
        path(f"{one}/edit/", parts.edit, given, name=f"{kind}_edit"),
    ]
    if ends:
        routes.append(path(f"{one}/end/", parts.end, given, name=f"{kind}_end"))
    return routes


urlpatterns = [
    path(f"{COMMUNITY}/estates/", estates.estates, name="estates"),
    path(f"{COMMUNITY}/estates/<int:pk>/", estates.estate, name="estate"),
    path(f"{COMMUNITY}/grids/", grids.grids, name="grids"),
    path(f"{COMMUNITY}/organisations/", organisations.organisations, name="organisations"),
    path(f"{COMMUNITY}/archive/", archive.archive, name="archive"),
    path(f"{COMMUNITY}/archive/<int:pk>/", archive.archive_entry, name="archive_entry"),
    *forms("estate", "estates"),
    *forms("building", "buildings", at="estates/<int:estate>/"),
    *forms("meeting", "meetings", at="estates/<int:estate>/", ends=False),
    *forms("grid", "grids"),
    *forms("organisation", "organisations"),
    *forms("archive_entry", "archive", ends=False),
]
