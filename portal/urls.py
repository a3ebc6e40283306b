"""Routes of portal."""

from django.urls import path

from communities import converters  # noqa: F401  the shapes of codes in the routes below
from portal.views import community, district, home, reference

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    # one community
    path("communities/<community:code>/", community.community, name="community"),
    # 县区汇总
    path("districts/<division:code>/", district.district, name="district"),
    path(
        "districts/<division:code>/export.xlsx",
        district.export_district,
        {"form": "xlsx"},
        name="district_xlsx",
    ),
    path(
        "districts/<division:code>/export.csv",
        district.export_district,
        {"form": "csv"},
        name="district_csv",
    ),
    # help and reference
    path("help/keys/", reference.keys, name="keys"),
    path("ui/", reference.components, name="components"),
]
