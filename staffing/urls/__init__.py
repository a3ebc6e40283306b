"""Routes of staffing, by area; each area has its views and templates under the same name."""

from staffing.urls import (
    acts,
    checks,
    elections,
    establishment,
    pay,
    persons,
    statistics,
    training,
    uploads,
)

app_name = "staffing"
urlpatterns = [
    *persons.urlpatterns,
    *acts.urlpatterns,
    *establishment.urlpatterns,
    *elections.urlpatterns,
    *training.urlpatterns,
    *pay.urlpatterns,
    *checks.urlpatterns,
    *statistics.urlpatterns,
    *uploads.urlpatterns,
]
