"""Taking rows on communities' facts: locked, staged by COPY, written by set, with their history."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection
from psycopg import sql

from accounts.scope import CITY, DISTRICT, STREET
from collection.choices import RowState
from collection.models import FactsDraft
from collection.rules.checks import WRONG
from collection.rules.fields import FIELDS
from collection.rules.reading import CellError
from collection.selectors.rounds import Call, calls_for
from collection.selectors.stored import TYPED
from collection.services.evaluating import FactsJudge, call_problem
from collection.services.facts import TEXT_KINDS, given_by_divisions
from collection.services.taken_drafts import (
    Drafts,
    lock_drafts,
    reasons_of,
    settle_drafts,
    typed_by,
)
from collection.services.upload_kinds import Progress, Taken, Task
from collection.services.upload_rows import written
from collection.services.upload_taking import MovedError
from communities.choices import FactsStatus
from communities.models import AnnualFacts
from communities.models.facts import OPEN_STATES
from communities.services.bulk import STAGING, analyse_after, run, stage_more, start_staging

CHUNK: Final = 5_000
WRITTEN_AT_ONCE: Final = 20_000
ARRANGED, WRITES, RECORDS = "整理", "写入", "记录"
GIVEN: Final = tuple(name for name, one in FIELDS.items() if one.from_division)
BESIDE: Final = {"number": "integer", "keep": "text[]", "is_new": "boolean", "round": "smallint"}
IDENTITY: Final = ("community_id", "year", "code", "street_code", "district_code", "city_code",
    "reasons", "makers", "households")  # fmt: skip
LOCK: Final = """
    SELECT facts.id FROM communities_annualfacts AS facts
    JOIN collection_uploadrow AS line ON line.subject_key = facts.community_id
    WHERE line.upload_id = %s AND line.state IN ('new', 'changed') AND facts.year = %s
    ORDER BY facts.id FOR UPDATE OF facts
"""
ROWS: Final = """
    SELECT line.number, line.cells, line.reasons, line.version, line.before, line.subject_key,
        place.code, facts.version, facts.status, facts.reasons, 1 + (
            SELECT count(*) FROM collection_factsstep AS step
            WHERE step.facts_id = facts.id AND step.kind = 'return'
        ), facts.makers, line.mended
    FROM collection_uploadrow AS line
    LEFT JOIN communities_community AS place ON place.id = line.subject_key
        AND (place.valid_until IS NULL OR place.valid_until > %s)
    LEFT JOIN communities_annualfacts AS facts
        ON facts.community_id = line.subject_key AND facts.year = %s
    WHERE line.upload_id = %s AND line.state IN ('new', 'changed') AND line.number > %s
    ORDER BY line.number LIMIT %s
"""
STEPS: Final = """
    INSERT INTO collection_factsstep (facts_id, code, kind, number, comments, by_id, at)
    SELECT facts.id, facts.code, 'import', incoming.round, %s, %s, %s
    FROM incoming JOIN communities_annualfacts AS facts USING (community_id, year)
"""
TAKEN: Final = """
    UPDATE collection_uploadrow AS line SET state = 'taken' FROM incoming
    WHERE line.upload_id = %s AND line.number = incoming.number
"""


@dataclass
class Arranged:
    """What was staged: rows that become new facts, rows that change some, and those left out."""

    new: int = 0
    changed: int = 0
    last: int = 0
    stale: list[int] = field(default_factory=list)


def take_facts(task: Task, progress: Progress) -> Taken:
    """Write the rows of a task that are new or changed; in the caller's transaction.

    Rows whose facts changed since they were judged are left out and named. Drafts are locked before
    facts, as everywhere. Raises MovedError where somebody else entered facts of one of the
    communities at the same moment.
    """
    names = tuple(name for name in task.names if name in TYPED)
    drafts = lock_drafts(task)
    with connection.cursor() as cursor:
        cursor.execute(LOCK, (task.upload.pk, task.upload.year))
    arranged = _arrange(task, names, drafts, progress)
    _write(task, names, arranged, progress)
    progress.step(RECORDS, 0, 0)
    if arranged.new + arranged.changed:
        run(sql.SQL(STEPS), (_comment(task), task.by.pk, task.at))
        run(sql.SQL(TAKEN), (task.upload.pk,))
    notes = settle_drafts(task, drafts)
    analyse_after(arranged.new)
    return Taken(arranged.new, arranged.changed, tuple(arranged.stale), notes)


def _arrange(task: Task, names: Sequence[str], drafts: Drafts, progress: Progress) -> Arranged:
    """Read the rows once more and stage them; the locked facts cannot change meanwhile."""
    columns = (*IDENTITY, *names, *GIVEN)
    counts = task.upload.counts
    total = counts.get(RowState.NEW, 0) + counts.get(RowState.CHANGED, 0)
    arranged, done, arranger = Arranged(), 0, Arranger(task, names, drafts)
    start_staging(AnnualFacts, columns, BESIDE)
    for rows in _chunks(task):
        stage_more((*columns, *BESIDE), list(arranger.staged(rows, arranged)))
        done += len(rows)
        progress.step(ARRANGED, done, max(total, done))
    run(sql.SQL("ANALYZE {}").format(STAGING))
    return arranged


def _chunks(task: Task) -> Iterator[list[tuple[Any, ...]]]:
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(ROWS, (task.on, task.upload.year, task.upload.pk, last, CHUNK))
            rows = cursor.fetchall()
        if not rows:
            return
        last = rows[-1][0]
        yield rows


class Arranger:
    """Makes staged rows of kept ones."""

    def __init__(self, task: Task, names: Sequence[str], drafts: Drafts) -> None:
        self.task, self.names, self.drafts = task, names, drafts
        self.judge = FactsJudge(task)
        self.own = {task.upload.made_by_id, task.by.pk}
        self.free = task.by.has_perm("communities.import_annualfacts")
        places = {name: at for at, name in enumerate(task.names)}
        self.columns = [(places[name], name, TYPED[name]) for name in names]

    def staged(
        self, rows: Sequence[tuple[Any, ...]], arranged: Arranged
    ) -> Iterator[tuple[Any, ...]]:
        """The rows as COPY takes them; those whose facts moved are noted in `arranged`."""
        streets = {row[6][:STREET] for row in rows if row[6]}
        calls = calls_for(streets, self.task.upload.year)
        given = given_by_divisions(streets, self.task.on)
        for row in rows:
            (number, _, _, seen, _, _, code, version, status), _ = row[:9], row[9:]
            call = calls.get(code[:STREET]) if code else None
            moved = not code or (version or 0) != seen or (status or "draft") not in OPEN_STATES
            if moved or (not self.free and call_problem(call, self.task, status or "draft")):
                arranged.stale.append(number)
                continue
            if seen:
                arranged.changed += 1
            else:
                arranged.new += 1
            arranged.last = number
            yield self._row(row, call, given[code[:STREET]])

    def _row(
        self, row: tuple[Any, ...], call: Call | None, given: Mapping[str, Any]
    ) -> tuple[Any, ...]:
        number, cells, reasons, seen, before, key, code, _, _, stored, round_, makers, mended = row
        changed = frozenset(json.loads(before)) if before != "{}" else frozenset()
        values = self._values(json.loads(cells), changed)
        keep = [name for name in self.names if name not in values]
        keep += [name for name in GIVEN if given[name] is None]
        measure = call.round.households_measure if call else self.task.measure
        if measure not in values:
            keep.append("households")
        settled = _reasons(stored, changed, reasons)
        if draft := self.drafts.get(key):
            known = json.loads(settled)
            settled = written({**known, **reasons_of(draft, values, changed, known)})
        return (
            key, self.task.upload.year, code, code[:STREET], code[:DISTRICT], code[:CITY], settled,
            self._makers(makers, mended, self.drafts.get(key)),
            values.get(measure), *(_column(name, values.get(name)) for name in self.names),
            *(_column(name, given[name]) for name in GIVEN), number, keep, not seen, round_,
        )  # fmt: skip

    def _makers(self, before: list[int] | None, mended: str, draft: FactsDraft | None) -> list[int]:
        """Who made the figures: those before, who uploaded, typed, mended the row, takes it."""
        keys = {*(before or ()), *self.own, *(typed_by(draft) if draft else ())}
        if mended != "[]":
            keys |= {key for key, _ in json.loads(mended)}
        return sorted(keys)

    def _values(self, cells: Sequence[Any], changed: frozenset[str]) -> dict[str, Any]:
        """The values of a row; “—” counts where it takes a value away."""
        read = self.judge.cells(cells)
        if read.errors:  # judged before, by the same rules: the program has changed meanwhile
            name, _, message = read.errors[0]
            raise CellError(f"{name} {WRONG}: {message}")
        if None not in read.values.values():
            return read.values
        held = read.values.items()
        return {name: value for name, value in held if value is not None or name in changed}


def _reasons(stored: str | None, changed: frozenset[str], given: str) -> str:
    """The reasons kept with the facts, as JSON: those given, and those of figures that stay."""
    if given == "{}" and stored in (None, "{}"):
        return "{}"
    settled = {name: why for name, why in json.loads(stored or "{}").items() if name not in changed}
    reasons = {**settled, **json.loads(given)}
    return written({name: why for name, why in reasons.items() if name in FIELDS and why})


def _column(name: str, value: Any) -> Any:
    return "" if value is None and FIELDS[name].kind in TEXT_KINDS else value


def _write(task: Task, names: Sequence[str], arranged: Arranged, progress: Progress) -> None:
    """Write what was staged, a range of rows at a time."""
    total = arranged.new + arranged.changed
    progress.step(WRITES, 0, total)
    written_rows = first = 0
    while written_rows < total:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT max(number) FROM (SELECT number FROM incoming WHERE number > %s "
                "ORDER BY number LIMIT %s) AS next",
                (first, WRITTEN_AT_ONCE),
            )
            (last,) = cursor.fetchone()
        if last is None:
            break
        written_rows += run(_insert(task, names), (first, last))
        written_rows += run(_update(task, names), (first, last))
        first = last
        progress.step(WRITES, written_rows, total)
    if written_rows != total:
        raise MovedError


def _insert(task: Task, names: Sequence[str]) -> sql.Composed:
    """New facts; those that somebody else entered meanwhile are not touched, and missing."""
    typed = [*names, *GIVEN]
    texts = [name for name, one in FIELDS.items() if one.kind in TEXT_KINDS and name not in typed]
    fixed = {
        "version": 1,
        "is_demo": False,
        "declared": "{}",
        "status": task.status,
        "submitted_by_id": _submitter(task),
        **dict.fromkeys(texts, ""),
    }
    columns = [*IDENTITY, *typed]
    return sql.SQL(
        "INSERT INTO communities_annualfacts ({columns}, {fixed}) SELECT {columns}, {values} "
        "FROM incoming WHERE is_new AND number > %s AND number <= %s "
        "ON CONFLICT (community_id, year) DO NOTHING"
    ).format(
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
        fixed=sql.SQL(", ").join(map(sql.Identifier, fixed)),
        values=sql.SQL(", ").join(map(sql.Literal, fixed.values())),
    )


def _update(task: Task, names: Sequence[str]) -> sql.Composed:
    """Changed facts; columns of which a row says nothing stay."""
    assigned = [
        sql.SQL("{0} = CASE WHEN {1} = ANY(new.keep) THEN old.{0} ELSE new.{0} END").format(
            sql.Identifier(name), sql.Literal(name)
        )
        for name in (*names, *GIVEN, "households")
    ]
    if task.status != FactsStatus.DRAFT:
        assigned.append(
            sql.SQL("status = {}, submitted_by_id = {}").format(
                sql.Literal(task.status), sql.Literal(_submitter(task))
            )
        )
    return sql.SQL(
        "UPDATE communities_annualfacts AS old SET {assigned}, reasons = new.reasons, "
        "makers = new.makers, reviewed_by_id = NULL, "
        "declared = '{{}}', version = old.version + 1 FROM incoming AS new "
        "WHERE old.community_id = new.community_id AND old.year = new.year AND NOT new.is_new "
        "AND new.number > %s AND new.number <= %s"
    ).format(assigned=sql.SQL(", ").join(assigned))


def _comment(task: Task) -> str:
    """What the step says: which import it was, and the state that it set, as JSON."""
    status = FactsStatus(task.status).label
    return written({"": f"第{task.upload.pk}号导入，导入后{status}"})


def _submitter(task: Task) -> int | None:
    return None if task.status == FactsStatus.DRAFT else task.by.pk
