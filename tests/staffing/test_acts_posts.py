"""兼任, 职务变动, 调动 and 退出 by their pages."""

from datetime import date
from typing import Any

import pytest

from accounts.models import User
from communities.models import Community
from staffing.models import (
    Appointment,
    Certificate,
    Person,
    PersonPhone,
    StaffAct,
)
from tests.conftest import Browse
from tests.factories import make_community
from tests.posted import errors_of, opened
from tests.staff_factories import (
    make_appointment,
    make_certificate,
    make_person,
)
from tests.staffing.act_desk import ACTS, DAY, NUMBER, file, posts, taken

pytestmark = pytest.mark.django_db


def test_add_post_then_one_head_two_posts(
    community: Community, clerk: User, browse: Browse
) -> None:
    person = make_appointment(community, "secretary").person

    answer = taken(browse(clerk), person, "add-post", community=str(community.pk), post="director",
        identity="elected", pay_channel="unpaid", on="2026-03-01")  # fmt: skip

    assert answer.status_code == 302
    assert StaffAct.objects.get().kind == "add_post"
    assert [row[1:] for row in posts(person)] == [
        ("secretary", date(2022, 1, 10), None), ("director", DAY, None),
    ]  # fmt: skip


def test_add_post_for_somebody_who_left_then_enters_again(
    community: Community, clerk: User, browse: Browse
) -> None:
    person = make_appointment(community, "worker", valid_until=date(2024, 1, 1)).person
    client = browse(clerk)
    assert "登记再次进入" in client.get(f"/staff/persons/{person.pk}/add-post/").content.decode()

    taken(client, person, "add-post", post="worker", identity="other", pay_channel="funded",
        community=str(community.pk), on="2026-03-01")  # fmt: skip

    assert StaffAct.objects.get().kind == "enter"
    assert posts(person)[-1] == (community.code, "worker", DAY, None)


def test_add_post_that_another_holds_then_says_who(
    community: Community, clerk: User, browse: Browse
) -> None:
    make_appointment(community, "director", make_person(name="李明"))
    person = make_appointment(community, "worker").person

    answer = taken(browse(clerk), person, "add-post", community=str(community.pk), post="director",
        identity="elected", pay_channel="funded", on="2026-03-01")  # fmt: skip

    assert errors_of(answer) == ["李明自2022-01-10至今任居委会主任。先登记离任，或改任职日期"]


def test_promote_then_checked_first_and_no_gap(
    community: Community, clerk: User, browse: Browse
) -> None:
    held = make_appointment(community, "director")
    client = browse(clerk)
    path = f"/staff/persons/{held.person_id}/promote/"
    data = opened(client, path) | {"ended": str(held.pk), "post": "member", "on": "2026-03-01",
        "identity": "elected", "pay_channel": "funded"}  # fmt: skip

    checked = client.post(path, data).content.decode()

    assert "古城社区居委会主任，自2022-01-10任职，2026-03-01起不再任职" in checked
    assert "古城社区以后没有居委会主任，接任的人另行登记" in checked
    assert Appointment.objects.count() == 1
    assert client.post(path, data | {"do": "save"}).status_code == 302
    assert [row[1:] for row in posts(held.person)] == [
        ("director", date(2022, 1, 10), DAY), ("member", DAY, None),
    ]  # fmt: skip
    act = StaffAct.objects.get()
    assert (act.kind, act.begun.get().post, act.ended.get().post) == (
        "promote", "member", "director",
    )  # fmt: skip


def test_promote_to_the_same_post_then_refused(
    community: Community, clerk: User, browse: Browse
) -> None:
    held = make_appointment(community, "member")

    answer = taken(browse(clerk), held.person, "promote", ended=str(held.pk), post="member",
        identity="elected", pay_channel="funded", on="2026-03-01")  # fmt: skip

    assert errors_of(answer) == ["现在就是居委会委员。选另一个职务"]


def moved(to: Community, *held: Appointment, **typed: Any) -> dict[str, Any]:
    return {"posts": [str(one.pk) for one in held], "community": str(to.pk), "post": "worker",
        "identity": "recruited", "pay_channel": "funded", "on": "2026-03-01"} | typed  # fmt: skip


def test_transfer_in_the_street_then_one_act(
    community: Community, clerk: User, browse: Browse
) -> None:
    held, other = make_appointment(community, "worker"), make_community("371502001002", "湖南社区")

    answer = taken(browse(clerk), held.person, "transfer", **moved(other, held))

    assert answer.status_code == 302
    act = StaffAct.objects.get()
    assert (act.kind, act.code) == ("transfer", other.code)
    assert posts(held.person) == [
        (community.code, "worker", date(2022, 1, 10), DAY), (other.code, "worker", DAY, None),
    ]  # fmt: skip


def test_transfer_to_the_same_community_then_refused(
    community: Community, clerk: User, browse: Browse
) -> None:
    held = make_appointment(community, "worker")

    answer = taken(browse(clerk), held.person, "transfer", **moved(community, held))

    assert errors_of(answer) == ["现在就在古城社区。选另一个社区，本社区内换职务办职务变动"]


def test_transfer_to_another_street_by_the_district_then_the_file_goes_along(
    community: Community, district_officer: User, clerk_elsewhere: User, browse: Browse
) -> None:
    far = make_community("371502002001", "柳园社区居委会")
    person = make_person(identity_number=NUMBER, phone="13812345678")
    held = make_appointment(community, "worker", person)
    make_certificate(person)

    answer = taken(browse(district_officer), person, "transfer", **moved(far, held))

    file = Person.objects.get(code="371502002")
    assert posts(file) == [(far.code, "worker", DAY, None)]
    assert posts(person) == [(community.code, "worker", date(2022, 1, 10), DAY)]
    assert (PersonPhone.objects.get(person=file).number, file.phone_mask) == (
        "13812345678", "138****5678",
    )  # fmt: skip
    assert Certificate.objects.filter(person=file).count() == 1
    acts = StaffAct.objects.order_by("pk").values_list("kind", "code", "leave_reason")
    assert list(acts) == [("leave", community.code, "moved"), ("transfer", far.code, "")]
    assert browse(clerk_elsewhere).get(answer["Location"]).status_code == 200


def test_transfer_back_then_the_first_file_again(
    community: Community, district_officer: User, browse: Browse
) -> None:
    far = make_community("371502002001", "柳园社区居委会")
    person = make_person(identity_number=NUMBER)
    held = make_appointment(community, "worker", person)
    client = browse(district_officer)
    taken(client, person, "transfer", **moved(far, held))
    there = Person.objects.get(code="371502002")

    back = there.appointments.get()
    taken(client, there, "transfer", **moved(community, back, on="2026-06-01"))

    assert Person.objects.count() == 2
    assert posts(person)[-1] == (community.code, "worker", date(2026, 6, 1), None)


def test_transfer_to_another_street_without_identity_then_refused(
    community: Community, district_officer: User, browse: Browse
) -> None:
    far = make_community("371502002001", "柳园社区居委会")
    held = make_appointment(community, "worker")

    answer = taken(browse(district_officer), held.person, "transfer", **moved(far, held))

    assert errors_of(answer) == ["没有登记证件号码，调到另一个街道后对不上。先在人员页补登记"]
    assert Person.objects.count() == 1


def test_transfer_by_a_street_then_other_streets_are_not_offered(
    community: Community, clerk: User, browse: Browse
) -> None:
    far = make_community("371502002001", "柳园社区居委会")
    held = make_appointment(community, "worker")

    answer = taken(browse(clerk), held.person, "transfer", **moved(far, held))

    assert answer.status_code == 422
    assert "柳园" not in answer.content.decode()
    assert held.person.acts.count() == 0


def test_leave_of_all_posts_then_none_after_the_day(
    community: Community, clerk: User, browse: Browse
) -> None:
    first = make_appointment(community, "secretary")
    second = make_appointment(community, "director", first.person)
    chosen = [str(first.pk), str(second.pk)]

    answer = taken(browse(clerk), first.person, "leave", posts=chosen, reason="retired",
        on="2026-03-01", note="到龄", leaving=file("辞职.pdf"))  # fmt: skip

    assert answer.status_code == 302
    assert not Appointment.objects.filter(valid_until=None).exists()
    act = StaffAct.objects.get()
    assert (act.kind, act.leave_reason, act.note, act.ended.count(), act.papers.get().kind) == (
        "leave", "retired", "到龄", 2, "leave",
    )  # fmt: skip


def test_leave_of_one_post_then_the_check_page_names_the_other(
    community: Community, clerk: User, browse: Browse
) -> None:
    first = make_appointment(community, "secretary")
    make_appointment(community, "director", first.person)
    client = browse(clerk)
    path = f"/staff/persons/{first.person_id}/leave/"
    data = opened(client, path) | {"posts": [str(first.pk)], "reason": "term", "on": "2026-03-01"}

    page = client.post(path, data).content.decode()

    assert "<dt>仍任</dt><dd>古城社区居委会主任</dd>" in page
    assert client.post(path, data | {"do": "save"}).status_code == 302
    assert [row[1] for row in posts(first.person) if row[3] is None] == ["director"]


def test_leave_before_the_post_began_then_says_it(
    community: Community, clerk: User, browse: Browse
) -> None:
    held = make_appointment(community, "worker")

    answer = taken(browse(clerk), held.person, "leave", posts=[str(held.pk)], reason="term",
        on="2022-01-10")  # fmt: skip

    assert errors_of(answer) == ["专职工作人员自2022-01-10任职，离任日期2022-01-10应晚于这一天"]


def test_leave_clicked_twice_then_once_and_the_same_page(
    community: Community, clerk: User, browse: Browse
) -> None:
    held = make_appointment(community, "worker")
    client, path = browse(clerk), f"/staff/persons/{held.person_id}/leave/"
    data = opened(client, path) | {"posts": [str(held.pk)], "reason": "term", "on": "2026-03-01",
        "do": "save"}  # fmt: skip

    first, second = (client.post(path, data) for _ in range(2))

    assert first["Location"] == second["Location"] == f"{ACTS}{StaffAct.objects.get().pk}/"


def test_act_on_posts_that_changed_meanwhile_then_409_with_the_typing(
    community: Community, clerk: User, browse: Browse
) -> None:
    held = make_appointment(community, "worker")
    client, path = browse(clerk), f"/staff/persons/{held.person_id}/leave/"
    data = opened(client, path) | {"posts": [str(held.pk)], "reason": "term", "on": "2026-03-01",
        "note": "合同到期", "do": "save"}  # fmt: skip
    make_appointment(community, "grid_worker", held.person)

    answer = client.post(path, data)

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "你打开以后，这个人的登记或任职有了变动" in page
    assert "合同到期" in page
    assert StaffAct.objects.count() == 0


@pytest.mark.parametrize("act", ["add-post", "promote", "transfer", "leave"])
def test_acts_of_another_street_and_of_nobody_then_404(
    act: str, community: Community, clerk_elsewhere: User, browse: Browse
) -> None:
    person = make_appointment(community, "worker").person
    client = browse(clerk_elsewhere)

    for key in (person.pk, 999_999):
        assert client.get(f"/staff/persons/{key}/{act}/").status_code == 404
        assert client.post(f"/staff/persons/{key}/{act}/", {}).status_code == 404
    assert client.get(f"/staff/enter/?community={community.code}").status_code == 404
