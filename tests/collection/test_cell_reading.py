"""The fast way to read plain figures gives what the rules give."""

import pytest

from collection.rules.fields import FIELDS, Field
from collection.rules.reading import CellError, read
from collection.services.cell_reading import plain_figure

TEXTS = ("0", "007", "12", "3000", "3000.0", "3000.5", "128.50", "128.505", "1e3", "-1", "１２",
    "²", "٣", "1,000", " 5", "5户", "", "—", "000000000012", "1234567890123")  # fmt: skip


def known(field: Field, text: str) -> object:
    try:
        return read(field, text)
    except CellError:
        return CellError


@pytest.mark.parametrize("field", FIELDS.values(), ids=lambda field: field.name)
def test_plain_figure_is_what_the_rules_read_or_left_to_them(field: Field) -> None:
    for text in (*TEXTS, str(field.most), str(field.most + 1), f"{field.most}.01"):
        figure = plain_figure(field, text)
        assert figure is None or (figure, type(figure)) == (
            known(field, text), type(known(field, text)),
        ), text  # fmt: skip


def test_most_figures_of_a_file_are_plain() -> None:
    assert plain_figure(FIELDS["grids"], "12") == 12
    assert str(plain_figure(FIELDS["premises_area_m2"], "128.5")) == "128.5"
