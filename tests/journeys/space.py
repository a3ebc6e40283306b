"""Steps that the tasks of facilities share: forms filled in, gates passed, days counted."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from facilities.choices import Stage
from facilities.rules.gates import NUMBERED
from tests.factories import make_user
from tests.journeys.collecting import does, heading
from tests.journeys.staffing import days_ago
from tests.paper_samples import pdf
from tests.world import DISTRICT

PARTS = ("工作用房", "服务设施", "物业服务用房")
DEED: Any = {"name": "移交协议.pdf", "mimeType": "application/pdf", "buffer": pdf(b"deed")}


@pytest.fixture
def colleague(bureau: str) -> User:
    """A second officer of the district: who makes something does not decide on it."""
    return make_user("district_officer", DISTRICT, username="colleague", office="东昌府区民政局")


def fills(page: Page, texts: Mapping[str, str]) -> None:
    """Fill in the boxes with these labels."""
    for label, text in texts.items():
        page.get_by_label(label, exact=True).fill(text)


def picks(page: Page, choices: Mapping[str, str]) -> None:
    """Select these words in the lists with these labels."""
    for label, words in choices.items():
        page.get_by_label(label, exact=True).select_option(label=words)


def areas(word: str, *figures: float) -> dict[str, str]:
    """The boxes of the areas of a gate: work, service and property rooms."""
    return {f"{word}{part}（㎡）": f"{figure}" for part, figure in zip(PARTS, figures, strict=True)}


def handles(page: Page, gate: str, on: date, texts: Mapping[str, str]) -> None:
    """From a project's page record its next gate as passed, which the page then says."""
    number = NUMBERED.get(next(one for one in Stage if one.label == gate))
    page.get_by_role("link", name=f"办理{gate}", exact=True).click()
    expect(heading(page)).to_contain_text(f"办理{gate}")
    fills(page, {"办理日期": f"{on}", **({number: "8号"} if number else {}), **texts})
    does(page, f"登记{gate}")
    expect(page.get_by_role("status").filter(has_text=gate)).to_be_visible()


def month_after(day: date) -> date:
    """The same day of the next month, its last where it has no such day."""
    first = (day.replace(day=1) + timedelta(days=31)).replace(day=1)
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))


def moved_in() -> tuple[date, date, int]:
    """A first move-in of 40 days ago, the deadline of its handover, and how late it is today."""
    due = month_after(days_ago(40))
    return days_ago(40), due, (days_ago(0) - due).days
