"""Routes of facilities, by area; each area has its views and templates under the same name."""

from facilities.urls import (
    defaults,
    halls,
    inspections,
    papers,
    plans,
    pools,
    premises,
    projects,
    space,
    subsidies,
    uploads,
)

app_name = "facilities"
urlpatterns = [
    *premises.urlpatterns,
    *papers.urlpatterns,
    *inspections.urlpatterns,
    *halls.urlpatterns,
    *space.urlpatterns,
    *projects.urlpatterns,
    *defaults.urlpatterns,
    *subsidies.urlpatterns,
    *plans.urlpatterns,
    *pools.urlpatterns,
    *uploads.urlpatterns,
]
