"""The kind of upload that brings communities' facts of a year."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final

from accounts.models import User
from accounts.scope import DISTRICT
from collection.choices import HouseholdsMeasure
from collection.models import Upload
from collection.rules.fields import FIELDS
from collection.rules.upload_shapes import CODE, FACTS_KIND, NAME, Shape
from collection.selectors.filling import years_offered
from collection.selectors.stored import TYPED
from collection.services.evaluating import FactsJudge
from collection.services.taking import take_facts
from collection.services.upload_kinds import Kind, Question
from communities.choices import FactsStatus

BULK: Final = "communities.import_annualfacts"
STATUSES: Final = (
    (FactsStatus.DRAFT.value, "填报中，由街道核对后提交"),
    (FactsStatus.REVIEWED.value, "待复核，不再经街道提交"),
)
# facts that the register of divisions gives are found of a row too
GIVEN: Final = tuple((name, one.label) for name, one in FIELDS.items() if one.from_division)
SHAPE: Final = Shape(
    key=FACTS_KIND,
    label="年度数据",
    fields=TYPED,
    view="communities.view_annualfacts",
    imports=("communities.change_annualfacts", BULK),
    export="communities.export_annualfacts",
    more=(("status", "状态"), ("households", "核定户数"), *GIVEN),
    template="collection:upload_template",
    template_from=DISTRICT,
)


def questions(by: User, on: date) -> Sequence[Question]:
    """The year; of whoever imports for streets, the state of what is taken, and what counts."""
    years = [(str(one), f"{one}年度") for one in years_offered(by, on)]
    of_year = Question("year", "年度", years, years[0][0], missing="选择年度",
        wrong="没有%(value)s年度，从列出的里选")  # fmt: skip
    if not by.has_perm(BULK):
        return [of_year]
    measures = [("", "按填报任务"), *HouseholdsMeasure.choices]
    hint = "没有下达填报任务的年度选一项；下达了的，以任务为准"
    return [
        of_year,
        Question("status", "导入后的状态", STATUSES, FactsStatus.DRAFT.value),
        Question("measure", "核定户数取自", measures, hint=hint),
    ]


def check(by: User, year: int, options: Mapping[str, Any]) -> str:
    """What is wrong with the year and the answers."""
    if not 1949 <= year <= 2199:
        return f"年度{year}不对。选择要导入的年度"
    status = options.get("status", FactsStatus.DRAFT)
    if status not in dict(STATUSES):
        return "导入后的状态只有“填报中”和“待复核”"
    if options.get("measure", "") not in ("", *HouseholdsMeasure.values):
        return "核定户数取自的口径不对。从列出的里选"
    if status != FactsStatus.DRAFT and not by.has_perm(BULK):
        return "你导入的数据先是“填报中”，核对后再提交"
    return ""


def about(upload: Upload) -> Sequence[str]:
    """The year, and the state that taken facts get."""
    status = FactsStatus(upload.options.get("status", "draft")).label
    return (f"{upload.year}年度", f"导入后{status}")


def lacks(names: Collection[str]) -> str:
    """The heading that says which community a row is about."""
    found = CODE in names or NAME in names
    return "" if found else "表头里没有“社区代码”或“社区名称”。加上其中一列再导入"


FACTS: Final = Kind(
    SHAPE, FactsJudge, take_facts, lacks, questions=questions, check=check, about=about
)
