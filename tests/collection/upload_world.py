"""Rows that clerks paste, and what a browser does with them."""

from typing import Any

from django.http import HttpResponse
from django.test import Client

from accounts.scope import scope
from communities.models import AnnualFacts
from tests.collection.form_world import YEAR

HEAD = (
    "社区代码", "社区", "常住户数（户）", "当年新管户数", "常住人口", "用房取得方式",
    "用房建筑面积", "居委会成员在岗", "备案社区社会组织", "我的备忘",
)  # fmt: skip
GOOD = ("371502001001", "古城社区", "2,900", 66, 7100, "整合调剂", 128, 7, 3, "x")
SLIP = ("371502001002", "湖南社区", "四千一百", 66, 7100, "整合调剂", 128, 7, 3, "y")
UNLIKELY = ("371502001002", "湖南社区", 3900, 66, 7100, "整合调剂", 128, 7, 3, "y")


def block(*rows: Any) -> str:
    return "\n".join("\t".join(str(cell) for cell in row) for row in (HEAD, *rows))


def paste(client: Client, *rows: Any, **more: Any) -> HttpResponse:
    return client.post("/imports/new/", {"year": YEAR, "text": block(*rows), **more})


def page_of(client: Client, *rows: Any) -> str:
    """Paste rows and return the address of the preview."""
    answer = paste(client, *rows)
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def stored() -> dict[str, int | None]:
    with scope("0"):
        rows = AnnualFacts.objects.filter(year=YEAR)
        return dict(rows.values_list("code", "households_resident"))
