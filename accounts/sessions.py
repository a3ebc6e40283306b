"""What every request of a logged-in person passes: time limits, password age, log of refusals."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from accounts.choices import AccessAct, AccessResult
from accounts.scope import request_number
from accounts.services import record_access

GetResponse = Callable[[HttpRequest], HttpResponse]
STARTED, SEEN = "started_at", "seen_at"
# At most one write to the session in so many seconds, not one with every page.
GRAIN = 30
DENIALS = {403, 404}


def started_at(request: HttpRequest) -> datetime:
    """Return when the person logged in to this session."""
    now = timezone.now()
    return datetime.fromtimestamp(request.session.get(STARTED, now.timestamp()), tz=UTC)


def record_request(request: HttpRequest, act: AccessAct, **more: Any) -> None:
    """Log an act of the present request, with its address, target and number."""
    more.setdefault("target", f"{request.method} {request.path}")
    if "user" not in more and "username" not in more and request.user.is_authenticated:
        more["user"] = request.user
    record_access(
        act=act,
        at=timezone.now(),
        address=request.META.get("REMOTE_ADDR") or None,
        request_id=request_number(request),
        **more,
    )


class SessionLimitMiddleware:
    """End a session that was idle or open too long; let an expired password only be changed."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        now = timezone.now().timestamp()
        if self.over(request, now):
            record_request(request, AccessAct.TIMEOUT)
            logout(request)
            return self.to_login(request)
        self.touch(request, now)
        if request.user.password_expired and request.path not in self.open_to_expired():
            return redirect("accounts:password")
        return self.get_response(request)

    def over(self, request: HttpRequest, now: float) -> bool:
        idle = now - request.session.get(SEEN, now)
        whole = now - request.session.get(STARTED, now)
        return (
            idle > settings.SESSION_IDLE_LIMIT.total_seconds()
            or whole > settings.SESSION_ABSOLUTE_LIMIT.total_seconds()
        )

    def touch(self, request: HttpRequest, now: float) -> None:
        if now - request.session.get(SEEN, 0) >= GRAIN:
            request.session.setdefault(STARTED, now)
            request.session[SEEN] = now

    def to_login(self, request: HttpRequest) -> HttpResponse:
        if request.headers.get("HX-Request"):
            # A fragment cannot hold the login page: the browser goes there as a whole.
            return HttpResponseClientRedirect(reverse("accounts:login"))
        return redirect_to_login(request.get_full_path(), reverse("accounts:login"))

    def open_to_expired(self) -> set[str]:
        return {reverse("accounts:password"), reverse("accounts:logout")}


class AccessLogMiddleware:
    """Log what was refused, after the request's own transaction has ended."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code in DENIALS and request.user.is_authenticated:
            record_request(request, AccessAct.DENIAL, result=AccessResult.REFUSED)
        return response
