"""Routes of index series by division and year."""

from django.urls import path

from collection.views import indices

urlpatterns = [
    path("indices/", indices.indices, name="indices"),
    path("indices/new/", indices.index_new, name="index_new"),
    path("indices/<int:pk>/edit/", indices.index_edit, name="index_edit"),
    path("indices/import/", indices.indices_import, name="indices_import"),
    path("indices/export.csv", indices.export, {"form": "csv"}, name="indices_csv"),
    path("indices/export.xlsx", indices.export, {"form": "xlsx"}, name="indices_xlsx"),
]
