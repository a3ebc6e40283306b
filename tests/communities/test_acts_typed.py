"""What people type for change acts: signs that nobody sees, identity numbers, tampered values."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory

from accounts.models import User
from accounts.scope import scope
from communities import typed
from communities.choices import ActKind
from communities.forms.act_plan import typed_in
from communities.forms.act_texts import version_in
from communities.models import ChangeAct, Community
from communities.selectors.act_page import get_act_page
from communities.views.acts_edit import Editing
from tests.act_steps import merge_form, propose_by_page, submit, submitted, take, text
from tests.communities.test_admin_facts import facts_fields
from tests.conftest import Browse
from tests.factories import make_community, make_facts, make_paper

pytestmark = pytest.mark.django_db

RESIDENT = "11010519491231002X"
REFUSED = "里面有居民身份证号（11…2X）。删去，本系统不登记居民个人信息"
HIDDEN = "“甲”之后有看不见的字符（U+0000）。删去它，或重新输入这一项"


@pytest.fixture
def street(browse: Browse, clerk: User) -> Client:
    return browse(clerk)


@pytest.mark.parametrize("pressed", ["save", "preview"])
@pytest.mark.parametrize(
    ("kind", "name", "label"),
    [
        ("rename", "title", "事项"),
        ("rename", "reason", "理由"),
        ("rename", "c{}-name", "全称"),
        ("recode", "c{}-code", "代码"),
        ("rescale", "c{}-east", "东至"),
        ("rescale", "grid-{}", ""),
    ],
)
@pytest.mark.parametrize(
    ("sent", "said"), [("甲\0乙", HIDDEN), (RESIDENT, REFUSED)], ids=["hidden", "resident"]
)
def test_text_that_cannot_be_kept_then_said_with_its_name_and_nothing_is_stored(
    kind: str,
    name: str,
    label: str,
    pressed: str,
    sent: str,
    said: str,
    street: Client,
    gucheng: Community,
    hunan: Community,
) -> None:
    chosen = [gucheng, hunan] if kind == "rescale" else [gucheng]
    form = {"c": [str(one.pk) for one in chosen], "reason": "规模过小", "do": pressed}

    answer = street.post(f"/communities/acts/new/{kind}/", form | {name.format(gucheng.pk): sent})

    page = text(answer, 422)
    assert f">{label}{said}<" in page
    assert not ChangeAct.objects.exists()


def test_title_with_signs_that_turn_the_writing_then_refused(
    street: Client, gucheng: Community, hunan: Community
) -> None:
    form = merge_form(gucheng, hunan, title="合并\u202efdp.exe")

    page = text(street.post("/communities/acts/new/merge/", form), 422)

    assert "事项“合并”之后有看不见的字符（U+202E）" in page


def test_reason_of_several_lines_then_kept_with_one_kind_of_line_ends(
    street: Client, gucheng: Community, hunan: Community
) -> None:
    act = propose_by_page(street, gucheng, hunan, reason=" 一\r\n二 ", title=" 合并两个社区 ")

    assert (act.reason, act.title) == ("一\n二", "合并两个社区")


@pytest.mark.parametrize("kind", ["merge", "establish"])
def test_search_with_a_sign_that_nobody_sees_then_said(kind: str, street: Client) -> None:
    page = text(street.get(f"/communities/acts/new/{kind}/?q=%E7%94%B2%00"))

    assert f"查找的文字{HIDDEN}" in page


def test_version_of_thousands_of_digits_then_the_draft_is_compared(
    street: Client, gucheng: Community, hunan: Community
) -> None:
    act = propose_by_page(street, gucheng, hunan)

    answer = street.post(
        f"/communities/acts/{act.pk}/edit/", merge_form(gucheng, hunan, version="1" * 5000)
    )

    assert answer.status_code == 409
    assert (version_in({"version": "12"}), version_in({"version": "²"})) == (12, 0)


def test_keys_that_are_none_then_another_row_is_the_first(
    street: Client, gucheng: Community
) -> None:
    form = {"c": [str(gucheng.pk)], "successors": "x", "do": "add"}

    page = text(street.post("/communities/acts/new/split/", form))

    assert 'name="successors" value="s1"' in page
    assert typed_in({"successors": "x"}) == {"successors": ""}


@pytest.mark.parametrize(
    ("written", "refused"),
    [
        (RESIDENT, True),
        (f"张某{RESIDENT.lower()}。", True),
        ("110105 19491231 002x", True),
        ("１１０１０５１９４９１２３１００２Ｘ", True),
        ("110105194912310021", False),  # the check character does not fit
        ("91370100MA3C0AAA0X", False),
        ("123456789012345675", False),  # no day of birth, although the check character fits
        (f"{RESIDENT}1", False),
    ],
)
def test_identity_number_in_a_text_then_refused(written: str, refused: bool) -> None:
    said = []
    try:
        typed.check_no_identity_number(written)
    except ValidationError as wrong:
        said = wrong.messages

    assert said == ([REFUSED] if refused else [])


def test_identity_number_in_any_form_of_the_register_then_refused(
    street: Client, gucheng: Community
) -> None:
    paper = make_paper(gucheng)
    place = f"/communities/{gucheng.code}"
    profile: dict[str, Any] = {"remarks": RESIDENT, "change_reason": RESIDENT, "tags": RESIDENT}

    edited = street.post(f"{place}/profile/edit/", profile)
    contact = street.post(f"{place}/contacts/add/", {"name": RESIDENT})
    withdrawn = street.post(f"/communities/papers/{paper.pk}/withdraw/", {"reason": RESIDENT})

    for answer, fields in (
        (edited, ["tags", "remarks", "change_reason"]),
        (contact, ["name"]),
        (withdrawn, ["reason"]),
    ):
        found = answer.context["form"].errors
        assert {name: found[name] for name in fields} == {name: [REFUSED] for name in fields}


def test_identity_number_in_the_admin_s_remarks_then_refused(
    browse: Browse, city_officer: User
) -> None:
    facts = make_facts(make_community(), status="draft")

    response = browse(city_officer).post(
        f"/admin/communities/annualfacts/{facts.pk}/change/",
        facts_fields(facts, remarks="11010519491231002X"),
    )

    assert "里面有居民身份证号（11…2X）" in response.content.decode()
    facts.refresh_from_db()
    assert facts.remarks == ""


def test_identity_number_in_a_comment_then_refused(
    street: Client, browse: Browse, district_officer: User, gucheng: Community, hunan: Community
) -> None:
    act = submit(street, gucheng, hunan)
    district = browse(district_officer)

    assert REFUSED in text(take(district, act, "pass", comment=RESIDENT), 422)
    assert REFUSED in text(take(district, act, "return", **{"item:flows": RESIDENT}), 422)
    act.refresh_from_db()
    assert act.state == "submitted"


def test_draft_that_is_submitted_while_it_is_saved_then_called_what_it_is(
    clerk: User, street: Client, gucheng: Community, hunan: Community
) -> None:
    act = propose_by_page(street, gucheng, hunan)
    request: Any = RequestFactory().post("/", merge_form(gucheng, hunan, version="1"))
    request.user = clerk
    with scope(clerk.scope):
        page = get_act_page(clerk, act.pk)
        submitted(clerk, act)
        answer = Editing(request, ActKind.MERGE, page).answer()

    assert "已经是待审查，这份修改没有保存" in text(answer, 409)
