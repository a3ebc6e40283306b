"""Pages of change acts to read: lists, those of a community, one act, its form for paper, home."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from accounts.scope import scope
from communities.models import ChangeAct, Community, Paper
from communities.services import acts as services
from tests.act_steps import (
    ACTS,
    AT,
    decision_form,
    propose_by_page,
    submit,
    take,
    text,
)
from tests.change_acts import goes_on, make_act, make_plan, merging
from tests.conftest import Browse
from tests.factories import make_community, make_estate, make_user
from tests.paper_samples import pdf
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


def test_list_then_acts_of_the_scope_with_their_state(
    browse: Browse, clerk: User, clerk_elsewhere: User, gucheng: Community, hunan: Community
) -> None:
    act = submit(browse(clerk), gucheng, hunan)

    page = text(browse(clerk).get(ACTS))
    row = page.split("<tbody>")[1].split("</tbody>")[0]

    assert f'<a href="/communities/acts/{act.pk}/">古城社区、湖南社区合并为古城社区</a>' in row
    assert "<td>合并</td><td>古楼街道</td>" in row
    assert '<span class="tag warn">待审查</span>' in row
    assert "由你办理" not in row
    elsewhere = browse(clerk_elsewhere)
    assert '还没有变更</p><p><a class="btn" href="/communities/acts/new/">提出变更' in text(
        elsewhere.get(ACTS)
    )
    assert "没有符合条件的变更" in text(elsewhere.get(f"{ACTS}?kind=merge"))


def test_pages_of_demonstration_data_then_marked(
    browse: Browse, clerk: User, gucheng: Community, hunan: Community
) -> None:
    client = browse(clerk)
    act = submit(client, gucheng, hunan)
    paths = [ACTS, *(f"{ACTS}{act.pk}/{page}" for page in ("", "print/"))]
    paths.append(f"{ACTS}new/merge/?c={gucheng.pk}&c={hunan.pk}&plan=1")
    before = [client.get(path).context["demo"] for path in paths]

    Community.objects.filter(pk=gucheng.pk).update(is_demo=True)

    after = [client.get(path) for path in paths]
    assert before == [False, False, False, False]
    assert [page.context["demo"] for page in after] == [True, True, True, True]
    assert all('class="demo"' in text(page) for page in after)


def test_list_when_an_act_waits_then_it_is_marked_and_counted(
    browse: Browse, clerk: User, district_officer: User, gucheng: Community, hunan: Community
) -> None:
    submit(browse(clerk), gucheng, hunan)

    page = text(browse(district_officer).get(ACTS))

    assert "由我办理（1件）" in page
    assert '<span class="tag info">由你办理</span>' in page


def test_list_with_unknown_values_then_ignored_and_said(browse: Browse, clerk: User) -> None:
    page = text(browse(clerk).get(f"{ACTS}?state=nowhere&kind=x&q={'长' * 41}"))

    assert "没有“nowhere”这个状态，已不按它筛选" in page
    assert "没有“x”这个类型，已不按它筛选" in page
    assert "查找的文字超过40个字，已不按文字筛选" in page


def test_list_of_many_then_as_many_queries_as_of_one(
    browse: Browse, district_officer: User, gucheng: Community
) -> None:
    client = browse(district_officer)
    plan = make_plan([gucheng], [goes_on(gucheng)])
    make_act("rename", plan, "submitted", code="371502001")
    client.get(ACTS)  # the first request of a day does more
    few = queries_of(client, ACTS)
    for _ in range(30):
        make_act("rename", plan, "submitted", code="371502001")

    assert queries_of(client, ACTS) == few
    assert len(client.get(ACTS).context["rows"]) == 31


def test_list_of_more_than_a_page_then_turned(
    browse: Browse, district_officer: User, gucheng: Community
) -> None:
    plan = make_plan([gucheng], [goes_on(gucheng)])
    for _ in range(51):
        make_act("rename", plan, "submitted", code="371502001")
    client = browse(district_officer)

    assert len(client.get(ACTS).context["rows"]) == 50
    assert len(client.get(f"{ACTS}?page=2").context["rows"]) == 1


def test_acts_of_a_community_then_as_many_queries_for_many(
    browse: Browse, district_officer: User, gucheng: Community
) -> None:
    client, path = browse(district_officer), "/communities/371502001001/acts/"
    assert "没有涉及这个社区的变更" in text(client.get(path))
    plan = make_plan([gucheng], [goes_on(gucheng)])
    make_act("rename", plan, "submitted", code="371502001")
    few = queries_of(client, path)
    for _ in range(30):
        make_act("rename", plan, "submitted", code="371502001")

    assert queries_of(client, path) == few
    assert len(client.get(path).context["rows"]) == 31


def test_paper_then_added_to_the_act(
    browse: Browse, clerk: User, clerk_elsewhere: User, gucheng: Community, hunan: Community
) -> None:
    act = propose_by_page(browse(clerk), gucheng, hunan)
    path = f"/communities/acts/{act.pk}/papers/add/"
    form = {"key": str(uuid4()), "kind": "request", "title": "合并的请示"}

    done = browse(clerk).post(path, form | {"file": SimpleUploadedFile("请示.pdf", pdf())})
    other = browse(clerk_elsewhere).post(path, form)

    assert done["Location"] == f"/communities/acts/{act.pk}/"
    assert other.status_code == 404
    assert "合并的请示" in text(browse(clerk).get(done["Location"]))
    paper = Paper.objects.get()
    assert (paper.act, paper.code, paper.uploaded_by) == (act, "371502001", clerk)


def test_page_of_a_split_then_households_and_parts_for_the_review(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    estate = make_estate(gucheng, "阳光花园", households=900)
    form = {
        "c": [str(gucheng.pk)],
        "successors": "s1 s2",
        "s1-community": str(gucheng.pk),
        "s2-name": "古城东社区居委会",
        f"flow-{gucheng.pk}-s2": "900",
        f"estate-{estate.pk}": "s2",
        "reason": "户数多",
        "do": "save",
    }
    client = browse(clerk)

    answer = client.get(client.post("/communities/acts/new/split/", form)["Location"])

    assert [(one["to"], one["households"], one["stays"]) for one in answer.context["moves"]] == [
        ("古城社区居委会", 1947, True),
        ("古城东社区居委会", 900, False),
    ]
    assert answer.context["assigned"] == [
        {"to": "古城东社区居委会", "label": "小区", "names": ["阳光花园"]}
    ]
    assert "小区归到古城东社区居委会<small>阳光花园</small>" in text(answer)


def test_page_then_the_same_queries_for_few_communities_and_for_many(
    browse: Browse, district_officer: User, gucheng: Community
) -> None:
    def page_of(communities: list[Community]) -> str:
        plan = make_plan(communities, [goes_on(one) for one in communities])
        act = make_act("rename", plan, "submitted", code="371502001")
        return f"/communities/acts/{act.pk}/"

    client = browse(district_officer)
    one = page_of([gucheng])
    client.get(one)
    few = queries_of(client, one)
    many = [make_community(f"371502001{n:03d}", f"第{n}社区居委会") for n in range(2, 32)]

    assert queries_of(client, page_of(many)) == few


def test_page_of_an_applied_rename_then_both_names(
    browse: Browse, clerk: User, district_officer: User, gucheng: Community
) -> None:
    street, district = browse(clerk), browse(district_officer)
    form = {"c": [str(gucheng.pk)], f"c{gucheng.pk}-name": "古城东社区居委会", "reason": "地名"}
    form |= {"key": str(uuid4()), "do": "save"}
    street.post("/communities/acts/new/rename/", form)
    act = ChangeAct.objects.get()
    take(street, act, "submit")
    take(district, act, "pass")
    take(district, act, "decide", **decision_form())

    answer = street.get(f"/communities/acts/{act.pk}/")

    [change] = answer.context["changes"]
    assert change["before"] == ("371502001001", "古城社区居委会")
    assert (change["word"], change["after"].name) == ("改名称", "古城东社区居委会")


def test_print_then_facts_opinions_and_lines_to_sign(
    browse: Browse, clerk: User, district_officer: User, gucheng: Community, hunan: Community
) -> None:
    act = submit(browse(clerk), gucheng, hunan)
    path = f"/communities/acts/{act.pk}/print/"

    page = text(browse(clerk).get(path))
    assert "社区合并审批表" in page
    assert "未批准，现在是待审查" in page
    assert "湖南社区居委会（371502001002）：并入，古城社区居委会（371502001001）" in page
    assert "负责人签字" in page
    take(browse(district_officer), act, "pass", comment="情况属实")
    take(browse(district_officer), act, "decide", **decision_form())

    done = text(browse(clerk).get(path))
    assert "未批准" not in done
    assert "东昌府区人民政府东政字〔2026〕8号，2026年11月20日批复，2026年11月20日起生效" in done
    assert "情况属实" in done


def test_act_of_another_street_then_not_found_by_any_page(
    browse: Browse, clerk: User, clerk_elsewhere: User, gucheng: Community, hunan: Community
) -> None:
    act = submit(browse(clerk), gucheng, hunan)
    client = browse(clerk_elsewhere)

    for page in ("", "print/", "edit/", "papers/add/"):
        assert client.get(f"/communities/acts/{act.pk}/{page}").status_code == 404
    assert take(client, act, "withdraw").status_code == 404


def test_code_list_then_shown_in_part_and_not_edited_by_the_form(
    browse: Browse, district_officer: User, gucheng: Community
) -> None:
    officer = make_user("district_officer", "371502", username="another")
    communities = [gucheng] + [
        make_community(f"37150200{street}{number:03d}", f"第{street}{number}社区居委会")
        for street in (1, 2)
        for number in range(2, 54)
    ]
    successors = [
        goes_on(one, code=f"{one.code[:9]}{int(one.code[9:]) + 60:03d}") for one in communities
    ]
    plan = make_plan(communities, successors)
    with scope("371502"):
        act = services.propose(
            by=officer, at=AT, kind="recode", title="代码更新", reason="统计代码", plan=plan
        )
    client = browse(district_officer)

    page = text(client.get(f"/communities/acts/{act.pk}/"))
    assert "另有5个社区没有列出" in page
    assert "修改方案" not in page
    assert client.get(f"/communities/acts/{act.pk}/edit/").status_code == 302
    assert take(client, act, "submit").status_code == 302
    act.refresh_from_db()
    assert (act.state, act.table) == ("submitted", {})


def test_home_then_what_waits_for_the_person(
    browse: Browse,
    clerk: User,
    district_officer: User,
    auditor: User,
    gucheng: Community,
    hunan: Community,
) -> None:
    act = submit(browse(clerk), gucheng, hunan)

    page = text(browse(district_officer).get("/"))
    assert f'<a href="{ACTS}?mine=1&amp;state=submitted">1件变更待审查</a>' in page
    assert "件变更" not in text(browse(clerk).get("/"))
    assert "件变更" not in text(browse(auditor).get("/"))
    take(browse(district_officer), act, "return", comment="补材料")
    assert "1件变更已退回" in text(browse(clerk).get("/"))


def test_home_with_many_acts_then_as_many_queries(
    browse: Browse, district_officer: User, gucheng: Community
) -> None:
    plan = merging([gucheng], goes_on(gucheng), [2847])
    make_act("merge", plan, "submitted", code="371502001")
    browse(district_officer).get("/")  # what is kept of the register is made once
    few = queries_of(browse(district_officer), "/")
    for _ in range(30):
        make_act("merge", plan, "submitted", code="371502001")

    assert queries_of(browse(district_officer), "/") == few
