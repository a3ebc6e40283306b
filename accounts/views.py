"""Login, logout and the own password."""

from django.contrib import auth, messages
from django.contrib.auth import views as auth_views
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy

from accounts.choices import AccessAct, AccessResult
from accounts.forms import LoginForm, OwnPasswordForm
from accounts.services import wrong_old_passwords
from accounts.sessions import record_request, started_at

MOST_WRONG_PASSWORDS = 5


class LoginView(auth_views.LoginView):
    template_name = "accounts/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True
    extra_context = {"title": "登录"}

    def form_valid(self, form):
        response = super().form_valid(form)
        record_request(self.request, AccessAct.LOGIN, user=form.get_user(), target="")
        return response

    def form_invalid(self, form):
        locked = getattr(self.request, "axes_locked_out", False)
        record_request(
            self.request,
            AccessAct.LOCKOUT if locked else AccessAct.LOGIN_REFUSED,
            result=AccessResult.REFUSED,
            username=form.data.get("username", ""),
            target="",
        )
        return super().form_invalid(form)


class LogoutView(auth_views.LogoutView):
    def post(self, request, *args, **kwargs) -> HttpResponse:
        if request.user.is_authenticated:
            record_request(request, AccessAct.LOGOUT, target="")
        return super().post(request, *args, **kwargs)


class PasswordView(auth_views.PasswordChangeView):
    template_name = "accounts/password.html"
    form_class = OwnPasswordForm
    success_url = reverse_lazy("portal:home")
    extra_context = {"title": "修改密码"}

    def post(self, request, *args, **kwargs) -> HttpResponse:
        """Ask for the old password so often and not more: a session left open is no key to it."""
        if self.tries() >= MOST_WRONG_PASSWORDS:
            return self.end()
        return super().post(request, *args, **kwargs)

    def tries(self) -> int:
        """Return how often the old password was wrong in this session."""
        key = int(self.request.session[auth.SESSION_KEY])
        return wrong_old_passwords(user=key, since=started_at(self.request))

    def end(self) -> HttpResponse:
        record_request(self.request, AccessAct.LOGOUT, result=AccessResult.REFUSED)
        auth.logout(self.request)
        messages.error(self.request, f"原密码{MOST_WRONG_PASSWORDS}次不对，已退出。重新登录")
        return redirect("accounts:login")

    def form_invalid(self, form):
        if form.has_error("old_password", "password_incorrect"):
            record_request(self.request, AccessAct.PASSWORD_CHANGE, result=AccessResult.REFUSED)
            if self.tries() >= MOST_WRONG_PASSWORDS:
                return self.end()
        return super().form_invalid(form)

    def form_valid(self, form):
        response = super().form_valid(form)
        record_request(self.request, AccessAct.PASSWORD_CHANGE, target="")
        messages.success(self.request, "新密码已保存，其他地方的登录已退出")
        return response
