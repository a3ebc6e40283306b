"""The part of the table of routes that is facilities' (tests/routes.py)."""

from tests.route_words import STREET_404, Route, Statuses, people


def premises_writers(status: int) -> Statuses:
    """One status for those who may register premises, but another street's clerk."""
    return people(403, clerk=status, clerk_elsewhere=404, district_officer=status)


def inspectors(status: int) -> Statuses:
    """One status for those who may inspect premises, but another street's clerk."""
    inside = dict.fromkeys(("clerk", "reviewer", "district_officer", "city_officer"), status)
    return people(403, clerk_elsewhere=404) | inside


# the pages of one community
ONE = "/communities/371502001001/"
SPACE_ROUTES: dict[str, Route] = {
    # ── facilities: premises, rooms, shares, contracts ──
    "facilities:premises_list": Route("/premises/", people(200, administrator=403)),
    "facilities:premises_xlsx": Route("/premises/export.xlsx", people(200, administrator=403)),
    "facilities:premises_new": Route(
        "/premises/new/", people(403, clerk=200, clerk_elsewhere=200, district_officer=200)
    ),
    "facilities:premises": Route(
        "/premises/{premises}/", people(200, administrator=403, clerk_elsewhere=404)
    ),
    **{
        f"facilities:{name}": Route(f"/premises/{path}/", premises_writers(200))
        for name, path in {
            "premises_edit": "{premises}/edit",
            "premises_end": "{premises}/end",
            "room_new": "{premises}/rooms/new",
            "room_edit": "rooms/{room}/edit",
            "room_end": "rooms/{room}/end",
            "room_remove": "rooms/{room}/remove",
            "shares": "{premises}/shares",
            "contract_new": "{premises}/contracts/new",
            "contract_edit": "contracts/{contract}/edit",
            "paper_new": "papers/new/premises/{premises}",
            "paper_withdraw": "papers/{space_paper}/withdraw",
        }.items()
    },
    "facilities:paper": Route(
        "/premises/papers/{space_paper}/", people(200, administrator=403, clerk_elsewhere=404)
    ),
    "facilities:community_premises": Route(
        f"{ONE}premises/", people(200, administrator=403, clerk_elsewhere=404)
    ),
    "facilities:premises_checks": Route("/premises/checks/", people(200, administrator=403)),
    "facilities:premises_checks_xlsx": Route(
        "/premises/checks/export.xlsx?kind=no-title", people(200, administrator=403)
    ),
    # ── facilities: required and actual, estates' duties; of a country a part is chosen ──
    "facilities:space": Route("/space/", people(200, administrator=403)),
    "facilities:space_xlsx": Route("/space/export.xlsx", people(200, administrator=403)),
    "facilities:estate_duties": Route("/space/estates/", people(200, administrator=403)),
    "facilities:estate_duties_xlsx": Route(
        "/space/estates/export.xlsx", people(200, administrator=403)
    ),
    # ── facilities: inspections and orders; one inspection has an order, the other none ──
    **{
        f"facilities:{name}": Route(f"/premises/{path}", people(200, administrator=403))
        for name, path in {
            "inspections": "inspections/",
            "inspections_xlsx": "inspections/export.xlsx",
            "orders": "orders/",
            "orders_xlsx": "orders/export.xlsx",
            "halls": "halls/",
            "halls_xlsx": "halls/export.xlsx",
        }.items()
    },
    **{
        f"facilities:{name}": Route(
            f"/premises/{path}/", people(200, administrator=403, clerk_elsewhere=404)
        )
        for name, path in {
            "inspection": "inspections/{inspection}",
            "order": "orders/{order}",
            "order_print": "orders/{order}/print",
            "hall_check": "hall-checks/{hall_check}",
        }.items()
    },
    **{
        f"facilities:{name}": Route(f"/premises/{{premises}}/{path}/new/", inspectors(200))
        for name, path in {
            "inspection_new": "inspections",
            "hall_check_new": "hall-checks",
        }.items()
    },
    "facilities:order_new": Route(
        "/premises/inspections/{vacant}/order/new/",
        people(403, reviewer=200, district_officer=200, city_officer=200),
    ),
    **{
        f"facilities:{name}": Route(f"/premises/{path}/", people(405))
        for name, path in {
            "inspection_withdraw": "inspections/{inspection}/withdraw",
            "order_report": "orders/{order}/report",
            "order_close": "orders/{order}/close",
            "order_return": "orders/{order}/return",
            "order_cancel": "orders/{order}/cancel",
            "hall_check_withdraw": "hall-checks/{hall_check}/withdraw",
        }.items()
    },
    # ── facilities: development projects, gates, handover; the first gate is passed ──
    "facilities:projects": Route("/projects/", people(200, administrator=403)),
    "facilities:projects_xlsx": Route("/projects/export.xlsx", people(200, administrator=403)),
    "facilities:project_new": Route(
        "/projects/new/", people(403, clerk=200, clerk_elsewhere=200, district_officer=200)
    ),
    **{
        f"facilities:{name}": Route(
            f"/projects/{path}/", people(200, administrator=403, clerk_elsewhere=404)
        )
        for name, path in {
            "project": "{project}",
            "gate": "gates/{gate}",
            "handover": "{project}/handover",
            "handover_print": "{project}/handover/print",
        }.items()
    },
    **{
        f"facilities:{name}": Route(f"/projects/{path}/", premises_writers(200))
        for name, path in {
            "project_edit": "{project}/edit",
            "move_in": "{project}/move-in",
            "gate_new": "{project}/gates/land_contract",
            "handover_item_new": "{project}/handover/new",
            "handover_item_edit": "handover/{handover_item}/edit",
        }.items()
    },
    **{
        f"facilities:{name}": Route(f"/projects/{path}/", people(405))
        for name, path in {
            "project_cancel": "{project}/cancel",
            "gate_sign": "gates/{gate}/sign",
            "gate_approve": "gates/{gate}/approve",
            "gate_refuse": "gates/{gate}/refuse",
            "handover_item_delete": "handover/{handover_item}/delete",
        }.items()
    },
    # ── facilities: defaults of builders and notices ──
    "facilities:defaults": Route("/projects/defaults/", people(200, administrator=403)),
    "facilities:defaults_xlsx": Route(
        "/projects/defaults/export.xlsx", people(200, administrator=403)
    ),
    **{
        f"facilities:{name}": Route(
            f"/projects/{path}/", people(200, administrator=403, clerk_elsewhere=404)
        )
        for name, path in {
            "builder_default": "defaults/{default}",
            "notice": "notices/{notice}",
            "notice_print": "notices/{notice}/print",
        }.items()
    },
    **{
        f"facilities:{name}": Route(
            f"/projects/{path}/new/", people(403, district_officer=200, city_officer=200)
        )
        for name, path in {
            "default_new": "{project}/defaults",
            "notice_new": "defaults/{default}/notices",
        }.items()
    },
    **{
        f"facilities:{name}": Route(f"/projects/{path}/", people(405))
        for name, path in {
            "default_remedy": "defaults/{default}/remedy",
            "notice_answer": "notices/{notice}/answer",
            "notice_withdraw": "notices/{notice}/withdraw",
        }.items()
    },
    # subsidies
    "facilities:subsidies": Route("/space/subsidies/", people(200, administrator=403)),
    "facilities:subsidies_xlsx": Route(
        "/space/subsidies/export.xlsx", people(200, administrator=403)
    ),
    "facilities:subsidy": Route(
        "/space/subsidies/{premises}/", people(200, administrator=403, clerk_elsewhere=404)
    ),
    # ── facilities: the workbook of premises ──
    "facilities:premises_template": Route(
        "/premises/template.xlsx?street=371502001",
        people(403, clerk=200, clerk_elsewhere=302, district_officer=200),
    ),
    # ── facilities: plans with measures, the ranking, pools; one of each is a draft ──
    "facilities:plan_new": Route(
        "/space/plans/new/", people(403, district_officer=200, city_officer=404)
    ),
    "facilities:pool_new": Route(
        "/space/pools/new/", people(403, district_officer=404, city_officer=200)
    ),
    **{
        f"facilities:{name}": Route(f"/space/{path}", people(200, administrator=403))
        for name, path in {
            "plans": "plans/",
            "plan": "plans/{plan}/",
            "plan_xlsx": "plans/{plan}/export.xlsx",
            "pools": "pools/",
            "pool": "pools/{pool}/",
            "pool_xlsx": "pools/{pool}/export.xlsx",
        }.items()
    },
    **{
        f"facilities:{name}": Route(
            f"/space/plans/{{plan}}/{path}", people(200, administrator=403, **STREET_404)
        )
        for name, path in {
            "ranking": "ranking/",
            "ranking_xlsx": "ranking/export.xlsx",
        }.items()
    },
    **{
        f"facilities:{name}": Route(
            f"/space/{path}/", people(403, district_officer=200, city_officer=200)
        )
        for name, path in {
            "plan_edit": "plans/{draft_plan}/edit",
            "measure_new": "plans/{draft_plan}/measures/new",
            "measure_edit": "measures/{draft_measure}/edit",
        }.items()
    },
    "facilities:pool_edit": Route(
        "/space/pools/{draft_pool}/edit/", people(403, district_officer=404, city_officer=200)
    ),
    "facilities:measure_progress": Route(
        "/space/measures/{measure}/progress/", premises_writers(200)
    ),
    **{
        f"facilities:{name}": Route(f"/space/{path}/", people(405))
        for name, path in {
            "plan_propose": "plans/{plan}/propose",
            "plan_approve": "plans/{plan}/approve",
            "plan_return": "plans/{plan}/return",
            "measure_delete": "measures/{measure}/delete",
            "pool_propose": "pools/{pool}/propose",
            "pool_approve": "pools/{pool}/approve",
            "pool_return": "pools/{pool}/return",
        }.items()
    },
}
