"""Judges the rows of a course's list: who is meant, and what the row says that is not recorded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from collection.choices import RowState
from collection.models import UploadRow
from collection.rules.findings import WRONG
from collection.rules.reading import CellError
from collection.rules.upload_shapes import CODE, NAME
from collection.services.cell_reading import Finding
from collection.services.matching import plain_code
from collection.services.upload_kinds import Judged, Line, Task, text_in
from collection.services.upload_rows import lines_of
from collection.services.upload_subjects import Named, Subject, find_subjects, plain
from staffing.models import Appointment, Attendance, Course, Person
from staffing.rules.attendance_fields import FIELDS, read, written
from staffing.services.sealing import NO_IDENTITY, Identity, identity_in

PURPOSE = "在花名册里登记"


class Said(NamedTuple):
    """What is recorded of a person: came or not, hours, number of the certificate."""

    attended: bool | None
    hours: int | None
    certificate_no: str | None


class AttendanceJudge:
    """Judges rows of one task. A fixed number of queries for all rows of a call of `subjects`."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.at = {name: place for place, name in enumerate(task.names) if name}
        self.course = Course.objects.filter(pk=task.upload.options.get("course") or 0).first()
        self.persons: dict[int, Person] = {}
        self.marks: dict[int, Said | None] = {}
        self.found: dict[int, list[Finding]] = {}
        self.codes: dict[int, str] = {}
        self.listed: dict[int, Attendance] = {}
        self.numbers: dict[str, set[int]] = defaultdict(set)

    def subjects(self, lines: Sequence[Line]) -> Sequence[int | None]:
        """The person's key of each row, None where it is not known who is meant."""
        named = [Named(plain_code(self._text(one, CODE)), plain(self._text(one, NAME)))
            for one in lines]  # fmt: skip
        places = find_subjects(self.task.by, named, self.task.on, purpose=PURPOSE)
        held = _Posts(self.task, [self._name(one) for one in lines],
            [self._identity(one).hmac for one in lines])  # fmt: skip
        for line, name, place in zip(lines, named, places, strict=True):
            self.found[line.number] = []
            given = bool(name.code or name.name)
            person, said = held.find(self._name(line), self._identity(line), place, given=given)
            if person is None:
                self.found[line.number].append(said)
            else:
                self.persons[line.number] = person
                self.codes[line.number] = held.code_of(person)
        keys = [one.pk for one in self.persons.values()]
        rows = Attendance.objects.filter(course=self.course)
        self.listed = {one.person_id: one for one in rows.filter(person__in=keys)}
        self._certificates(lines)
        return [
            self.persons[one.number].pk if one.number in self.persons else None for one in lines
        ]

    def _certificates(self, lines: Sequence[Line]) -> None:
        """Whose certificates bear each number, in the course and in the file."""
        known = Attendance.objects.filter(course=self.course).exclude(certificate_no="")
        self.numbers = defaultdict(set)
        for number, person in known.values_list("certificate_no", "person_id"):
            self.numbers[number].add(person)
        beside = UploadRow.objects.filter(upload=self.task.upload).exists()
        for line in (*(lines_of(self.task.upload) if beside else ()), *lines):
            if (text := self._text(line, "certificate_no")) and line.number in self.persons:
                self.numbers[text.strip()].add(self.persons[line.number].pk)

    def _text(self, line: Line, name: str) -> str:
        place = self.at.get(name)
        return text_in(line.cells[place]) if place is not None and place < len(line.cells) else ""

    def _name(self, line: Line) -> str:
        return "".join(self._text(line, "person_name").split())

    def _identity(self, line: Line) -> Identity:
        place = self.at.get("identity_number")
        if place is None or place >= len(line.cells):
            return NO_IDENTITY
        return identity_in(line.cells[place])

    def judge(
        self, lines: Sequence[Line], repeated: Mapping[int, Sequence[int]]
    ) -> Iterator[Judged]:
        """What each row says; `subjects` was asked before. `repeated`: rows by person's key."""
        for line in lines:
            person = self.persons.get(line.number)
            findings = list(self.found[line.number])
            same = {*repeated.get(person.pk, ())} - {line.number} if person else set()
            if same:
                rows = "、".join(map(str, sorted(same)[:5]))
                findings.append(("", WRONG, f"和第{rows}行是同一个人。留一行，其余删去"))
            values = self._values(line, findings)
            held = self.listed.get(person.pk) if person else None
            mark = self.marks[line.number] = self._mark(values, held, findings)
            before = _before(mark, held)
            yield Judged(
                number=line.number,
                subject=self.codes.get(line.number, "") or self._text(line, CODE)[:40],
                name=self._name(line)[:100],
                subject_key=person.pk if person else None,
                cells=line.cells,
                before=before,
                reasons=line.reasons,
                findings=findings,
                state=_state(findings, held, before),
                version=held.version if held else 0,
            )

    def _values(self, line: Line, findings: list[Finding]) -> dict[str, Any]:
        values = {}
        for name, place in self.at.items():
            cell = line.cells[place] if name in FIELDS and place < len(line.cells) else None
            if not cell:
                continue
            if isinstance(cell, list) and cell[1]:
                findings.append((name, WRONG, cell[1]))
            elif name not in ("identity_number", "person_name"):
                try:
                    values[name] = read(name, text_in(cell))
                except CellError as error:
                    findings.append((name, WRONG, str(error)))
        return values

    def _mark(
        self, values: Mapping[str, Any], held: Attendance | None, findings: list[Finding]
    ) -> Said | None:
        """What the row says beside that somebody is on the list; None: nothing."""
        hours, number = values.get("hours"), values.get("certificate_no")
        attended = values.get("attended", held.attended if held else None)
        if attended is None and (hours or number):
            attended = True  # who has hours came
        if attended is None and not values:
            return None
        course = self.course
        if attended is not None and course and self.task.on < course.starts_on:
            findings.append(("attended", WRONG, f"培训{course.starts_on}开始，开始以后再登记参训"))
        if hours is not None and course and not (attended and 0 < hours <= course.hours):
            findings.append(("hours", WRONG, f"参加的填1~{course.hours}学时，没有参加的空着"))
        if number and attended is False:
            findings.append(("certificate_no", WRONG, "没有参加，没有证书。清空，或改为参加"))
        if number and len(self.numbers[number]) > 1:
            findings.append(("certificate_no", WRONG, f"证书{number}也是别人的。核对编号"))
        if held is not None and attended and hours is None:
            hours = held.hours
        if not attended:
            return Said(attended, None, "" if attended is False else None)
        return Said(attended, hours or (course.hours if course else None), number)


class _Posts:
    """Who of a scope is in post on a day: by identity number, and by name with the community."""

    def __init__(self, task: Task, names: Sequence[str], numbers: Sequence[str]) -> None:
        held = Appointment.objects.for_user(task.by).as_of(task.on).select_related("person")
        numbers_ = {one for one in numbers if one}
        self.by_name: dict[str, dict[int, Person]] = defaultdict(dict)
        self.by_hmac: dict[str, dict[int, Person]] = defaultdict(dict)
        self.places: dict[int, list[tuple[int, str]]] = defaultdict(list)
        named = held.filter(person__name__in={one for one in names if one})
        numbered = held.filter(person__identity_hmac__in=numbers_)
        for one in (named | numbered).order_by("code", "pk"):
            self.by_name[one.person.name][one.person_id] = one.person
            if one.person.identity_hmac:
                self.by_hmac[one.person.identity_hmac][one.person_id] = one.person
            self.places[one.person_id].append((one.community_id, one.code))

    def code_of(self, person: Person) -> str:
        return self.places[person.pk][0][1]

    def find(
        self, name: str, identity: Identity, place: Subject, *, given: bool
    ) -> tuple[Person | None, Finding]:
        """The person of a row, or what is wrong with how it is named."""
        if not name:
            return None, ("person_name", WRONG, "没有写姓名")
        if identity.hmac:
            found = [one for one in self.by_hmac[identity.hmac].values() if one.name == name]
        else:
            found = list(self.by_name[name].values())
            if identity.mask:
                found = [one for one in found if one.identity_mask == identity.mask]
        if given and place.key is None:
            return None, ("", WRONG, place.problem)
        here = [one for one in found if any(key == place.key for key, _ in self.places[one.pk])]
        found = here if given else found
        if len(found) == 1 or (found and identity.hmac):
            return found[0], ("", "", "")
        if found:
            said = f"在岗的有{len(found)}个{name}。写明社区，或填写身份证号"
            return None, ("person_name", WRONG, said)
        return None, ("person_name", WRONG, f"花名册里没有在岗的{name}。核对姓名和社区")


def _before(mark: Said | None, held: Attendance | None) -> dict[str, str]:
    """What is recorded now where the row says otherwise; a number that is not given stays."""
    if held is None or mark is None:
        return {}
    now = Said(held.attended, held.hours, held.certificate_no)
    said = mark if mark.certificate_no is not None else mark._replace(certificate_no=now[2])
    return {
        name: written(name, old)
        for name, old, new in zip(Said._fields, now, said, strict=True)
        if old != new
    }


def _state(findings: Sequence[Finding], held: Attendance | None, before: Mapping[str, str]) -> str:
    if any(grade == WRONG for _, grade, _ in findings):
        return RowState.WRONG
    if held is None:
        return RowState.NEW
    return RowState.CHANGED if before else RowState.UNCHANGED
