"""Routes of portal."""

from django.urls import path

from communities import converters  # noqa: F401  the shapes of codes in the routes below
from portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    # one community
    path("communities/<community:code>/", views.community, name="community"),
    # 县区汇总
    path("districts/<division:code>/", views.district, name="district"),
    path(
        "districts/<division:code>/export.xlsx",
        views.export_district,
        {"form": "xlsx"},
        name="district_xlsx",
    ),
    path(
        "districts/<division:code>/export.csv",
        views.export_district,
        {"form": "csv"},
        name="district_csv",
    ),
    # help and reference
    path("help/keys/", views.keys, name="keys"),
    path("ui/", views.components, name="components"),
]
