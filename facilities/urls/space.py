"""Routes of facilities: required and actual areas, duties of estates."""

from django.urls import path

from facilities.views import estate_duties, space

urlpatterns = [
    path("space/", space.space, name="space"),
    path("space/export.xlsx", space.space_xlsx, name="space_xlsx"),
    path("space/estates/", estate_duties.estate_duties, name="estate_duties"),
    path("space/estates/export.xlsx", estate_duties.estate_duties_xlsx, name="estate_duties_xlsx"),
]
