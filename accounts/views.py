"""Login, logout, the own password, the own account and its messages."""

from django.contrib import auth, messages
from django.contrib.auth import views as auth_views
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.choices import AccessAct, AccessResult
from accounts.forms import EmailForm, LoginForm, OwnPasswordForm
from accounts.messages import mark_read, sends_mail
from accounts.models import Message, User
from accounts.services import change_email, wrong_old_passwords
from accounts.sessions import record_request, started_at

MOST_WRONG_PASSWORDS = 5
MESSAGES_PER_PAGE = 50
LONGEST_KEY = 19  # digits of a bigint


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


@require_http_methods(["GET", "HEAD", "POST"])
def account(request):
    """The own account: who one is here, and the address for reminders."""
    person = User.objects.select_related("role").get(pk=request.user.pk)
    form = EmailForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        change_email(user=request.user, email=form.cleaned_data["email"])
        address = form.cleaned_data["email"]
        said = f"已保存电子邮箱{address}" if address else "已保存，不再发到电子邮箱"
        messages.success(request, said)
        return redirect("accounts:account")
    context = {"form": form, "person": request.user, "sends_mail": sends_mail()}
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/account.html", context, status=status)


@require_safe
def messages_page(request):
    """The own messages, newest first."""
    rows = Message.objects.for_user(request.user)
    page = Paginator(rows, MESSAGES_PER_PAGE).get_page(request.GET.get("page"))
    unread = rows.unread().count()
    return render(request, "accounts/messages.html", {"page": page, "unread": unread})


@require_POST
def messages_read(request):
    """Mark one own message as read and go on to where it leads; without one, mark all."""
    number = request.POST.get("message", "")
    if not number:
        read = mark_read(user=request.user, at=timezone.now())
        messages.success(request, f"{read}条消息已标为已读")
        return redirect("accounts:messages")
    known = number.isascii() and number.isdigit() and len(number) < LONGEST_KEY
    found = Message.objects.for_user(request.user).filter(pk=number).first() if known else None
    if found is None:
        return render(request, "404.html", status=404)
    mark_read(user=request.user, at=timezone.now(), message=found.pk)
    return redirect(found.url or "accounts:messages")
