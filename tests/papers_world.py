"""What tests of papers share: an act that concerns communities, an upload as a form posts it."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from communities.models import ChangeAct, Community
from tests.paper_samples import pdf

GUCHENG, LIUYUAN = "371502001001", "371502002001"
AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
LIST, ADD = f"/communities/{GUCHENG}/papers/", f"/communities/{GUCHENG}/papers/add/"


def make_act(by: User, *communities: Community, **overrides: Any) -> ChangeAct:
    plan = {"communities": [one.pk for one in communities], "successors": []}
    values = {
        "kind": "abolish",
        "code": by.scope,
        "title": "撤销古城社区",
        "reason": "户数少",
        "plan": plan,
        "proposed_by": by,
        "proposed_at": AT,
    }
    return ChangeAct.objects.create(**(values | overrides))


def upload(client: Client, path: str = ADD, **values: Any) -> HttpResponse:
    given = {
        "key": str(uuid4()),
        "file": SimpleUploadedFile("批复.pdf", pdf()),
        "kind": "decision",
        "title": "设立批复",
        "doc_no": "东政字【2026】8号",
        "issued_on": "2026年3月1日",
    }
    return client.post(path, given | values)
