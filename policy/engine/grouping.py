"""Rows of one prefix side by side, and exact sums over them."""

from __future__ import annotations

from typing import Any

import numpy as np

from policy.engine.exact import LARGEST, Mask


class Grouping:
    """Rows of one prefix side by side: where each group begins in the sorted order."""

    def __init__(self, keys: Any) -> None:
        in_order = bool((keys[1:] >= keys[:-1]).all())
        self.order = None if in_order else np.argsort(keys, kind="stable")
        ordered = keys if in_order else keys[self.order]
        changes = np.r_[True, ordered[1:] != ordered[:-1]] if len(keys) else np.zeros(0, bool)
        self.starts = np.flatnonzero(changes)
        self.keys = ordered[self.starts]
        self.sizes = np.diff(np.append(self.starts, len(keys)))
        self.group_of = np.zeros(len(keys), dtype=np.int64)
        numbers = np.cumsum(changes) - 1
        if in_order:
            self.group_of = numbers
        else:
            self.group_of[self.order] = numbers

    def __len__(self) -> int:
        return len(self.keys)

    def sums(self, num: Any, bound: int) -> Any:
        """The exact sum of each group; bound is never below the largest figure."""
        if bound * max(1, len(num)) > LARGEST:
            num = num.astype(object)
        return np.add.reduceat(num if self.order is None else num[self.order], self.starts)

    def sums_of_all(self, columns: list[Any]) -> list[Any]:
        """The sums of several columns in one pass; column by column where one is very large.

        A column that is listed twice is summed once.
        """
        apart = list({id(column): column for column in columns}.values())
        places = {id(column): place for place, column in enumerate(apart)}
        stacked = np.stack(apart)
        most = 1 if stacked.size == 0 else max(int(stacked.max()), -int(stacked.min()))
        if stacked.dtype == object or most * len(self.group_of) > LARGEST:
            totals = [self.sums(column, LARGEST) for column in apart]
        else:
            ordered = stacked if self.order is None else stacked[:, self.order]
            totals = list(np.add.reduceat(ordered, self.starts, axis=1))
        return [totals[places[id(column)]] for column in columns]

    def counts(self, mask: Mask) -> Any:
        """How many rows of each group the mask holds for."""
        if isinstance(mask, bool):
            return self.sizes if mask else np.zeros(len(self), dtype=np.int64)
        return self.sums(mask.astype(np.int64), 1)

    def ranks(self) -> Any:
        """The place of each row within its group, in the order of the groups."""
        return np.arange(len(self.group_of)) - np.repeat(self.starts, self.sizes)
