"""Fixed choices of accounts."""

from django.db import models


class AccessAct(models.TextChoices):
    LOGIN = "login", "登录"
    LOGOUT = "logout", "退出"
    LOGIN_REFUSED = "login_refused", "登录未通过"
    LOCKOUT = "lockout", "暂停登录"
    TIMEOUT = "timeout", "会话到期"
    PASSWORD_CHANGE = "password_change", "修改密码"
    DENIAL = "denial", "越权访问"
    EXPORT = "export", "导出"
    IMPORT = "import", "导入"
    REVEAL = "reveal", "查看完整电话"


class AccessResult(models.TextChoices):
    DONE = "done", "完成"
    REFUSED = "refused", "拒绝"
