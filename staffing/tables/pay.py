"""Columns of the yearly table of pay: by community, or by person; on the page and as a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from communities.tables.files import A3, Heading, Layout
from policy.engine import catalogue
from staffing.rules.pay_months import month_text
from staffing.selectors.pay import PayYear, Place
from staffing.selectors.pay_standards import UNSTATED
from staffing.selectors.pay_units import Sums, Unit, yuan

READINGS = (
    "按年末执行的文件测算，不是工资发放表。月末在任的计一个月，到任当月计，离任当月不计；按年的标准按月折算，"
    "每人每项四舍五入到分，分担以后再相加",
    "一人在一个社区兼几个职务的，按其中较高的标准计一次；同时规定生活补贴和月工资的，计较高的一项",
    "按月、按年发的奖励从起始月起，月末在任的计（调动到别的社区接着计），离任即止，再任不续；"
    "同一人的同一种奖励有几项的，同一个月只计一次，先起始的先计",
)


def subject_label(subject: str) -> str:
    """A subject without （每人…）: the columns are of the year."""
    return catalogue().subjects[subject].label.partition("（")[0]


def payer_label(payer: str) -> str:
    """Who pays, as a column's head."""
    return "未载明" if payer == UNSTATED else catalogue().payers[payer]


@dataclass(frozen=True)
class Cells:
    """A row's money as the page shows it, in the order of the table's subjects and payers."""

    subjects: list[Decimal]
    payers: list[Decimal]
    total: Decimal
    paid: Decimal | None
    short: Decimal


def cells_of(made: PayYear, sums: Sums) -> Cells:
    """The money of a community, or of all."""
    return Cells(
        [yuan(sums.subjects[subject]) for subject in made.subjects],
        [yuan(sums.payers[payer]) for payer in made.payers],
        yuan(sums.fen),
        yuan(sums.paid_fen) if sums.recorded else None,
        yuan(sums.short_fen),
    )


def cells_of_unit(made: PayYear, unit: Unit) -> Cells:
    """The money of a person in a community."""
    paid = sum(one.paid for one in unit.compared)
    return Cells(
        [yuan(unit.of(subject)) for subject in made.subjects],
        [yuan(sum(line.paid.get(payer, 0) for line in unit.lines)) for payer in made.payers],
        unit.total,
        yuan(paid) if unit.compared else None,
        yuan(sum(one.short for one in unit.compared)),
    )


def headings(made: PayYear, *, persons: bool) -> list[Heading]:
    """The columns of the file."""
    first = [Heading("社区代码", width=15), Heading("社区", width=18)]
    who = (
        [Heading("姓名", width=10), Heading("职务", width=22), Heading("任职月份", width=12)]
        if persons
        else [Heading("人数", "count", 8), Heading("人月", "count", 8)]
    )
    return [
        *first,
        *who,
        *(Heading(f"{subject_label(one)}（元）", "amount", 15) for one in made.subjects),
        Heading("合计（元）", "amount", 16),
        *(Heading(f"{payer_label(one)}承担（元）", "amount", 16) for one in made.payers),
        Heading("实发（元）", "amount", 15),
        Heading("低于标准（元）", "amount", 15),
        Heading("说明", width=50),
    ]


def lines(made: PayYear, *, persons: bool) -> Iterator[list[Any]]:
    """The rows of the file: communities, or persons within them."""
    for place in made.places:
        if not persons:
            sums = place.sums
            yield [place.code, place.name, len(sums.persons), sums.months,
                   *_money(cells_of(made, sums)), note_of(made, place)]  # fmt: skip
            continue
        for unit in place.units:
            yield [place.code, place.name, unit.name, unit.labels, month_text(unit.months),
                   *_money(cells_of_unit(made, unit)), note_of_unit(unit)]  # fmt: skip


def _money(cells: Cells) -> list[Any]:
    return [*cells.subjects, cells.total, *cells.payers, cells.paid, cells.short or None]


def note_of(made: PayYear, place: Place) -> str:
    """What must be said with a community's sums."""
    said = [f"{reason}，{count}人" for reason, count in made.reasons(place.units)]
    if place.sums.excluded:
        said.append(f"{place.sums.excluded}人由原渠道付酬或不领报酬")
    return "；".join(said)


def note_of_unit(unit: Unit) -> str:
    """What must be said with a person's sums."""
    said = [unit.excluded] if unit.excluded else []
    said += [f"{line.label}：{line.text}" for line in unit.lines if line.text]
    return "；".join(dict.fromkeys(said))


def layout(made: PayYear, *, persons: bool) -> Layout:
    """A bordered sheet with its total."""
    sums = made.sums
    counted = ["", "", ""] if persons else [len(sums.persons), sums.months]
    total = ["合计", "", *counted, *_money(cells_of(made, sums)), ""]
    return Layout("待遇", True, A3, 3 if persons else 2, total, READINGS)
