"""The clock of a handover: where a day stands between a move-in and its deadline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

NO_DEADLINE = "文件未载明移交期限"


@dataclass(frozen=True)
class Clock:
    """The deadline of a handover as a day sees it.

    due: None where nobody has moved in, or where no text says one (`unsaid`). handed_over_on: the
    day of the handover; from then on the clock stands. `on`: the day on which it is read.
    """

    on: date
    moved_in_on: date | None = None
    due: date | None = None
    clause: str = ""
    handed_over_on: date | None = None

    @property
    def unsaid(self) -> str:
        """That the texts in force name no deadline, although people have moved in; else ''."""
        return NO_DEADLINE if self.moved_in_on and self.due is None else ""

    @property
    def left_days(self) -> int | None:
        """Days until the deadline, negative when it has passed; None while no clock runs."""
        if self.due is None or self.handed_over_on is not None:
            return None
        return (self.due - self.on).days

    @property
    def overdue_days(self) -> int:
        """How many days over the deadline: until the day, or until the handover."""
        if self.due is None:
            return 0
        return max(0, ((self.handed_over_on or self.on) - self.due).days)

    @property
    def is_overdue(self) -> bool:
        """Whether the deadline has passed and nothing is handed over."""
        return self.handed_over_on is None and self.overdue_days > 0
