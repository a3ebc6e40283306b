"""What can be imported, as records and pages know it: words, rights, columns, what is sealed.

An app that imports something else registers its kind when it is ready (services.upload_kinds).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from collection.rules.fields import Field

CODE, NAME, REASON = "code", "name", "reason"
FACTS_KIND: Final = "facts"
# fields that every kind has beside its own
LABELS: Final = {CODE: "社区代码", NAME: "社区名称", REASON: "变动说明"}


@dataclass(frozen=True)
class Shape:
    """One kind of import: `view` and `export` are rights; any of the rights `imports` is enough.

    `sealed` are the fields whose text may not be kept: what a row holds of them is a mask and a
    keyed hash. A kind with such fields keeps neither the file, its name nor columns it cannot read.
    """

    key: str
    label: str
    fields: Mapping[str, Field]
    view: str
    imports: tuple[str, ...]
    export: str
    # what the taken rows are, after a number: 新增3个社区
    counted: str = "个社区"
    # the first sheet of the template, and the name of a file that may name persons
    sheet: str = "填报"
    file_name: str = ""
    sealed: frozenset[str] = frozenset()
    # what a row is about: to be mended where nothing is found by it
    subject: tuple[str, ...] = (CODE, NAME)
    # what a row is of, where that is no community: its name is what a row is called, the community
    # stands below it
    each: str = ""
    # labels of what a row may say of itself beside the fields of its columns
    more: tuple[tuple[str, str], ...] = ()
    # headings of which nothing is said although they are not read
    beside: frozenset[str] = frozenset()
    # the route of the workbook to fill in, and the length of the widest code that gets one
    template: str = ""
    template_from: int = 9
    # the most rows and bytes of a file; None: as settings say, by right
    limits: tuple[int, int] | None = None

    def label_of(self, name: str) -> str:
        """The words for a field of a row."""
        if name in self.fields:
            return self.fields[name].label
        return (LABELS | dict(self.more)).get(name, name)

    @property
    def order(self) -> list[str]:
        """All that may be found of a row, in the order in which it is shown."""
        return [*LABELS, *dict(self.more), *self.fields]


_SHAPES: Final[dict[str, Shape]] = {}


def register_shape(shape: Shape) -> None:
    """Make a kind known by its key."""
    _SHAPES[shape.key] = shape


def shape_of(kind: str) -> Shape:
    """What is known of a kind. Raises KeyError for one whose app is not installed."""
    return _SHAPES[kind]


def shapes() -> tuple[Shape, ...]:
    """All kinds that are installed, facts first."""
    return tuple(sorted(_SHAPES.values(), key=lambda one: one.key != FACTS_KIND))
