"""Routes of pasted blocks and files."""

from django.urls import path

from collection.views import upload_new, upload_steps, uploads

ONE = "imports/<int:pk>/"
urlpatterns = [
    path("imports/", uploads.uploads, name="uploads"),
    path("imports/new/", upload_new.upload_new, name="upload_new"),
    path("imports/template.xlsx", upload_new.template, name="upload_template"),
    path(ONE, uploads.upload, name="upload"),
    path(f"{ONE}progress/", uploads.progress, name="upload_progress"),
    path(f"{ONE}errors.xlsx", uploads.errors, name="upload_errors"),
    path(f"{ONE}rows/", upload_steps.rows, name="upload_rows"),
    path(f"{ONE}rows/<int:number>/", upload_steps.rows, name="upload_row"),
    path(f"{ONE}match/", upload_steps.match, name="upload_match"),
    path(f"{ONE}take/", upload_steps.take_rows, name="upload_take"),
    path(f"{ONE}cancel/", upload_steps.give_up, name="upload_cancel"),
    path(f"{ONE}restart/", upload_steps.begin_again, name="upload_restart"),
]
