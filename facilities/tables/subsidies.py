"""Columns of the subsidies for premises: lines and sums, on the page and as a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from communities.selectors.traced import UNSTATED
from communities.tables.files import A3, Heading, Layout
from facilities.rules.money import yuan
from facilities.selectors.areas import square_metres
from facilities.selectors.subsidies import Subsidies, Sums
from facilities.selectors.subsidies_lines import FACTS, SubsidyLine
from policy.engine import catalogue

READINGS: Final = (
    "按年末执行的文件和用房台账测算；台账里没有用房的社区按年度数据，同一社区的同一项补助只算一处",
    "面积是工作、服务用房的建筑面积，算到12月31日；那天不计的，算到当年最后计入的一天",
    "合用的用房按份额分到各社区，合同总价和租金按同样的份额分到分，各计一笔",
    "购房补助归签订购房合同的年度，以后年度不再补",
    "租房按整月计，从起租日算起，前后相接的合同连着算，一个月归它开始的那一年；租金是合同月租金乘以计入的月数",
    "先租后买的，租房补助算到签订购房合同的前一天；取得方式和合同不一致，或者同一个证号、同一份合同登记在几套用房上的，核对以后测算",
    "一个社区有几处村改居集体用房的，面积合并，每年补一次",
    "每笔四舍五入到分，分担以后再相加",
)


def payer_label(payer: str) -> str:
    """Who pays, as a column's head."""
    return "未载明" if payer == UNSTATED else catalogue().payers[payer]


def subject_label(subject: str) -> str:
    """A subsidy in words: 购房补助."""
    return catalogue().subjects[subject].label


def payers_of(made: Subsidies) -> list[str]:
    """Who pays something, in the catalogue's order; what nobody is named for stands last."""
    paying = made.sums().payers
    return [one for one in (*catalogue().payers, UNSTATED) if paying[one]]


@dataclass(frozen=True)
class SumCells:
    """A row of sums as the page shows it, in the order of the table's subjects and payers."""

    code: str
    name: str
    lines: int
    blocked: int
    nothing: int
    subjects: list[Decimal]
    payers: list[Decimal]
    total: Decimal


def cells_of(sums: Sums, subjects: list[str], payers: list[str]) -> SumCells:
    """The sums of a unit, or of all."""
    return SumCells(
        sums.code,
        sums.name,
        sums.lines,
        sums.blocked,
        sums.nothing,
        [yuan(sums.subjects[one]) for one in subjects],
        [yuan(sums.payers[one]) for one in payers],
        sums.total,
    )


@dataclass(frozen=True)
class Shown:
    """A line as the page and the file show it; areas in m², money in yuan."""

    line: SubsidyLine
    place: str
    area: Decimal | None
    whole: Decimal | None
    price: Decimal | None
    rent: Decimal | None
    payers: list[tuple[str, Decimal]]
    notes: list[str]


def shown(line: SubsidyLine) -> Shown:
    """A line in words and figures."""
    claim = line.claim
    shared = claim.whole is not None and claim.area is not None and claim.whole > claim.area
    return Shown(
        line,
        "按年度数据" if line.source == FACTS else claim.name,
        None if claim.area is None else square_metres(claim.area),
        square_metres(claim.whole) if claim.whole is not None and shared else None,
        yuan(claim.price) if claim.price else None,
        None if claim.rent is None else yuan(claim.rent),
        [(payer_label(payer), yuan(fen)) for payer, fen in line.payers.items()],
        _notes(line),
    )


def _notes(line: SubsidyLine) -> list[str]:
    """What must be said with a line: why not, what it goes by, what the year's facts say."""
    claim, said = line.claim, [line.blocked, line.reason, line.claim.note]
    if claim.on is not None and (claim.on.month, claim.on.day) != (12, 31):
        said.append(f"面积算到{claim.on}")
    if line.differs and line.from_facts is not None:
        amount = yuan(line.from_facts)
        said.append(f"按年度数据是{amount:,.2f}元，不另加，核对")
    return [one for one in said if one]


def headings(payers: list[str]) -> list[Heading]:
    """The columns of the file."""
    return [
        Heading("社区代码", width=15),
        Heading("社区", width=16),
        Heading("用房", width=18),
        Heading("补助", width=14),
        Heading("面积（㎡）", "amount", 12),
        Heading("整套面积（㎡）", "amount", 14),
        Heading("合同总价（元）", "amount", 16),
        Heading("当年租金（元）", "amount", 14),
        Heading("租用月数", "count", 9),
        Heading("补助金额（元）", "amount", 16),
        *(Heading(f"{payer_label(one)}承担（元）", "amount", 16) for one in payers),
        Heading("依据", width=20),
        Heading("说明", width=60),
    ]


def lines_of(made: Subsidies, payers: list[str]) -> Iterator[list[Any]]:
    """The rows of the file."""
    for line in made.lines:
        one = shown(line)
        yield [
            line.code,
            line.name,
            one.place,
            line.label,
            one.area,
            one.whole,
            one.price,
            one.rent,
            line.claim.months,
            line.amount,
            *(yuan(line.payers[payer]) if payer in line.payers else None for payer in payers),
            "、".join(line.clauses),
            "；".join(one.notes),
        ]


def layout(made: Subsidies, payers: list[str]) -> Layout:
    """A bordered sheet with its total, the readings below."""
    sums = made.sums()
    total = ["合计", "", *[""] * 7, sums.total,
        *(yuan(sums.payers[one]) for one in payers), "", ""]  # fmt: skip
    return Layout("用房补助", True, A3, 2, total, READINGS)
