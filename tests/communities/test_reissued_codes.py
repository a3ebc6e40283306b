"""A code given to another after its community ended: ?holder= leads to the ended one's pages."""

import re
from datetime import date

import pytest
from django.test import Client

from accounts.models import User
from accounts.scope import scope
from communities.models import Community, Contact, Estate
from communities.selectors.dossier import get_dossier
from communities.selectors.history import changes_of
from communities.selectors.places import Address, Found, addresses_of, find_community
from tests.change_acts import applied, begins, make_plan, merging
from tests.conftest import Browse
from tests.factories import (
    make_community,
    make_contact,
    make_entry,
    make_estate,
    make_former,
    make_grid,
    make_organisation,
    make_paper,
)

pytestmark = pytest.mark.django_db
CODE, OTHER = "371502001001", "371502001009"
PAGE = f"/communities/{CODE}/"
END, AGAIN = date(2020, 1, 1), date(2024, 1, 1)
TODAY = date(2026, 11, 21)


@pytest.fixture
def ended() -> Community:
    """古城社区 with one of everything; its code belongs to 湖南社区 since."""
    community = make_community(CODE, valid_until=END)
    make_entry(community)
    make_estate(community)
    make_grid(community)
    make_organisation(community)
    make_paper(community)
    make_contact(community, name="前任", valid_until=END)
    return community


@pytest.fixture
def holder(ended: Community) -> Community:
    community = make_community(CODE, "湖南社区居委会", valid_from=AGAIN)
    make_contact(community, name="现任")
    return community


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def find(user: User, code: str, key: object = "") -> Found:
    with scope(user.scope):
        return find_community(user, code, TODAY, str(key))


def test_found_when_a_code_was_given_again_then_each_by_its_key(
    clerk: User, ended: Community, holder: Community
) -> None:
    present, past = find(clerk, CODE), find(clerk, CODE, ended.pk)

    assert (present.community, present.holder) == (holder, str(holder.pk))
    assert [(one.key, one.until, one.holder) for one in present.former_holders] == [
        (ended.pk, END, str(ended.pk))
    ]
    assert (past.community, past.holder, past.former_holders) == (ended, str(ended.pk), ())


def test_found_when_the_code_has_one_holder_then_no_key_is_needed(
    clerk: User, ended: Community
) -> None:
    assert find(clerk, CODE) == Found(ended, "", find(clerk, CODE).former_holders, "")
    assert find(clerk, CODE, ended.pk).holder == ""


@pytest.mark.parametrize("key", ["0", "x", "９", "-1", "9" * 40])
def test_found_by_the_key_of_nobody_then_nobody(clerk: User, holder: Community, key: str) -> None:
    assert find(clerk, CODE, key) == Found(None)


def test_found_by_the_key_of_another_code_then_nobody(clerk: User, holder: Community) -> None:
    other = make_community(OTHER, "东城社区居委会")

    assert find(clerk, CODE, other.pk) == Found(None)


def test_found_outside_the_scope_then_nobody(
    clerk_elsewhere: User, ended: Community, holder: Community
) -> None:
    assert find(clerk_elsewhere, CODE, ended.pk) == Found(None)


def test_addresses_then_a_key_where_a_code_is_shared(
    clerk: User, clerk_elsewhere: User, ended: Community, holder: Community
) -> None:
    alone = make_community(OTHER, "东城社区居委会")
    keys = {ended.pk, alone.pk}

    with scope(clerk.scope):
        assert addresses_of(clerk, keys) == {
            ended.pk: Address(CODE, str(ended.pk)),
            alone.pk: Address(OTHER, ""),
        }
    with scope(clerk_elsewhere.scope):
        assert addresses_of(clerk_elsewhere, keys) == {}


@pytest.mark.parametrize(
    "name",
    ["profile", "estates", "grids", "organisations", "archive", "papers", "acts", "history"],
)
def test_page_by_the_key_then_of_the_ended_one_and_so_are_its_links(
    browse: Browse, clerk: User, ended: Community, holder: Community, name: str
) -> None:
    client = browse(clerk)

    mine, others = (text(client, f"{PAGE}{name}/?holder={key.pk}") for key in (ended, holder))
    plain = text(client, f"{PAGE}{name}/")

    assert ("古城社区" in mine, "湖南社区" in mine) == (True, False)
    assert ["湖南社区" in page for page in (others, plain)] == [True, True]
    links = re.findall(rf'href="({PAGE}[^"]*)"', mine)
    assert len(links) > 9
    assert [link for link in links if f"holder={ended.pk}" not in link] == []
    forms = re.findall(r'<form class="filters".*?</form>', mine, re.DOTALL)
    assert [f'name="holder" value="{ended.pk}"' in form for form in forms] == [True] * len(forms)


def test_cards_by_the_key_then_of_the_ended_one(
    browse: Browse, clerk: User, ended: Community, holder: Community
) -> None:
    client, estate = browse(clerk), Estate.objects.get()
    entry = ended.archiveentry_set.get()

    for path in (f"estates/{estate.pk}/", f"archive/{entry.pk}/"):
        assert "古城社区" in text(client, f"{PAGE}{path}?holder={ended.pk}")
        assert client.get(f"{PAGE}{path}").status_code == 404


def test_page_by_the_key_from_another_street_then_unknown(
    browse: Browse, clerk_elsewhere: User, ended: Community, holder: Community
) -> None:
    client = browse(clerk_elsewhere)

    for path in ("", "profile/", "papers/", "history/"):
        assert client.get(f"{PAGE}{path}?holder={ended.pk}").status_code == 404


def test_change_by_the_key_then_back_to_the_card_of_the_ended_one(
    browse: Browse, clerk: User, ended: Community, holder: Community
) -> None:
    answer = browse(clerk).post(f"{PAGE}profile/edit/?holder={ended.pk}", {"address": "光岳路"})

    assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}profile/?holder={ended.pk}")


def test_page_of_a_year_then_leads_to_the_ended_holder(
    browse: Browse, clerk: User, ended: Community, holder: Community
) -> None:
    client = browse(clerk)

    present = text(client, PAGE)
    past = text(client, f"{PAGE}?year=2019&holder={ended.pk}")

    assert f'href="{PAGE}?year=2019&amp;holder={ended.pk}"' in present
    assert "古城社区" in past
    assert f'href="{PAGE}profile/?holder={ended.pk}"' in past


def test_contacts_then_each_has_its_own(clerk: User, ended: Community, holder: Community) -> None:
    with scope(clerk.scope):
        for community, name in ((ended, "前任"), (holder, "现任")):
            changes = changes_of(clerk, community, kind="contact")
            assert [one.what for one in changes] == [f"社区党组织书记 {name}"]
            sheets = {one.name: one.rows for one in get_dossier(clerk, community, TODAY).sheets}
            assert [row[2] for row in sheets["责任人"]] == [name]


def test_card_of_the_ended_one_then_not_who_answers_for_the_code_now(
    browse: Browse, clerk: User, ended: Community, holder: Community
) -> None:
    client = browse(clerk)

    past, present = (text(client, f"{PAGE}profile/?holder={one.pk}") for one in (ended, holder))

    assert ("现任" in past, "现任" in present, "前任" in present) == (False, True, False)


def test_contact_of_the_ended_one_then_not_changed_under_its_successor(
    browse: Browse, clerk: User, ended: Community, holder: Community
) -> None:
    old, new = Contact.objects.order_by("pk")
    client = browse(clerk)

    assert client.get(f"{PAGE}contacts/{old.pk}/").status_code == 404
    assert client.get(f"{PAGE}contacts/{new.pk}/").status_code == 200


# ── an old code of one that ended, whose last code was given to another ──


@pytest.fixture
def moved(ended: Community) -> Community:
    """The ended one had another code before."""
    make_former(ended, date(2010, 1, 1), code=OTHER, name="老城社区居委会")
    return ended


def test_former_code_of_the_ended_one_then_not_to_a_stranger(
    browse: Browse, clerk: User, moved: Community, holder: Community
) -> None:
    client = browse(clerk)

    page = client.get(f"/communities/{OTHER}/")
    card = client.get(f"/communities/{OTHER}/profile/")

    assert page["Location"] == f"{PAGE}?former={OTHER}&holder={moved.pk}"
    assert card["Location"] == f"{PAGE}profile/?holder={moved.pk}"
    assert "古城社区" in text(client, card["Location"])
    assert "古城社区" in text(client, page["Location"])


def test_former_code_by_the_key_then_on_to_its_present_code(
    browse: Browse, clerk: User, moved: Community
) -> None:
    card = browse(clerk).get(f"/communities/{OTHER}/profile/?holder={moved.pk}")

    assert card["Location"] == f"{PAGE}profile/"


def test_lineage_when_the_code_was_given_again_then_to_the_one_that_is_meant(
    browse: Browse, clerk: User
) -> None:
    one, two = make_community(CODE), make_community("371502001008", "东城社区居委会")
    plan = merging([one, two], begins(OTHER, "光岳社区居委会"), [10, 20])
    applied("merge", plan, effective_on=date(2025, 3, 1))
    again = make_plan([], [begins(CODE, "湖南社区居委会")])
    applied("establish", again, effective_on=date(2026, 3, 1))
    client = browse(clerk)

    for path in (f"/communities/{OTHER}/", f"/communities/{OTHER}/profile/"):
        page = text(client, path)
        assert f"?holder={one.pk}" in page
        assert f"holder={two.pk}" not in page
