"""The kind of upload that brings rosters (花名册): a row per person and community, or per post."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from django.urls import reverse

from collection.models import Upload
from collection.rules.upload_shapes import CODE, NAME, Shape
from collection.services.upload_kinds import Kind
from staffing.rules.roster_fields import BESIDE, FIELDS, SEALED
from staffing.services.roster_upload_judge import RosterJudge
from staffing.services.roster_upload_taking import take_roster
from staffing.services.sealing import seal_identity, seal_phone, sealer

SHEET: Final = "花名册"
MEGABYTE: Final = 1024 * 1024
SHAPE: Final = Shape(
    key="roster",
    label=SHEET,
    fields=FIELDS,
    view="staffing.view_person",
    imports=("staffing.import_person",),
    export="staffing.export_person",
    counted="行",
    sheet=SHEET,
    file_name=SHEET,
    sealed=SEALED,
    subject=(CODE, NAME, "person_name"),
    each="人员",
    beside=BESIDE,
    template="staffing:roster_template",
    limits=(20_000, 10 * MEGABYTE),
)


def lacks(names: Collection[str]) -> str:
    """The headings that say who a row is about, and where."""
    if CODE not in names and NAME not in names:
        return "表头里没有“社区代码”或“社区”。加上其中一列再导入"
    if "person_name" not in names:
        return "表头里没有“姓名”。加上这一列再导入"
    return "" if "posts" in names else "表头里没有“职务”。加上这一列再导入"


def about(upload: Upload) -> Sequence[str]:
    """What it is."""
    return (SHEET,)


def home(upload: Upload) -> tuple[str, str]:
    """The roster."""
    return reverse("staffing:roster"), SHEET


ROSTER: Final = Kind(
    SHAPE,
    RosterJudge,
    take_roster,
    lacks,
    about=about,
    home=home,
    seal=sealer({"identity_number": seal_identity, "phone": seal_phone}),
)
