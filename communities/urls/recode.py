"""Routes of the import of a new year's code list."""

from django.urls import path

from communities.views import recode

urlpatterns = [
    path("recode/", recode.recode, name="recode"),
    path("recode/<int:pk>/", recode.preview, name="recode_preview"),
]
