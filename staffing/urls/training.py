"""Routes of staffing: courses, their lists, who is due, what it costs."""

from django.urls import path

from staffing.views import training, training_due, training_lists

ONE = "training/<int:pk>"

urlpatterns = [
    path("training/", training.courses, name="courses"),
    path("training/export.xlsx", training.courses_xlsx, name="courses_xlsx"),
    path("training/new/", training.course_new, name="course_new"),
    path("training/due/", training_due.training_due, name="training_due"),
    path("training/due/export.xlsx", training_due.training_due_xlsx, name="training_due_xlsx"),
    path("training/costs/", training_due.training_costs, name="training_costs"),
    path(
        "training/costs/export.xlsx", training_due.training_costs_xlsx, name="training_costs_xlsx"
    ),
    path(f"{ONE}/", training.course, name="course"),
    path(f"{ONE}/sheet/", training_lists.attendance_sheet, name="attendance_sheet"),
    path(f"{ONE}/export.xlsx", training.course_xlsx, name="course_xlsx"),
    path(f"{ONE}/edit/", training.course_edit, name="course_edit"),
    path(f"{ONE}/attendance/", training_lists.attendance, name="attendance"),
    path(f"{ONE}/marks/", training_lists.marks, name="attendance_marks"),
    path(f"{ONE}/certify/", training_lists.certify, name="certify"),
    path(
        f"{ONE}/attendance/<int:attendance>/remove/",
        training_lists.attendance_remove,
        name="attendance_remove",
    ),
    path(
        "training/attendances/<int:pk>/certificate/",
        training_lists.attendance_certificate,
        name="attendance_certificate",
    ),
]
