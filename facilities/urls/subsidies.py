"""Routes of facilities: subsidies for premises."""

from django.urls import path

from facilities.views import subsidies

urlpatterns = [
    path("space/subsidies/", subsidies.subsidies, name="subsidies"),
    path("space/subsidies/export.xlsx", subsidies.subsidies_xlsx, name="subsidies_xlsx"),
    path("space/subsidies/<int:pk>/", subsidies.subsidy, name="subsidy"),
]
