"""Routes of the registers of a whole division."""

from django.urls import path

from communities.views import lists

urlpatterns = [
    path("register/", lists.basic, name="basic"),
]
