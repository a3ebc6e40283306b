"""Texts, series and exemptions in the admin: what each may do, and what the pages say."""

from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from accounts.models import User
from policy import services
from policy.engine import load_shipped
from policy.models import PolicyText
from tests.conftest import Browse
from tests.factories import make_user
from tests.policy.samples import ON, colleague, published, rule, source

pytestmark = pytest.mark.django_db
TEXTS = "/admin/policy/policytext/"


def page(response: HttpResponse) -> str:
    return response.content.decode()


def fields(**values: Any) -> dict[str, Any]:
    """The form of a draft as the browser sends it."""
    return {
        "source": source(),
        "jurisdiction": "",
        "effective_from": "",
        "effective_until": "",
        "adopted_note": "",
    } | values


def test_draft_when_saved_then_read_from_its_source(browse: Browse, city_officer: User) -> None:
    response = browse(city_officer).post(f"{TEXTS}add/", fields())

    text = PolicyText.objects.get()
    assert (response.status_code, text.status, text.created_by) == (302, "draft", city_officer)
    assert (text.title, text.jurisdiction) == ("办法a-2020", "3715")


def test_draft_when_source_is_wrong_then_named_and_nothing_lost(
    browse: Browse, city_officer: User
) -> None:
    wrong = source(provisions=(rule(subject="service_hall"),))

    response = browse(city_officer).post(f"{TEXTS}add/", fields(source=wrong))

    said = "文件 · A-1 · subject：“service_hall”不在可选项里；可能是“service_halls”"
    assert said in page(response)
    assert "service_hall&quot;" in page(response)
    assert PolicyText.objects.count() == 0


def test_draft_when_place_is_outside_the_scope_then_refused(
    browse: Browse, city_officer: User
) -> None:
    response = browse(city_officer).post(f"{TEXTS}add/", fields(source=source(jurisdiction="37")))

    assert "适用范围“37”不在你的辖区3715内" in page(response)
    assert PolicyText.objects.count() == 0


def test_new_version_when_started_from_a_text_then_its_source_is_there(
    browse: Browse, city_officer: User
) -> None:
    text = published()

    response = browse(city_officer).get(f"{TEXTS}add/?from={text.pk}")

    assert response.context["adminform"].form.initial["source"] == text.source
    for other in ("999999", "x"):
        assert browse(city_officer).get(f"{TEXTS}add/?from={other}").status_code == 200


def test_text_when_opened_then_provisions_answers_versions_and_history(
    browse: Browse, city_officer: User
) -> None:
    services.import_texts(on=ON)
    text = PolicyText.objects.get(text_id="liaocheng-2015")

    response = browse(city_officer).get(f"{TEXTS}{text.pk}/change/")

    said = page(response)
    assert "LC-STF-1" in said
    assert "第十一条" in said
    assert "<textarea" not in said
    assert [answer.label for answer in response.context["answers"]].count("工作经费") == 1
    assert response.context["versions"] == [text]
    assert [line.act for line in response.context["history"]] == ["修改", "起草"]
    assert response.context["acts"] == [("withdraw", "停止执行")]


def test_texts_when_listed_then_those_of_the_scope_and_the_adoptable(
    browse: Browse, city_officer: User, administrator: User
) -> None:
    services.import_texts(on=ON)

    def listed(user: User, query: str = "") -> set[str]:
        result = browse(user).get(f"{TEXTS}{query}").context["cl"].queryset
        return set(result.values_list("text_id", flat=True))

    own = {"liaocheng-2015", "shandong-2018", "organic-law-2026", "city-opinions-2013"}
    assert listed(city_officer) == own
    assert listed(administrator) == own | {"beilun"}
    assert listed(administrator, "?status__exact=draft") == {"city-opinions-2013"}
    assert listed(administrator, "?level=6") == {"beilun"}
    assert listed(administrator, "?level=0") == {"organic-law-2026"}
    assert listed(administrator, "?level=*") == {"city-opinions-2013"}
    assert listed(administrator, "?level=x") == set()
    assert listed(administrator, "?q=山东") == {"shandong-2018"}


def test_texts_when_filtered_by_force_then_by_their_days(
    browse: Browse, administrator: User
) -> None:
    published("now-1", (rule("N-1", "grids"),))
    published("later-1", (rule("L-1"),), effective_from=date(2190, 1, 1))
    published("ended-1", (rule("E-1"),), effective_until=date(2021, 1, 1))
    services.draft(source("draft-1"), by=None)
    found = {}

    for value in ("now", "later", "ended"):
        result = browse(administrator).get(f"{TEXTS}?force={value}").context["cl"].queryset
        found[value] = [text.text_id for text in result]

    assert found == {"now": ["now-1"], "later": ["later-1"], "ended": ["ended-1"]}


def test_list_when_many_texts_then_as_many_queries_as_with_one(
    browse: Browse, administrator: User, django_assert_num_queries: Any
) -> None:
    client = browse(administrator)
    services.draft(source("t-0"), by=None)
    client.get(TEXTS)
    with django_assert_num_queries(11) as queries:
        client.get(TEXTS)
    for number in range(1, 30):
        services.draft(source(f"t-{number}"), by=None)

    with django_assert_num_queries(len(queries)):
        client.get(TEXTS)


def act(browse: Browse, user: User, text: PolicyText, name: str, **values: Any) -> HttpResponse:
    return browse(user).post(f"{TEXTS}{text.pk}/{name}/", values)


def test_publication_when_asked_for_then_in_force(browse: Browse, city_officer: User) -> None:
    text = services.draft(source(), by=colleague())

    response = act(browse, city_officer, text, "publish")

    text.refresh_from_db()
    assert response.url == reverse("admin:policy_policytext_change", args=[text.pk])
    assert (text.status, text.released_by) == ("published", city_officer)


def test_publication_when_days_overlap_then_said_and_supersedes_when_ticked(
    browse: Browse, city_officer: User
) -> None:
    earlier = published()
    later = services.draft(source("b-2025", effective_from=date(2025, 1, 1)), by=None)

    refused = act(browse, city_officer, later, "publish")
    done = act(browse, city_officer, later, "publish", supersede="on")

    assert refused.status_code == 422
    assert (
        "《办法b-2025》与《办法a-2020》同是3715的规定，2025-01-01起都规定“一站式服务大厅”"
        in page(refused)
    )
    assert done.status_code == 302
    earlier.refresh_from_db()
    assert earlier.effective_until == date(2025, 1, 1)


def test_publication_when_drafted_by_the_same_person_then_says_who_may(
    browse: Browse, city_officer: User
) -> None:
    browse(city_officer).post(f"{TEXTS}add/", fields())
    text = PolicyText.objects.get()

    own = act(browse, city_officer, text, "publish")
    other = act(browse, colleague(), text, "publish")

    assert own.status_code == 422
    assert "起草的人不能自己发布。由辖区包含3715的另一位系统管理员或市民政经办人发布" in page(own)
    assert other.status_code == 302


def test_publication_when_the_draft_was_changed_by_the_same_person_then_refused(
    browse: Browse, city_officer: User, administrator: User
) -> None:
    text = services.draft(source(), by=administrator)
    changed = fields(source=source(title="另定"), jurisdiction="3715")
    assert browse(city_officer).post(f"{TEXTS}{text.pk}/change/", changed).status_code == 302

    assert act(browse, city_officer, text, "publish").status_code == 422


def test_text_when_issued_above_the_scope_then_only_read(
    browse: Browse, city_officer: User
) -> None:
    text = services.draft(source(authority="37"), by=None)

    opened = browse(city_officer).get(f"{TEXTS}{text.pk}/change/")
    done = act(browse, city_officer, text, "publish")
    drafted = browse(city_officer).post(f"{TEXTS}add/", fields(source=text.source))

    assert (opened.status_code, opened.context["acts"], done.status_code) == (200, [], 403)
    assert "发文层级“37”不在你的辖区3715内" in page(drafted)
    assert PolicyText.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        source().replace("const = 1", f"const = {'1' * 5001}"),
        source().replace("const = 1", f"const = 0x{'f' * 5000}"),
        source() + "x = " + "[" * 5000,
        source(title="标题").replace("'标题'", '"标\\u0000题"'),
        source(authority="*"),
        "#" * 300_000,
    ],
    ids=["digits", "hexadecimal", "brackets", "nul", "authority", "long"],
)
def test_draft_when_source_would_break_the_page_then_said_beside_it(
    wrong: str, browse: Browse, city_officer: User
) -> None:
    response = browse(city_officer).post(f"{TEXTS}add/", fields(source=wrong))

    assert response.status_code == 200
    assert response.context["adminform"].form.errors["source"][0].startswith("文件")
    assert PolicyText.objects.count() == 0


def test_withdrawal_when_asked_for_then_ends_with_its_reason(
    browse: Browse, city_officer: User
) -> None:
    text = published()

    refused = act(browse, city_officer, text, "withdraw", on="2026-01-01", reason="")
    done = act(browse, city_officer, text, "withdraw", on="2026-01-01", reason="上级废止")

    assert (refused.status_code, done.status_code) == (422, 302)
    text.refresh_from_db()
    assert (text.status, text.effective_until) == ("superseded", date(2026, 1, 1))
    history = browse(city_officer).get(f"{TEXTS}{text.pk}/change/").context["history"]
    assert (history[0].reason, history[0].by) == ("上级废止", city_officer.display_name)


def test_adoption_when_asked_for_then_a_draft_of_the_own_place(
    browse: Browse, city_officer: User
) -> None:
    services.import_texts(on=ON)
    text = PolicyText.objects.get(text_id="city-opinions-2013")
    form = browse(city_officer).get(f"{TEXTS}{text.pk}/adopt/").context["form"]
    values = {bound.html_name: bound.value() for bound in form if bound.value() is not None}
    values |= {"option:C13-STF-1.boundary": "lower", "note": "会议纪要"}

    refused = act(browse, city_officer, text, "adopt", **values | {"jurisdiction": "3702"})
    done = act(browse, city_officer, text, "adopt", **values)

    assert values["jurisdiction"] == "3715"
    assert "适用范围“3702”不在你的辖区3715内" in page(refused)
    adopted = PolicyText.objects.get(jurisdiction="3715", text_id="city-opinions-2013")
    assert (done.status_code, adopted.status) == (302, "draft")
    assert adopted.options == {"C13-STF-1.boundary": "lower"}
    assert adopted.adopted_note == "会议纪要"


def test_readings_when_saved_then_those_that_differ_are_kept(
    browse: Browse, administrator: User
) -> None:
    text = services.draft(
        load_shipped("beilun").source, by=administrator, effective_from=date(2022, 1, 1)
    )
    form = browse(administrator).get(f"{TEXTS}{text.pk}/readings/").context["form"]
    values = {bound.html_name: bound.value() for bound in form if bound.value() is not None}
    wrong = act(browse, administrator, text, "readings", **{"option:BL-FND-2.start_year": "24"})

    done = act(
        browse, administrator, text, "readings", **values | {"option:BL-FND-2.start_year": "2024"}
    )

    assert (wrong.status_code, done.status_code) == (422, 302)
    text.refresh_from_db()
    assert text.options == {"BL-FND-2.start_year": "2024"}


@pytest.mark.parametrize("name", ["adopt", "readings", "publish", "withdraw"])
def test_act_when_not_allowed_then_403_and_of_another_place_404(
    name: str, browse: Browse, auditor: User
) -> None:
    text = services.draft(source(), by=None)
    if name == "withdraw":
        text = services.publish(text, by=None, on=ON)

    for_auditor = browse(auditor).get(f"{TEXTS}{text.pk}/{name}/")
    for_other = browse(make_user("city_officer", "3702")).get(f"{TEXTS}{text.pk}/{name}/")

    assert (for_auditor.status_code, for_other.status_code) == (403, 404)


def test_superiors_text_when_opened_by_the_city_then_only_read(
    browse: Browse, city_officer: User
) -> None:
    text = services.draft(source(jurisdiction="37"), by=None)

    opened = browse(city_officer).get(f"{TEXTS}{text.pk}/change/")
    changed = browse(city_officer).post(f"{TEXTS}{text.pk}/change/", fields())
    published_ = act(browse, city_officer, text, "publish")

    assert (opened.status_code, changed.status_code, published_.status_code) == (200, 403, 403)


def test_published_text_when_changed_by_hand_then_refused(
    browse: Browse, city_officer: User
) -> None:
    text = published()

    response = browse(city_officer).post(f"{TEXTS}{text.pk}/change/", fields())

    assert response.status_code == 403
