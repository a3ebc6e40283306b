"""Routes of staffing: the workbook of a roster; imports themselves are the collection's."""

from django.urls import path

from staffing.views import uploads

urlpatterns = [
    path("staff/template.xlsx", uploads.roster_template, name="roster_template"),
]
