"""The scope over a real connection: the server's threads log in to the database as gov_app."""

import re
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

from tests.factories import PASSWORD, make_community, make_user


def get(browser: OpenerDirector, url: str) -> int:
    try:
        with browser.open(url) as answer:
            return int(answer.status)
    except HTTPError as error:
        return error.code


def test_clerk_over_http_sees_the_own_street_only(live_server: Any) -> None:
    clerk = make_user()
    make_community("371502001001", "古城社区居委会")
    make_community("371502002001", "柳园社区居委会")
    browser = build_opener(HTTPCookieProcessor(CookieJar()))

    with browser.open(f"{live_server.url}/account/login/") as answer:
        page = answer.read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    fields = {"csrfmiddlewaretoken": token[1], "username": clerk.username, "password": PASSWORD}
    with browser.open(f"{live_server.url}/account/login/", urlencode(fields).encode()) as answer:
        assert answer.url == f"{live_server.url}/"

    assert get(browser, f"{live_server.url}/communities/371502001001/") == 200
    assert get(browser, f"{live_server.url}/communities/371502002001/") == 404
