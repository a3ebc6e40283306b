"""登记资料: the card of a community, who may change it, and what its form asks."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from accounts.scope import scope
from communities.choices import ActState
from communities.models import ChangeAct, Community, Estate, Grid, Lineage, Paper
from communities.typed import credit_check_character
from tests.conftest import Browse
from tests.factories import make_community, make_contact, make_former, make_user
from tests.posted import errors_of, opened
from tests.queries import queries_of

CODE = "371502001001"
PROFILE = f"/communities/{CODE}/profile/"
EDIT = f"/communities/{CODE}/profile/edit/"
CREDIT = "52371502MJE000000"
CREDIT += credit_check_character(CREDIT)


@pytest.fixture
def community(db: None) -> Community:
    return make_community(
        credit_code=CREDIT,
        kind="old",
        area_km2="1.5000",
        set_up_on=date(2015, 1, 5),
        set_up_doc_no="聊东政字〔2015〕8号",
        boundary_east="东昌路",
        tags=["示范社区", "老旧"],
    )


def lines(client: Client) -> dict[str, str]:
    groups = client.get(PROFILE).context["profile"].groups
    return {line.label: line.value for group in groups for line in group.lines}


def make_act(**overrides: Any) -> ChangeAct:
    values: dict[str, Any] = {"kind": "merge", "code": "371502001", "title": "合并", "reason": "小"}
    with scope("0"):
        by = overrides.pop("by", None) or make_user("street_reviewer", username="act.by")
        at = datetime(2026, 11, 1, tzinfo=UTC)
        return ChangeAct.objects.create(
            **values | {"proposed_by": by, "proposed_at": at} | overrides
        )


def make_paper(community: Community, title: str, by: User, **overrides: Any) -> Paper:
    with scope("0"):
        return Paper.objects.create(
            **{"code": community.code, "community": community, "kind": "decision", "title": title}
            | {"file_name": "a.pdf", "content_type": "application/pdf", "size": 1}
            | {"sha256": "0" * 64, "uploaded_by": by}
            | {"uploaded_at": datetime(2026, 11, 1, tzinfo=UTC)}
            | overrides
        )


def make_lineage(
    community: Community, other: Community, act: ChangeAct, relation: str, **more: Any
) -> None:
    values = {"kind": "merge", "doc_no": "聊政字〔2026〕1号"} | more
    with scope("0"):
        Lineage.objects.create(
            community=community,
            code=community.code,
            relation=relation,
            other=other,
            other_code=other.code,
            other_name=other.short_name,
            act=act,
            effective_on=date(2026, 3, 1),
            households=1200,
            **values,
        )


def test_profile_then_every_column_in_words(
    browse: Browse, clerk: User, community: Community
) -> None:
    assert lines(browse(clerk)) == {
        "社区代码": CODE,
        "全称": "古城社区居委会",
        "简称": "古城社区",
        "组织类型": "居民委员会",
        "自何日起": "",
        "到何日止": "",
        "类型": "老旧",
        "住区类型": "",
        "城乡分类": "",
        "标签": "示范社区、老旧",
        "统一社会信用代码": CREDIT,
        "设立日期": "2015-01-05",
        "批准文号": "聊东政字〔2015〕8号",
        "东至": "东昌路",
        "南至": "",
        "西至": "",
        "北至": "",
        "面积（平方公里）": "1.5",
        "办公地址": "",
        "备注": "",
    }


def test_profile_then_each_column_leads_to_its_history(
    browse: Browse, clerk: User, community: Community
) -> None:
    page = browse(clerk).get(PROFILE).content.decode()

    link = f'<a href="/communities/{CODE}/history/?field=address" aria-label="办公地址的修改记录">'
    assert link in page
    assert page.count("/history/?field=") == 20


def test_profile_then_parts_are_counted_as_of_today(
    browse: Browse, clerk: User, community: Community
) -> None:
    of_it = {"community": community, "code": CODE}
    with scope("0"):
        Estate.objects.create(name="甲", households=1200, **of_it)
        Estate.objects.create(name="乙", **of_it)
        Estate.objects.create(name="丙", households=9, valid_until=date(2020, 1, 1), **of_it)
        Grid.objects.create(name="一", households=450, **of_it)

    parts = browse(clerk).get(PROFILE).context["profile"].parts

    assert [(part.label, part.count, part.households) for part in parts] == [
        ("小区", 2, 1200),
        ("网格", 1, 450),
        ("组织", 0, None),
        ("电子档案", 0, None),
    ]


def test_profile_then_contacts_papers_and_open_acts(
    browse: Browse, clerk: User, community: Community
) -> None:
    make_contact(community, name="王建国")
    make_contact(community, name="离任", valid_until=date(2020, 1, 1))
    make_contact(code="371502001", name="街道主任")
    make_contact(code="371502002", name="别的街道")
    make_paper(community, "批复", clerk)
    gone = {"withdrawn_at": datetime(2026, 11, 2, tzinfo=UTC), "withdrawn_because": "传错"}
    make_paper(community, "撤下的", clerk, **gone)
    plan = {"communities": [community.pk]}
    make_act(title="并入", plan=plan, by=clerk)
    make_act(title="别的", plan={"communities": [community.pk + 1]}, by=clerk)
    done = make_act(title="撤回的", plan=plan, by=clerk)
    ChangeAct.objects.filter(pk=done.pk).update(state=ActState.WITHDRAWN)

    answer = browse(clerk).get(PROFILE)

    profile = answer.context["profile"]
    assert [contact.name for contact in profile.contacts] == ["王建国", "街道主任"]
    assert [paper.title for paper in profile.papers] == ["批复"]
    assert [act.title for act in profile.acts] == ["并入"]


def test_profile_when_it_had_other_names_then_they_are_listed(
    browse: Browse, clerk: User, community: Community
) -> None:
    make_former(community, date(2020, 1, 1), code="371502001099", name="老城居委会")

    page = browse(clerk).get(PROFILE).content.decode()

    assert "老城居委会<small>371502001099 · 2020-01-01止</small>" in page


def test_profile_of_a_former_code_then_leads_to_the_present_one(
    browse: Browse, clerk: User, community: Community
) -> None:
    make_former(community, date(2020, 1, 1), code="371502001099")
    client = browse(clerk)

    answer = client.get("/communities/371502001099/profile/", follow=True)

    assert answer.redirect_chain == [(PROFILE, 302)]
    assert f"原代码371502001099，现用代码{CODE}" in answer.content.decode()


def test_profile_when_ended_then_says_what_became_of_it_and_offers_no_change(
    browse: Browse, clerk: User, community: Community
) -> None:
    heir = make_community("371502002009", "柳园社区居委会")
    make_lineage(community, heir, make_act(), "successor")
    Community.objects.filter(pk=community.pk).update(valid_until=date(2026, 3, 1))
    client = browse(clerk)

    with time_machine.travel(datetime(2026, 11, 21, 4, tzinfo=UTC)):
        page = client.get(PROFILE).content.decode()
        answers = [client.get(EDIT, follow=True), client.post(EDIT, {}, follow=True)]

    assert "已于2026-03-01撤销（并入柳园社区，聊政字〔2026〕1号）" in page
    # outside the scope: named, not linked
    kin = "柳园社区<small>合并 · 1,200户 · 聊政字〔2026〕1号 · 2026-03-01</small>"
    assert f"<li>去向：{kin}" in page
    assert EDIT not in page
    assert "/contacts/add/" not in page
    for answer in answers:
        assert answer.redirect_chain == [(PROFILE, 302)]
        said = "古城社区已于2026-03-01撤销，登记内容不再修改"
        assert said in answer.content.decode()


def test_profile_when_kin_is_in_scope_then_linked(
    browse: Browse, district_officer: User, community: Community
) -> None:
    other = make_community("371502002009", "柳园社区居委会")
    make_lineage(community, other, make_act(), "predecessor")

    page = browse(district_officer).get(PROFILE).content.decode()

    assert '<li>来自：<a href="/communities/371502002009/profile/">柳园社区</a>' in page


def test_profile_of_another_street_then_the_page_of_unknown_codes(
    browse: Browse, clerk_elsewhere: User, community: Community
) -> None:
    client = browse(clerk_elsewhere)

    assert client.get(PROFILE).status_code == 404
    assert client.get(EDIT).status_code == 404
    assert client.post(EDIT, {"address": "乙"}).status_code == 404


def test_profile_when_the_auditor_reads_then_no_button_that_changes(
    browse: Browse, auditor: User, community: Community
) -> None:
    page = browse(auditor).get(PROFILE).content.decode()

    assert EDIT not in page
    assert "/contacts/add/" not in page
    assert "导出档案包" in page


def test_profile_when_there_is_much_then_no_more_queries(
    browse: Browse, clerk: User, community: Community
) -> None:
    client = browse(clerk)

    def grow(start: int, count: int) -> None:
        for number in range(start, start + count):
            of_it = {"community": community, "code": CODE}
            with scope("0"):
                Estate.objects.create(name=f"小区{number}", **of_it)
                Grid.objects.create(name=f"网格{number}", **of_it)
            make_contact(community)
            make_paper(community, f"材料{number}", clerk)
            act = make_act(plan={"communities": [community.pk]}, by=clerk)
            day = date(2000, 1, 1 + number)
            make_former(community, day, valid_from=day.replace(day=number) if number else None)
            make_lineage(community, community, act, "predecessor")

    grow(0, 1)
    client.get(PROFILE)
    one = queries_of(client, PROFILE)
    grow(1, 29)

    assert (one, queries_of(client, PROFILE)) == (17, 17)


# ── The form ──


def test_edit_then_codes_names_and_days_are_not_on_it(
    browse: Browse, clerk: User, community: Community
) -> None:
    client = browse(clerk)

    page = client.get(EDIT).content.decode()

    typed = opened(client, EDIT)
    assert not {"code", "name", "short_name", "valid_from", "valid_until"} & {*typed}
    assert f'href="/communities/{CODE}/acts/"' in page
    assert typed["set_up_on"] == "2015-01-05"
    assert typed["area_km2"] == "1.5"
    assert typed["tags"] == "示范社区、老旧"


def test_edit_when_sloppy_then_stored_clean(
    browse: Browse, clerk: User, community: Community
) -> None:
    client = browse(clerk)
    typed = {
        "credit_code": f" {CREDIT[:8].lower()} {CREDIT[8:].lower()} ",
        "set_up_on": "２０１６年３月１日",
        "set_up_doc_no": "聊东政字[2016]第9号",
        "area_km2": "１．２５",
        "tags": "示范社区，文明社区；示范社区",
        "kind": "new",
        "remarks": "一\r\n二",
    }

    assert client.post(EDIT, opened(client, EDIT) | typed).status_code == 302
    community.refresh_from_db()
    assert community.credit_code == CREDIT
    assert community.set_up_on == date(2016, 3, 1)
    assert community.set_up_doc_no == "聊东政字〔2016〕第9号"
    assert str(community.area_km2) == "1.2500"
    assert community.tags == ["示范社区", "文明社区"]
    assert (community.kind, community.remarks) == ("new", "一\n二")


WRONG_SIGN = "0" if CREDIT[-1] != "0" else "1"


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("credit_code", "5237150", "统一社会信用代码“5237150”是7位。应为18位，照登记证书填写"),
        (
            "credit_code",
            CREDIT[:17] + WRONG_SIGN,
            f"统一社会信用代码末位校验不符：写的是{WRONG_SIGN}，按前17位应为{CREDIT[-1]}。逐位核对证书",
        ),
        (
            "credit_code",
            f"{CREDIT[:15]}OI{CREDIT[-1]}",
            "统一社会信用代码里有“I、O”。只用数字和大写字母，不含I、O、S、V、Z",
        ),
        ("set_up_on", "2026-11-22", "2026-11-22还没有到，改成2026-11-21或以前的日期"),
        ("set_up_on", "1949-09-30", "1949-09-30早于1949-10-01，核对年份"),
        ("set_up_doc_no", "8号", "文号“8号”不全。写成“东政字〔2026〕8号”的样子"),
        ("area_km2", "-1", "面积（平方公里）-1小于0，核对后改大"),
        ("area_km2", "1.23456", "“1.23456”的小数太长，最多4位小数"),
        ("tags", "长" * 17, f"标签“{'长' * 17}”有17个字，最多16个字，缩短后再保存"),
        ("tags", "、".join(map(str, range(21))), "写了21个标签，最多20个。删去1个"),
        ("remarks", "长" * 501, "写了501个字，最多500个字，缩短后再保存"),
        ("change_reason", "据\n此", "里面有换行或制表符。删去，写成一行"),
    ],
)
def test_edit_when_wrong_then_what_and_how_to_mend_it(
    browse: Browse, clerk: User, community: Community, field: str, text: str, said: str
) -> None:
    client = browse(clerk)
    typed = opened(client, EDIT) | {field: text}

    with time_machine.travel(datetime(2026, 11, 21, 4, tzinfo=UTC)):
        assert errors_of(client.post(EDIT, typed)) == [said]


def test_edit_when_another_has_the_credit_code_then_stored_with_a_reason_only(
    browse: Browse, clerk: User, community: Community
) -> None:
    make_community("371502001002", "湖南社区居委会")
    path = "/communities/371502001002/profile/edit/"
    client = browse(clerk)
    typed = opened(client, path) | {"credit_code": CREDIT}

    said = f"统一社会信用代码与古城社区（{CODE}）相同。核对证书，确实相同的写明修改依据"
    assert errors_of(client.post(path, typed)) == [said]
    assert client.post(path, typed | {"change_reason": "两证相同"}).status_code == 302
    # it is not asked again when something else is changed
    again = opened(client, path) | {"address": "湖南路1号"}
    assert client.post(path, again).status_code == 302


def test_edit_when_a_community_of_another_scope_has_the_credit_code_then_nothing_is_told(
    browse: Browse, clerk_elsewhere: User, community: Community
) -> None:
    make_community("371502002001", "柳园社区居委会")
    path = "/communities/371502002001/profile/edit/"
    client = browse(clerk_elsewhere)

    assert client.post(path, opened(client, path) | {"credit_code": CREDIT}).status_code == 302


def test_edit_then_tags_of_the_scope_are_suggested_after_those_given(
    browse: Browse, clerk: User, community: Community
) -> None:
    make_community("371502001002", "湖南社区居委会", tags=["文明社区", "老旧"])
    make_community("371502001003", "文轩社区居委会", tags=["文明社区", "平安社区"])
    make_community("371502002001", "柳园社区居委会", tags=["别的街道"])

    page = browse(clerk).get(EDIT).content.decode()

    offered = page.split('<datalist id="tags-in-use">')[1].split("</datalist>")[0]
    assert offered == (
        '<option value="示范社区、老旧、文明社区"></option>'
        '<option value="示范社区、老旧、平安社区"></option>'
    )
    assert 'list="tags-in-use"' in page


@pytest.mark.parametrize("person", ["auditor", "district_finance", "administrator"])
def test_edit_when_without_the_right_then_403(
    browse: Browse, community: Community, person: str, request: pytest.FixtureRequest
) -> None:
    client = browse(request.getfixturevalue(person))

    assert client.get(EDIT).status_code == 403
    assert client.post(EDIT, {"address": "乙"}).status_code == 403
