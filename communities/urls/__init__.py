"""Routes of communities, by area; each area has its views and templates under the same name."""

from communities import converters  # noqa: F401  the shapes of codes in the routes
from communities.urls import acts, checks, ledger, lists, papers, parts, profile, recode

app_name = "communities"
urlpatterns = [
    *ledger.urlpatterns,
    *lists.urlpatterns,
    *checks.urlpatterns,
    *acts.urlpatterns,
    *recode.urlpatterns,
    *profile.urlpatterns,
    *parts.urlpatterns,
    *papers.urlpatterns,
]
