"""Routes of facilities: development projects, gates, handover."""

from django.urls import path

from facilities.views import gates, handover, projects

urlpatterns = [
    path("projects/", projects.projects, name="projects"),
    path("projects/export.xlsx", projects.projects_xlsx, name="projects_xlsx"),
    path("projects/new/", projects.project_new, name="project_new"),
    path("projects/<int:pk>/", projects.project, name="project"),
    path("projects/<int:pk>/edit/", projects.project_edit, name="project_edit"),
    path("projects/<int:pk>/cancel/", projects.project_cancel, name="project_cancel"),
    path("projects/<int:pk>/move-in/", projects.move_in, name="move_in"),
    path("projects/<int:pk>/gates/<slug:stage>/", gates.gate_new, name="gate_new"),
    path("projects/gates/<int:pk>/", gates.gate, name="gate"),
    path("projects/gates/<int:pk>/sign/", gates.gate_sign, name="gate_sign"),
    path("projects/gates/<int:pk>/approve/", gates.gate_approve, name="gate_approve"),
    path("projects/gates/<int:pk>/refuse/", gates.gate_refuse, name="gate_refuse"),
    path("projects/<int:pk>/handover/", handover.handover, name="handover"),
    path("projects/<int:pk>/handover/new/", handover.handover_item_new, name="handover_item_new"),
    path("projects/<int:pk>/handover/print/", handover.handover_print, name="handover_print"),
    path(
        "projects/handover/<int:pk>/edit/", handover.handover_item_edit, name="handover_item_edit"
    ),
    path(
        "projects/handover/<int:pk>/delete/",
        handover.handover_item_delete,
        name="handover_item_delete",
    ),
]
