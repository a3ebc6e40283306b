"""Addresses that lead nowhere, outside the scope, or hold what nobody asked for."""

import re

import pytest
from django.test import Client

from accounts.models import User
from tests.conftest import Browse
from tests.world import (
    DISTRICT,
    GUCHENG,
    LIUYUAN,
    STREET,
    STREET_ELSEWHERE,
    YANGGU,
    make_place,
    make_world,
)

pytestmark = pytest.mark.django_db
SHEET, COMMUNITY = f"/districts/{DISTRICT}/", f"/communities/{GUCHENG}/"
UNKNOWN = "371502001099"


@pytest.fixture
def officer(browse: Browse, district_officer: User) -> Client:
    make_world()
    return browse(district_officer)


@pytest.fixture
def clerks(browse: Browse, clerk: User) -> Client:
    make_world()
    return browse(clerk)


def text(client: Client, path: str, *, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize(
    ("outside", "unknown"),
    [
        (f"/communities/{LIUYUAN}/", f"/communities/{UNKNOWN}/"),
        (f"/districts/{STREET_ELSEWHERE}/", "/districts/371502099/"),
        (f"/districts/{DISTRICT}/", "/districts/371599/"),
        (f"/districts/{STREET_ELSEWHERE}/export.csv", "/districts/371502099/export.csv"),
        (f"/districts/{DISTRICT}/export.xlsx", "/districts/371599/export.xlsx"),
    ],
)
def test_code_outside_the_scope_then_the_same_answer_as_an_unknown_one(
    clerks: Client, outside: str, unknown: str
) -> None:
    answers = [text(clerks, path, status=404) for path in (outside, unknown)]
    codes = [path.split("/")[2] for path in (outside, unknown)]
    csrf = re.compile(r'(csrfmiddlewaretoken" value=")[^"]+')

    same = [
        csrf.sub(r"\1", page).replace(code, "CODE")
        for page, code in zip(answers, codes, strict=True)
    ]

    assert same[0] == same[1]
    assert 'href="/communities/">打开社区台账</a>' in answers[0]
    assert 'href="/">回到工作台</a>' in answers[0]


@pytest.mark.parametrize(
    "path",
    [
        "/communities/37150200100/",
        "/communities/3715020010011/",
        "/communities/37150200100%00/",
        "/communities/37150200100a/",
        "/communities/%EF%BC%937150200100/",
        "/districts/3/",
        "/districts/371/",
        "/districts/37150/",
        "/districts/371502001001/",
        "/districts/evil/",
        "/districts/371502/export.pdf",
    ],
)
def test_address_that_is_no_code_then_not_found(officer: Client, path: str) -> None:
    assert "没有找到这个页面" in text(officer, path, status=404)


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "year=abc",
        "year=%00",
        "on=2018-02-30",
        "on=%00",
        "on=9999-12-31",
        "on=0001-01-01",
        "year=2199&on=2199-12-31",
        "year=1949&on=1949-01-01",
        "open=evil",
        "open=%00",
        f"open={STREET_ELSEWHERE}&open={YANGGU[:9]}",
        "page=999999",
    ],
)
@pytest.mark.parametrize("path", ["/", COMMUNITY, f"/districts/{STREET}/"])
def test_address_however_odd_then_answered(clerks: Client, path: str, query: str) -> None:
    page = text(clerks, f"{path}?{query}")

    assert "柳园" not in page
    assert "谷山" not in page


@pytest.mark.parametrize("query", ["on=2199-12-31&year=2199", "on=1949-01-01&year=2026"])
@pytest.mark.parametrize("path", ["/", "/districts/330206/", "/communities/330206002002/"])
def test_growth_to_the_last_year_on_offer_then_answered(
    browse: Browse, administrator: User, path: str, query: str
) -> None:
    make_world(GUCHENG)
    for year in (2026, 2199):
        make_place("330206002002", year, households=99_999_999, street_tier="better")

    assert browse(administrator).get(f"{path}?{query}").status_code == 200


@pytest.mark.parametrize("path", ["/?year=abc", f"{COMMUNITY}?year=abc", f"{SHEET}?year=abc"])
def test_year_that_is_none_then_said(officer: Client, path: str) -> None:
    assert "“abc”不是年度，已改看2026年" in text(officer, path)
