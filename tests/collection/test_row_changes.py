"""Reasons that come with the rows of an import, alone and with figures."""

from typing import Any

import pytest

from accounts.models import User
from collection.choices import RowState
from collection.models import UploadRow
from communities.models import AnnualFacts
from tests.collection.upload_desk import (
    HEAD,
    paste,
    states,
    taken,
)
from tests.factories import make_community, make_facts

pytestmark = pytest.mark.django_db


WITH_REASON = f"{HEAD}\t变动说明"


def make_year(**reasons: str) -> AnnualFacts:
    """A community with 1,000 households last year, 2,950 this year."""
    community = make_community()
    make_facts(community, 2025, status="confirmed", households_resident=1000, premises_area_m2=300)
    return make_facts(
        community, 2026, status="draft", households=2950, households_resident=2950,
        premises_area_m2=600, reasons=reasons,
    )  # fmt: skip


def test_reason_alone_is_a_change_of_a_figure_that_has_none(clerk: User, asked: Any) -> None:
    facts = make_year(premises_area_m2="新购")

    upload = paste(clerk, "371502001001\t\t2950\t600\t回迁安置", head=WITH_REASON)

    row = UploadRow.objects.get(upload=upload)
    assert (row.state, row.before) == (RowState.CHANGED, {"reason": ""})
    taken(upload, clerk)
    facts.refresh_from_db()
    assert facts.reasons == {"premises_area_m2": "新购", "households_resident": "回迁安置"}


def test_reason_of_a_changed_figure_leaves_the_reasons_of_the_others(
    clerk: User, asked: Any
) -> None:
    facts = make_year(households_resident="回迁", premises_area_m2="新购")

    taken(paste(clerk, "371502001001\t\t2960\t600\t又有回迁", head=WITH_REASON), clerk)

    facts.refresh_from_db()
    assert facts.reasons == {"premises_area_m2": "新购", "households_resident": "又有回迁"}


def test_reasons_with_labels_go_to_their_figures_only(clerk: User, asked: Any) -> None:
    facts = make_year()
    reasons = "常住户数：回迁；用房建筑面积：新购"

    taken(paste(clerk, f"371502001001\t\t2960\t610\t{reasons}", head=WITH_REASON), clerk)
    other = paste(clerk, "371502001001\t\t9999\t610\t用房建筑面积：新购", head=WITH_REASON)

    facts.refresh_from_db()
    assert facts.reasons == {"households_resident": "回迁", "premises_area_m2": "新购"}
    assert states(other) == {2: RowState.UNLIKELY}
