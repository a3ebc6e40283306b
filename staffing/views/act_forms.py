"""The forms of acts: entering, another post, change of post, transfer, leaving."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.scope import STREET
from accounts.services import once
from communities.selectors.editing import earlier_result
from communities.services.editing import StaleError
from communities.views.editing import say
from staffing.choices import SINGLE_POSTS, LeaveReason, Post
from staffing.forms.acts import EntryForm, LeaveForm, PostForm, PromoteForm, TransferForm
from staffing.selectors.acts import places_for, running_posts
from staffing.selectors.persons import find_person
from staffing.services import acts
from staffing.services.duplicates import ELSEWHERE, tell_elsewhere
from staffing.services.persons import add_person, find_same
from staffing.views.persons import CHANGE, VIEW, trail_to, unknown

FORMS = ["GET", "HEAD", "POST"]
CHANGED = "你打开以后，这个人的登记或任职有了变动。看过最新情况再登记"
TWICE = "刚有人登记了相同的内容。到花名册核对后再办"


class ActPage:
    """One form of an act: shown, checked on a page of its own where `check` says so, and done.

    `save` does the act and returns the address to go on to.
    """

    def __init__(self, request, form_class, save, *, check=None, template="form", **context):
        self.request, self.form_class, self.save = request, form_class, save
        self.check, self.template = check, template
        self.context = context

    def answer(self, **more):
        request = self.request
        if request.method != "POST":
            return self.shown(self.form_class(**more))
        form = self.form_class(request.POST, request.FILES, **more)
        if not form.is_valid():
            # sent twice, the second time looks at what the first one made
            if led_to := earlier_result(request.user, form.submission_key):
                return redirect(led_to)
            return self.shown(form, 422)
        if self.check and request.POST.get("do") != "save":
            return self.to_check(form)
        return self.done(form, more)

    def done(self, form, more):
        try:
            return redirect(
                once(
                    key=form.submission_key,
                    by=self.request.user,
                    act=lambda: self.save(form),
                )
            )
        except StaleError:
            return self.stale(more)
        except ValidationError as wrong:
            say(form, wrong)
        except IntegrityError:
            form.add_error(None, TWICE)
        return self.shown(form, 422)

    def stale(self, more):
        """What was typed stays; sent again it is for the posts as they are now."""
        data = self.request.POST.copy()
        data["version"] = str(more["version"])
        form = self.form_class(data, self.request.FILES, **more)
        form.is_valid()
        form.add_error(None, CHANGED)
        return self.shown(form, 409)

    def shown(self, form, status=200):
        if status != 200:
            form.warn_of_papers()
        context = {**self.context, "form": form, "checks": bool(self.check)}
        return render(self.request, f"staffing/acts/{self.template}.html", context, status=status)

    def to_check(self, form):
        skipped = {"csrfmiddlewaretoken", "do"}
        posted = [
            (name, value)
            for name, values in self.request.POST.lists()
            if name not in skipped
            for value in values
        ]
        lines, warnings = self.check(form)
        context = {
            **self.context,
            "form": form,
            "posted": posted,
            "lines": lines,
            "warnings": warnings,
            "papers": [form[name] for name in form.paper_names],
        }
        return render(self.request, "staffing/acts/check.html", context)


def act_url(act):
    return reverse("staffing:act", args=[act.pk])


def registered(request, act, done):
    """Say what was registered; warn where the person is in post in another street."""
    messages.success(request, done)
    if tell_elsewhere(act=act, on=timezone.localdate(), at=timezone.now()):
        messages.warning(request, f"{ELSEWHERE}，已告知上级核对")
    return act_url(act)


@sensitive_post_parameters("identity_number", "phone")
@require_http_methods(FORMS)
@permission_required([VIEW, CHANGE], raise_exception=True)
def enter(request):
    user, today = request.user, timezone.localdate()
    places = places_for(user, today)
    asked = request.GET.get("community", "")
    flat = [one for _, held in places for one in held]
    chosen = next((one for one in flat if one.code == asked), None)
    if asked and chosen is None:
        return unknown(request)
    roster = reverse("staffing:roster")
    back = reverse("staffing:community_staff", args=[chosen.code]) if chosen else roster
    page = EntryPage(
        request,
        EntryForm,
        lambda form: save_entry(request, form),
        title="登记人员进入",
        subtitle=chosen.short_name if chosen else "",
        submit="登记进入",
        trail=[{"label": "花名册", "url": roster}, {"label": "登记人员进入", "url": ""}],
        cancel_url=back,
    )
    return page.answer(places=places, chosen=chosen)


class EntryPage(ActPage):
    """Entering; who is filed in the street already is offered in place of a second file."""

    def done(self, form, more):
        new = form.new
        number = form.cleaned_data["identity_number"]
        same = find_same(code=new.community.code[:STREET], identity_number=number)
        if same is None or earlier_result(self.request.user, form.submission_key):
            return super().done(form, more)
        posts = running_posts(self.request.user, same, timezone.localdate())
        form.add_error("identity_number", "这个证件号码在本街道已经登记，见下面的已有登记")
        self.context |= {"same": same, "same_posts": posts}
        return self.shown(form, 422)


def save_entry(request, form):
    new, at = form.new, timezone.now()
    person = add_person(
        code=new.community.code[:STREET],
        values=form.person_values,
        identity_number=form.cleaned_data["identity_number"],
        phone=form.cleaned_data["phone"],
        by=request.user,
        at=at,
        is_demo=new.community.is_demo,
    )
    act = acts.enter(
        person=person, new=new, said=form.said, by=request.user, at=at, born_on=form.born_on
    )
    return registered(request, act, f"已登记{person.name}进入{new.community.short_name}")


def of_person(view):
    """A view of one person's act: it gets (request, person) in place of (request, pk)."""

    @wraps(view)
    @require_http_methods(FORMS)
    @permission_required([VIEW, CHANGE], raise_exception=True)
    def wrapped(request, pk):
        person = find_person(request.user, pk)
        if person is None:
            return unknown(request)
        if person.purged_at is not None:
            messages.warning(request, acts.PURGED)
            return redirect("staffing:person", person.pk)
        return view(request, person)

    return wrapped


def frame(person, title, submit):
    return {
        "title": title,
        "subtitle": person.name,
        "submit": submit,
        "trail": trail_to(person, title),
        "cancel_url": reverse("staffing:person", args=[person.pk]),
        "demo": person.is_demo,
    }


def done_by(request, form, person):
    """What every act takes of the request."""
    return {
        "person": person,
        "said": form.said,
        "by": request.user,
        "at": timezone.now(),
        "version": form.opened_version,
    }


@of_person
def add_post(request, person):
    """兼任, or entering again for somebody who has no post."""
    today = timezone.localdate()
    title = "登记兼任" if running_posts(request.user, person, today) else "登记再次进入"

    def save(form):
        act = acts.enter(new=form.new, **done_by(request, form, person))
        said = f"已登记{person.name}任{form.new.community.short_name}{Post(form.new.post).label}"
        return registered(request, act, said)

    page = ActPage(request, PostForm, save, **frame(person, title, title))
    places = places_for(request.user, today, street=person.code)
    return page.answer(places=places, version=acts.state_of(person))


def nobody_in_post(request, person):
    messages.warning(request, f"{person.name}现在没有任职")
    return redirect("staffing:person", person.pk)


@of_person
def promote(request, person):
    posts = running_posts(request.user, person, timezone.localdate())
    if not posts and request.method != "POST":
        return nobody_in_post(request, person)

    def save(form):
        act = acts.promote(ended=form.ended_post, new=form.new, **done_by(request, form, person))
        messages.success(request, f"已登记{person.name}改任{Post(form.new.post).label}")
        return act_url(act)

    def check(form):
        return [ending(form.ended_post, form), beginning(form)], vacant([form.ended_post], form.new)

    page = ActPage(
        request, PromoteForm, save, check=check, **frame(person, "登记职务变动", "登记职务变动")
    )
    return page.answer(posts=posts, version=acts.state_of(person))


@of_person
def transfer(request, person):
    today = timezone.localdate()
    posts = running_posts(request.user, person, today)
    if not posts and request.method != "POST":
        return nobody_in_post(request, person)

    def save(form):
        act = acts.transfer(ended=form.ended, new=form.new, **done_by(request, form, person))
        said = f"已登记{person.name}调到{form.new.community.short_name}"
        return registered(request, act, said)

    def check(form):
        lines = [*(ending(one, form) for one in form.ended), beginning(form)]
        if not form.new.community.code.startswith(person.code):
            lines.append(
                {"label": "登记", "text": "在调入的街道建立登记，证书、电话和培训记录随人转去"}
            )
        return lines, vacant(form.ended, form.new)

    page = ActPage(
        request, TransferForm, save, check=check, **frame(person, "登记调动", "登记调动")
    )
    places = places_for(request.user, today)
    return page.answer(posts=posts, places=places, version=acts.state_of(person))


@of_person
def leave(request, person):
    posts = running_posts(request.user, person, timezone.localdate())
    if not posts and request.method != "POST":
        return nobody_in_post(request, person)

    def save(form):
        made = acts.leave(
            ended=form.ended,
            reason=form.cleaned_data["reason"],
            **done_by(request, form, person),
        )
        messages.success(request, f"已登记{person.name}退出")
        return act_url(made[0])

    def check(form):
        why = LeaveReason(form.cleaned_data["reason"]).label
        lines = [*(ending(one, form) for one in form.ended), {"label": "离任原因", "text": why}]
        stays = [one for one in posts if one not in form.ended]
        if stays:
            kept = "、".join(f"{one.community.short_name}{one.get_post_display()}" for one in stays)
            lines.append({"label": "仍任", "text": kept})
        return lines, vacant(form.ended, None)

    page = ActPage(request, LeaveForm, save, check=check, **frame(person, "登记退出", "登记退出"))
    return page.answer(posts=posts, version=acts.state_of(person))


def ending(one, form):
    text = f"{one.community.short_name}{one.get_post_display()}，自{one.valid_from}任职"
    return {"label": "结束", "text": f"{text}，{form.said.on}起不再任职"}


def beginning(form):
    new = form.new
    text = f"{new.community.short_name}{Post(new.post).label}，自{form.said.on}任职"
    return {"label": "开始", "text": text}


def vacant(ended, new):
    """Posts of one person that nobody holds afterwards, in sentences."""
    filled = (new.community.pk, new.post) if new else None
    return [
        f"{one.community.short_name}以后没有{one.get_post_display()}，接任的人另行登记"
        for one in ended
        if one.post in SINGLE_POSTS and (one.community_id, one.post) != filled
    ]
