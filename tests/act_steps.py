"""Change acts on their way for tests: drafted and submitted, by service or by page."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from accounts.scope import scope
from communities.models import ActStep, ChangeAct, Community
from communities.services import acts
from communities.services.decisions import Decision
from communities.services.plans import Plan
from tests.change_acts import goes_on, make_plan
from tests.paper_samples import pdf

AT = datetime(2026, 11, 21, 1, tzinfo=UTC)
TODAY = date(2026, 11, 21)
DOC_NO = "东政字〔2026〕8号"
ACTS = "/communities/acts/"


def rename(community: Community, name: str = "古城东社区居委会") -> Plan:
    return make_plan([community], [goes_on(community, name=name)])


def drafted(by: User, plan: Plan, kind: str = "rename", **more: Any) -> ChangeAct:
    values = {"title": "古城社区更名", "reason": "名称和地名规划不一致"}
    with scope(by.scope):
        return acts.propose(by=by, at=AT, kind=kind, plan=plan, **(values | more))


def submitted(by: User, act: ChangeAct) -> ChangeAct:
    with scope(by.scope):
        return acts.submit(act=act, by=by, at=AT, on=TODAY, version=act.version)


def passed(by: User, act: ChangeAct) -> ChangeAct:
    with scope(by.scope):
        return acts.pass_act(
            act=act, by=by, at=AT, on=TODAY, version=act.version, comment="情况属实"
        )


def decision(**overrides: Any) -> Decision:
    values = {
        "authority": "东昌府区人民政府",
        "doc_no": DOC_NO,
        "decided_on": date(2026, 11, 20),
        "effective_on": date(2026, 11, 21),
        "file": SimpleUploadedFile("批复.pdf", pdf()),
        "title": "关于古城社区更名的批复",
    }
    return Decision(**(values | overrides))


def decided(by: User, act: ChangeAct, **overrides: Any) -> ChangeAct:
    with scope(by.scope):
        return acts.decide(
            act=act, by=by, at=AT, on=TODAY, version=act.version, decision=decision(**overrides)
        )


def returned(by: User, act: ChangeAct, comment: str = "补四至图", **items: str) -> ChangeAct:
    with scope(by.scope):
        return acts.return_act(
            act=act, by=by, at=AT, version=act.version, comment=comment, items=items
        )


def steps_of(act: ChangeAct) -> list[tuple[int, str, str]]:
    return list(ActStep.objects.filter(act=act).values_list("round", "kind", "comment"))


def text(answer: HttpResponse, status: int = 200) -> str:
    assert answer.status_code == status
    return answer.content.decode()


def merge_form(*communities: Community, **overrides: str) -> dict[str, Any]:
    return {
        "key": str(uuid4()),
        "version": "0",
        "c": [str(one.pk) for one in communities],
        "successors": "s1",
        "s1-community": str(communities[0].pk),
        "s1-name": communities[0].name,
        "title": "",
        "reason": "规模过小",
        "do": "save",
    } | overrides


def propose_by_page(client: Client, *communities: Community, **overrides: str) -> ChangeAct:
    answer = client.post("/communities/acts/new/merge/", merge_form(*communities, **overrides))
    assert answer.status_code == 302
    return ChangeAct.objects.get(pk=int(answer["Location"].split("/")[3]))


def take(client: Client, act: ChangeAct, step: str, **data: Any) -> HttpResponse:
    """A step with the version that the person sees."""
    act.refresh_from_db()
    form = {"key": str(uuid4()), "version": str(act.version)} | data
    return client.post(f"/communities/acts/{act.pk}/{step}/", form)


def submit(client: Client, *communities: Community) -> ChangeAct:
    act = propose_by_page(client, *communities)
    assert take(client, act, "submit").status_code == 302
    return act


def decision_form(**overrides: Any) -> dict[str, Any]:
    return {
        "authority": "东昌府区人民政府",
        "doc_no": "东政字[２０２６] 8号",
        "decided_on": "2026-11-20",
        "effective_on": "2026-11-20",
        "title": "",
        "file": SimpleUploadedFile("批复.pdf", pdf()),
    } | overrides
