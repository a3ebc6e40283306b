"""The form of a record: what is typed is kept, a double click acts once, two people both count."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from accounts.models import SubmittedForm, User
from accounts.scope import scope
from communities.forms.editing import EditForm, key_of_content
from communities.models import Community, Contact, Estate
from communities.services.editing import StaleError, add, change
from communities.views import editing
from tests.communities.test_fields import WholeForm, whole
from tests.conftest import Browse
from tests.factories import make_community, make_contact, make_user
from tests.posted import errors_of, fields_of, opened

CODE = "371502001001"
EDIT = f"/communities/{CODE}/profile/edit/"
PROFILE = f"/communities/{CODE}/profile/"
ADD = f"/communities/{CODE}/contacts/add/"
NEW = {"duty": "主任", "name": "李强", "office": "", "office_phone": ""}


@pytest.fixture
def community(db: None) -> Community:
    return make_community(address="东昌路1号", remarks="旧")


def test_form_when_saved_then_stored_with_version_reason_and_message(
    browse: Browse, clerk: User, community: Community
) -> None:
    client = browse(clerk)
    typed = opened(client, EDIT) | {"address": "东昌路2号", "change_reason": "据搬迁通知"}

    answer = client.post(EDIT, typed, follow=True)

    assert answer.redirect_chain == [(PROFILE, 302)]
    assert "已保存古城社区的登记资料" in answer.content.decode()
    community.refresh_from_db()
    assert (community.address, community.version) == ("东昌路2号", 2)
    event = community.events.latest("pgh_id")
    assert event.pgh_context.metadata["reason"] == "据搬迁通知"
    assert event.pgh_context.metadata["user"] == clerk.pk


def test_form_when_nothing_changed_then_nothing_is_written(
    browse: Browse, clerk: User, community: Community
) -> None:
    client = browse(clerk)

    answer = client.post(EDIT, opened(client, EDIT))

    assert answer.status_code == 302
    community.refresh_from_db()
    assert community.version == 1
    assert community.events.count() == 1


def test_form_when_wrong_then_says_so_and_keeps_all_that_was_typed(
    browse: Browse, clerk: User, community: Community
) -> None:
    client = browse(clerk)
    typed = opened(client, EDIT) | {
        "area_km2": "约3平方公里",
        "set_up_on": "2015-02-29",
        "address": "古\u200b城",
        "boundary_east": "长" * 101,
        "remarks": "一\n二",
        "tags": "示范社区，文明社区",
    }

    answer = client.post(EDIT, typed)

    assert errors_of(answer) == [
        "“2015-02-29”没有这一天，核对月和日",
        "写了101个字，最多100个字，缩短后再保存",
        "“约3平方公里”不是数字，改成阿拉伯数字",
        "“古”之后有看不见的字符（U+200B）。删去它，或重新输入这一项",
    ]
    page = answer.content.decode()
    assert fields_of(page) == typed
    assert page.count("<title>有错误：修改登记资料") == 1
    community.refresh_from_db()
    assert community.version == 1


def test_form_when_required_fields_are_empty_then_each_is_named(
    browse: Browse, clerk: User, community: Community
) -> None:
    assert errors_of(browse(clerk).post(ADD, {"duty": " ", "name": ""})) == ["填写职务", "填写姓名"]


def test_form_when_sent_twice_then_one_row_and_one_address(
    browse: Browse, clerk: User, community: Community
) -> None:
    client = browse(clerk)
    typed = opened(client, ADD) | NEW

    answers = [client.post(ADD, typed) for _ in range(3)]

    assert {answer["Location"] for answer in answers} == {PROFILE}
    assert Contact.objects.count() == 1
    assert SubmittedForm.objects.count() == 1


def test_form_when_sent_twice_and_the_first_made_it_wrong_then_still_the_first_one_s_address(
    rf: Any, clerk: User, community: Community
) -> None:
    key = str(uuid.uuid4())

    def send() -> HttpResponse:
        request = rf.post("/", {"key": key, "name": "甲", "households": "7"})
        request.user = clerk
        estate = Estate(community=community, code=community.code)

        def save(form: EditForm) -> str:
            return f"/made/{add(form.instance).households}/"

        return editing.edit_page(request, WholeForm, estate, save=save, context={})

    assert [send()["Location"] for _ in range(2)] == ["/made/7/", "/made/7/"]
    assert Estate.objects.count() == 1


def test_form_when_sent_again_with_something_else_then_that_counts_too(
    browse: Browse, clerk: User, community: Community
) -> None:
    """Back after saving, one more correction, saved again: the second one is not lost."""
    client = browse(clerk)
    typed = opened(client, EDIT) | {"address": "甲路1号"}
    assert client.post(EDIT, typed).status_code == 302

    answer = client.post(EDIT, typed | {"address": "甲路2号"})

    assert [tuple(row) for row in answer.context["differences"]] == [
        ("address", "办公地址", "甲路2号", "甲路1号", True)
    ]
    assert client.post(EDIT, fields_of(answer.content.decode())).status_code == 302
    community.refresh_from_db()
    assert community.address == "甲路2号"


def test_key_of_content_then_one_for_the_same_and_another_for_something_else() -> None:
    key = uuid.uuid4()
    file, corrected = SimpleUploadedFile("a.pdf", b"12"), SimpleUploadedFile("a.pdf", b"13")
    file.read()  # its key is that of the whole, wherever it was read to
    keys = [
        key_of_content(key, {"name": ["甲"], "csrfmiddlewaretoken": ["1"]}, {"file": [file]}),
        key_of_content(key, {"csrfmiddlewaretoken": ["2"], "name": ["甲"]}, {"file": [file]}),
        key_of_content(key, {"name": ["乙"]}, {"file": [file]}),
        key_of_content(key, {"name": ["甲"]}),
        key_of_content(uuid.uuid4(), {"name": ["甲"]}, {"file": [file]}),
        key_of_content(key, {"name": ["甲"]}, {"file": [corrected]}),
    ]

    assert keys[0] == keys[1]
    assert len(set(keys)) == 5
    assert file.read() == b"12"
    assert key_of_content(None, {}) != key_of_content(None, {})


def test_form_when_the_key_is_another_person_s_then_refused(
    browse: Browse, clerk: User, community: Community
) -> None:
    typed = opened(browse(clerk), ADD) | NEW
    browse(clerk).post(ADD, typed)
    colleague = make_user("street_clerk", "371502001", username="zhao")

    assert browse(colleague).post(ADD, typed).status_code == 403
    assert Contact.objects.count() == 1


@pytest.mark.parametrize("key", ["", "nonsense", "0"])
def test_form_when_its_key_is_none_then_stored_all_the_same(
    browse: Browse, clerk: User, community: Community, key: str
) -> None:
    assert browse(clerk).post(ADD, NEW | {"key": key}).status_code == 302
    assert Contact.objects.count() == 1


def test_save_when_somebody_was_faster_after_the_checks_then_their_words(
    rf: Any, clerk: User, community: Community
) -> None:
    request = rf.post("/", {"name": "甲"})
    request.user = clerk
    form = whole(community)
    assert form.is_valid()
    Estate.objects.create(community=community, code=community.code, name="甲")

    with pytest.raises(ValidationError) as refused:
        editing.store(request, form, lambda form: str(add(form.instance)))

    assert refused.value.messages == ["这个社区已经有同名的小区。改名称，或打开已有的修改"]
    assert SubmittedForm.objects.count() == 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (ValidationError("甲乙同名"), {"__all__": ["甲乙同名"]}),
        (ValidationError({"name": "已有甲"}), {"name": ["已有甲"]}),
        (ValidationError({"code": "代码不对"}), {"__all__": ["代码不对"]}),
    ],
)
def test_save_when_the_service_refuses_then_the_form_says_why(
    rf: Any, clerk: User, community: Community, wrong: ValidationError, said: dict[str, list[str]]
) -> None:
    form = whole(community)
    assert form.is_valid()

    editing.say(form, wrong)

    assert form.errors == said


@pytest.mark.django_db(transaction=True)
def test_form_when_sent_twice_at_one_time_then_one_row_and_one_address() -> None:
    clerk = make_user()
    make_community()
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(clerk, backend="accounts.backends.RoleBackend")
    typed = NEW | {"key": str(uuid.uuid4())}
    start = threading.Barrier(2)

    def send(client: Client) -> tuple[int, str]:
        start.wait()
        try:
            answer = client.post(ADD, typed)
            return answer.status_code, answer["Location"]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(send, clients))

    assert answers == [(302, PROFILE)] * 2
    with scope("0"):
        assert Contact.objects.count() == 1


def test_change_when_stale_then_raises_with_the_present_record(community: Community) -> None:
    change(Community.objects.get(), fields=["address"], version=1)  # unchanged: not written
    first = Community.objects.get()
    first.address = "甲"
    change(first, fields=["address"], version=1, reason="搬迁")
    second = Community.objects.get()
    second.address = "乙"

    with pytest.raises(StaleError) as refused:
        change(second, fields=["address"], version=1)

    assert (refused.value.present.address, refused.value.present.version) == ("甲", 2)


def test_change_when_others_stored_the_same_meanwhile_then_done_already(
    community: Community,
) -> None:
    first, second = Community.objects.get(), Community.objects.get()
    first.address = second.address = "甲"
    change(first, fields=["address"], version=1)

    assert change(second, fields=["address"], version=1).version == 2


def test_two_people_then_the_second_sees_both_and_chooses_field_by_field(
    browse: Browse, clerk: User, reviewer: User, community: Community
) -> None:
    first, second = browse(clerk), browse(reviewer)
    slow = opened(second, EDIT) | {
        "address": "乙路2号",
        "remarks": "新\n备注",
        "change_reason": "据公告",
    }
    quick = opened(first, EDIT) | {"address": "甲路1号", "boundary_east": "东昌路"}
    assert first.post(EDIT, quick).status_code == 302

    answer = second.post(EDIT, slow)

    assert answer.status_code == 409
    assert [tuple(row) for row in answer.context["differences"]] == [
        ("boundary_east", "东至", "（空）", "东昌路", False),
        ("address", "办公地址", "乙路2号", "甲路1号", True),
        ("remarks", "备注", "新\n备注", "旧", True),
    ]
    page = answer.content.decode()
    assert "李敏在" in page
    chosen = fields_of(page)
    assert chosen["keep-boundary_east"] == "theirs"
    assert (chosen["keep-address"], chosen["keep-remarks"]) == ("mine", "mine")
    kept = [name for name in slow if name != "version"]
    assert {name: chosen[name] for name in kept} == {name: slow[name] for name in kept}

    assert second.post(EDIT, chosen | {"keep-address": "theirs"}).status_code == 302
    community.refresh_from_db()
    assert (community.address, community.boundary_east) == ("甲路1号", "东昌路")
    assert (community.remarks, community.version) == ("新\n备注", 3)
    last = community.events.latest("pgh_id")
    assert last.pgh_context.metadata["reason"] == "据公告"


def test_two_people_when_a_third_change_comes_between_then_asked_again_and_nothing_is_lost(
    browse: Browse, clerk: User, reviewer: User, community: Community
) -> None:
    first, second = browse(clerk), browse(reviewer)
    slow = opened(second, EDIT) | {"address": "乙路2号", "remarks": "新"}
    first.post(EDIT, opened(first, EDIT) | {"address": "甲路1号"})
    chosen = fields_of(second.post(EDIT, slow).content.decode()) | {"keep-address": "theirs"}
    first.post(EDIT, opened(first, EDIT) | {"remarks": "又改"})

    again = second.post(EDIT, chosen)

    assert again.status_code == 409
    assert [tuple(row) for row in again.context["differences"]] == [
        ("remarks", "备注", "新", "又改", True)
    ]
    assert second.post(EDIT, fields_of(again.content.decode())).status_code == 302
    community.refresh_from_db()
    # theirs stays chosen although only the other field was asked for again
    assert (community.address, community.remarks, community.version) == ("甲路1号", "新", 4)


def test_two_people_when_the_second_keeps_nothing_then_the_record_stays(
    browse: Browse, clerk: User, reviewer: User, community: Community
) -> None:
    first, second = browse(clerk), browse(reviewer)
    slow = opened(second, EDIT) | {"address": "乙路2号"}
    first.post(EDIT, opened(first, EDIT) | {"address": "甲路1号"})
    chosen = fields_of(second.post(EDIT, slow).content.decode()) | {"keep-address": "theirs"}

    assert second.post(EDIT, chosen).status_code == 302
    community.refresh_from_db()
    assert (community.address, community.version) == ("甲路1号", 2)


def test_version_when_tampered_with_then_the_conflict_page_and_no_overwriting(
    browse: Browse, clerk: User, community: Community
) -> None:
    client = browse(clerk)
    typed = opened(client, EDIT) | {"address": "乙", "version": "9z"}

    assert client.post(EDIT, typed).status_code == 409
    community.refresh_from_db()
    assert community.address == "东昌路1号"


def test_extra_fields_when_posted_then_ignored(
    browse: Browse, clerk: User, community: Community
) -> None:
    client = browse(clerk)
    extra = {"code": "371502002001", "name": "别的", "is_demo": "on", "valid_until": "2026-01-01"}
    extra |= {"keep-code": "theirs", "keep-nothing": "theirs"}

    assert client.post(EDIT, opened(client, EDIT) | extra | {"address": "乙"}).status_code == 302
    community.refresh_from_db()
    assert (community.code, community.name, community.is_demo) == (CODE, "古城社区居委会", False)
    assert (community.valid_until, community.address) == (None, "乙")


def test_contact_when_two_people_change_one_then_the_same_page(
    browse: Browse, clerk: User, reviewer: User, community: Community
) -> None:
    contact = make_contact(community)
    path = f"/communities/{CODE}/contacts/{contact.pk}/"
    first, second = browse(clerk), browse(reviewer)
    slow = opened(second, path) | {"name": "乙"}
    first.post(path, opened(first, path) | {"name": "甲"})

    answer = second.post(path, slow)

    assert answer.status_code == 409
    assert [row.label for row in answer.context["differences"]] == ["姓名"]
