"""What is wrong with a policy text: where, what, and what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True)
class TextError:
    """One mistake in a text."""

    file: str
    provision: str
    field: str
    message: str
    suggestion: str = ""

    def __str__(self) -> str:
        place = " · ".join(part for part in (self.file, self.provision, self.field) if part)
        return f"{place}：{self.message}" + (f"；{self.suggestion}" if self.suggestion else "")


class TextErrors(ValueError):  # noqa: N818  many mistakes, one exception
    """All mistakes of a text at once."""

    def __init__(self, errors: Iterable[TextError]) -> None:
        self.errors = list(errors)
        super().__init__("\n".join(str(error) for error in self.errors))

    def __iter__(self) -> Iterable[TextError]:
        return iter(self.errors)


class UnsetOptionError(Exception):
    """An option without a default that nobody has set yet."""

    def __init__(self, option: str) -> None:
        super().__init__(option)
        self.option = option


def nearest(word: str, known: Iterable[str]) -> str:
    """A suggestion: the known word nearest to the written one, or all of them if few."""
    listed = sorted(known)
    close = get_close_matches(str(word), listed, n=1, cutoff=0.6)
    if close:
        return f"可能是“{close[0]}”"
    return f"可用：{'、'.join(listed)}" if 0 < len(listed) <= 45 else ""
