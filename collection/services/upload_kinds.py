"""What can be imported: the parts in which one kind of upload differs from another.

An app that imports something else registers its kind when it is ready (AppConfig.ready); files,
preview, correction, background work and records are the same for all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Protocol

from django.utils import timezone

from accounts.models import User
from collection.models import Upload
from collection.rules.reading import text_of
from collection.rules.upload_shapes import Shape, register_shape

# A cell: its text; [text, what is wrong with it in the file]; None where the row has none. A sealed
# one is [mask, "", keyed hash and what else its kind keeps of it].
Cell = str | list[str] | None


class Progress(Protocol):
    """Hears how far the work is; raises where it is to stop."""

    def step(self, stage: str, done: int, total: int) -> None: ...


@dataclass(frozen=True)
class Task:
    """An upload in the hands of a person: `names` are the fields of its columns, "" for ignored."""

    upload: Upload
    by: User
    at: datetime
    on: date
    names: tuple[str, ...]

    @property
    def status(self) -> str:
        """The state that taken facts get."""
        return str(self.upload.options.get("status", "draft"))

    @property
    def measure(self) -> str:
        """The households that count where no round says it; '' where nobody chose."""
        return str(self.upload.options.get("measure", ""))


def task_of(upload: Upload, by: User, at: datetime) -> Task:
    """An upload as somebody takes it up at a moment."""
    names = tuple(name for _, name in upload.headings)
    return Task(upload, by, at, timezone.localdate(at), names)


@dataclass(frozen=True)
class Line:
    """A row as it was read or corrected, before it is judged."""

    number: int
    cells: Sequence[Cell]
    reasons: Mapping[str, str]


@dataclass(frozen=True)
class Judged:
    """A row with what is found of it: the columns of UploadRow."""

    number: int
    subject: str
    name: str
    subject_key: int | None
    cells: Sequence[Cell]
    before: Mapping[str, str]
    reasons: Mapping[str, str]
    findings: Sequence[Sequence[str]]
    state: str
    version: int


class Judge(Protocol):
    """Judges rows of one task: first which record each is about, then what they say of it."""

    def subjects(self, lines: Sequence[Line]) -> Sequence[int | None]: ...

    def judge(
        self, lines: Sequence[Line], repeated: Mapping[int, Sequence[int]]
    ) -> Iterator[Judged]: ...


@dataclass(frozen=True)
class Taken:
    """What a take did: records made and changed, rows that changed meanwhile, what to say."""

    new: int
    changed: int
    stale: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """What is chosen beside the file; the answer to `year` is the upload's, others its options.

    `missing`: what is said where nothing is chosen; '' where that is allowed. `wrong`: what is said
    of an answer that is none of the choices.
    """

    name: str
    label: str
    choices: Sequence[tuple[str, str]]
    initial: str = ""
    hint: str = ""
    missing: str = ""
    wrong: str = "从列出的里选"


@dataclass(frozen=True)
class Sealed:
    """A text of a kind with sealed fields: the cell that is kept of it, and what waits sealed."""

    cell: Cell
    secret: str = ""


def no_questions(by: User, on: date) -> Sequence[Question]:
    """Nothing is chosen beside the file."""
    return ()


def nothing_wrong(by: User, year: int, options: Mapping[str, Any]) -> str:
    """Every answer will do."""
    return ""


def no_words(upload: Upload) -> Sequence[str]:
    """Nothing is said of an upload beside its state."""
    return ()


def no_home(upload: Upload) -> tuple[str, str]:
    """No page shows what an upload wrote."""
    return "", ""


@dataclass(frozen=True)
class Kind:
    """One kind of upload. `take` writes the rows that are new or changed, in the transaction.

    `check` says what is wrong with year and options, '' for nothing; `about` what a page says of an
    upload; `home` is where what it wrote is seen (address and words). `lacks`: which heading has to
    be there and is not, by the fields that were found. `seal` stands for every text of a kind with
    sealed fields: what of it is kept, by name of its field ('' for one that is not read).
    """

    shape: Shape
    judge: Callable[[Task], Judge]
    take: Callable[[Task, Progress], Taken]
    lacks: Callable[[Collection[str]], str]
    questions: Callable[[User, date], Sequence[Question]] = no_questions
    check: Callable[[User, int, Mapping[str, Any]], str] = nothing_wrong
    about: Callable[[Upload], Sequence[str]] = no_words
    home: Callable[[Upload], tuple[str, str]] = no_home
    seal: Callable[[str, str], Sealed] | None = None


_KINDS: Final[dict[str, Kind]] = {}


def register(kind: Kind) -> None:
    """Make a kind known by its key."""
    _KINDS[kind.shape.key] = kind
    register_shape(kind.shape)


def kind_of(upload: Upload) -> Kind:
    """The kind of an upload. Raises KeyError for one whose app is not installed."""
    return _KINDS[upload.kind]


def kind_named(key: str) -> Kind:
    """The kind of a key. Raises KeyError for one whose app is not installed."""
    return _KINDS[key]


def text_in(cell: Any) -> str:
    """The text of a cell, whatever its shape."""
    if isinstance(cell, list):
        return str(cell[0])
    return cell or ""


def cleaned(text: str) -> str:
    """A typed cell as one of a file would be: without blanks around it and without NUL."""
    return text_of(text.replace("\x00", ""))
