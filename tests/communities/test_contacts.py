"""责任人: of a community by its clerks, of a street or district by those whose scope it is."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from accounts.models import User
from communities.models import Community, Contact
from tests.conftest import Browse
from tests.factories import make_community, make_contact
from tests.posted import errors_of, opened

CODE = "371502001001"
ADD = f"/communities/{CODE}/contacts/add/"
PROFILE = f"/communities/{CODE}/profile/"
DISTRICT = "/communities/contacts/371502/"
NEW = {"duty": "社区党组织书记", "name": "王建国", "office": "", "office_phone": "0635－8321234"}


@pytest.fixture
def community(db: None) -> Community:
    return make_community()


def test_contact_when_added_then_on_the_card(
    browse: Browse, clerk: User, community: Community
) -> None:
    client = browse(clerk)

    answer = client.post(ADD, opened(client, ADD) | NEW, follow=True)

    assert answer.redirect_chain == [(PROFILE, 302)]
    page = answer.content.decode()
    assert "已保存责任人王建国" in page
    assert "社区党组织书记：王建国" in page
    contact = Contact.objects.get()
    assert (contact.code, contact.office_phone) == (CODE, "0635-8321234")
    assert contact.events.get().pgh_context.metadata["user"] == clerk.pk


def test_contact_when_the_telephone_is_none_then_refused_with_what_was_typed(
    browse: Browse, clerk: User, community: Community
) -> None:
    answer = browse(clerk).post(ADD, NEW | {"office_phone": "12812345678"})

    assert errors_of(answer) == ["“12812345678”不是电话号码。写成0635-8321234或11位手机号的样子"]
    assert Contact.objects.count() == 0


def test_contact_when_ended_then_no_more_on_the_card_and_kept(
    browse: Browse, clerk: User, community: Community
) -> None:
    contact = make_contact(community)
    path = f"/communities/{CODE}/contacts/{contact.pk}/"
    client = browse(clerk)

    with time_machine.travel(datetime(2026, 11, 21, 4, tzinfo=UTC)):
        typed = opened(client, path) | {"valid_until": "2026.11.1", "change_reason": "换届"}
        page = client.post(path, typed, follow=True).content.decode()

    assert "还没有登记责任人" in page
    contact.refresh_from_db()
    assert (contact.valid_until, contact.version) == (date(2026, 11, 1), 2)


def test_contact_of_another_community_then_404(
    browse: Browse, clerk: User, community: Community
) -> None:
    other = make_contact(make_community("371502001002", "湖南社区居委会"))

    assert browse(clerk).get(f"/communities/{CODE}/contacts/{other.pk}/").status_code == 404
    assert browse(clerk).get(f"/communities/{CODE}/contacts/{10**30}/").status_code == 404


def test_contacts_of_a_district_then_read_in_its_scope_and_changed_by_its_own(
    browse: Browse, district_officer: User, city_officer: User, community: Community
) -> None:
    client = browse(district_officer)
    path = f"{DISTRICT}add/"
    typed = opened(client, path) | NEW | {"name": "区长"}

    answer = client.post(path, typed, follow=True)

    assert answer.redirect_chain == [(DISTRICT, 302)]
    contact = Contact.objects.get()
    assert contact.code == "371502"
    change = f"{DISTRICT}{contact.pk}/"
    assert change in answer.content.decode()
    city = browse(city_officer)
    page = city.get(DISTRICT).content.decode()
    assert "<td>区长</td>" in page
    assert change not in page
    assert [city.get(change).status_code, city.post(path, NEW).status_code] == [404, 404]
    assert client.post(change, opened(client, change) | {"name": "副区长"}).status_code == 302
    contact.refresh_from_db()
    assert contact.name == "副区长"


@pytest.mark.parametrize("code", ["371503", "37"])
def test_contacts_of_a_division_outside_the_scope_or_unknown_then_404(
    browse: Browse, district_officer: User, community: Community, code: str
) -> None:
    client = browse(district_officer)

    assert client.get(f"/communities/contacts/{code}/").status_code == 404
    assert client.get(f"/communities/contacts/{code}/add/").status_code == 404


def test_contacts_when_there_are_none_then_says_so(
    browse: Browse, district_officer: User, community: Community
) -> None:
    assert "还没有登记责任人" in browse(district_officer).get(DISTRICT).content.decode()
