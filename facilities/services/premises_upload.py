"""The kind of upload that brings a register of premises: a row for each set of rooms."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from django.urls import reverse

from collection.models import Upload
from collection.rules.upload_shapes import CODE, NAME, Shape
from collection.services.upload_kinds import Kind
from facilities.rules.premises_fields import BESIDE, FIELDS
from facilities.services.premises_upload_judge import PremisesJudge
from facilities.services.premises_upload_taking import take_premises

SHEET: Final = "用房台账"
MEGABYTE: Final = 1024 * 1024
SHAPE: Final = Shape(
    key="premises",
    label=SHEET,
    fields=FIELDS,
    view="facilities.view_premises",
    imports=("facilities.import_premises",),
    export="facilities.export_premises",
    counted="处用房",
    sheet=SHEET,
    subject=(CODE, NAME, "premises_name"),
    each="用房",
    beside=BESIDE,
    template="facilities:premises_template",
    limits=(20_000, 10 * MEGABYTE),
)


def lacks(names: Collection[str]) -> str:
    """The headings that say which premises a row is about."""
    if CODE not in names and NAME not in names:
        return "表头里没有“社区代码”或“社区”。加上其中一列再导入"
    if "premises_name" in names or "title_no" in names:
        return ""
    return "表头里没有“用房名称”。加上这一列再导入"


def about(upload: Upload) -> Sequence[str]:
    """What it is."""
    return (SHEET,)


def home(upload: Upload) -> tuple[str, str]:
    """The register."""
    return reverse("facilities:premises_list"), SHEET


PREMISES: Final = Kind(SHAPE, PremisesJudge, take_premises, lacks, about=about, home=home)
