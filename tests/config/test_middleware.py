"""What every answer carries: headers, the true address, no storing, 503 for a slow query."""

import io
import re
from urllib.parse import unquote

import pytest
from django.conf import LazySettings, settings
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from accounts.models import AccessLog, User
from config.middleware import (
    BodyLimitMiddleware,
    ClientAddressMiddleware,
    NoStoreMiddleware,
    SlowQueryMiddleware,
)
from tests.conftest import Browse

PROXY = "172.30.0.2"


def seen_address(**headers: str) -> str:
    """Give the address that a view behind the middleware sees."""
    request = RequestFactory().get("/", **headers)
    seen: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    ClientAddressMiddleware(view)(request)
    return seen[0]


@transaction.atomic
def sleep_past_the_limit() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '20ms'")
        cursor.execute("SELECT pg_sleep(2)")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/health/",
        "/account/login/",
        "/admin/",
        "/no-such-page/",
        "/x%00y",
        "/static/no-such-file.css",
    ],
)
def test_every_answer_carries_the_protecting_headers(client: Client, path: str) -> None:
    headers = client.get(path).headers

    rules = dict(rule.split(" ", 1) for rule in headers["Content-Security-Policy"].split("; "))
    assert rules == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
def test_static_file_carries_the_protecting_headers(settings: LazySettings) -> None:
    settings.WHITENOISE_USE_FINDERS = True  # the file as it lies in the source

    answer = Client().get("/static/css/app.css")
    answer.close()

    assert answer.status_code == 200
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
def test_answer_to_a_wrong_host_carries_the_protecting_headers(client: Client) -> None:
    answer = client.get("/account/login/", headers={"Host": "evil.example"})

    assert (answer.status_code, answer["X-Frame-Options"]) == (400, "DENY")
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


CONTROLLED = [
    "/communities/371502001001%00/",
    "/x%00y",
    "/admin/%00",
    "/%0A",
    "/communities/%7F/",
    "/x%C2%85y",
]


@pytest.mark.django_db
@pytest.mark.parametrize("path", CONTROLLED)
def test_control_character_in_the_path_then_the_page_of_404(client: Client, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 404
    assert "没有找到这个页面" in answer.content.decode()
    assert AccessLog.objects.count() == 0


@pytest.mark.parametrize("path", CONTROLLED)
def test_control_character_from_a_person_then_404_and_logged(
    clerk: User, browse: Browse, path: str
) -> None:
    assert browse(clerk).get(path).status_code == 404

    entry = AccessLog.objects.get()
    shown = re.sub(r"[\x00-\x1f\x7f-\x9f]", "\N{REPLACEMENT CHARACTER}", unquote(path))
    assert (entry.act, entry.result, entry.target) == ("denial", "refused", f"GET {shown}")


def test_long_path_from_a_person_then_logged_short(clerk: User, browse: Browse) -> None:
    assert browse(clerk).get(f"/{'x' * 5000}/").status_code == 404

    assert AccessLog.objects.get().target == f"GET /{'x' * 195}"


def test_forwarded_address_from_a_stranger_is_not_believed(settings: LazySettings) -> None:
    settings.TRUSTED_PROXIES = [PROXY]

    assert seen_address(REMOTE_ADDR="203.0.113.9", HTTP_X_FORWARDED_FOR="10.0.0.1") == "203.0.113.9"


def test_forwarded_address_from_our_proxy_is_its_last_entry(settings: LazySettings) -> None:
    settings.TRUSTED_PROXIES = [PROXY]

    seen = seen_address(REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR="10.0.0.1, 203.0.113.9")

    assert seen == "203.0.113.9"


def test_forwarded_address_without_proxies_is_not_believed() -> None:
    assert seen_address(REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR="10.0.0.1") == PROXY


@pytest.mark.parametrize(("user", "stored"), [(User(), "no-store"), (AnonymousUser(), None)])
def test_page_is_kept_out_of_caches_when_a_person_is_logged_in(
    user: User | AnonymousUser, stored: str | None
) -> None:
    request = RequestFactory().get("/")
    request.user = user

    answer = NoStoreMiddleware(lambda _: HttpResponse())(request)

    assert answer.headers.get("Cache-Control") == stored


@pytest.mark.django_db
def test_visitor_is_sent_to_the_login_page(client: Client) -> None:
    assert client.get("/communities/?q=古城").url.startswith("/account/login/?next=/communities/")


@pytest.mark.django_db
def test_visitor_s_fragment_sends_the_whole_browser_to_the_login_page(client: Client) -> None:
    answer = client.get("/communities/", headers={"HX-Request": "true"})

    assert answer.headers["HX-Redirect"] == "/account/login/"


@pytest.mark.django_db
def test_slow_query_is_answered_with_a_page() -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    with pytest.raises(OperationalError) as caught:
        sleep_past_the_limit()

    answer = SlowQueryMiddleware(lambda _: HttpResponse()).process_exception(request, caught.value)

    assert answer is not None
    assert answer.status_code == 503
    assert "<h1" in answer.content.decode()


def test_other_fault_is_left_to_django() -> None:
    middleware = SlowQueryMiddleware(lambda _: HttpResponse())

    assert middleware.process_exception(RequestFactory().get("/"), OperationalError()) is None


class Counted(io.BytesIO):
    """A body that counts what was read of it."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.left, self.taken = size, 0

    def read(self, size: int | None = -1) -> bytes:
        part = min(self.left, size if size is not None and size >= 0 else self.left)
        self.left -= part
        self.taken += part
        return b"x" * part


def posted(path: str, body: Counted) -> HttpRequest:
    """A request whose body is counted as it is read."""
    request = RequestFactory().generic("POST", path)
    length = str(body.left)
    return type(request)({**request.environ, "wsgi.input": body, "CONTENT_LENGTH": length})


@pytest.mark.parametrize(
    ("over", "taken"), [(1, 24 * 2**20 + 1), (2**30, 64 * 2**20)], ids=["a little", "1 GB"]
)
def test_body_over_the_limit_is_answered_in_words_and_not_kept(over: int, taken: int) -> None:
    size = settings.BODY_LIMIT + over
    body = Counted(size)
    request = posted("/", body)

    answer = BodyLimitMiddleware(lambda _: HttpResponse())(request)

    assert answer.status_code == 413
    assert "一个文件最多20MB" in answer.content.decode()
    assert body.taken == taken


@pytest.mark.parametrize(
    ("path", "size", "megabytes"),
    [("/imports/", 64 * 2**20, "20MB"), ("/imports/new/", 64 * 2**20 + 1, "60MB")],
)
def test_limit_is_that_of_the_page(path: str, size: int, megabytes: str) -> None:
    answer = BodyLimitMiddleware(lambda _: HttpResponse())(posted(path, Counted(size)))

    assert answer.status_code == 413
    assert f"一个文件最多{megabytes}" in answer.content.decode()


def test_file_of_a_whole_city_goes_on_at_its_own_page() -> None:
    request = posted("/imports/new/", Counted(64 * 2**20))

    assert BodyLimitMiddleware(lambda _: HttpResponse("on"))(request).content == b"on"


@pytest.mark.parametrize("length", ["", "0", "x", str(24 * 2**20)])
def test_body_within_the_limit_goes_on_unread(length: str) -> None:
    request = RequestFactory().post("/", CONTENT_LENGTH=length)

    assert BodyLimitMiddleware(lambda _: HttpResponse("on"))(request).content == b"on"
