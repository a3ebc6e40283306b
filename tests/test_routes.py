"""Who gets what: every route of the house, asked by every kind of person.

To add a page, add one line to ROUTES: a route that is not listed fails the first test. The path is
filled in by the world of `places`; statuses are 200 seen, 302 sent elsewhere (the visitor to the
login), 403 not this role, 404 not in this scope, 405 not by GET.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.choices import AccessAct
from accounts.models import User
from accounts.services import record_access
from communities.models import Division, PendingImport
from communities.services.acts import propose
from communities.services.plans import Plan
from policy.models import Exemption, IndexValue
from tests.conftest import Browse
from tests.factories import (
    CHANGED_AT,
    make_building,
    make_community,
    make_contact,
    make_entry,
    make_estate,
    make_facts,
    make_grid,
    make_meeting,
    make_organisation,
    make_paper,
)
from tests.policy.samples import published

PEOPLE = (
    "visitor",
    "clerk",
    "clerk_elsewhere",
    "reviewer",
    "district_officer",
    "district_finance",
    "city_officer",
    "city_finance",
    "auditor",
    "administrator",
)
STAFF = ("city_officer", "auditor", "administrator")
WRITERS = ("city_officer", "administrator")
STREET_404 = {"clerk": 404, "clerk_elsewhere": 404, "reviewer": 404}
NOT_DRAFTS = {"clerk_elsewhere": 404, "district_finance": 404, "city_finance": 404}
Statuses = dict[str, int]


def everybody(status: int) -> Statuses:
    return dict.fromkeys(PEOPLE, status)


def people(status: int, *, visitor: int = 302, **others: int) -> Statuses:
    """The same for all who are logged in, but for those named."""
    return everybody(status) | {"visitor": visitor} | others


def staff(status: int, *names: str) -> Statuses:
    """One status for those named (all staff without names); 403 for everybody else."""
    return people(403) | dict.fromkeys(names or STAFF, status)


def registrars(status: int, **others: int) -> Statuses:
    """One status for those who may register, but another street's clerk; 403 for others."""
    inside = dict.fromkeys(("clerk", "reviewer", "district_officer", "city_officer"), status)
    return people(403, clerk_elsewhere=404) | inside | others


def proposers(status: int, **others: int) -> Statuses:
    """One status for those who may propose changes of communities; 403 for others."""
    names = ("clerk", "clerk_elsewhere", "reviewer", "district_officer", "city_officer")
    return people(403) | dict.fromkeys(names, status) | others


class Route(NamedTuple):
    path: str
    statuses: Statuses


def model_pages(app: str, model: str, *, add: Statuses) -> dict[str, Route]:
    """The six pages that the stock admin makes for a model; nobody deletes there."""
    folder = f"/admin/{app}/{model}/"
    row = f"{folder}{{{model}}}/"
    name = f"admin:{app}_{model}"
    return {
        f"{name}_changelist": Route(folder, staff(200)),
        f"{name}_add": Route(f"{folder}add/", add),
        f"{name}_change": Route(f"{row}change/", staff(200)),
        f"{name}_history": Route(f"{row}history/", staff(200)),
        f"{name}_delete": Route(f"{row}delete/", people(403)),
        f"admin/{app}/{model}/<path:object_id>/": Route(row, staff(302)),
    }


# the pages of one community
ONE = "/communities/371502001001/"
ROUTES = {
    # ── portal ──
    "portal:home": Route("/", people(200)),
    "portal:community": Route("/communities/371502001001/", people(200, clerk_elsewhere=404)),
    "portal:district": Route("/districts/371502/", people(200, **STREET_404)),
    "portal:district_xlsx": Route("/districts/371502/export.xlsx", people(200, **STREET_404)),
    "portal:district_csv": Route("/districts/371502/export.csv", people(200, **STREET_404)),
    "portal:keys": Route("/help/keys/", people(200)),
    "portal:components": Route("/ui/", staff(200)),
    # ── communities ──
    "communities:list": Route("/communities/", people(200)),
    "communities:export_xlsx": Route("/communities/export.xlsx", people(200)),
    "communities:export_csv": Route("/communities/export.csv", people(200)),
    # the registers of a whole division
    "communities:basic": Route("/communities/register/", people(200)),
    "communities:basic_xlsx": Route("/communities/register/export.xlsx", people(200)),
    "communities:basic_csv": Route("/communities/register/export.csv", people(200)),
    **{
        f"communities:all_{key}{name}": Route(f"/communities/register/{key}/{file}", people(200))
        for key in ("estates", "grids", "organisations", "archive")
        for name, file in (("", ""), ("_xlsx", "export.xlsx"), ("_csv", "export.csv"))
    },
    # checks
    "communities:checks": Route("/communities/checks/", people(200)),
    "communities:check_years": Route("/communities/checks/years/", people(200)),
    "communities:check_years_xlsx": Route("/communities/checks/years/export.xlsx", people(200)),
    "communities:check_years_csv": Route("/communities/checks/years/export.csv", people(200)),
    "communities:check": Route("/communities/checks/households/", people(200)),
    "communities:check_xlsx": Route("/communities/checks/households/export.xlsx", people(200)),
    "communities:check_csv": Route("/communities/checks/households/export.csv", people(200)),
    # a new year's code list; the pending one is another person's
    "communities:recode": Route(
        "/communities/recode/", people(403, district_officer=200, city_officer=200)
    ),
    "communities:recode_preview": Route(
        "/communities/recode/{pending}/", people(403, district_officer=302, city_officer=302)
    ),
    # change acts; the one of the paths is a draft of a clerk's
    "communities:acts": Route("/communities/acts/", people(200)),
    "communities:act_kinds": Route("/communities/acts/new/", proposers(200)),
    "communities:act_new": Route("/communities/acts/new/merge/", proposers(200)),
    # A draft: only offices that propose, and those who audit.
    "communities:act": Route("/communities/acts/{act}/", people(200, **NOT_DRAFTS)),
    "communities:act_print": Route("/communities/acts/{act}/print/", people(200, **NOT_DRAFTS)),
    **{
        f"communities:act_{name}": Route(
            f"/communities/acts/{{act}}/{path}/",
            proposers(200, clerk_elsewhere=404, district_officer=302, city_officer=302),
        )
        for name, path in {"edit": "edit", "paper_add": "papers/add"}.items()
    },
    **{
        f"communities:act_{step}": Route(f"/communities/acts/{{act}}/{step}/", people(405))
        for step in ("submit", "pass", "withdraw")
    },
    **{
        f"communities:act_{step}": Route(
            f"/communities/acts/{{act}}/{step}/",
            people(403, district_officer=302, city_officer=302),
        )
        for step in ("return", "decide", "refuse")
    },
    "communities:community_acts": Route(f"{ONE}acts/", people(200, clerk_elsewhere=404)),
    # profile, contacts, history
    "communities:profile": Route(f"{ONE}profile/", people(200, clerk_elsewhere=404)),
    "communities:profile_edit": Route(f"{ONE}profile/edit/", registrars(200)),
    "communities:contact_add": Route(f"{ONE}contacts/add/", registrars(200)),
    "communities:contact_edit": Route(f"{ONE}contacts/{{contact}}/", registrars(200)),
    "communities:division_contacts": Route(
        "/communities/contacts/371502/", people(200, **STREET_404)
    ),
    "communities:division_contact_add": Route(
        "/communities/contacts/371502/add/",
        registrars(404, clerk_elsewhere=404, district_officer=200),
    ),
    "communities:division_contact_edit": Route(
        "/communities/contacts/371502/{division_contact}/",
        registrars(404, clerk_elsewhere=404, district_officer=200),
    ),
    "communities:history": Route(f"{ONE}history/", people(200, clerk_elsewhere=404)),
    # estates, grids, organisations, archive
    **{
        f"communities:{name}": Route(f"{ONE}{path}/", people(200, clerk_elsewhere=404))
        for name, path in {
            "estates": "estates",
            "estate": "estates/{estate}",
            "grids": "grids",
            "organisations": "organisations",
            "archive": "archive",
            "archive_entry": "archive/{entry}",
        }.items()
    },
    **{
        f"communities:{name}": Route(f"{ONE}{path}/", registrars(200))
        for name, path in {
            "estate_add": "estates/add",
            "estate_edit": "estates/{estate}/edit",
            "estate_end": "estates/{estate}/end",
            "building_add": "estates/{estate}/buildings/add",
            "building_edit": "buildings/{building}/edit",
            "building_end": "buildings/{building}/end",
            "meeting_add": "estates/{estate}/meetings/add",
            "meeting_edit": "meetings/{meeting}/edit",
            "grid_add": "grids/add",
            "grid_edit": "grids/{grid}/edit",
            "grid_end": "grids/{grid}/end",
            "organisation_add": "organisations/add",
            "organisation_edit": "organisations/{organisation}/edit",
            "organisation_end": "organisations/{organisation}/end",
            "archive_entry_add": "archive/add",
            "archive_entry_edit": "archive/{entry}/edit",
        }.items()
    },
    # papers, dossier
    "communities:papers": Route(f"{ONE}papers/", people(200, clerk_elsewhere=404)),
    "communities:paper_add": Route(f"{ONE}papers/add/", registrars(200)),
    "communities:paper": Route("/communities/papers/{paper}/", people(200, clerk_elsewhere=404)),
    "communities:paper_withdraw": Route("/communities/papers/{paper}/withdraw/", registrars(200)),
    "communities:dossier": Route(f"{ONE}dossier.zip", people(200, clerk_elsewhere=404)),
    # ── accounts ──
    "accounts:login": Route("/account/login/", people(302, visitor=200)),
    "accounts:logout": Route("/account/logout/", people(405)),
    "accounts:password": Route("/account/password/", people(200)),
    # ── the house ──
    "health": Route("/health/", everybody(200)),
    # ── admin ──
    "admin:index": Route("/admin/", staff(200)),
    "admin:login": Route("/admin/login/", staff(302)),
    "admin:logout": Route("/admin/logout/", staff(405)),
    "admin:password_change": Route("/admin/password_change/", staff(302)),
    "admin:password_change_done": Route("/admin/password_change/done/", staff(302)),
    "admin:autocomplete": Route("/admin/autocomplete/", people(403)),
    "admin:jsi18n": Route("/admin/jsi18n/", staff(200)),
    "admin:view_on_site": Route("/admin/r/{content_type}/{community}/", staff(404)),
    "admin:app_list": Route("/admin/communities/", staff(200)),
    "admin/(?P<url>.*)$": Route("/admin/nowhere/", staff(404)),
    **model_pages("accounts", "role", add=people(403)),
    **model_pages("accounts", "user", add=staff(200, *WRITERS)),
    "admin:auth_user_password_change": Route(
        "/admin/accounts/user/{user}/password/", staff(200, *WRITERS)
    ),
    **model_pages("accounts", "accesslog", add=people(403)),
    **model_pages("communities", "division", add=staff(200, *WRITERS)),
    "admin:communities_division_import": Route(
        "/admin/communities/division/import/", staff(200, *WRITERS)
    ),
    "admin:communities_division_import_confirm": Route(
        "/admin/communities/division/import/{pending}/", staff(302, *WRITERS)
    ),
    **model_pages("communities", "community", add=staff(200, *WRITERS)),
    **model_pages("communities", "annualfacts", add=people(403)),
    **model_pages("policy", "policytext", add=staff(200, *WRITERS)),
    **model_pages("policy", "indexvalue", add=staff(200, *WRITERS)),
    **model_pages("policy", "exemption", add=staff(200, *WRITERS)),
    "admin:policy_indexvalue_import": Route(
        "/admin/policy/indexvalue/import/", staff(200, *WRITERS)
    ),
    # A published text: nothing but its withdrawal is open.
    **{
        f"admin:policy_policytext_{act}": Route(
            f"/admin/policy/policytext/{{policytext}}/{act}/", statuses
        )
        for act, statuses in {
            "adopt": people(403),
            "readings": people(403),
            "publish": people(403),
            "withdraw": staff(200, *WRITERS),
        }.items()
    },
}


def routes(
    patterns: list[URLPattern | URLResolver], before: str = "", space: str = ""
) -> Iterator[str]:
    """The name of every route, or its pattern where it has none."""
    for pattern in patterns:
        whole = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from routes(pattern.url_patterns, whole, inner)
        else:
            yield f"{space}{pattern.name}" if pattern.name else whole


def test_every_route_is_listed() -> None:
    assert set(routes(get_resolver().url_patterns)) == set(ROUTES)


@pytest.fixture
def places(clerk: User, clerk_elsewhere: User) -> dict[str, Any]:
    """One row behind every placeholder of a path; all of them in Liaocheng."""
    community = make_community()
    estate = make_estate(community)
    return {
        "community": community.pk,
        "content_type": ContentType.objects.get_for_model(community).pk,
        "division": Division.objects.get(code="371502001").pk,
        "annualfacts": make_facts(community).pk,
        "contact": make_contact(community).pk,
        "division_contact": make_contact(code="371502").pk,
        "act": propose(
            by=clerk,
            at=CHANGED_AT,
            kind="rename",
            title="更名",
            reason="地名",
            plan=Plan(),
            typed={"to": "371502001"},
        ).pk,
        "estate": estate.pk,
        "building": make_building(estate).pk,
        "meeting": make_meeting(estate, date(2026, 5, 1)).pk,
        "grid": make_grid(community).pk,
        "organisation": make_organisation(community).pk,
        "entry": make_entry(community).pk,
        "paper": make_paper(community).pk,
        "user": clerk_elsewhere.pk,
        "role": "street_clerk",
        "accesslog": record_access(
            act=AccessAct.LOGIN, at=datetime(2026, 11, 21, tzinfo=UTC), user=clerk
        ).pk,
        "pending": PendingImport.objects.create(made_by=clerk, file_name="a.csv", text="").pk,
        "policytext": published(jurisdiction="3715").pk,
        "indexvalue": IndexValue.objects.create(
            division_code="3715", series="average_rent", year=2025, value=Decimal(12)
        ).pk,
        "exemption": Exemption.objects.create(
            code=community.code,
            provision="A-1",
            reason="甲",
            approver="乙",
            valid_from=date(2026, 1, 1),
        ).pk,
    }


@pytest.mark.parametrize("person", PEOPLE)
def test_routes_of(
    person: str, places: dict[str, Any], browse: Browse, request: pytest.FixtureRequest
) -> None:
    client = browse(request.getfixturevalue(person))

    answers = {name: client.get(route.path.format(**places)) for name, route in ROUTES.items()}
    for answer in answers.values():
        answer.close()  # files that nobody reads to the end

    found = {name: answer.status_code for name, answer in answers.items()}
    assert found == {name: route.statuses[person] for name, route in ROUTES.items()}
    assert [name for name, answer in answers.items() if unprotected(answer, person)] == []
    if person == "visitor":
        assert {a["Location"].split("?")[0] for a in answers.values() if a.status_code == 302} == {
            "/account/login/"
        }


def unprotected(answer: HttpResponse, person: str) -> bool:
    """Whether a header is missing: own framing and content only, nothing private kept."""
    return (
        "frame-ancestors 'none'" not in answer.get("Content-Security-Policy", "")
        or answer.get("X-Content-Type-Options") != "nosniff"
        or (person != "visitor" and answer.get("Cache-Control") != "no-store")
    )
