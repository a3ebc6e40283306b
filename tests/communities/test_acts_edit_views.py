"""Proposing change acts by pages: communities, plan, preview, drafts that two people hold."""

import re
from datetime import date

import pytest

from accounts.models import User
from communities.models import ChangeAct, Community, Estate
from communities.services.plans import read_plan
from tests.act_steps import (
    ACTS,
    merge_form,
    propose_by_page,
    submit,
    take,
    text,
)
from tests.conftest import Browse
from tests.factories import make_community, make_estate, make_facts, make_grid

pytestmark = pytest.mark.django_db


def test_kinds_of_a_street_then_all_but_the_transfer(
    browse: Browse, clerk: User, district_officer: User
) -> None:
    kinds = browse(clerk).get("/communities/acts/new/").context["kinds"]
    wider = browse(district_officer).get("/communities/acts/new/").context["kinds"]

    assert [kind["label"] for kind in kinds] == [
        "设立",
        "更名",
        "代码变更",
        "规模调整",
        "合并",
        "分设",
        "撤销",
        "恢复",
    ]
    assert len(wider) == 9
    assert "导入新一年的代码名录" in text(browse(district_officer).get("/communities/acts/new/"))
    assert browse(clerk).get("/communities/acts/new/transfer/").status_code == 404
    assert browse(clerk).get("/communities/acts/new/nothing/").status_code == 404


def test_choose_then_own_communities_with_those_chosen_first(
    browse: Browse, clerk: User, gucheng: Community, hunan: Community
) -> None:
    make_community("371502001201", "大路村委会")
    make_community("371502002001", "柳园社区居委会")
    make_community("371502001009", "旧城社区居委会", valid_until=date(2020, 1, 1))
    client, path = browse(clerk), "/communities/acts/new/merge/"

    def names(query: str = "") -> list[str]:
        return [one.name for one in client.get(f"{path}?{query}").context["choices"]]

    assert names() == ["古城社区居委会", "湖南社区居委会"]
    assert names(f"c={hunan.pk}") == ["湖南社区居委会", "古城社区居委会"]
    assert names(f"q=没有&c={hunan.pk}") == ["湖南社区居委会"]
    assert names("villages=1") == ["古城社区居委会", "湖南社区居委会", "大路村委会"]


def test_choose_to_reopen_then_those_that_have_ended(browse: Browse, clerk: User) -> None:
    make_community("371502001009", "旧城社区居委会", valid_until=date(2020, 1, 1))
    make_community()

    page = browse(clerk).get("/communities/acts/new/reopen/")

    assert [one.name for one in page.context["choices"]] == ["旧城社区居委会"]
    assert "2020-01-01" in text(page)


def test_choose_of_a_district_then_its_streets_are_offered(
    browse: Browse, district_officer: User, gucheng: Community
) -> None:
    make_community("371502002001", "柳园社区居委会")
    client = browse(district_officer)

    found = client.get("/communities/acts/new/merge/?street=371502002").context

    assert [one.name for one in found["choices"]] == ["柳园社区居委会"]
    assert [(one["label"], one["selected"]) for one in found["streets"]] == [
        ("古楼街道", False),
        ("柳园街道", True),
    ]


@pytest.mark.parametrize(
    ("kind", "count", "words"),
    [
        ("merge", 1, "合并至少选2个社区，现在选了1个"),
        ("rename", 0, "更名至少选1个社区，现在选了0个"),
        ("split", 2, "分设每次办一个社区，现在选了2个。只选一个"),
    ],
)
def test_plan_of_the_wrong_number_then_chosen_again(
    kind: str,
    count: int,
    words: str,
    browse: Browse,
    clerk: User,
    gucheng: Community,
    hunan: Community,
) -> None:
    chosen = "".join(f"&c={one.pk}" for one in (gucheng, hunan)[:count])

    page = text(browse(clerk).get(f"/communities/acts/new/{kind}/?plan=1{chosen}"))

    assert words in page
    assert "第1步，共2步" in page


def test_plan_of_another_street_s_community_then_not_taken(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    other = make_community("371502002001", "柳园社区居委会")

    page = text(browse(clerk).get(f"/communities/acts/new/rename/?plan=1&c={other.pk}"))

    assert "现在选了0个" in page
    assert "柳园" not in page


def test_plan_as_opened_then_the_next_free_code_and_all_choices(
    browse: Browse, clerk: User, gucheng: Community, hunan: Community
) -> None:
    make_estate(gucheng, "阳光花园", households=900)
    make_grid(gucheng)
    page = text(browse(clerk).get(f"/communities/acts/new/split/?plan=1&c={gucheng.pk}"))

    assert 'name="s2-code" value="371502001003"' in page
    assert f'name="flow-{gucheng.pk}-s1"' in page
    for kind, name in (("小区", "阳光花园"), ("网格", "第一网格")):
        assert re.search(f'<td>{kind}</td><th scope="row"><label [^>]*>{name}</label>', page)


def test_save_a_draft_then_the_act_with_its_plan(
    browse: Browse, clerk: User, gucheng: Community, hunan: Community
) -> None:
    client = browse(clerk)

    act = propose_by_page(client, gucheng, hunan)

    plan = read_plan(act.plan)
    assert (act.state, act.title) == ("draft", "古城社区、湖南社区合并为古城社区")
    assert [(one.source, one.to, one.households) for one in plan.flows] == [
        (gucheng.pk, "s1", 2847),
        (hunan.pk, "s1", 4000),
    ]
    page = text(client.get(f"/communities/acts/{act.pk}/"))
    assert "提交前还要改" not in page
    assert "6,847" in page


def test_save_twice_with_one_key_then_one_act(
    browse: Browse, clerk: User, gucheng: Community, hunan: Community
) -> None:
    client, form = browse(clerk), merge_form(gucheng, hunan)

    first = client.post("/communities/acts/new/merge/", form)
    second = client.post("/communities/acts/new/merge/", form)

    assert first["Location"] == second["Location"]
    assert ChangeAct.objects.count() == 1


def test_save_after_going_back_with_another_text_then_not_lost(
    browse: Browse, clerk: User, gucheng: Community, hunan: Community
) -> None:
    client = browse(clerk)
    act = propose_by_page(client, gucheng, hunan)
    path, form = f"/communities/acts/{act.pk}/edit/", merge_form(gucheng, hunan, version="1")
    assert client.post(path, form).status_code == 302

    page = text(client.post(path, form | {"reason": "再改的理由"}), 409)

    assert "再改的理由" in page


def test_save_with_mistakes_then_kept_word_for_word_and_said(
    browse: Browse, clerk: User, gucheng: Community, hunan: Community
) -> None:
    client = browse(clerk)
    typed = {"s1-area": "一点二", "s1-name": "", "s1-community": "", "reason": ""}

    act = propose_by_page(client, gucheng, hunan, **typed)

    page = text(client.get(f"/communities/acts/{act.pk}/"))
    assert "提交前还要改2处" in page
    assert "面积“一点二”不是平方公里数" in page
    form = text(client.get(f"/communities/acts/{act.pk}/edit/"))
    assert 'name="s1-area" value="一点二"' in form
    assert form.count("没有写理由。写明为什么要变更") == 2  # in the summary and beside the field
    answer = take(client, act, "submit")
    assert "面积“一点二”不是平方公里数" in text(answer, 422)
    act.refresh_from_db()
    assert act.state == "draft"


def test_preview_then_both_sides_and_nothing_is_stored(
    browse: Browse, clerk: User, gucheng: Community, hunan: Community
) -> None:
    answer = browse(clerk).post(
        "/communities/acts/new/merge/", merge_form(gucheng, hunan, do="preview")
    )

    page = text(answer)
    assert "方案没有问题" in page
    assert [line["name"] for line in answer.context["table"]["before"]] == [
        "古城社区居委会",
        "湖南社区居委会",
    ]
    assert answer.context["table"]["balance"][0] is True
    assert 'name="reason" rows="4">规模过小</textarea>' in page
    assert not ChangeAct.objects.exists()


def test_preview_with_mistakes_then_beside_their_parts(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    form = {
        "c": [str(gucheng.pk)],
        "successors": "s1 s2",
        "s1-community": str(gucheng.pk),
        "s2-name": "古城东社区居委会",
        f"flow-{gucheng.pk}-s2": "3000",
        "do": "preview",
    }

    page = text(browse(clerk).post("/communities/acts/new/split/", form), 422)

    words = "古城社区划出合计3,000户，多于核定的2,847户。减少153户"
    assert f'<a href="#flows">{words}</a>' in page
    assert f'<p class="err">{words}</p>' in page
    assert 'value="3000"' in page


def test_rows_of_a_split_then_added_and_dropped(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    client, path = browse(clerk), "/communities/acts/new/split/"
    form = {"c": [str(gucheng.pk)], "successors": "s1 s2", "s2-name": "古城东社区居委会"}

    more = text(client.post(path, form | {"do": "add"}))
    less = text(client.post(path, form | {"successors": "s1 s2 s3", "do": "drop:s1"}))

    assert 'name="successors" value="s1 s2 s3"' in more
    assert 'name="s2-name" value="古城东社区居委会"' in more
    assert 'name="successors" value="s2 s3"' in less


def test_text_that_is_too_long_then_said_and_not_cut(
    browse: Browse, clerk: User, gucheng: Community, hunan: Community
) -> None:
    long = "理" * 2001
    answer = browse(clerk).post(
        "/communities/acts/new/merge/", merge_form(gucheng, hunan, reason=long)
    )

    page = text(answer, 422)
    assert "理由有2001个字。缩短到2000个字以内" in page
    assert long in page
    assert not ChangeAct.objects.exists()


def test_establish_for_an_estate_then_name_households_and_estate_are_there(
    browse: Browse, clerk: User, clerk_elsewhere: User, gucheng: Community
) -> None:
    estate: Estate = make_estate(gucheng, "阳光花园", households=900)
    path = f"/communities/acts/new/establish/?estate={estate.pk}"

    page = text(browse(clerk).get(path))

    assert 'name="s1-name" value="阳光花园社区居委会"' in page
    assert f'name="flow-{gucheng.pk}-s1" id="id_flow-{gucheng.pk}-s1" value="900"' in page
    assert "阳光花园达到设立社区居民委员会的规模" in page
    assert browse(clerk_elsewhere).get(path).status_code == 404


def test_transfer_then_the_free_codes_of_the_chosen_street(
    browse: Browse, district_officer: User, gucheng: Community
) -> None:
    make_community("371502002001", "柳园社区居委会")
    client, path = browse(district_officer), "/communities/acts/new/transfer/"

    without = text(client.get(f"{path}?plan=1&c={gucheng.pk}"))
    page = text(client.get(f"{path}?plan=1&c={gucheng.pk}&to=371502002"))

    assert "没有选街道。选新代码所在的街道" in without
    assert f'name="c{gucheng.pk}-code" value="371502002002"' in page


@pytest.mark.parametrize("person", ["district_finance", "auditor", "administrator"])
def test_proposing_without_the_right_then_refused(
    person: str, browse: Browse, request: pytest.FixtureRequest
) -> None:
    client = browse(request.getfixturevalue(person))

    assert client.get("/communities/acts/new/").status_code == 403
    assert client.post("/communities/acts/new/merge/", {}).status_code == 403
    assert "提出变更" not in text(client.get(ACTS))


def test_draft_when_a_colleague_saved_meanwhile_then_both_versions(
    browse: Browse, clerk: User, reviewer: User, gucheng: Community, hunan: Community
) -> None:
    act = propose_by_page(browse(clerk), gucheng, hunan)
    path = f"/communities/acts/{act.pk}/edit/"
    mine = merge_form(gucheng, hunan, version="1") | {"s1-name": "甲社区居委会"}
    theirs = merge_form(gucheng, hunan, version="1") | {"s1-name": "乙社区居委会"}
    assert browse(reviewer).post(path, theirs).status_code == 302

    page = text(browse(clerk).post(path, mine), 409)

    assert '<td class="wrapcell">甲社区居委会</td><td class="wrapcell">乙社区居委会</td>' in page
    assert 'name="s1-name" value="甲社区居委会"' in page
    assert 'name="version" value="2"' in page
    again = browse(clerk).post(path, mine | {"version": "2"})
    assert again.status_code == 302
    act.refresh_from_db()
    assert (act.version, act.plan["typed"]["s1-name"]) == (3, "甲社区居委会")


def test_draft_that_was_submitted_meanwhile_then_not_kept_and_not_lost(
    browse: Browse, clerk: User, gucheng: Community, hunan: Community
) -> None:
    client = browse(clerk)
    act = submit(client, gucheng, hunan)
    path = f"/communities/acts/{act.pk}/edit/"

    page = text(client.post(path, merge_form(gucheng, hunan, reason="后改的理由")), 409)

    assert "已经是待审查，这份修改没有保存" in page
    assert "后改的理由" in page
    assert client.get(path)["Location"] == f"/communities/acts/{act.pk}/"


def test_draft_then_other_communities_can_be_chosen(
    browse: Browse, clerk: User, gucheng: Community, hunan: Community
) -> None:
    third = make_community("371502001003", "文轩社区居委会")
    make_facts(third, 2026, households=500)
    client = browse(clerk)
    act = propose_by_page(client, gucheng, hunan)
    path = f"/communities/acts/{act.pk}/edit/"

    pick = client.get(f"{path}?pick=1&c={gucheng.pk}&c={hunan.pk}")
    chosen = "".join(f"&c={one.pk}" for one in (gucheng, hunan, third))
    page = text(client.get(f"{path}?plan=1{chosen}"))

    assert [one.chosen for one in pick.context["choices"]] == [True, True, False]
    assert "文轩社区居委会" in page
    assert 'name="s1-name" value="古城社区居委会"' in page


def test_draft_to_establish_then_its_communities_can_be_left_out(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    client = browse(clerk)
    form = {"c": [str(gucheng.pk)], "successors": "s1", "s1-name": "新城社区居委会", "do": "save"}
    client.post("/communities/acts/new/establish/", form)
    act = ChangeAct.objects.get()
    path = f"/communities/acts/{act.pk}/edit/"

    page = text(client.get(f"{path}?plan=1"))
    assert "不涉及现有社区" in page
    assert client.post(path, form | {"c": [], "version": "1"}).status_code == 302

    act.refresh_from_db()
    assert act.plan["communities"] == []


def test_kinds_from_a_community_s_page_then_it_is_chosen(
    browse: Browse, clerk: User, gucheng: Community, hunan: Community
) -> None:
    client = browse(clerk)
    assert f'href="/communities/acts/new/?c={hunan.pk}"' in text(
        client.get("/communities/371502001002/acts/")
    )

    kinds = client.get(f"/communities/acts/new/?c={hunan.pk}").context["kinds"]
    merge = next(kind["url"] for kind in kinds if kind["label"] == "合并")

    assert [one.chosen for one in client.get(merge).context["choices"]] == [True, False]
