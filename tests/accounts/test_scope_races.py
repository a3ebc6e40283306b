"""A request whose transaction PostgreSQL stopped in favour of another one is run again."""

import threading
from typing import Any

import pytest
from django.db import OperationalError, connections
from django.http import HttpResponse
from django.test import RequestFactory

from accounts.models import User
from accounts.scope import ScopeMiddleware
from communities.models import Community
from tests.factories import make_community

pytestmark = pytest.mark.django_db


def test_request_that_lost_a_race_is_run_again(transactional_db: None, city_officer: User) -> None:
    """Two requests lock two rows crosswise: PostgreSQL stops one, its visitor does not notice."""
    first, second = make_community(), make_community("371502001002", "湖南社区居委会")
    both, seen = threading.Barrier(2), []
    came: list[int] = []

    def visit(keys: list[int]) -> None:
        tries: list[int] = []

        def view(request: Any) -> HttpResponse:
            tries.append(1)
            seen.append(1)
            try:
                for key in keys:
                    Community.objects.select_for_update().get(pk=key)
                    if len(tries) == 1 and key == keys[0]:
                        both.wait(10)
                return HttpResponse(status=200)
            except OperationalError as error:
                answer = middleware.process_exception(request, error)
                return answer or HttpResponse(status=500)

        middleware = ScopeMiddleware(view)
        request = RequestFactory().post("/somewhere/")
        request.user = city_officer
        try:
            came.append(middleware(request).status_code)
        finally:
            connections.close_all()

    keys = [first.pk, second.pk]
    threads = [threading.Thread(target=visit, args=(each,)) for each in (keys, keys[::-1])]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)

    assert came == [200, 200]
    assert len(seen) == 3


def test_error_of_another_kind_is_not_run_again(city_officer: User) -> None:
    seen: list[int] = []

    def view(request: Any) -> HttpResponse:
        seen.append(1)
        return middleware.process_exception(request, OperationalError()) or HttpResponse(status=500)

    middleware = ScopeMiddleware(view)
    request = RequestFactory().get("/somewhere/")
    request.user = city_officer

    assert (middleware(request).status_code, seen) == (500, [1])
