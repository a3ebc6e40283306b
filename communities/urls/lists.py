"""Routes of the registers of a whole division."""

from django.urls import path

from communities.selectors.lists import PART_LISTS
from communities.views import lists

urlpatterns = [
    path("register/", lists.basic, name="basic"),
    path("register/export.xlsx", lists.basic_export, {"form": "xlsx"}, name="basic_xlsx"),
    path("register/export.csv", lists.basic_export, {"form": "csv"}, name="basic_csv"),
]
for key in PART_LISTS:
    urlpatterns += [
        path(f"register/{key}/", lists.parts, {"key": key}, name=f"all_{key}"),
        path(
            f"register/{key}/export.xlsx",
            lists.parts_export,
            {"key": key, "form": "xlsx"},
            name=f"all_{key}_xlsx",
        ),
        path(
            f"register/{key}/export.csv",
            lists.parts_export,
            {"key": key, "form": "csv"},
            name=f"all_{key}_csv",
        ),
    ]
