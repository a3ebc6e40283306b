"""Election: how a community chose its committee; ElectionRound: a 换届 across streets."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accounts.history import tracked
from accounts.models import User
from communities.models import Community
from communities.querysets import PublishedQuerySet, ScopedQuerySet
from staffing.choices import ElectionKind, ElectionMode, ElectionState, PayChannel, Post
from staffing.models.persons import Person


@tracked()
class ElectionRound(models.Model):
    """换届: the elections that an office has its communities hold, until a day."""

    code = models.CharField("部署单位区划代码", max_length=6, db_collation="C", editable=False)
    title = models.CharField("名称", max_length=60, help_text="如：第八届社区居委会换届")
    opens_on = models.DateField("开始日期")
    closes_on = models.DateField("完成期限")
    closed_at = models.DateTimeField("结束时间", null=True, blank=True, editable=False)
    # streets that lag are reminded once a day at most
    reminded_at = models.DateTimeField("最近催办", null=True, blank=True, editable=False)
    doc_no = models.CharField("文号", max_length=64, blank=True)
    note = models.CharField("说明", max_length=500, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, verbose_name="部署人", related_name="+")
    made_at = models.DateTimeField("建立时间")
    is_demo = models.BooleanField("演示数据", default=False, editable=False)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = "换届"
        verbose_name_plural = "换届"
        ordering = ["-opens_on", "code", "-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("closes_on")),
                name="electionround_opens_before_it_closes",
                violation_error_message="完成期限早于开始日期。改其中一个日期",
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^([0-9]{4}|[0-9]{6})$"), name="electionround_code_shape"
            ),
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class Election(models.Model):
    """选举: the election of one community's committee, from its preparation to its result."""

    community = models.ForeignKey(
        Community, models.PROTECT, verbose_name="社区", related_name="elections"
    )
    code = models.CharField("社区代码", max_length=12, db_collation="C", editable=False)
    round = models.ForeignKey(
        ElectionRound, models.PROTECT, verbose_name="换届", null=True, blank=True,
        related_name="elections",
    )  # fmt: skip
    state = models.CharField(
        "进度", max_length=10, choices=ElectionState.choices, default=ElectionState.PLANNED
    )
    # a by-election fills seats of the running term and starts none
    kind = models.CharField(
        "选举类别", max_length=4, choices=ElectionKind.choices, default=ElectionKind.TERM
    )
    mode = models.CharField("选举方式", max_length=15, choices=ElectionMode.choices, blank=True)
    # the days of the steps, in the order of ElectionState
    committee_on = models.DateField("推选选举委员会日期", null=True, blank=True)
    registered_on = models.DateField("选民登记完成日期", null=True, blank=True)
    nominated_on = models.DateField("提名候选人日期", null=True, blank=True)
    held_on = models.DateField("投票日期", null=True, blank=True)
    announced_on = models.DateField("公布结果日期", null=True, blank=True)
    voided_on = models.DateField("终止日期", null=True, blank=True)
    void_reason = models.CharField("未成原因", max_length=300, blank=True)
    seats = models.PositiveSmallIntegerField("应选人数", null=True, blank=True)
    # voters, representatives of households or of residents, by the mode
    electorate = models.PositiveIntegerField("应投票人数", null=True, blank=True)
    voted = models.PositiveIntegerField("实际投票人数", null=True, blank=True)
    valid_votes = models.PositiveIntegerField("有效票", null=True, blank=True)
    term_from = models.DateField("任期自", null=True, blank=True)
    # half-open, by the clause in force on the first day of the term
    term_until = models.DateField("任期到", null=True, blank=True)
    term_clause = models.CharField("任期条款", max_length=40, blank=True, editable=False)
    doc_no = models.CharField("结果报告文号", max_length=64, blank=True)
    note = models.CharField("说明", max_length=500, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, verbose_name="登记人", related_name="+")
    made_at = models.DateTimeField("登记时间")
    is_demo = models.BooleanField("演示数据", default=False, editable=False)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "选举"
        verbose_name_plural = "选举"
        ordering = ["-held_on", "code", "-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(voted__isnull=True)
                | Q(electorate__isnull=True)
                | Q(voted__lte=F("electorate")),
                name="election_voted_within_electorate",
                violation_error_message="实际投票人数多于应投票人数。改其中一个",
            ),
            models.CheckConstraint(
                condition=Q(valid_votes__isnull=True)
                | Q(voted__isnull=True)
                | Q(valid_votes__lte=F("voted")),
                name="election_valid_within_voted",
                violation_error_message="有效票多于实际投票人数。改其中一个",
            ),
            models.CheckConstraint(
                condition=~Q(state=ElectionState.DONE)
                | Q(held_on__isnull=False, term_from__isnull=False) & ~Q(mode=""),
                name="election_done_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state=ElectionState.VOID)
                | Q(voided_on__isnull=False) & ~Q(void_reason=""),
                name="election_void_whole",
            ),
            models.CheckConstraint(
                condition=Q(kind=ElectionKind.TERM) | Q(round__isnull=True),
                name="election_by_election_outside_rounds",
            ),
            models.UniqueConstraint(
                fields=["round", "community"],
                condition=~Q(state=ElectionState.VOID),
                name="election_once_a_round",
                violation_error_message="这个社区在本次换届里已经有选举。打开已有的",
            ),
        ]
        indexes = [models.Index(fields=["code", "-held_on"], name="election_code_held")]

    def __str__(self) -> str:
        return f"{self.code} {self.held_on or self.get_state_display()}"


@tracked()
class Candidate(models.Model):
    """候选人: a person who stood in an election, with the votes and whether elected."""

    election = models.ForeignKey(
        Election, models.PROTECT, verbose_name="选举", related_name="candidates"
    )
    community = models.ForeignKey(Community, models.PROTECT, verbose_name="社区", related_name="+")
    code = models.CharField("社区代码", max_length=12, db_collation="C", editable=False)
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="人员", related_name="candidacies"
    )
    post = models.CharField("竞选职务", max_length=18, choices=Post.choices)
    votes = models.PositiveIntegerField("得票", null=True, blank=True)
    elected = models.BooleanField("当选", null=True, blank=True)
    # what the appointment takes over when the candidate is elected
    lives_here = models.BooleanField("居住在本社区", null=True, blank=True)
    pay_channel = models.CharField(
        "报酬渠道", max_length=11, choices=PayChannel.choices, default=PayChannel.FUNDED
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "候选人"
        verbose_name_plural = "候选人"
        ordering = ["election_id", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["election", "person", "post"],
                name="candidate_once",
                violation_error_message="这个人已经是这个职务的候选人",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
