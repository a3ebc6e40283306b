"""Columns of index figures as files; they can be imported again as they are."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from communities.tables.files import Heading
from policy.models import IndexValue

HEADINGS = (
    Heading("区划代码", width=10),
    Heading("区划名称", width=16),
    Heading("序列", width=24),
    Heading("年度", width=8),
    Heading("数值", width=14),
    Heading("单位", width=12),
    Heading("来源", width=30),
    Heading("文件", width=24),
)


def index_lines(figures: Iterable[IndexValue], names: Mapping[str, str]) -> Iterator[list[Any]]:
    """The cells of each figure; values as texts, exactly as they were entered."""
    for one in figures:
        yield [
            one.division_code,
            names.get(one.division_code, "" if one.division_code else "全国"),
            one.get_series_display(),
            str(one.year),
            one.plain_value,
            one.unit,
            one.source,
            one.document,
        ]
