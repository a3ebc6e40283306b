"""What a street's clerk can never read, on whatever page: names, codes and figures of others.

The clerk's figures rest on the whole district, which the application reads for them; this walks
every page, list, export, search, fragment and sheet, and holds what an officer may see against it.
"""

import pytest
from django.test import Client

from accounts.models import User
from communities.models import Community
from policy.models import Exemption
from tests.conftest import Browse
from tests.factories import make_community, make_facts
from tests.files import csv_rows, xlsx_rows
from tests.world import (
    DISTRICT,
    GUCHENG,
    HUNAN,
    STREET,
    STREET_ELSEWHERE,
    make_place,
    make_world,
)

pytestmark = pytest.mark.django_db
SECRET, SECRET_CODE = "鳌头矶", "371502002777"
# figures that only the other street has, as pages and files print them
SECRETS = (SECRET, "atjsq", SECRET_CODE, "77,777", "77777", "1,555,540", "1555540", "绝密理由")
QUERIES = (
    "",
    "?q=鳌头矶",
    "?q=atjsq",
    f"?q={SECRET_CODE}",
    "?q=3715",
    "?q=社区",
    f"?street={STREET_ELSEWHERE}",
    f"?street={DISTRICT}",
    "?street=0",
    f"?street={STREET}",
    "?sort=-households",
    "?sort=-funding",
    "?gap=1",
    "?status=draft",
    "?status=incomplete",
    "?type=built",
    "?page=2",
    "?year=2025",
    f"?open={STREET_ELSEWHERE}",
    f"?open={SECRET_CODE}",
)
PAGES = (
    "/",
    "/communities/",
    "/communities/export.csv",
    "/communities/export.xlsx",
    f"/communities/{GUCHENG}/",
    f"/communities/{HUNAN}/",
    f"/districts/{STREET}/",
    f"/districts/{STREET}/export.csv",
    f"/districts/{STREET}/export.xlsx",
)
CLOSED = (
    f"/communities/{SECRET_CODE}/",
    f"/districts/{STREET_ELSEWHERE}/",
    f"/districts/{STREET_ELSEWHERE}/export.csv",
    f"/districts/{DISTRICT}/",
    f"/districts/{DISTRICT}/export.xlsx",
    "/districts/3715/",
)
# what htmx asks a page for beside the whole of it
FRAGMENTS = {"/communities/": "ledger", f"/districts/{STREET}/": "sheet"}


@pytest.fixture
def secret(db: None) -> Community:
    """A community of another street: much larger, unfinished, short of staff, exempted."""
    make_world(GUCHENG, HUNAN)
    make_place(GUCHENG, 2025)
    community = make_community(SECRET_CODE, f"{SECRET}社区居委会")
    for year in (2025, 2026):
        make_facts(
            community,
            year,
            households=77_777,
            area_kind="built",
            central_urban=True,
            committee_members_in_post=1,
            status="draft",
        )
    Exemption.objects.create(
        code=SECRET_CODE,
        provision="SD-FND-2",
        reason="绝密理由",
        approver="乙",
        valid_from="2026-01-01",
    )
    return community


def said(client: Client, path: str, **headers: str) -> str:
    """Everything that an answer says: its body, its files' cells, its headers."""
    answer = client.get(path, headers=headers)
    if "export.xlsx" in path and answer.status_code == 200:
        body = repr(xlsx_rows(answer.content))
    elif "export.csv" in path and answer.status_code == 200:
        body = repr(csv_rows(answer.content))
    else:
        body = answer.content.decode()
    return f"{answer.status_code} {dict(answer.headers)} {body}"


def found(text: str, path: str) -> list[str]:
    """The secrets in a text, but for those that the address itself named."""
    return [secret for secret in SECRETS if secret in text and secret not in path]


@pytest.mark.parametrize("path", PAGES)
def test_page_of_a_clerk_then_nothing_of_another_street(
    secret: Community, browse: Browse, clerk: User, path: str
) -> None:
    client = browse(clerk)
    swaps = {"HX-Request": "true", "HX-Target": FRAGMENTS.get(path, "")}

    leaks = {
        (query, str(headers)): leak
        for query in QUERIES
        for headers in ({}, swaps)[: 1 + (path in FRAGMENTS)]
        if (leak := found(said(client, path + query, **headers), query))
    }

    assert leaks == {}


@pytest.mark.parametrize("path", CLOSED)
def test_page_outside_the_street_then_not_found_and_silent(
    secret: Community, browse: Browse, clerk: User, path: str
) -> None:
    text = said(browse(clerk), path)

    assert text.startswith("404")
    assert found(text, path) == []


def test_secrets_then_there_for_an_officer_to_see(
    secret: Community, browse: Browse, district_officer: User
) -> None:
    client = browse(district_officer)
    texts = [
        said(client, path)
        for path in (
            "/",
            "/communities/?q=atjsq",
            "/communities/export.csv",
            f"/communities/{SECRET_CODE}/",
            f"/districts/{DISTRICT}/?open={STREET_ELSEWHERE}",
            f"/districts/{DISTRICT}/export.xlsx",
        )
    ]

    for text in texts:
        assert SECRET in text
    assert "77,777" in texts[1]
    assert "77777" in texts[2]
    # 77,777 × 20 yuan
    assert "1,555,540" in texts[3]
    assert "1555540" in texts[5]


def test_figures_of_a_clerk_then_rest_on_the_other_street(
    secret: Community, browse: Browse, clerk: User
) -> None:
    page = browse(clerk).get(f"/communities/{HUNAN}/")

    needs = {need.subject: need for group in page.context["need_groups"] for need in group.needs}
    # 84,624 households of the district ÷ 400 = 212, of which 湖南 10.02; of the street alone 10.52
    # of 18 would be 11
    assert needs["community_workers"].required == 10
