"""Pages of acts: two people at one draft, long texts, and everything on the sheet for paper."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from communities.models import ArchiveEntry, Community, Estate
from tests.act_steps import merge_form, propose_by_page, text
from tests.conftest import Browse
from tests.factories import make_community, make_entry, make_estate, make_facts
from tests.paper_samples import png
from tests.posted import opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def gucheng() -> Community:
    community = make_community("371502001001", "古城社区居委会")
    make_facts(community, households=2847)
    return community


@pytest.fixture
def hunan() -> Community:
    community = make_community("371502001002", "湖南社区居委会")
    make_facts(community, households=4000)
    return community


def test_save_after_another_then_what_i_did_not_touch_is_the_other_s(
    browse: Browse, clerk: User, gucheng: Community, hunan: Community
) -> None:
    client = browse(clerk)
    act = propose_by_page(client, gucheng, hunan)
    path = f"/communities/acts/{act.pk}/edit/"
    first: dict[str, Any] = {"version": "1"} | {"s1-east": "东昌路", "title": "两社区合并"}
    assert client.post(path, merge_form(gucheng, hunan, **first)).status_code == 302

    answer = client.post(path, merge_form(gucheng, hunan, version="1", **{"s1-west": "湖"}))

    page = text(answer, 409)
    assert 'name="s1-east" value="东昌路"' in page
    assert 'name="s1-west" value="湖"' in page
    assert 'name="title" value="两社区合并"' in page
    assert [row["label"] for row in answer.context["differences"]] == ["变更后第1个社区：西至"]


def test_boundary_too_long_then_said_and_not_cut(
    browse: Browse, clerk: User, gucheng: Community, hunan: Community
) -> None:
    typed = merge_form(gucheng, hunan, do="preview", **{"s1-east": "路" * 250})

    page = text(browse(clerk).post("/communities/acts/new/merge/", typed), 422)

    assert "有250个字。缩短到100个字以内" in page
    assert "路" * 250 in page
    assert "maxlength" not in page.split('class="panel record')[1]


def test_print_then_households_and_parts_that_move_stand_on_the_sheet(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    estate: Estate = make_estate(gucheng, "文轩花园", households=900)
    typed = merge_form(gucheng, successors="s1 s2", reason="规模过大")
    typed |= {
        "s1-community": str(gucheng.pk),
        "s2-name": "文轩社区居委会",
        "s2-code": "371502001003",
        f"flow-{gucheng.pk}-s2": "900",
        f"estate-{estate.pk}": "s2",
        "s2-north": "湖南路",
    }
    client = browse(clerk)
    led_to = client.post("/communities/acts/new/split/", typed)["Location"]

    page = text(client.get(f"{led_to}print/"))

    assert "古城社区居委会保留1,947户<br>古城社区居委会划入文轩社区居委会900户" in page
    assert "小区归文轩社区居委会：文轩花园" in page
    assert "文轩社区居委会四至</th><td" in page
    assert "北至湖南路" in page


def test_return_of_a_split_then_its_parts_can_be_commented_in_the_order_of_the_form(
    browse: Browse, clerk: User, district_officer: User, gucheng: Community
) -> None:
    client = browse(clerk)
    typed = merge_form(gucheng, successors="s1 s2") | {
        "s1-community": str(gucheng.pk),
        "s2-name": "文轩社区居委会",
        "s2-code": "371502001003",
        f"flow-{gucheng.pk}-s2": "900",
    }
    led_to = client.post("/communities/acts/new/split/", typed)["Location"]
    assert client.post(f"{led_to}submit/", {"version": "1"}).status_code == 302

    form = browse(district_officer).get(f"{led_to}return/").context["form"]

    assert [*form.items] == [
        "communities", "successor:s1", "successor:s2", "flows", "estates", "grids", "reason",
        "papers",
    ]  # fmt: skip


def test_paper_of_an_archive_entry_then_back_at_the_entry(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    entry: ArchiveEntry = make_entry(gucheng)
    path = f"/communities/{gucheng.code}/papers/add/?entry={entry.pk}"
    client = browse(clerk)
    typed = opened(client, path) | {"title": "照片", "kind": "photo"}

    answer = client.post(path, typed | {"file": SimpleUploadedFile("照片.png", png())})

    assert answer["Location"] == f"/communities/{gucheng.code}/archive/{entry.pk}/"
