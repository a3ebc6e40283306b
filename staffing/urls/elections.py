"""Routes of staffing: rounds of elections, elections of communities, their results."""

from django.urls import path

from staffing.views import election_page, election_results, election_rounds, elections

ROUND, ONE = "elections/rounds/<int:pk>", "elections/<int:pk>"

urlpatterns = [
    path("elections/", elections.elections, name="elections"),
    path("elections/export.xlsx", elections.elections_xlsx, name="elections_xlsx"),
    # rounds
    path("elections/rounds/new/", election_rounds.election_round_new, name="election_round_new"),
    path(f"{ROUND}/", election_rounds.election_round, name="election_round"),
    path(f"{ROUND}/export.xlsx", election_rounds.election_round_xlsx, name="election_round_xlsx"),
    path(f"{ROUND}/edit/", election_rounds.election_round_edit, name="election_round_edit"),
    path(f"{ROUND}/close/", election_rounds.election_round_close, name="election_round_close"),
    path(f"{ROUND}/fill/", election_rounds.election_round_fill, name="election_round_fill"),
    path(f"{ROUND}/remind/", election_rounds.election_round_remind, name="election_round_remind"),
    # elections of a community
    path(
        "communities/<community:code>/elections/",
        elections.community_elections,
        name="community_elections",
    ),
    path(
        "communities/<community:code>/elections/new/",
        election_page.election_new,
        name="election_new",
    ),
    # one election
    path(f"{ONE}/", election_page.election, name="election"),
    path(f"{ONE}/edit/", election_page.election_edit, name="election_edit"),
    path(f"{ONE}/void/", election_page.election_void, name="election_void"),
    path(f"{ONE}/candidates/", election_page.candidates, name="candidates"),
    path(f"{ONE}/candidates/new/", election_page.candidate_new, name="candidate_new"),
    path(
        f"{ONE}/candidates/<int:candidate>/remove/",
        election_page.candidate_remove,
        name="candidate_remove",
    ),
    path(f"{ONE}/votes/", election_results.election_votes, name="election_votes"),
    path(f"{ONE}/result/", election_results.election_result, name="election_result"),
    path(f"{ONE}/reopen/", election_results.election_reopen, name="election_reopen"),
]
