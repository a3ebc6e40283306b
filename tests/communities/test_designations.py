"""Codes and names that change: what was stays readable, what belongs to a community follows."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import User
from accounts.scope import scope
from communities.models import (
    ActStep,
    AnnualFacts,
    Contact,
    Estate,
    FormerDesignation,
    Lineage,
    Paper,
    PaperContent,
)
from communities.selectors.designations import get_designations, get_relatives, lineage_of
from communities.services.applying import apply_act
from communities.services.designations import following_tables
from tests.change_acts import (
    AT,
    EFFECTIVE,
    applied,
    goes_on,
    make_act,
    make_plan,
    now,
    pair,
    with_everything,
)
from tests.factories import (
    make_community,
    make_contact,
    make_division,
    make_facts,
    make_user,
)

pytestmark = pytest.mark.django_db

A, B, NEW = "371502001001", "371502001002", "371502001009"


def test_rename_keeps_the_former_name_and_begins_the_new_one() -> None:
    one = make_community(A, "古城社区居委会", area_km2=Decimal("1.2"))
    plan = make_plan([one], [goes_on(one, name="古楼社区居委会")])

    act = applied("rename", plan)

    changed = now(one)
    assert (changed.code, changed.name, changed.short_name, changed.initials) == (
        A,
        "古楼社区居委会",
        "古楼社区",
        "glsq",
    )
    assert (changed.designated_from, changed.version, changed.area_km2) == (
        EFFECTIVE,
        2,
        Decimal("1.2"),
    )
    former = FormerDesignation.objects.get()
    assert (former.code, former.name, former.short_name, former.committee_kind) == (
        A,
        "古城社区居委会",
        "古城社区",
        "residents",
    )
    assert (former.valid_from, former.valid_until, former.present_code) == (None, EFFECTIVE, A)
    assert (act.state, act.applied_at, act.failure) == ("applied", AT, "")
    step = ActStep.objects.get()
    assert (step.kind, step.act_id, step.by_id, step.at, step.code) == (
        "apply",
        act.pk,
        None,
        AT,
        "371502",
    )


def test_rename_on_the_day_of_the_present_name_corrects_it_in_place() -> None:
    one = make_community(A, "古城社区居委会", valid_from=EFFECTIVE)
    plan = make_plan([one], [goes_on(one, name="古楼社区居委会")])

    applied("rename", plan)
    applied("rename", make_plan([one], [goes_on(one, name="光岳社区居委会")]))

    assert (now(one).name, now(one).designated_from) == ("光岳社区居委会", None)
    assert FormerDesignation.objects.count() == 0


def test_second_rename_keeps_both_former_names_under_the_present_code() -> None:
    one = make_community(A, "古城社区居委会")
    applied("rename", make_plan([one], [goes_on(one, name="古楼社区居委会")]))
    later = date(2028, 1, 1)

    applied("recode", make_plan([one], [goes_on(now(one), code=NEW)]), later)

    rows = FormerDesignation.objects.order_by("valid_until").values_list(
        "code", "name", "valid_from", "valid_until", "present_code"
    )
    assert list(rows) == [
        (A, "古城社区居委会", None, EFFECTIVE, NEW),
        (A, "古楼社区居委会", EFFECTIVE, later, NEW),
    ]
    assert (now(one).code, now(one).designated_from) == (NEW, later)


def test_following_tables_are_all_tables_of_parts() -> None:
    assert {model._meta.label for model in following_tables()} == {
        "communities.ArchiveEntry",
        "communities.Building",
        "communities.Estate",
        "communities.EstateMeeting",
        "communities.Grid",
        "communities.Lineage",
        "communities.Organisation",
        # a form under way goes on under the new code
        "collection.FactsDraft",
        # what is known of its rooms; projects follow their street in facilities.services.following
        "facilities.Contract",
        "facilities.CorrectionOrder",
        "facilities.HallCheck",
        "facilities.Inspection",
        "facilities.Premises",
        "facilities.Room",
        "facilities.Share",
        "facilities.SpaceMeasure",
        "facilities.SpacePaper",
        "facilities.SpacePaperContent",
        # what is known of its staff; files of persons follow in staffing.services.files
        "staffing.Appointment",
        "staffing.Award",
        "staffing.Candidate",
        "staffing.Election",
        "staffing.ExtraWorkers",
        "staffing.PayRecord",
        "staffing.QuotaLine",
        "staffing.StaffAct",
        "staffing.StaffPaper",
        "staffing.StaffPaperContent",
    }


def codes_everywhere() -> dict[str, set[str]]:
    tables = (*following_tables(), Contact, Paper, PaperContent)
    found = {model.__name__: set(model.objects.values_list("code", flat=True)) for model in tables}
    return {name: codes for name, codes in found.items() if codes}


def test_recode_moves_every_part_and_the_facts_of_its_year_and_later() -> None:
    one = make_community(A)
    with_everything(one)
    for year in (2026, 2027, 2028):
        make_facts(one, year)
    clerk = make_user("street_clerk", A)

    applied("recode", make_plan([one], [goes_on(one, code=NEW)]))

    assert codes_everywhere() == {
        name: {NEW}
        for name in (
            "Building",
            "Contact",
            "Estate",
            "EstateMeeting",
            "Grid",
            "Organisation",
            "Paper",
            "PaperContent",
        )
    }
    facts = AnnualFacts.objects.order_by("year").values_list("year", "code", "version")
    assert list(facts) == [(2026, A, 1), (2027, NEW, 2), (2028, NEW, 2)]
    assert User.objects.get(pk=clerk.pk).scope == NEW
    assert Estate.objects.get().version == 2


def test_recode_that_swaps_two_codes_moves_the_parts_of_each() -> None:
    one, other = pair()
    with_everything(one)
    with_everything(other)
    clerks = [make_user("street_clerk", code) for code in (A, B)]
    for community in (one, other):
        make_facts(community, 2027)

    applied("recode", make_plan([one, other], [goes_on(one, code=B), goes_on(other, code=A)]))

    assert (now(one).code, now(other).code) == (B, A)
    tables = (*following_tables(), AnnualFacts, Paper)
    for model in tables:
        moved = set(model.objects.values_list("community", "code"))
        assert moved <= {(one.pk, B), (other.pk, A)}, model
    assert [User.objects.get(pk=clerk.pk).scope for clerk in clerks] == [B, A]
    assert set(PaperContent.objects.values_list("code", flat=True)) == {A, B}
    assert list(Contact.objects.order_by("pk").values_list("code", flat=True)) == [B, A]
    former = FormerDesignation.objects.order_by("code").values_list("code", "present_code")
    assert list(former) == [(A, B), (B, A)]


def test_recode_leaves_contacts_of_whoever_had_the_code_before() -> None:
    ended = date(2020, 1, 1)
    one = make_community(A, valid_from=ended)
    make_contact(one, name="从前的人", valid_until=ended)
    make_contact(one, name="现在的人")

    applied("recode", make_plan([one], [goes_on(one, code=NEW)]))

    assert set(Contact.objects.values_list("name", "code")) == {("从前的人", A), ("现在的人", NEW)}


def test_transfer_moves_the_facts_to_the_other_street() -> None:
    one = make_community(A)
    make_division("371502002")
    make_facts(one, 2026)
    make_facts(one, 2027)
    code = "371502002007"

    applied("transfer", make_plan([one], [goes_on(one, code=code)]))

    rows = AnnualFacts.objects.order_by("year").values_list("year", "code", "street_code")
    assert list(rows) == [(2026, A, "371502001"), (2027, code, "371502002")]
    assert now(one).code == code


def test_transfer_tells_the_other_street_by_which_decision(clerk_elsewhere: User) -> None:
    one = make_community(A, "古城社区居委会")
    make_division("371502002")
    code = "371502002007"

    act = applied("transfer", make_plan([one], [goes_on(one, code=code)]))

    with scope(clerk_elsewhere.scope):
        row = Lineage.objects.get()
        (told,) = lineage_of(
            get_designations(one.pk, now(one)), get_relatives(clerk_elsewhere, one.pk)
        )
    assert (row.code, row.kind, row.relation) == (code, "transfer", "predecessor")
    assert (row.other, row.other_code, row.other_name) == (one, A, "古城社区居委会")
    assert (told.on, told.doc_no) == (act.effective_on, act.decision_doc_no)
    assert told.what.startswith(f"代码由{A}改为{code}")


def test_transfer_tells_the_present_code_in_a_district_that_it_left_before() -> None:
    one = make_community("371521001001", "谷山社区居委会")
    make_division("371502")
    make_division("371502001", name="古楼街道")
    applied("transfer", make_plan([one], [goes_on(one, code=A)]), code="3715")
    make_division("371502002")
    later = date(2028, 1, 1)
    act = make_act(
        "transfer", make_plan([one], [goes_on(now(one), code="371502002001")]), effective_on=later
    )

    with scope("371502"):
        apply_act(act=act, on=later, at=AT)

    rows = FormerDesignation.objects.order_by("valid_until").values_list("code", "present_code")
    assert list(rows) == [("371521001001", "371502002001"), (A, "371502002001")]
