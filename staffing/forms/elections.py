"""Forms of elections: the election with the days of its steps, candidates, votes, void."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from communities.forms.editing import EditForm, Versioned
from communities.forms.fields import YES_NO, TypedForm, adopt
from staffing.choices import (
    COMMITTEE_POSTS,
    PayChannel,
    Post,
)
from staffing.forms.persons import PersonFields
from staffing.models import Candidate, Election
from staffing.selectors.elections import Nominee
from staffing.services.elections import Vote, step_of

POSTS = [(post.value, post.label) for post in COMMITTEE_POSTS]
STEP_DAYS = ("committee_on", "registered_on", "nominated_on")
OF_A_CANDIDATE = ("votes", "elected", "lives", "pay")
NARROW = {"votes": {"size": "7"}}
RESIDENCE = {"true": True, "false": False}


class ElectionForm(EditForm):
    """An election: its mode, its size, the days of the steps before the vote."""

    happened = STEP_DAYS
    groups = (
        ("选举", ("kind", "mode", "seats", "electorate")),
        ("各步日期", STEP_DAYS),
        ("说明", ("note",)),
    )

    class Meta:
        model = Election
        fields = ("kind", "mode", "seats", "electorate", *STEP_DAYS, "note")
        widgets = {"note": forms.Textarea}

    def __init__(self, *args: Any, in_round: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk or in_round:
            del self.fields["kind"]
        self.fields["electorate"].help_text = "直接选举是登记选民数，另两种是户代表或居民代表人数"
        self.fields["committee_on"].help_text = "做到哪一步填到哪一步，按顺序填"
        if not self.instance.pk:
            self.fields["seats"].help_text = "按现行文件的居委会成员人数填好，可以改"
        elif "change_reason" in self.fields:
            self.fields["change_reason"].label = "这一步的说明"
            self.fields["change_reason"].help_text = "如：居民会议推选，7人。记入办理记录，可不填"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("seats") == 0:
            self.add_error("seats", "应选0人，没有要选的。填至少1人")
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors:
            return
        try:
            self.instance.state = step_of(self.instance)
        except ValidationError as wrong:
            for name, said in wrong.message_dict.items():
                self.add_error(name if name in self.fields else None, said)


class CandidateForm(Versioned, TypedForm):
    """A candidate out of the roster: of the community's people, or by name in the street."""

    post = forms.ChoiceField(label="竞选职务", choices=POSTS)
    person = forms.ChoiceField(label="本社区人员", required=False)
    name = forms.CharField(
        label="或其他人员姓名",
        max_length=32,
        required=False,
        help_text="在本街道登记过的人员，写全名",
    )

    def __init__(self, *args: Any, people: list[Nominee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(people)
        self.fields["post"].initial = Post.MEMBER

    def offer(self, people: list[Nominee]) -> None:
        """Let one of these persons be chosen."""
        field: Any = self.fields["person"]
        field.choices = [("", "选择"), *((str(one.pk), one.label) for one in people)]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("person") and not cleaned.get("name"):
            self.add_error("person", "选择本社区人员，或写其他人员姓名")
        return cleaned


class NewCandidateForm(PersonFields, Versioned, TypedForm):
    """A candidate whose file is made together with the candidacy."""

    post = forms.ChoiceField(label="竞选职务", choices=POSTS, initial=Post.MEMBER)
    lives_here = forms.ChoiceField(label="居住在本社区", choices=YES_NO, required=False)

    @property
    def lives_there(self) -> bool | None:
        return RESIDENCE.get(self.cleaned_data["lives_here"])


class VotesForm(EditForm):
    """The figures of the vote and, for each candidate, votes, whether elected, residence, pay."""

    happened = ("held_on",)
    groups = (
        ("投票", ("held_on", "mode", "seats")),
        ("票数", ("electorate", "voted", "valid_votes")),
    )
    needed = ("held_on", "mode", "seats", "electorate", "voted")

    class Meta:
        model = Election
        fields = ("held_on", "mode", "seats", "electorate", "voted", "valid_votes")

    def __init__(self, *args: Any, candidates: list[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = candidates
        for name in self.needed:
            self.fields[name].required = True
        self.fields["valid_votes"].help_text = "不清楚可空着"
        self.fields["change_reason"].label = "票数的说明"
        self.fields["change_reason"].help_text = "记入办理记录，票数没有异常的可不填"
        for one in candidates:
            for name, field in self._fields_of(one):
                self.fields[f"{name}_{one.pk}"] = field
                adopt(field)
                if name != "elected":
                    field.widget.attrs |= {"class": "in", **NARROW.get(name, {})}

    def _fields_of(self, one: Candidate) -> list[tuple[str, forms.Field]]:
        said = {True: "true", False: "false"}
        return [
            ("votes", forms.IntegerField(
                label=f"{one.person.name}得票", min_value=0, max_value=9_999_999, required=False,
                initial=one.votes)),
            ("elected", forms.BooleanField(
                label=f"{one.person.name}当选", required=False, initial=one.elected)),
            ("lives", forms.ChoiceField(
                label=f"{one.person.name}居住在本社区", choices=YES_NO, required=False,
                initial=said.get(one.lives_here, "unknown"))),  # type: ignore[arg-type]
            ("pay", forms.ChoiceField(
                label=f"{one.person.name}报酬渠道", choices=PayChannel.choices,
                initial=one.pay_channel)),
        ]  # fmt: skip

    def rows(self) -> list[dict[str, Any]]:
        """The candidates with their fields, as the template draws them."""
        return [
            {
                "candidate": one,
                "fields": [self[f"{name}_{one.pk}"] for name in OF_A_CANDIDATE],
            }
            for one in self.candidates
        ]

    def figures(self) -> list[tuple[str, list[Any]]]:
        """The figures under their legends."""
        return [(legend, [self[name] for name in names]) for legend, names in self.groups]

    @property
    def votes(self) -> list[Vote]:
        """What was typed for each candidate."""
        data = self.cleaned_data
        return [
            Vote(
                one.pk,
                data[f"votes_{one.pk}"],
                bool(data[f"elected_{one.pk}"]),
                RESIDENCE.get(data[f"lives_{one.pk}"]),
                data[f"pay_{one.pk}"],
            )
            for one in self.candidates
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self._at_most("voted", "electorate")
        self._at_most("valid_votes", "voted")
        self._check_votes(cleaned)
        if not self.errors:
            self._check_elected(cleaned)
        day, nominated = cleaned.get("held_on"), self.instance.nominated_on
        if day and nominated and day < nominated:
            self.add_error("held_on", f"投票日期{day}早于提名候选人日期{nominated}。改其中一个日期")
        if not self.errors and not cleaned.get("change_reason"):
            self._ask_why(cleaned)
        return cleaned

    def _ask_why(self, cleaned: dict[str, Any]) -> None:
        """What is unlikely is not refused: whoever recorded it says why it is so."""
        doubts = []
        if 2 * cleaned["voted"] < cleaned["electorate"]:
            doubts.append(
                f"实际投票{cleaned['voted']:,}人，不到应投票{cleaned['electorate']:,}人的一半"
            )
        for one in self.candidates:
            doubts += self._overtaken(one, cleaned)
        if doubts:
            said = "；".join(doubts)
            self.add_error("change_reason", f"{said}。核对票数，确实如此的在这里写明原因")

    def _overtaken(self, one: Candidate, cleaned: dict[str, Any]) -> list[str]:
        """That a candidate is elected although somebody else got more votes for the same post."""
        votes = cleaned.get(f"votes_{one.pk}")
        if not cleaned.get(f"elected_{one.pk}") or votes is None:
            return []
        more = [
            (cleaned[f"votes_{other.pk}"], other)
            for other in self.candidates
            if other.post == one.post
            and not cleaned.get(f"elected_{other.pk}")
            and (cleaned.get(f"votes_{other.pk}") or 0) > votes
        ]
        return [
            f"{one.person.name}得票{votes:,}当选，{other.person.name}得票{count:,}没有当选"
            for count, other in more[:1]
        ]

    def _at_most(self, less: str, more: str) -> None:
        first, second = self.cleaned_data.get(less), self.cleaned_data.get(more)
        if first is None or second is None or first <= second:
            return
        labels = [str(self.fields[name].label) for name in (less, more)]
        self.add_error(less, f"{labels[0]}{first:,}多于{labels[1]}{second:,}。改其中一个")

    def _check_votes(self, cleaned: dict[str, Any]) -> None:
        """Nobody has more votes than there are valid ones."""
        limit, what = cleaned.get("valid_votes"), "有效票"
        if limit is None:
            limit, what = cleaned.get("voted"), "实际投票人数"
        for one in self.candidates:
            votes = cleaned.get(f"votes_{one.pk}")
            if votes is not None and limit is not None and votes > limit:
                said = f"{one.person.name}得票{votes:,}多于{what}{limit:,}。改其中一个"
                self.add_error(f"votes_{one.pk}", said)

    def _check_elected(self, cleaned: dict[str, Any]) -> None:
        """As many as there are seats at most, and nobody twice; one director."""
        elected = [one for one in self.candidates if cleaned.get(f"elected_{one.pk}")]
        people = {one.person_id for one in elected}
        if len(people) > cleaned["seats"]:
            said = f"当选{len(people)}人，多于应选{cleaned['seats']}人。改当选人，或改应选人数"
            self.add_error("seats", said)
        seen: set[int] = set()
        for one in elected:
            if one.person_id in seen:
                said = f"{one.person.name}同时当选两个职务。保留其中一个"
                self.add_error(f"elected_{one.pk}", said)
            seen.add(one.person_id)
        directors = [one for one in elected if one.post == Post.DIRECTOR]
        for one in directors[1:]:
            self.add_error(f"elected_{one.pk}", "居委会主任只有一人。保留其中一人")


class ReasonForm(Versioned, TypedForm):
    """Why a result is taken back."""

    reason = forms.CharField(label="撤回原因", max_length=200, widget=forms.Textarea)


class VoidForm(ReasonForm):
    """That an election came to no result."""

    happened = ("voided_on",)

    voided_on = forms.DateField(label="终止日期")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "未成原因"
        self.order_fields(["voided_on", "reason"])
