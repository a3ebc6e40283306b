"""Forms of gates: one try, with the fields of its stage; the street's and the approver's word."""

from __future__ import annotations

from typing import Any

from django import forms

from communities.forms.editing import Versioned
from communities.forms.fields import HouseFields
from communities.forms.papers import ACCEPT
from communities.services.paper_files import ACCEPTED
from communities.services.papers import checked
from facilities.choices import PROMISING, GateOutcome, Stage
from facilities.forms.fields import SpaceForm, refuse_mobiles
from facilities.models import Gate
from facilities.rules.gates import NUMBERED

PROMISED = ("promised_work_m2", "promised_service_m2", "promised_property_m2")
FOUND = ("found_work_m2", "found_service_m2", "found_property_m2")
# the areas that a gate states; those of a handover are the sums of its list
AREAS = {
    **dict.fromkeys(PROMISING, PROMISED),
    Stage.ACCEPTANCE: FOUND,
    Stage.TITLE: FOUND,
}
# who handles a gate
DEPARTMENTS = {
    Stage.PLANNING_CONDITION: "自然资源和规划部门",
    Stage.LAND_CONTRACT: "自然资源和规划部门",
    Stage.PLANNING_APPROVAL: "自然资源和规划部门",
    Stage.BUILDING: "住房和城乡建设部门",
    Stage.ACCEPTANCE: "住房和城乡建设部门",
    Stage.HANDOVER: "街道办事处",
    Stage.TITLE: "不动产登记机构",
    Stage.IN_USE: "街道办事处",
}
# documents that may have no number
UNNUMBERED = {Stage.HANDOVER: "移交协议编号", Stage.IN_USE: "文书编号"}
LABELS = {
    "found_work_m2": "登记工作用房（㎡）",
    "found_service_m2": "登记服务设施（㎡）",
    "found_property_m2": "登记物业服务用房（㎡）",
}


class GateForm(SpaceForm):
    """办理关口: one try; the instance says which project and stage."""

    blamed = "outcome"
    happened = ("decided_on",)

    outcome = forms.ChoiceField(
        label="结果", choices=GateOutcome.choices, initial=GateOutcome.PASSED.value,
        widget=forms.RadioSelect,
    )  # fmt: skip
    deed = forms.FileField(
        label="移交协议", required=False, allow_empty_file=True,
        widget=forms.FileInput({"accept": ACCEPT}),
        error_messages={"invalid": "没有收到文件，重新选择文件"},
    )  # fmt: skip

    class Meta:
        model = Gate
        fields = ("department", "doc_no", "decided_on", *PROMISED, *FOUND, "note", "exception")
        widgets = {"note": forms.Textarea, "exception": forms.Textarea}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        stage = Stage(self.instance.stage)
        wanted = AREAS.get(stage, ())
        for name in {*PROMISED, *FOUND} - {*wanted}:
            del self.fields[name]
        if stage == Stage.TITLE:
            for name, label in LABELS.items():
                self.fields[name].label = label
        if stage != Stage.HANDOVER:
            del self.fields["deed"]
        else:
            self.fields["deed"].help_text = f"双方盖章的扫描件，{ACCEPTED}。项目里已有的不用再传"
        self.initial["department"] = DEPARTMENTS[stage]
        self.fields["doc_no"].label = (NUMBERED | UNNUMBERED)[stage]
        if stage in NUMBERED:
            self.fields["doc_no"].help_text = "通过的填写"
        self.fields["note"].help_text = "未通过的写明原因"
        self.fields["exception"].help_text = "申请例外通过的写明，由区、市批准"
        if stage in (Stage.BUILDING, Stage.IN_USE):
            del self.fields["exception"]
            chosen = [one for one in GateOutcome.choices if one[0] != GateOutcome.EXCEPTION]
            outcome: Any = self.fields["outcome"]
            outcome.choices = chosen
        self.groups = (
            ("文书", ("department", "doc_no", "decided_on")),
            *((("面积", wanted),) if wanted else ()),
            ("结果", ("deed", "outcome", "note", "exception")),
        )

    def clean_deed(self):
        file = self.cleaned_data.get("deed")
        return checked(file) if file else None


class GateStepForm(Versioned, HouseFields, forms.Form):
    """The word of the street on an acceptance, or of an approver on an exception."""

    agreed = forms.ChoiceField(
        label="意见", choices=[("yes", "同意"), ("no", "不同意")], required=False
    )
    words = forms.CharField(label="意见", max_length=300, required=False)

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = record.version
        refuse_mobiles(self.fields)
