"""The steps of a change act: submit, pass, withdraw, return, decide, refuse; adding papers."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.services import once
from communities.choices import ActState
from communities.forms.acts import CommentForm, DecideForm, RefuseForm, ReturnForm
from communities.forms.papers import PaperForm
from communities.models import ChangeAct, Paper
from communities.selectors.act_page import get_act_page
from communities.services import acts as steps
from communities.services.acts import NotNowError
from communities.services.editing import StaleError
from communities.services.plan_checks import MistakesError
from communities.services.plans import read_plan
from communities.views.acts import TRAIL, act_page, returnable, unknown
from communities.views.editing import edit_page

CHANGED = "你打开以后，这件变更有了新的办理。看过最新情况再办理"


def of_act(right):
    """A view of one act: it gets (request, page) in place of (request, pk); 404 outside scope."""

    def decorate(view):
        @wraps(view)
        @permission_required(f"communities.{right}_changeact", raise_exception=True)
        def wrapped(request, pk):
            page = get_act_page(request.user, pk)
            return unknown(request) if page is None else view(request, page)

        return wrapped

    return decorate


def tell(request, act, states, done):
    """Say what a step did. One that was sent again may be of a past round: then where the act is.

    `states` are those that the step leads to.
    """
    present = ChangeAct.objects.for_user(request.user).get(pk=act.pk)
    if present.state in states:
        messages.success(request, done)
    else:
        words = f"这一步先前办过，没有再办。“{present.title}”现在是{present.get_state_display()}"
        messages.warning(request, words)


def take(request, page, form, step, state, done):
    """Do a step once, and go on to the act; 409 or 422 with the act's page where it is not done."""
    if not form.is_valid():
        said = "；".join(error for errors in form.errors.values() for error in errors)
        return act_page(request, page, said=said, status=422)
    try:
        led_to = once(key=form.submission_key, by=request.user, act=lambda: addressed(step()))
    except (StaleError, NotNowError, MistakesError, ValidationError) as wrong:
        return undone(request, page, wrong)
    tell(request, page.act, (state,), done)
    return redirect(led_to)


def addressed(act):
    return reverse("communities:act", args=[act.pk])


def undone(request, page, wrong):
    """The page of the act as it is now, with why the step was not done."""
    fresh = get_act_page(request.user, page.act.pk) or page
    if isinstance(wrong, MistakesError):
        return act_page(request, fresh, mistakes=wrong.mistakes, status=422)
    return act_page(request, fresh, said=words_of(wrong), status=409)


def words_of(wrong):
    if isinstance(wrong, StaleError):
        return CHANGED
    return "；".join(wrong.messages) if isinstance(wrong, ValidationError) else str(wrong)


@require_POST
@of_act("propose")
def act_submit(request, page):
    form = CommentForm(request.POST, act=page.act)
    return take(
        request,
        page,
        form,
        lambda: steps.submit(
            act=page.act,
            by=request.user,
            at=timezone.now(),
            on=timezone.localdate(),
            version=form.opened_version,
        ),
        ActState.SUBMITTED,
        "已提交审查",
    )


@require_POST
@of_act("review")
def act_pass(request, page):
    form = CommentForm(request.POST, act=page.act)
    return take(
        request,
        page,
        form,
        lambda: steps.pass_act(
            act=page.act,
            by=request.user,
            at=timezone.now(),
            on=timezone.localdate(),
            version=form.opened_version,
            comment=form.cleaned_data["comment"],
        ),
        ActState.REVIEWED,
        "审查已通过，等政府批复",
    )


@require_POST
@of_act("propose")
def act_withdraw(request, page):
    form = CommentForm(request.POST, act=page.act)
    return take(
        request,
        page,
        form,
        lambda: steps.withdraw(
            act=page.act,
            by=request.user,
            at=timezone.now(),
            version=form.opened_version,
            comment=form.cleaned_data["comment"],
        ),
        ActState.WITHDRAWN,
        "已撤回",
    )


class StepPage:
    """A step with a form on a page of its own."""

    def __init__(self, request, page, title, submit, multipart=False):
        self.request, self.page = request, page
        self.context = {
            "act": page.act,
            "title": title,
            "submit": submit,
            "multipart": multipart,
            "trail": [
                TRAIL,
                {"label": page.act.title, "url": addressed(page.act)},
                {"label": title, "url": ""},
            ],
        }

    def answer(self, form_class, step, states, done, **more):
        request, act = self.request, self.page.act
        if request.method != "POST":
            return self.shown(form_class(act=act, **more))
        form = form_class(request.POST, request.FILES, act=act, **more)
        if not form.is_valid():
            return self.shown(form, status=422)
        try:
            led_to = once(
                key=form.submission_key, by=request.user, act=lambda: addressed(step(form))
            )
        except MistakesError as wrong:
            for one in wrong.mistakes:
                form.add_error(None, one.message)
            return self.shown(form, status=422)
        except ValidationError as wrong:
            form.add_error(None, wrong.messages)
            return self.shown(form, status=422)
        except (StaleError, NotNowError) as wrong:
            return self.stale(form_class, wrong, more)
        tell(request, act, states, done(form))
        return redirect(led_to)

    def stale(self, form_class, wrong, more):
        """What was typed stays; sent again it is for the act as it is now."""
        fresh = get_act_page(self.request.user, self.page.act.pk) or self.page
        data = self.request.POST.copy()
        data["version"] = str(fresh.act.version)
        form = form_class(data, self.request.FILES, act=fresh.act, **more)
        form.is_valid()
        form.add_error(None, words_of(wrong))
        return self.shown(form, status=409)

    def shown(self, form, status=200):
        context = {**self.context, "form": form}
        return render(self.request, "communities/acts/step.html", context, status=status)


def closed(request, page):
    """Back to the act where a step is not open: it was done meanwhile, or is for others."""
    messages.warning(request, page.allowed.note or f"“{page.act.title}”现在不能这样办理")
    return redirect(addressed(page.act))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("communities.view_community", raise_exception=True)
def act_return(request, pk):
    user = request.user
    if not any(user.has_perm(f"communities.{one}_changeact") for one in ("review", "decide")):
        raise PermissionDenied
    page = get_act_page(user, pk)
    if page is None:
        return unknown(request)
    if request.method != "POST" and not page.allowed.send_back:
        return closed(request, page)
    return StepPage(request, page, "退回修改", "退回修改").answer(
        ReturnForm,
        lambda form: steps.return_act(
            act=page.act,
            by=user,
            at=timezone.now(),
            version=form.opened_version,
            comment=form.whole,
            items=form.comments,
        ),
        (ActState.RETURNED,),
        lambda form: "已退回修改",
        items=returnable(read_plan(page.act.plan)),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@of_act("decide")
def act_decide(request, page):
    if request.method != "POST" and not page.allowed.decide:
        return closed(request, page)
    today = timezone.localdate()

    def done(form):
        day = form.decision.effective_on
        return "已录入批复，变更已生效" if day <= today else f"已录入批复，{day}自动生效"

    return StepPage(request, page, "录入批复", "录入批复", multipart=True).answer(
        DecideForm,
        lambda form: steps.decide(
            act=page.act,
            by=request.user,
            at=timezone.now(),
            on=today,
            version=form.opened_version,
            decision=form.decision,
        ),
        (ActState.DECIDED, ActState.APPLIED),
        done,
        by=request.user,
        today=today,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@of_act("decide")
def act_refuse(request, page):
    if request.method != "POST" and not page.allowed.decide:
        return closed(request, page)
    return StepPage(request, page, "不予批准", "录入不予批准").answer(
        RefuseForm,
        lambda form: steps.refuse(
            act=page.act,
            by=request.user,
            at=timezone.now(),
            version=form.opened_version,
            comment=form.cleaned_data["comment"],
            doc_no=form.cleaned_data["doc_no"],
        ),
        (ActState.REFUSED,),
        lambda form: "已录入不予批准",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("communities.view_community", raise_exception=True)
def act_paper_add(request, pk):
    user = request.user
    if not any(
        user.has_perm(f"communities.{one}_changeact") for one in ("propose", "review", "decide")
    ):
        raise PermissionDenied
    page = get_act_page(user, pk)
    if page is None:
        return unknown(request)
    if not page.allowed.add_paper:
        return closed(request, page)
    act = page.act

    def save(form):
        try:
            paper = steps.add_act_paper(act=act, by=user, at=timezone.now(), **form.paper)
        except NotNowError as wrong:
            raise ValidationError(str(wrong)) from wrong
        messages.success(request, f"已保存材料“{paper.title}”")
        return addressed(act)

    return edit_page(
        request,
        PaperForm,
        Paper(act=act),
        save=save,
        context={
            "title": "添加材料",
            "subtitle": act.title,
            "submit": "保存材料",
            "cancel_url": addressed(act),
            "multipart": True,
            "trail": [
                TRAIL,
                {"label": act.title, "url": addressed(act)},
                {"label": "添加材料", "url": ""},
            ],
        },
        **({"files": request.FILES} if request.method == "POST" else {}),
    )
