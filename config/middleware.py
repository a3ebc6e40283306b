"""What every request gets: its true address, no-store for private pages, 413 and 503 pages."""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from threading import Lock

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.db import DatabaseError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect
from psycopg.errors import QueryCanceled

from accounts.daily import do_daily_jobs
from accounts.typed import CONTROLS
from communities.services.due import apply_due_acts

logger = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]


class ClientAddressMiddleware:
    """Take the client's address and the request's number only from a proxy of ours.

    Whoever else sends X-Forwarded-For and X-Request-ID is not believed.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.META.get("REMOTE_ADDR") in settings.TRUSTED_PROXIES:
            request.META["REQUEST_NUMBER"] = request.META.get("HTTP_X_REQUEST_ID", "")
            if forwarded := request.META.get("HTTP_X_FORWARDED_FOR", ""):
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


class BodyLimitMiddleware:
    """Answer 413 with a page for a body that is larger than any upload may be.

    Some of it is read and thrown away first: browsers show the answer only when they could send
    all. Whoever sends more than READ_AWAY is cut off by the server.
    """

    READ_AWAY = 64 * 1024 * 1024
    CHUNK = 64 * 1024

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        limit = settings.BODY_LIMITS.get(request.path, settings.BODY_LIMIT)
        if not length.isdecimal() or int(length) <= limit:
            return self.get_response(request)
        with suppress(OSError):  # the client has gone
            for _ in range(0, min(int(length), self.READ_AWAY), self.CHUNK):
                request.read(self.CHUNK)
        of_paper = limit == settings.BODY_LIMIT
        largest = settings.PAPER_SIZE_LIMIT if of_paper else settings.UPLOAD_BYTES_BULK
        megabytes = largest // (1024 * 1024)
        return HttpResponse(render_to_string("413.html", {"megabytes": megabytes}), status=413)


class DailyJobsMiddleware:
    """Do what a day brings at its first request in a process: change acts take effect, then jobs.

    Other requests cost nothing. One thread looks; others go on meanwhile with the register as it
    is. Where the database does not answer, the next request tries again; where it was too busy for
    an act, one after a pause does. Afterwards, under the codes of the day, come the jobs that apps
    added (accounts.daily): what hinders one of them is logged, and hinders nothing else.
    """

    PAUSE = timedelta(minutes=5)
    looked_on: date | None = None
    rests_until: datetime | None = None
    lock = Lock()

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        today = timezone.localdate()
        if DailyJobsMiddleware.looked_on != today and self.lock.acquire(blocking=False):
            try:
                self.look(today, timezone.now())
            finally:
                self.lock.release()
        return self.get_response(request)

    @classmethod
    def look(cls, today: date, now: datetime) -> None:
        if cls.looked_on == today or (cls.rests_until and now < cls.rests_until):
            return
        try:
            outcomes = apply_due_acts(on=today, at=now)
        except DatabaseError:
            logger.exception("due acts could not be looked for")
            return
        if any(one.busy for one in outcomes):
            cls.rests_until = now + cls.PAUSE
        else:
            cls.looked_on, cls.rests_until = today, None
            do_daily_jobs(on=today, at=now)


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
