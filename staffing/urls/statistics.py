"""Routes of staffing: statistics."""

from django.urls import path

from staffing.views import statistics

urlpatterns = [
    path("staff/statistics/", statistics.statistics, name="statistics"),
    path("staff/statistics/export.xlsx", statistics.statistics_xlsx, name="statistics_xlsx"),
]
