"""Registers of premises: a row of which nothing is found can be taken, at the edges of a column."""

from collections.abc import Iterator
from typing import Any

import pytest

from accounts.models import User
from accounts.scope import scope
from collection.models import UploadRow
from facilities.choices import ACQUISITIONS
from facilities.models import Premises
from facilities.rules.premises_fields import FIELDS
from tests.facilities.premises_desk import ROW, paste, row, took
from tests.factories import make_community, make_estate

pytestmark = pytest.mark.django_db
EDGES = {
    "area": ("0", "0.01", "99999.99", "—"),
    "money": ("0", "0.01", "999999999999", "—"),
    "date": ("1949-10-01", "2026-07-10", "2199-12-31", "—"),
}
# the dated columns of which a contract is made, so that one of its cells may lack
CONTRACT = {"合同编号": "1", "合同签订日期": "2026-01-01", "合同总价": "1", "月租金": "1",
    "起租日": "2026-01-01", "到期日": "2026-12-31"}  # fmt: skip
FITTING = {"购买": ("合同编号", "合同签订日期", "合同总价"),
    "租赁": ("合同编号", "合同签订日期", "月租金", "起租日", "到期日")}  # fmt: skip


@pytest.fixture(autouse=True)
def world(clerk: User) -> Any:
    """A street with a community and its estate."""
    make_estate(make_community(), name="东昌花园")
    with scope("0"):
        yield


def rows(turn: int) -> Iterator[dict[str, str]]:
    """For each way of having premises and each column: rows with an edge of what it takes."""
    for _, way in ACQUISITIONS:
        base = ROW | {"取得方式": way, **{name: CONTRACT[name] for name in FITTING.get(way, ())}}
        for field in FIELDS.values():
            texts = ("字" * field.most, "—") if field.kind == "text" else ()
            edges = EDGES.get(field.kind, texts)
            for place in range(len(edges)):
                if field.name in ("premises_name", "estate"):
                    continue
                edge = edges[(place + turn) % len(edges)]
                name = f"{way}{field.label}{place}"
                yield row(**base | {"用房名称": name, field.label: edge, "变动说明": "更正"})


def test_row_without_findings_when_taken_is_never_refused(clerk: User) -> None:
    first = took(clerk, *rows(0))
    stored = Premises.objects.count()
    second = took(clerk, *rows(1))

    for upload in (first, second):
        kept = UploadRow.objects.filter(upload=upload)
        assert not kept.filter(state__in=("new", "changed")).exists()
        assert kept.filter(state="taken").count() > 200
    assert Premises.objects.count() > stored > 200


def test_row_taken_when_uploaded_again_changes_nothing(clerk: User) -> None:
    took(clerk, *rows(0))
    held = {*Premises.objects.values_list("name", flat=True)}

    again = paste(clerk, *(one for one in rows(0) if one["用房名称"] in held))

    assert {*UploadRow.objects.filter(upload=again).values_list("state", flat=True)} == {
        "unchanged"
    }
