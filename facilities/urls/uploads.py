"""Routes of facilities: the workbook of premises; imports themselves are the collection's."""

from django.urls import path

from facilities.views import uploads

urlpatterns = [
    path("premises/template.xlsx", uploads.premises_template, name="premises_template"),
]
