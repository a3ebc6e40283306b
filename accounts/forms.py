"""Forms of accounts: login, the own password, and the admin's users."""

from typing import Any

from django import forms
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AuthenticationForm,
    BaseUserCreationForm,
    PasswordChangeForm,
)
from django.utils import timezone

from accounts.models import User
from accounts.services import change_password, check_grant
from accounts.typed import clean_username


class LoginForm(AuthenticationForm):
    error_messages = {
        "invalid_login": "用户名或密码不对。检查大小写和输入法，再登录一次",
        "inactive": "这个账号已停用。联系开通账号的单位",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "用户名"
        self.fields["username"].error_messages["required"] = "填写用户名"
        self.fields["password"].label = "密码"
        self.fields["password"].error_messages["required"] = "填写密码"

    def clean_username(self) -> str:
        return clean_username(self.cleaned_data["username"])


class EmailForm(forms.ModelForm):
    """The own address for reminders."""

    class Meta:
        model = User
        fields = ["email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["email"]
        field.help_text = "填了以后，站内消息也发到这里，只有一句话，没有数据。不要就留空"
        field.error_messages["invalid"] = "电子邮箱写法不对。写成名字@单位.cn这样"
        field.error_messages["max_length"] = "电子邮箱超过100个字符。换一个短的"
        field.widget.attrs |= {"inputmode": "email", "autocomplete": "email"}
        field.widget.attrs.pop("maxlength", None)


class OwnPasswordForm(PasswordChangeForm):
    error_messages = {
        "password_incorrect": "原密码不对。重新填写",
        "password_mismatch": "两次填写的新密码不同。重新填写第二遍",
        "password_same": "新密码和原密码相同。换一个",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "old_password": ("原密码", "填写原密码"),
            "new_password1": ("新密码", "填写新密码"),
            "new_password2": ("再填一遍新密码", "再填一遍新密码"),
        }
        for name, (label, required) in labels.items():
            self.fields[name].label = label
            self.fields[name].error_messages["required"] = required
        self.fields[
            "new_password1"
        ].help_text = "12位以上，小写字母、大写字母、数字、符号中至少3类，不含姓名、单位和地名"
        self.fields["new_password2"].help_text = ""

    def clean_new_password1(self) -> str:
        new = self.cleaned_data["new_password1"]
        if self.user.check_password(new):
            raise forms.ValidationError(self.error_messages["password_same"], code="password_same")
        return new

    def save(self, commit: bool = True) -> User:
        change_password(
            user=self.user, password=self.cleaned_data["new_password1"], at=timezone.now()
        )
        return self.user


class GrantMixin:
    """Refuse roles and scopes that the person at the keyboard may not give."""

    by: User

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        role, scope = self.cleaned_data.get("role"), self.cleaned_data.get("scope")  # type: ignore[attr-defined]
        if role and scope and {"role", "scope"} & {*self.changed_data}:  # type: ignore[attr-defined]
            try:
                check_grant(by=self.by, role=role, scope=scope)
            except forms.ValidationError as error:
                self.add_error(None, error)  # type: ignore[attr-defined]


class TwicePasswordMixin:
    """The labels and messages of a password that is typed twice, in the words of the house."""

    error_messages: Any = {"password_mismatch": "两次填写的密码不同。重新填写第二遍"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = self.fields  # type: ignore[attr-defined]
        fields["password2"].label = "再填一遍密码"
        fields["password2"].help_text = ""


class UserAddForm(TwicePasswordMixin, GrantMixin, BaseUserCreationForm):
    """A new account; its person changes the password at the first login."""

    class Meta:
        model = User
        fields = ["username", "display_name", "office", "email", "scope", "role"]


class UserChangeForm(GrantMixin, forms.ModelForm):
    class Meta:
        model = User
        fields = ["username", "display_name", "office", "email", "scope", "role", "is_active"]


class ResetPasswordForm(TwicePasswordMixin, AdminPasswordChangeForm):
    """A password set by somebody else lasts until the first login."""

    def save(self, commit: bool = True) -> User:
        self.user.password_changed_at = None
        return super().save(commit)
