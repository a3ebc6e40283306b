"""Routes of the house: each app's own, the admin and the health check."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """Say ok when the application reaches its database, for Docker and the load balancer."""
    connection.ensure_connection()
    return HttpResponse("ok\n", content_type="text/plain")


urlpatterns = [
    path("", include("portal.urls")),
    path("communities/", include("communities.urls")),
    path("", include("collection.urls")),
    path("", include("staffing.urls")),
    path("", include("facilities.urls")),
    path("account/", include("accounts.urls")),
    path("admin/", admin.site.urls),
    path("health/", health, name="health"),
]
