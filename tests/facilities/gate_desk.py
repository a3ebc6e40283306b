"""What tests of gates share: the day, a project, and what is sent to a gate."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from facilities.models import BuilderDefault, Project
from tests.factories import make_community
from tests.paper_samples import pdf
from tests.space_factories import (
    AT,
    make_item,
    make_project,
)
from tests.world import load_texts


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel("2026-11-02 02:00Z", tick=False):
        yield


@pytest.fixture
def project(clerk: User) -> Project:
    community = make_community()
    load_texts()
    return make_project(community=community, made_by=clerk)


def tried(client: Client, project: Project, stage: str, **more: Any) -> Any:
    values = {
        "department": "自然资源和规划局",
        "doc_no": "8号",
        "decided_on": "2026-11-02",
        "outcome": "passed",
    }
    return client.post(f"/projects/{project.pk}/gates/{stage}/", values | more)


def promised(work: str = "300", service: str = "900", rooms: str = "900") -> dict[str, str]:
    return {
        "promised_work_m2": work,
        "promised_service_m2": service,
        "promised_property_m2": rooms,
    }


def found(work: str = "300", service: str = "900", rooms: str = "900") -> dict[str, str]:
    return {"found_work_m2": work, "found_service_m2": service, "found_property_m2": rooms}


def opened_default(project: Project, kind: str = "sold") -> BuilderDefault:
    return BuilderDefault.objects.create(
        project=project,
        code=project.code,
        kind=kind,
        found_on=date(2026, 11, 1),
        facts="用房已出售",
        made_by=project.made_by,
        made_at=AT,
    )


def deed() -> SimpleUploadedFile:
    return SimpleUploadedFile("移交协议.pdf", pdf(), "application/pdf")


def handover_list(project: Project) -> None:
    for use, area in (("work", "300"), ("hall", "600"), ("activity", "300"), ("property", "900")):
        make_item(project, use, area, usable_m2=Decimal(area) / 2)
