"""Columns of the review list's exports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from collection.rules.fields import FIELDS
from collection.selectors.reviews import STATES, Handed, Line
from communities.tables.files import Heading

MONEY = "amount"
HEADINGS = (
    Heading("社区代码", width=15),
    Heading("社区", width=18),
    Heading("街道", width=14),
    Heading("状态", width=9),
    Heading("上年数据测算（元）", MONEY, 16),
    Heading("本年数据测算（元）", MONEY, 16),
    Heading("变动（元）", MONEY, 14),
    Heading("核对结果", width=50),
    Heading("变动说明", width=40),
    Heading("提交人", width=10),
    Heading("提交时间", width=16),
    Heading("第几轮", "count", 8),
)
PART_HEADINGS = (
    Heading("区划代码", width=10),
    Heading("区划", width=18),
    *(Heading(f"{one.label}（个）", "count") for one in STATES),
)


def review_lines(
    lines: Iterable[Line], streets: Mapping[str, str], handed: Mapping[int, Handed], zone: Any
) -> Iterator[tuple[Any, ...]]:
    """The lines of a queue, cells as HEADINGS names them; `zone` is the one times are shown in."""
    for line in lines:
        facts, sent = line.facts, handed[line.facts.pk]
        yield (
            facts.code,
            line.name,
            streets.get(facts.street_code, facts.street_code),
            facts.get_status_display(),
            line.money.before.value,
            line.money.after.value,
            line.money.change,
            "；".join((*line.wrong_words, *(words for words, _ in line.unlikely_words)))
            or line.look_at,
            "；".join(
                f"{FIELDS[name].label}：{text}"
                for name, text in line.checked.reasons.items()
                if name in FIELDS
            ),
            sent.by,
            f"{sent.at.astimezone(zone):%Y-%m-%d %H:%M}" if sent.at else "",
            sent.number,
        )
