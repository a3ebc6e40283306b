"""Forms under way of communities whose facts are imported: nothing typed is lost."""

import time
from threading import Thread
from typing import Any

import pytest
from django.db import connection, connections

from accounts.models import User
from accounts.scope import scope
from collection.choices import RowState
from collection.models import FactsDraft, FactsStep, UploadRow
from communities.models import AnnualFacts
from tests.collection.upload_desk import AT, fix, make_draft, paste, states, taken
from tests.factories import make_community, make_facts, make_user

pytestmark = pytest.mark.django_db
BLOCKED = """
    SELECT 1 FROM pg_stat_activity
    WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0
"""
HOUSEHOLDS, AREA = "households_resident", "premises_area_m2"


def drafts() -> list[Any]:
    return list(
        FactsDraft.objects.order_by("code").values_list(
            "code", "cells", "stamps", "reasons", "version", "facts_version"
        )
    )


def test_form_keeps_what_the_import_does_not_say(clerk: User, asked: Any) -> None:
    make_draft(make_community(), clerk, {HOUSEHOLDS: "3,000", "grids": "6"})
    make_draft(make_community("371502001002", "育新社区居委会"), clerk, {HOUSEHOLDS: "2000"})

    upload = taken(paste(clerk, "371502001001\t\t3000\t300", "371502001002\t\t2000\t300"), clerk)

    assert drafts() == [("371502001001", {"grids": "6"}, {"grids": 1}, {}, 2, 1)]
    assert upload.message == "导入2行：新增2，有变化0"


def test_street_s_own_import_shows_the_form_s_text_as_before_and_takes_its_place(
    clerk: User, asked: Any
) -> None:
    make_draft(
        make_community(), clerk, {HOUSEHOLDS: "1900", "grids": "6"},
        reasons={HOUSEHOLDS: "拆迁"},
    )  # fmt: skip

    upload = paste(clerk, "371502001001\t\t1800\t300")

    row = UploadRow.objects.get(upload=upload)
    assert (row.state, row.before) == (RowState.NEW, {HOUSEHOLDS: "1900"})
    taken(upload, clerk)
    assert drafts() == [("371502001001", {"grids": "6"}, {"grids": 1}, {}, 2, 1)]


def test_text_typed_after_the_preview_stays_in_the_form_and_is_said(
    clerk: User, asked: Any
) -> None:
    community = make_community()
    upload = paste(clerk, "371502001001\t\t1800\t300")
    make_draft(community, clerk, {HOUSEHOLDS: "1900"}, reasons={HOUSEHOLDS: "拆迁"})

    upload = taken(upload, clerk)

    assert drafts() == [
        ("371502001001", {HOUSEHOLDS: "1900"}, {HOUSEHOLDS: 1}, {HOUSEHOLDS: "拆迁"}, 1, 0)
    ]
    assert upload.message == (
        "导入1行：新增1，有变化0；古城社区的表单里有没提交的填写和导入的不同，仍在表单里，打开核对"
    )


def test_import_of_a_wider_office_leaves_the_street_s_typing(
    district_officer: User, clerk: User, asked: Any
) -> None:
    make_draft(make_community(), clerk, {HOUSEHOLDS: "1900"})

    upload = paste(district_officer, "371502001001\t\t1800\t300")

    assert UploadRow.objects.get(upload=upload).before == {}
    upload = taken(upload, district_officer)
    assert drafts() == [("371502001001", {HOUSEHOLDS: "1900"}, {HOUSEHOLDS: 1}, {}, 1, 0)]
    assert "古城社区的表单里有没提交的填写和导入的不同" in upload.message


def test_row_that_says_what_the_form_says_changes_nothing(clerk: User, asked: Any) -> None:
    first = make_community()
    make_draft(first, clerk, {HOUSEHOLDS: "3,000", AREA: "300"})
    second = make_community("371502001002", "育新社区居委会")
    make_facts(second, status="draft", households_resident=2000, premises_area_m2=300)
    make_draft(second, clerk, {HOUSEHOLDS: "2010"}, facts_version=1)

    upload = paste(clerk, "371502001001\t\t3000\t300", "371502001002\t\t2010\t300")

    assert states(upload) == {2: RowState.UNCHANGED, 3: RowState.UNCHANGED}


def test_reason_typed_for_a_stored_figure_goes_with_it(clerk: User, asked: Any) -> None:
    community = make_community()
    make_facts(community, status="draft", households_resident=2950, premises_area_m2=300)
    make_draft(community, clerk, {}, reasons={HOUSEHOLDS: "拆迁，纪要3号"}, facts_version=1)

    taken(paste(clerk, "371502001001\t\t2950\t310"), clerk)

    assert AnnualFacts.objects.get().reasons == {HOUSEHOLDS: "拆迁，纪要3号"}
    assert drafts() == []


def test_reason_typed_with_an_imported_figure_goes_with_it(clerk: User, asked: Any) -> None:
    make_draft(make_community(), clerk, {HOUSEHOLDS: "2950"}, reasons={HOUSEHOLDS: "拆迁"})

    taken(paste(clerk, "371502001001\t\t2950\t310"), clerk)

    assert AnnualFacts.objects.get().reasons == {HOUSEHOLDS: "拆迁"}
    assert drafts() == []


def test_reason_typed_for_a_figure_that_the_import_changes_stays_in_the_form(
    clerk: User, asked: Any
) -> None:
    community = make_community()
    make_facts(community, status="draft", households_resident=2950, premises_area_m2=300)
    make_draft(community, clerk, {}, reasons={AREA: "新购"}, facts_version=1)

    taken(paste(clerk, "371502001001\t\t2950\t310"), clerk)

    assert AnnualFacts.objects.get().reasons == {}
    assert drafts() == [("371502001001", {}, {}, {AREA: "新购"}, 1, 1)]


def test_makers_are_who_typed_uploaded_mended_and_took(clerk: User, asked: Any) -> None:
    colleagues = [make_user("street_clerk", "371502001", username=f"c{one}") for one in range(3)]
    typist, mender, taker = colleagues
    community = make_community()
    make_draft(community, typist, {HOUSEHOLDS: "3000"}, stamps={HOUSEHOLDS: [1, typist.pk, ""]})
    make_community("371502001002", "育新社区居委会")
    upload = paste(clerk, "371502001001\t\t3000\t300", "371502001002\t\t2000\tx")
    fix(upload, mender, 3, premises_area_m2="300")

    taken(upload, taker)

    assert dict(AnnualFacts.objects.values_list("code", "makers")) == {
        "371502001001": sorted([clerk.pk, typist.pk, taker.pk]),
        "371502001002": sorted([clerk.pk, mender.pk, taker.pk]),
    }
    assert UploadRow.objects.get(number=3).mended == [[mender.pk, AT.isoformat()]]
    assert (
        list(FactsStep.objects.values_list("comments", flat=True))
        == [{"": f"第{upload.pk}号导入，导入后填报中"}] * 2
    )


def test_makers_stay_when_others_import_again(clerk: User, asked: Any) -> None:
    first = make_user("street_clerk", "371502001", username="first")
    make_facts(
        make_community(), status="draft", households_resident=3000, premises_area_m2=300,
        makers=[first.pk],
    )  # fmt: skip

    taken(paste(clerk, "371502001001\t\t3001\t300"), clerk)

    assert AnnualFacts.objects.get().makers == sorted([first.pk, clerk.pk])


@pytest.mark.django_db(transaction=True)
def test_import_waits_for_a_form_before_it_holds_any_facts(clerk: User, asked: Any) -> None:
    with scope("0"):
        community = make_community()
        facts = make_facts(
            community, status="draft", households_resident=2950, premises_area_m2=300
        )
        draft = make_draft(community, clerk, {"grids": "6"}, facts_version=1)
    with scope(clerk.scope):
        upload = paste(clerk, "371502001001\t\t3000\t300")
    outcome: list[str] = []

    def work() -> None:
        try:
            with scope(clerk.scope):
                outcome.append(taken(upload, clerk).message)
        finally:
            connections.close_all()

    thread = Thread(target=work)
    with scope("0"), connection.cursor() as cursor:  # as 核对并提交 does: the form, then the facts
        cursor.execute("SELECT 1 FROM collection_factsdraft WHERE id = %s FOR UPDATE", [draft.pk])
        thread.start()
        end = time.monotonic() + 20
        while not cursor.execute(BLOCKED) and not cursor.fetchone():
            assert time.monotonic() < end
            time.sleep(0.05)
        cursor.execute(
            "SELECT 1 FROM communities_annualfacts WHERE id = %s FOR UPDATE NOWAIT", [facts.pk]
        )
    thread.join(20)

    assert outcome == ["导入1行：新增0，有变化1"]
