"""The table of routes: who gets what of every address of the house (tests/test_routes.py walks it).

To add a page, add one line to ROUTES. The path is filled in by the world of `places`; statuses are
200 seen, 302 sent elsewhere (the visitor to the login), 403 not this role, 404 not in this scope,
405 not by GET.
"""

from tests.route_words import (
    NOT_DRAFTS,
    STREET_404,
    WRITERS,
    Route,
    everybody,
    importers,
    model_pages,
    people,
    proposers,
    registrars,
    staff,
)
from tests.space_routes import SPACE_ROUTES
from tests.staff_routes import STAFF_ROUTES

# the pages of one community
ONE = "/communities/371502001001/"
ROUTES = {
    **STAFF_ROUTES,
    **SPACE_ROUTES,
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
    # index series; the figure of the paths is the city's
    "collection:indices": Route("/indices/", people(200)),
    "collection:indices_xlsx": Route("/indices/export.xlsx", people(200)),
    "collection:indices_csv": Route("/indices/export.csv", people(200)),
    "collection:index_new": Route(
        "/indices/new/", people(403, district_officer=200, city_officer=200, administrator=200)
    ),
    "collection:index_edit": Route(
        "/indices/{indexvalue}/edit/",
        people(403, district_officer=404, city_officer=200, administrator=200),
    ),
    "collection:indices_import": Route(
        "/indices/import/", people(403, district_officer=200, city_officer=200, administrator=200)
    ),
    # review of a year's facts, and corrections; the facts of the paths are confirmed
    "collection:collect": Route("/collect/", people(200)),
    "collection:collect_submit": Route(
        "/collect/submit/", people(403, clerk=302, clerk_elsewhere=302)
    ),
    "collection:extension_ask": Route(
        "/collect/extension/?year=2026&division=371502001",
        people(403, clerk=200, clerk_elsewhere=404),
    ),
    # 2026 is confirmed, so its form leads to the receipt; nobody asks for 2027
    "collection:entry": Route(f"{ONE}2027/edit/", people(403, clerk=200, clerk_elsewhere=404)),
    **{
        f"collection:entry_{step}": Route(
            f"{ONE}2026/{step}/", people(403, clerk=302, clerk_elsewhere=404)
        )
        for step in ("unchanged", "check")
    },
    **{
        f"collection:entry_{step}": Route(f"{ONE}2026/{step}/", people(405))
        for step in ("draft", "preview", "submit", "withdraw")
    },
    "collection:entry_done": Route(f"{ONE}2026/done/", people(200, clerk_elsewhere=404)),
    "collection:reviews": Route("/reviews/", people(200)),
    "collection:reviews_xlsx": Route("/reviews/export.xlsx", people(200)),
    "collection:reviews_csv": Route("/reviews/export.csv", people(200)),
    "collection:reviews_confirm": Route("/reviews/confirm/", people(405)),
    "collection:review": Route(f"{ONE}2026/review/", people(200, clerk_elsewhere=404)),
    **{
        f"collection:review_{step}": Route(f"{ONE}2026/review/{step}/", people(405))
        for step in ("pass", "return", "confirm", "unlock", "ask")
    },
    "collection:corrections": Route("/corrections/", people(200)),
    "collection:correction_new": Route(
        f"{ONE}2026/correct/",
        people(403, clerk=200, clerk_elsewhere=404)
        | dict.fromkeys(("reviewer", "district_officer", "city_officer"), 200),
    ),
    "collection:correction": Route("/corrections/{correction}/", people(200, clerk_elsewhere=404)),
    **{
        f"collection:correction_{step}": Route(f"/corrections/{{correction}}/{step}/", people(405))
        for step in ("apply", "refuse", "withdraw")
    },
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
    # imports; the one of the paths is the clerk's, and its workbook is asked without a round
    "collection:uploads": Route("/imports/", people(200)),
    "collection:upload_new": Route("/imports/new/", importers(200)),
    "collection:upload_template": Route(
        "/imports/template.xlsx?year=2026",
        importers(200, clerk_elsewhere=302, city_officer=302, administrator=302),
    ),
    "collection:upload": Route("/imports/{upload}/", people(200, clerk_elsewhere=404)),
    "collection:upload_progress": Route(
        "/imports/{upload}/progress/", people(200, clerk_elsewhere=404)
    ),
    "collection:upload_errors": Route(
        "/imports/{upload}/errors.xlsx", people(200, clerk_elsewhere=404)
    ),
    "collection:upload_row": Route("/imports/{upload}/rows/2/", people(405)),
    **{
        f"collection:upload_{step}": Route(f"/imports/{{upload}}/{step}/", people(405))
        for step in ("rows", "match", "take", "cancel", "restart")
    },
    # rounds; the one of the paths is the district's
    "collection:rounds": Route("/rounds/", people(200)),
    "collection:round_new": Route(
        "/rounds/new/", people(403, district_officer=200, city_officer=200)
    ),
    "collection:round": Route("/rounds/{round}/", people(200)),
    "collection:round_xlsx": Route("/rounds/{round}/export.xlsx", people(200)),
    "collection:round_csv": Route("/rounds/{round}/export.csv", people(200)),
    "collection:round_edit": Route("/rounds/{round}/edit/", people(403, district_officer=200)),
    "collection:round_extend": Route(
        "/rounds/{round}/streets/371502001/extend/", people(403, district_officer=200)
    ),
    **{
        f"collection:round_{step}": Route(f"/rounds/{{round}}/{step}/", people(405))
        for step in ("open", "close", "remind")
    },
    # ── accounts ──
    "accounts:account": Route("/account/", people(200)),
    "accounts:messages": Route("/account/messages/", people(200)),
    "accounts:messages_read": Route("/account/messages/read/", people(405)),
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
