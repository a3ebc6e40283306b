"""Forms of index series: what is looked at, one figure, and many at once by paste or file."""

import csv
import io
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from collection.services.sheet_tables import FileError, letters
from collection.services.sheet_texts import read_csv, read_paste
from collection.services.sheet_workbooks import read_workbook
from collection.services.sheets import OTHER_FILES
from communities import typed
from communities.forms.editing import Keyed
from communities.forms.fields import HouseFields, TypedForm
from policy.engine.catalogue import catalogue
from policy.models import IndexValue

UPLOAD_LIMIT = 1024 * 1024
MOST_ROWS = 20_000
# the heading row is among the first of a file, below a title
LOOKED = 10
SERIES_COLUMNS, VALUE_COLUMNS = {"序列", "指数", "series"}, {"数值", "value"}
REASON = "变动说明"


def read_value(text: str) -> str:
    """A typed figure as plain digits; a rate may carry its sign: 3.5%."""
    return typed.number(text.strip().rstrip("%％"))


class FigureForm(Keyed, HouseFields, forms.ModelForm):
    """One figure of a division, a series and a year; `seen` is what it said when it was opened."""

    readers = {"value": read_value}

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    division_code = forms.ChoiceField(label="地方", required=False)
    reason = forms.CharField(
        label=REASON,
        max_length=200,
        required=False,
        help_text="与上年或上级相差较大时填写，记入修改记录",
    )

    class Meta:
        model = IndexValue
        fields = ["division_code", "series", "year", "value", "unit", "source", "document"]
        help_texts = {"unit": "不填按常用单位", "document": "如：第35页；可不填"}

    def __init__(self, *args, places, seen="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = seen
        if self.instance.pk:
            for name in ("division_code", "series", "year"):
                del self.fields[name]
        else:
            chosen: Any = self.fields["division_code"]
            chosen.choices = [(one.code, one.name) for one in places]
        kind = catalogue().series.get(self.instance.series or self.initial.get("series", ""))
        if kind:
            self.fields["unit"].help_text = f"可用：{'、'.join(_units(kind))}；不填为{kind.unit}"

    def _post_clean(self):
        # the service checks the figure as a whole, and says so at the fields
        self.instance = forms.models.construct_instance(
            self, self.instance, self._meta.fields, self._meta.exclude
        )


def _units(kind) -> list[str]:
    """The units of a series that people write: those with a Chinese sign."""
    return [unit for unit in kind.units if unit and not unit.replace("/", "").isascii()] or [
        kind.unit
    ]


class FiguresForm(Keyed, TypedForm):
    """A pasted block or a file of figures, looked at before it is taken."""

    file = forms.FileField(
        label="选择文件",
        required=False,
        help_text="xlsx或CSV，不超过1MB",
        error_messages={"empty": "文件是空的。选择有内容的文件"},
        widget=forms.FileInput({"accept": ".xlsx,.csv,text/csv"}),
    )
    block = forms.CharField(
        label="或粘贴表格",
        required=False,
        strip=False,
        widget=forms.Textarea,
        help_text="从Excel复制，包含表头：区划代码、序列、年度、数值、单位、来源、文件",
    )
    reason = forms.CharField(
        label=REASON,
        max_length=200,
        required=False,
        help_text="与上年或上级相差较大的数属实时填写，记入修改记录",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # a block of lines: the house's reader of texts would take tabs for slips
        block: Any = self.fields["block"]
        block.to_python = forms.CharField(strip=False, required=False).to_python

    def clean(self):
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        if file:
            try:
                cleaned["rows"] = read_file(file)
            except ValueError as error:
                self.add_error("file", str(error))
        elif (cleaned.get("block") or "").strip():
            try:
                cleaned["rows"] = read_block(cleaned["block"])
            except ValueError as error:
                self.add_error("block", str(error))
        elif not self.errors:
            self.add_error("block", "粘贴表格或选择文件。复制时包含表头")
        return cleaned


def read_file(file) -> list[list[str]]:
    """The rows of a workbook or a CSV file as texts. Raises ValueError with words for the user."""
    if file.size > UPLOAD_LIMIT:
        raise ValueError(f"文件有{file.size / 1024 / 1024:.1f}MB。分成几个不超过1MB的文件")
    content = file.read()
    for start, message in OTHER_FILES:
        if content.startswith(start):
            raise ValueError(message)
    read = read_workbook if content.startswith(b"PK") else read_csv
    return rows_of(lambda: read(content, MOST_ROWS))


def read_block(text: str) -> list[list[str]]:
    """The rows of a pasted block. Raises ValueError with words for the user."""
    return rows_of(lambda: read_paste(text, MOST_ROWS))


def rows_of(read) -> list[list[str]]:
    """The rows of a table from its headings on, values as plain digits where they can be read."""
    try:
        table = read()
    except FileError as error:
        raise ValueError(str(error)) from error
    for (number, column), said in sorted(table.problems.items()):
        raise ValueError(f"{letters(column)}{number}：{said}")
    rows = [row for row in table.rows if any(row)]
    top = next(
        (place for place, row in enumerate(rows[:LOOKED]) if SERIES_COLUMNS & {*_names(row)}), 0
    )
    return cleaned_rows(rows[top:])


def _names(row) -> list[str]:
    return [cell.strip().lower() for cell in row]


def cleaned_rows(rows) -> list[list[str]]:
    """Rows whose values are plain digits where they can be read; what cannot is left as it is."""
    head = _names(rows[0]) if rows else []
    place = next((place for place, name in enumerate(head) if name in VALUE_COLUMNS), None)
    return [
        [_value(cell) if number and column == place else cell for column, cell in enumerate(row)]
        for number, row in enumerate(rows)
    ]


def _value(cell: str) -> str:
    try:
        return read_value(cell)
    except ValidationError:
        return cell


def as_block(rows) -> str:
    """Rows as a block that can be mended in place: cells parted by tabs."""
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(rows)
    return out.getvalue()
