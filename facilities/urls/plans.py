"""Routes of facilities: plans for what is lacking."""

from django.urls import path

from facilities.views import measures, plans, plans_steps, ranking

PLAN, MEASURE = "space/plans/<int:pk>/", "space/measures/<int:pk>/"

urlpatterns = [
    path("space/plans/", plans.plans, name="plans"),
    path("space/plans/new/", plans.plan_new, name="plan_new"),
    path(PLAN, plans.plan, name="plan"),
    path(f"{PLAN}export.xlsx", plans.plan_xlsx, name="plan_xlsx"),
    path(f"{PLAN}edit/", plans.plan_edit, name="plan_edit"),
    path(f"{PLAN}propose/", plans_steps.plan_propose, name="plan_propose"),
    path(f"{PLAN}approve/", plans_steps.plan_approve, name="plan_approve"),
    path(f"{PLAN}return/", plans_steps.plan_return, name="plan_return"),
    path(f"{PLAN}ranking/", ranking.ranking, name="ranking"),
    path(f"{PLAN}ranking/export.xlsx", ranking.ranking_xlsx, name="ranking_xlsx"),
    path(f"{PLAN}measures/new/", measures.measure_new, name="measure_new"),
    path(f"{MEASURE}edit/", measures.measure_edit, name="measure_edit"),
    path(f"{MEASURE}progress/", measures.measure_progress, name="measure_progress"),
    path(f"{MEASURE}delete/", measures.measure_delete, name="measure_delete"),
]
