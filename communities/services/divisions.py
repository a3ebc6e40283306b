"""Import of divisions and communities from a file: preview, then one transaction."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from accounts.scope import WHOLE_COUNTRY, contains
from communities.choices import LEVEL_OF_LENGTH
from communities.models import Community, Division, FormerDesignation
from communities.querysets import not_ended
from communities.services.bulk import analyse_after, insert_staged, stage, update_staged
from communities.services.names import NAME_COLUMNS, described
from communities.services.rows import DivisionRow, RowError, read_rows

# What a file of codes and names does not say: empty until somebody registers it.
UNSAID: dict[str, object] = {
    "area_kind": "",
    "kind": "",
    "urban_rural_class": "",
    "credit_code": "",
    "boundary_east": "",
    "boundary_south": "",
    "boundary_west": "",
    "boundary_north": "",
    "set_up_doc_no": "",
    "address": "",
    "tags": [],
    "remarks": "",
    "version": 1,
    "is_demo": False,
}
COMMUNITY_COLUMNS = ("code", *NAME_COLUMNS, *UNSAID, "valid_from", "valid_until")
DIVISION_COLUMNS = ("code", "name", "level", "street_tier", "valid_from", "valid_until")


@dataclass(frozen=True)
class NameChange:
    """A code that is there already under another name."""

    row: DivisionRow
    before: str


@dataclass
class ImportPreview:
    """What an import would do: rows to add, names to change, rows as they are, mistakes.

    `ended` are rows whose code has ended, or begins later; `decided` those whose present name a
    change act gave: both stay as they are.
    """

    new: list[DivisionRow] = field(default_factory=list)
    changed: list[NameChange] = field(default_factory=list)
    unchanged: int = 0
    ended: list[DivisionRow] = field(default_factory=list)
    decided: list[NameChange] = field(default_factory=list)
    wrong: list[RowError] = field(default_factory=list)

    @property
    def can_import(self) -> bool:
        """Say whether there is something to import and nothing wrong."""
        return not self.wrong and bool(self.new or self.changed)


def preview_divisions(
    text: str, *, on: date, within: str = WHOLE_COUNTRY, valid_from: date | None = None
) -> ImportPreview:
    """Return what importing a CSV text would change on a day; nothing is written.

    `within` is the scope of the person at work: rows outside it are mistakes. `valid_from` is the
    day from which new rows would hold; a code that another row holds then is not new.
    """
    rows, errors = read_rows(text)
    codes = {row.code for row in rows}
    present = names_on(on, codes)
    taken = codes_after(valid_from, codes) - present.keys()
    decided = decided_on(on, codes)
    preview = ImportPreview(wrong=errors)
    above = codes | present.keys()
    for row in rows:
        message = place_mistake(row, above, taken, within)
        before = present.get(row.code)
        if row.code in taken:
            preview.ended.append(row)
        elif before == row.name:
            preview.unchanged += 1
        elif message:
            preview.wrong.append(RowError(row.number, message))
        elif before is None:
            preview.new.append(row)
        elif row.code in decided:
            preview.decided.append(NameChange(row, before))
        else:
            preview.changed.append(NameChange(row, before))
    preview.wrong.sort(key=lambda error: error.number)
    return preview


def cities(codes: Iterable[str]) -> list[str]:
    """Return the cities in which the communities among the codes lie."""
    return sorted({code[:4] for code in codes if len(code) == 12})


def codes_after(day: date | None, codes: Iterable[str]) -> set[str]:
    """Return which of the codes are held on some day from `day` on, None meaning ever.

    A code that a community had formerly is held until the day it was changed.
    """
    held = Q() if day is None else not_ended(day)
    found = set(Division.objects.filter(held).values_list("code", flat=True))
    for city in cities(codes):
        for model in (Community, FormerDesignation):
            rows = model.objects.under(city).filter(held)
            found.update(rows.values_list("code", flat=True))
    return found.intersection(codes)


def decided_on(on: date, codes: Iterable[str]) -> set[str]:
    """Return the codes whose holder on a day was renamed or got the code by a change act."""
    before = Division.objects.filter(code=OuterRef("code"), valid_until=OuterRef("valid_from"))
    found = set(Division.objects.as_of(on).filter(Exists(before)).values_list("code", flat=True))
    for city in cities(codes):
        rows = Community.objects.as_of(on).under(city).filter(designated_from__isnull=False)
        found.update(rows.values_list("code", flat=True))
    return found


def names_on(on: date, codes: Iterable[str]) -> dict[str, str]:
    """Return the names on a day by code: all divisions, and the communities of the given cities."""
    names = dict(Division.objects.as_of(on).values_list("code", "name"))
    for city in cities(codes):
        names |= Community.objects.as_of(on).under(city).values_list("code", "name").iterator()
    return names


def place_mistake(row: DivisionRow, above: set[str], ended: set[str], within: str) -> str:
    """Return what is wrong with where a row stands, or ''."""
    if not contains(within, row.code):
        return f"代码{row.code}不在你的辖区{within}内。删去这一行，或由上级导入"
    parent = parent_code(row.code)
    if parent in ended:
        return f"上级{parent}已停用。改成现在的上级的代码，或删去这一行"
    if parent and parent not in above:
        return f"上级{parent}不在文件里，库里也没有。先导入上级，或改正代码{row.code}"
    return ""


def parent_code(code: str) -> str:
    """Return the code of the next level up, '' above a province."""
    lengths = (0, 2, 4, 6, 9, 12)
    return code[: lengths[lengths.index(len(code)) - 1]]


@transaction.atomic
def import_divisions(
    text: str, *, on: date, within: str = WHOLE_COUNTRY, valid_from: date | None = None
) -> ImportPreview:
    """Add the new rows of a CSV text and change the names that differ; return what was done.

    All or nothing: with a mistake in any row nothing is written. Running it again changes nothing.
    `valid_from` is the day from which new rows hold, None for “before our records”.
    """
    preview = preview_divisions(text, on=on, within=within, valid_from=valid_from)
    if not preview.can_import:
        return preview
    divisions = [row for row in preview.new if len(row.code) < 12]
    stage(Division, DIVISION_COLUMNS, division_rows(divisions, valid_from))
    insert_staged(Division, DIVISION_COLUMNS)
    communities = [row for row in preview.new if len(row.code) == 12]
    stage(Community, COMMUNITY_COLUMNS, community_rows(communities, valid_from))
    insert_staged(Community, COMMUNITY_COLUMNS)
    rename([change.row for change in preview.changed], on=on)
    analyse_after(len(preview.new))
    return preview


def division_rows(
    rows: Iterable[DivisionRow], valid_from: date | None
) -> Iterator[tuple[object, ...]]:
    """Return the columns of new divisions."""
    for row in rows:
        yield row.code, row.name, LEVEL_OF_LENGTH[len(row.code)].value, "", valid_from, None


def community_rows(
    rows: Iterable[DivisionRow], valid_from: date | None
) -> Iterator[tuple[object, ...]]:
    """Return the columns of new communities."""
    for row in rows:
        yield row.code, *described(row.name), *UNSAID.values(), valid_from, None


def rename(rows: list[DivisionRow], *, on: date) -> None:
    """Correct the names of the divisions and communities of a day.

    A correction leaves no former name: past years show the corrected one too, as far back as the
    present designation holds. A change of name is a change act.
    """
    named = {row.code: row.name for row in rows}
    divisions = list(Division.objects.as_of(on).filter(code__in=named))
    for division in divisions:
        division.name = named[division.code]
    Division.objects.bulk_update(divisions, ["name"])
    keys = Community.objects.as_of(on).filter(code__in=named).values_list("pk", "code")
    stage(Community, ("id", *NAME_COLUMNS), ((pk, *described(named[code])) for pk, code in keys))
    update_staged(Community, NAME_COLUMNS, key=("id",))
