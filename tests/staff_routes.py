"""The part of the table of routes that is staffing's (tests/routes.py)."""

from tests.route_words import Route, people, staff_readers, staff_registrars, trainers

# the pages of one community
ONE = "/communities/371502001001/"
STAFF_ROUTES = {
    # ── staffing: establishment, quotas, extra workers ──
    "staffing:establishment": Route("/staff/establishment/", people(200, administrator=403)),
    "staffing:establishment_xlsx": Route(
        "/staff/establishment/export.xlsx", people(200, administrator=403)
    ),
    "staffing:quotas": Route("/staff/quotas/", people(200, administrator=403)),
    "staffing:quota": Route(
        "/staff/quotas/371502/2026/", people(200, administrator=403, clerk_elsewhere=404)
    ),
    "staffing:quota_edit": Route(
        "/staff/quotas/371502/2026/edit/", people(403, district_officer=200)
    ),
    **{
        f"staffing:quota_{step}": Route(f"/staff/quotas/371502/2026/{step}/", people(405))
        for step in ("propose", "approve", "return")
    },
    "staffing:extra_workers": Route("/staff/extra/", people(200, administrator=403)),
    "staffing:extra_new": Route(
        "/staff/extra/new/", people(403, clerk=200, clerk_elsewhere=200, reviewer=200)
    ),
    "staffing:extra": Route(
        "/staff/extra/{extra}/", people(200, administrator=403, clerk_elsewhere=404)
    ),
    **{
        f"staffing:extra_{step}": Route(f"/staff/extra/{{extra}}/{step}/", people(405))
        for step in ("decide", "withdraw")
    },
    "staffing:roster_template": Route(
        "/staff/template.xlsx?street=371502001",
        people(403, clerk=200, clerk_elsewhere=302, district_officer=200),
    ),
    # ── staffing: persons ──
    "staffing:roster": Route("/staff/", staff_readers(200)),
    "staffing:roster_search": Route("/staff/search/", people(405)),
    "staffing:roster_xlsx": Route("/staff/export.xlsx", staff_readers(200)),
    "staffing:person": Route("/staff/persons/{person}/", staff_readers(200, clerk_elsewhere=404)),
    "staffing:person_edit": Route("/staff/persons/{person}/edit/", staff_registrars(200)),
    "staffing:person_phone": Route("/staff/persons/{person}/phone/", people(405)),
    "staffing:certificate_new": Route(
        "/staff/persons/{person}/certificates/new/", staff_registrars(200)
    ),
    "staffing:certificate_edit": Route(
        "/staff/certificates/{certificate}/edit/", staff_registrars(200)
    ),
    "staffing:community_staff": Route(f"{ONE}staff/", staff_readers(200, clerk_elsewhere=404)),
    # pay and awards; nobody may propose an award here, for no text in force speaks of any
    "staffing:pay": Route("/staff/pay/", people(200, administrator=403)),
    "staffing:pay_xlsx": Route("/staff/pay/export.xlsx", people(200, administrator=403)),
    "staffing:person_pay": Route(
        "/staff/persons/{person}/pay/", staff_readers(200, clerk_elsewhere=404)
    ),
    "staffing:pay_record_new": Route("/staff/persons/{person}/pay/new/", staff_registrars(200)),
    "staffing:pay_record_edit": Route(
        "/staff/pay/records/{pay_record}/edit/", staff_registrars(200)
    ),
    "staffing:awards": Route("/staff/awards/", staff_readers(200)),
    "staffing:award_new": Route("/staff/persons/{person}/awards/new/", staff_registrars(302)),
    "staffing:award": Route("/staff/awards/{award}/", staff_readers(200, clerk_elsewhere=404)),
    "staffing:award_decide": Route("/staff/awards/{award}/decide/", people(405)),
    "staffing:statistics": Route("/staff/statistics/", staff_readers(200)),
    "staffing:statistics_xlsx": Route("/staff/statistics/export.xlsx", staff_readers(200)),
    # ── staffing: training; the course is the district's, with one person of the first street ──
    "staffing:courses": Route("/training/", people(200, administrator=403)),
    "staffing:courses_xlsx": Route("/training/export.xlsx", people(200, administrator=403)),
    "staffing:course_new": Route("/training/new/", trainers(200)),
    "staffing:training_due": Route("/training/due/", people(200, administrator=403)),
    "staffing:training_due_xlsx": Route("/training/due/export.xlsx", staff_readers(200)),
    "staffing:training_costs": Route("/training/costs/", people(200, administrator=403)),
    "staffing:training_costs_xlsx": Route(
        "/training/costs/export.xlsx", people(200, administrator=403)
    ),
    "staffing:attendance_sheet": Route("/training/{course}/sheet/", staff_readers(200)),
    "staffing:course": Route("/training/{course}/", people(200, administrator=403)),
    "staffing:course_xlsx": Route("/training/{course}/export.xlsx", staff_readers(200)),
    **{
        f"staffing:{name}": Route(f"/training/{{course}}/{path}/", trainers(200))
        for name, path in {
            "course_edit": "edit",
            "attendance": "attendance",
            "attendance_marks": "marks",
        }.items()
    },
    "staffing:certify": Route("/training/{course}/certify/", people(405)),
    "staffing:attendance_remove": Route(
        "/training/{course}/attendance/{attendance}/remove/", people(405)
    ),
    "staffing:attendance_certificate": Route(
        "/training/attendances/{attendance}/certificate/", staff_readers(200, clerk_elsewhere=404)
    ),
    # ── staffing: acts ──
    "staffing:enter": Route("/staff/enter/", staff_registrars(200, clerk_elsewhere=200)),
    **{
        f"staffing:{name}": Route(f"/staff/persons/{{person}}/{path}/", staff_registrars(200))
        for name, path in (
            ("add_post", "add-post"),
            ("promote", "promote"),
            ("transfer", "transfer"),
            ("leave", "leave"),
        )
    },
    "staffing:acts": Route("/staff/acts/", staff_readers(200)),
    "staffing:act": Route("/staff/acts/{staff_act}/", staff_readers(200, clerk_elsewhere=404)),
    "staffing:act_check": Route("/staff/acts/{staff_act}/check/", people(405)),
    "staffing:paper_new": Route("/staff/acts/{staff_act}/papers/new/", staff_registrars(200)),
    "staffing:paper": Route(
        "/staff/papers/{staff_paper}/", staff_readers(200, clerk_elsewhere=404)
    ),
    "staffing:checks": Route("/staff/checks/", staff_readers(200)),
    "staffing:checks_xlsx": Route("/staff/checks/export.xlsx?kind=no-number", staff_readers(200)),
    # ── staffing: elections; the round is the district's, the election is held and not announced ──
    "staffing:elections": Route("/elections/", staff_readers(200)),
    "staffing:elections_xlsx": Route("/elections/export.xlsx", staff_readers(200)),
    "staffing:election_round_new": Route(
        "/elections/rounds/new/", people(403, district_officer=200, city_officer=200)
    ),
    "staffing:election_round": Route("/elections/rounds/{election_round}/", staff_readers(200)),
    "staffing:election_round_xlsx": Route(
        "/elections/rounds/{election_round}/export.xlsx", staff_readers(200)
    ),
    "staffing:election_round_edit": Route(
        "/elections/rounds/{election_round}/edit/", people(403, district_officer=200)
    ),
    **{
        f"staffing:election_round_{step}": Route(
            f"/elections/rounds/{{election_round}}/{step}/", people(405)
        )
        for step in ("close", "fill", "remind")
    },
    "staffing:community_elections": Route(
        f"{ONE}elections/", staff_readers(200, clerk_elsewhere=404)
    ),
    "staffing:election_new": Route(f"{ONE}elections/new/", staff_registrars(200)),
    "staffing:election": Route("/elections/{election}/", staff_readers(200, clerk_elsewhere=404)),
    "staffing:candidates": Route(
        "/elections/{election}/candidates/", staff_readers(200, clerk_elsewhere=404)
    ),
    "staffing:candidate_remove": Route(
        "/elections/{election}/candidates/{candidate}/remove/", people(405)
    ),
    **{
        f"staffing:{name}": Route(f"/elections/{{election}}/{path}/", staff_registrars(200))
        for name, path in {
            "election_edit": "edit",
            "election_void": "void",
            "candidate_new": "candidates/new",
            "election_votes": "votes",
            "election_result": "result",
        }.items()
    },
    "staffing:election_reopen": Route("/elections/{election}/reopen/", staff_registrars(302)),
}
