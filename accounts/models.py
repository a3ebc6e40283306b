"""Role, User and the access log."""

from datetime import timedelta
from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.auth import get_backends
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, Permission
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone

from accounts.choices import AccessAct, AccessResult
from accounts.history import tracked
from accounts.querysets import AccessLogQuerySet, MessageQuerySet, UserQuerySet
from accounts.typed import clean_username

SCOPE_PATTERN = r"^(0|[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$"
SCOPE_MESSAGE = "辖区代码“%(value)s”的位数不对。填2、4、6、9或12位区划代码，全国填0"
USERNAME_PATTERN = r"^[a-z][a-z0-9._-]{1,31}$"
USERNAME_MESSAGE = "用户名“%(value)s”不合规则。用2至32个小写字母、数字、点、横线，字母开头"


class Role(models.Model):
    """角色: a named set of permissions, and who may be given it."""

    key = models.SlugField("标识", primary_key=True, max_length=32)
    name = models.CharField("名称", max_length=32, unique=True)
    description = models.TextField("说明")
    order = models.PositiveSmallIntegerField("次序")
    permissions = models.ManyToManyField(Permission, verbose_name="权限", related_name="roles")
    scope_lengths = ArrayField(models.PositiveSmallIntegerField(), verbose_name="辖区代码位数")
    grants = models.ManyToManyField(
        "self", verbose_name="可授予的角色", symmetrical=False, related_name="granted_by"
    )

    class Meta:
        verbose_name = "角色"
        verbose_name_plural = "角色"
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.select_related("role").get(username=clean_username(username or ""))


@tracked(exclude=("password", "last_login"))
class User(AbstractBaseUser):
    """用户: one person of one office, with one role in one scope."""

    username = models.CharField(
        "用户名",
        max_length=32,
        unique=True,
        validators=[RegexValidator(USERNAME_PATTERN, USERNAME_MESSAGE)],
        error_messages={"unique": "这个用户名已经有人用了。换一个用户名"},
    )
    display_name = models.CharField("姓名", max_length=32)
    office = models.CharField("单位", max_length=64, help_text="如：古楼街道办事处")
    scope = models.CharField(
        "辖区代码",
        max_length=12,
        db_collation="C",
        validators=[RegexValidator(SCOPE_PATTERN, SCOPE_MESSAGE)],
        help_text="2、4、6、9或12位区划代码；全国填0",
    )
    role = models.ForeignKey(Role, models.PROTECT, verbose_name="角色", related_name="users")
    email = models.EmailField("电子邮箱", max_length=100, blank=True, help_text="接收提醒；可不填")
    is_active = models.BooleanField("启用", default=True, help_text="停用后立即不能登录")
    # Empty: set by somebody else, so the person changes it at the first login.
    password_changed_at = models.DateTimeField("密码修改时间", null=True, blank=True)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["display_name", "office", "scope", "role"]

    class Meta:
        verbose_name = "用户"
        verbose_name_plural = "用户"
        ordering = ["scope", "username"]
        permissions = [("use_admin", "可以进入后台管理")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(scope__regex=SCOPE_PATTERN), name="user_scope_shape"
            ),
        ]
        indexes = [models.Index(fields=["scope", "username"], name="user_scope")]

    def __str__(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        return self.display_name

    @property
    def is_staff(self) -> bool:
        return self.has_perm("accounts.use_admin")

    @property
    def password_expired(self) -> bool:
        if self.password_changed_at is None:
            return True
        age = timezone.now() - self.password_changed_at
        return age >= timedelta(days=settings.PASSWORD_MAX_AGE_DAYS)

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        if not self.is_active:
            return False
        return any(
            backend.has_perm(self, perm, obj)
            for backend in get_backends()
            if hasattr(backend, "has_perm")
        )

    def has_perms(self, perms: list[str], obj: Any = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perms)

    def has_module_perms(self, app_label: str) -> bool:
        return any(
            backend.has_module_perms(self, app_label)
            for backend in get_backends()
            if hasattr(backend, "has_module_perms")
        )


class AccessLog(models.Model):
    """访问记录: one act of one account; rows are only ever added."""

    at = models.DateTimeField("时间", db_index=True)
    user = models.ForeignKey(
        User, models.PROTECT, verbose_name="用户", null=True, related_name="access_logs"
    )
    username = models.CharField("用户名", max_length=64, blank=True)
    address = models.GenericIPAddressField("地址", null=True)
    act = models.CharField("行为", max_length=16, choices=AccessAct.choices)
    result = models.CharField("结果", max_length=8, choices=AccessResult.choices)
    target = models.CharField("对象", max_length=200, blank=True)
    request_id = models.CharField("请求编号", max_length=64, blank=True)

    objects = AccessLogQuerySet.as_manager()

    class Meta:
        verbose_name = "访问记录"
        verbose_name_plural = "访问记录"
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.username}"


class SubmittedForm(models.Model):
    """已提交的表单: the key of a form that was acted on, so that a double click acts once."""

    key = models.UUIDField("提交标识", primary_key=True)
    by = models.ForeignKey(User, models.PROTECT, verbose_name="提交人", related_name="+")
    at = models.DateTimeField("时间", auto_now_add=True)
    # where the first submission led; a repeated one is sent there as well
    led_to = models.CharField("去向", max_length=300, blank=True)

    class Meta:
        verbose_name = "已提交的表单"
        verbose_name_plural = "已提交的表单"
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.key)


class Message(models.Model):
    """站内消息: something that waits for one person; shown until it is read, kept afterwards."""

    to = models.ForeignKey(User, models.PROTECT, verbose_name="收件人", related_name="messages")
    text = models.CharField("内容", max_length=200)
    url = models.CharField("去向", max_length=300, blank=True)
    at = models.DateTimeField("时间")
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "站内消息"
        verbose_name_plural = "站内消息"
        ordering = ["-pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["to", "-id"], name="message_to"),
            # counted with every page of a person
            models.Index(
                fields=["to"], condition=models.Q(read_at__isnull=True), name="message_unread"
            ),
        ]

    def __str__(self) -> str:
        return self.text
