"""Pages of corrections: effect shown before it is proposed, decided by another, by scope."""

import re
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from collection.models import Correction
from communities.models import AnnualFacts
from tests.collection.review_world import YEAR, make_waiting
from tests.conftest import Browse
from tests.factories import make_correction
from tests.queries import queries_of
from tests.world import GUCHENG, load_texts

pytestmark = pytest.mark.django_db
NEW = f"/communities/{GUCHENG}/{YEAR}/correct/"


@pytest.fixture
def facts(clerk: User, district_officer: User) -> AnnualFacts:
    load_texts()
    return make_waiting(GUCHENG, "confirmed", by=clerk, confirmed_by=district_officer)


@pytest.fixture
def street(browse: Browse, clerk: User) -> Client:
    return browse(clerk)


@pytest.fixture
def officer(browse: Browse, district_officer: User) -> Client:
    return browse(district_officer)


def typed(facts: AnnualFacts, **changes: str) -> dict[str, str]:
    return {
        "key": str(uuid4()),
        "version": str(facts.version),
        "value:households": "4,000",
        "reason": "漏登二期",
        "document": "核查表",
        "corrected_on": "2026-11-19",
    } | changes


def shown(answer: HttpResponse) -> str:
    found = re.search(r'name="shown" value="([0-9a-f]+)"', answer.content.decode())
    return found[1] if found else ""


def test_form_then_present_figures_to_type_over(street: Client, facts: AnnualFacts) -> None:
    page = street.get(NEW).content.decode()

    assert 'name="value:households" value="2847"' in page
    assert "<td>2,847</td>" in page
    assert 'name="value:central_urban"' not in page
    assert "核对对经费的影响" in page
    assert "提出更正" not in page


def test_first_post_then_the_effect_is_shown_and_nothing_kept(
    street: Client, facts: AnnualFacts
) -> None:
    answer = street.post(NEW, typed(facts))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "改动1项，对经费的影响" in page
    assert "<strong>+20,000.00</strong>" in page
    assert 'value="4,000"' in page
    assert "核定户数2,847户改为<strong>4,000户</strong>，各项标准按它测算" in page
    assert "由东昌府区民政局 " in page
    assert "批准后生效" in page
    assert Correction.objects.count() == 0


def test_form_when_nobody_else_decides_then_said(
    officer: Client, district_officer: User, facts: AnnualFacts
) -> None:
    page = officer.post(NEW, typed(facts)).content.decode()

    assert "本区没有另一名能批准的人，先联系系统管理员增设" in page


def test_second_post_then_proposed_once(street: Client, facts: AnnualFacts) -> None:
    data = typed(facts)
    data["shown"] = shown(street.post(NEW, data))

    first, again = street.post(NEW, data), street.post(NEW, data)

    correction = Correction.objects.get()
    assert first["Location"] == again["Location"] == f"/corrections/{correction.pk}/"
    assert correction.changes == {"households": ["2847", "4000"]}


def test_second_post_with_another_figure_then_its_effect_first(
    street: Client, facts: AnnualFacts
) -> None:
    data = typed(facts)
    data["shown"] = shown(street.post(NEW, data))

    answer = street.post(NEW, data | {"value:households": "5000"})

    assert "<strong>+40,000.00</strong>" in answer.content.decode()
    assert Correction.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"value:households": "很多"}, "很多"),
        ({"value:households": "2847"}, "没有改动任何一项"),
        ({"reason": ""}, "填写更正原因"),
        ({"document": ""}, "填写依据文件或凭证"),
        ({"corrected_on": "2199-01-01"}, "2199-01-01"),
        ({"reason": "11010519491231002X"}, "居民身份证号"),
    ],
)
def test_mistakes_then_said_and_nothing_lost(
    street: Client, facts: AnnualFacts, changes: dict[str, str], said: str
) -> None:
    answer = street.post(NEW, typed(facts) | {"value:remarks": "备注甲"} | changes)

    page = answer.content.decode()
    if changes.get("value:households") == "2847":
        assert answer.status_code == 200  # the remark is a change
        return
    assert answer.status_code == 422
    assert said in page
    assert "备注甲" in page
    assert Correction.objects.count() == 0


def test_form_for_facts_that_are_not_confirmed_then_sent_to_them(
    street: Client, clerk: User
) -> None:
    load_texts()
    make_waiting(GUCHENG, "draft", by=clerk)

    answer = street.get(NEW)

    assert answer["Location"] == f"/communities/{GUCHENG}/{YEAR}/review/"


def decide(client: Client, correction: Correction, step: str, **data: str) -> HttpResponse:
    given = {"key": str(uuid4()), "version": "1"} | data
    answer: HttpResponse = client.post(f"/corrections/{correction.pk}/{step}/", given, follow=True)
    return answer


def test_decision_page_then_what_it_would_move_now_and_the_buttons(
    officer: Client, street: Client, facts: AnnualFacts, clerk: User
) -> None:
    correction = make_correction(facts, clerk, changes={"households": ["2847", "4000"]})

    page = officer.get(f"/corrections/{correction.pk}/").content.decode()
    own = street.get(f"/corrections/{correction.pk}/").content.decode()

    assert "<strong>+20,000.00</strong>" in page
    assert ">批准更正</button>" in page
    assert ">批准更正</button>" not in own
    assert ">撤回更正</button>" in own


def test_apply_then_the_facts_are_changed_and_said(
    officer: Client, facts: AnnualFacts, clerk: User
) -> None:
    correction = make_correction(facts, clerk, changes={"households": ["2847", "4000"]})

    page = decide(officer, correction, "apply", note="属实").content.decode()

    facts.refresh_from_db()
    assert facts.households == 4000
    assert "已更正，经费按更正后的数测算" in page
    assert "属实" in page
    home = officer.get(f"/communities/{GUCHENG}/?year={YEAR}").content.decode()
    assert "核定户数2847改为4000" in home


def test_refuse_without_a_word_then_409_and_still_open(
    officer: Client, facts: AnnualFacts, clerk: User
) -> None:
    correction = make_correction(facts, clerk)

    answer = decide(officer, correction, "refuse")

    assert answer.status_code == 409
    assert "没有写不予更正的理由" in answer.content.decode()
    correction.refresh_from_db()
    assert correction.state == "proposed"


@pytest.mark.parametrize(
    ("person", "step", "status"),
    [("clerk", "apply", 403), ("reviewer", "refuse", 403), ("auditor", "withdraw", 403),
     ("clerk_elsewhere", "withdraw", 404), ("reviewer", "withdraw", 409)],
)  # fmt: skip
def test_step_without_the_right_or_out_of_scope_then_refused(
    browse: Browse,
    request: pytest.FixtureRequest,
    facts: AnnualFacts,
    clerk: User,
    person: str,
    step: str,
    status: int,
) -> None:
    correction = make_correction(facts, clerk)

    answer = decide(browse(request.getfixturevalue(person)), correction, step)

    assert answer.status_code == status
    correction.refresh_from_db()
    assert correction.state == "proposed"


def test_list_then_filters_and_what_cannot_be_used_is_said(
    officer: Client, facts: AnnualFacts, clerk: User
) -> None:
    make_correction(facts, clerk)

    found = officer.get("/corrections/?state=proposed&year=2026&q=古城").content.decode()
    odd = officer.get("/corrections/?state=gone&year=abc").content.decode()
    none = officer.get("/corrections/?state=applied").content.decode()

    assert "入户核实" in found
    assert "没有“gone”这个状态" in odd
    assert "“abc”不是年度" in odd
    assert "没有符合条件的更正" in none


def test_list_then_the_same_queries_for_one_and_for_thirty(
    officer: Client, facts: AnnualFacts, clerk: User
) -> None:
    make_correction(facts, clerk)
    queries_of(officer, "/corrections/")  # who may do what is read once
    few = queries_of(officer, "/corrections/")
    for number in range(10, 39):
        make_correction(make_waiting(f"3715020010{number}", "confirmed"), clerk)

    assert queries_of(officer, "/corrections/") == few
