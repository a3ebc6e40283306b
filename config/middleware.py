"""What every request gets: its true address, no-store for private pages, 503 for slow queries."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect
from psycopg.errors import QueryCanceled

from accounts.typed import CONTROLS

GetResponse = Callable[[HttpRequest], HttpResponse]


class ClientAddressMiddleware:
    """Take the client's address from X-Forwarded-For only when a proxy of ours sent it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
        if forwarded and request.META.get("REMOTE_ADDR") in settings.TRUSTED_PROXIES:
            # The last entry is the proxy's own; those before it are the client's word.
            request.META["REMOTE_ADDR"] = forwarded.rsplit(",", 1)[-1].strip()
        return self.get_response(request)


class NoStoreMiddleware:
    """Keep pages of a logged-in person out of the browser's and any proxy's cache."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response["Cache-Control"] = "no-store"
        return response


class LoginMiddleware(LoginRequiredMiddleware):
    """Ask visitors to log in, on every page that does not say otherwise."""

    def handle_no_permission(self, request, view_func):
        if "HX-Request" in request.headers:
            # A fragment cannot hold the login page: the browser goes there as a whole.
            return HttpResponseClientRedirect(reverse(settings.LOGIN_URL))
        return redirect_to_login(request.get_full_path(), reverse(settings.LOGIN_URL))


class ControlCharacterMiddleware:
    """Answer 404 for a control character in the path: no page has one, PostgreSQL refuses a NUL."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if CONTROLS.search(request.path):
            raise Http404
        return self.get_response(request)


class SlowQueryMiddleware:
    """Answer 503 with a page when the database stopped a query at its time limit."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, OperationalError) and isinstance(
            exception.__cause__, QueryCanceled
        ):
            return HttpResponse(render_to_string("503.html"), status=503)
        return None
