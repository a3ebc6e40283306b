"""Acts on a round: open it, end it, remind its streets, give one of them a later day."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.services import once
from collection.forms.rounds import ActForm, ExtendForm
from collection.selectors.round_page import progress_of
from collection.selectors.rounds import get_round, may_run, part_of
from collection.services.reminders import remind
from collection.services.rounds import RoundError, close_round, extend, open_round
from collection.views.rounds import RUN, TRAIL, may_remind, shown, unknown
from communities.services.editing import StaleError

CHANGED = "你打开以后，这个任务有了新的修改。看过最新情况再办理"


def of_round(*, own: bool = True):
    """A view of one round: it gets (request, one, …) in place of (request, pk, …).

    404 for a round that is not for this person; 403 where it is another office's and `own`.
    """

    def decorate(view):
        @wraps(view)
        @permission_required(RUN, raise_exception=True)
        def wrapped(request, pk, **more):
            one = get_round(request.user, pk)
            if one is None:
                return unknown(request)
            if own and not may_run(request.user, one):
                raise PermissionDenied
            return view(request, one, **more)

        return wrapped

    return decorate


def take(request, one, act):
    """Do an act once and go back to the round; 409 with its page where it is not done.

    act: does it with the form and tells the person what was done.
    """
    form = ActForm(request.POST, one=one)
    form.is_valid()

    def done():
        act(form)
        return reverse("collection:round", args=[one.pk])

    try:
        return redirect(once(key=form.submission_key, by=request.user, act=done))
    except (StaleError, RoundError) as wrong:
        said = CHANGED if isinstance(wrong, StaleError) else str(wrong)
        return shown(request, get_round(request.user, one.pk) or one, said=said, status=409)


@require_POST
@of_round()
def round_open(request, one):
    def act(form):
        opened = open_round(
            one=one,
            version=form.opened_version,
            by=request.user,
            on=timezone.localdate(),
            at=timezone.now(),
        )
        messages.success(request, f"已下达“{opened.title}”，街道经办人和审核人已收到消息")

    return take(request, one, act)


@require_POST
@of_round()
def round_close(request, one):
    def act(form):
        close_round(one=one, version=form.opened_version, at=timezone.now())
        messages.success(request, f"已结束“{one.title}”，街道不能再提交")

    return take(request, one, act)


@require_POST
@of_round(own=False)
def round_remind(request, one):
    """Remind all late streets of the own scope, or the one that is posted."""
    street = request.POST.get("street", "")
    if not may_remind(request.user, one):
        return shown(request, one, said="任务不在填报中，不用催办", status=409)
    line = progress_of(request.user, one, timezone.localdate()).line(street)
    if street and line is None:
        return unknown(request)

    def act(form):
        outcome = remind(
            one=one,
            prefix=part_of(request.user, one),
            streets=[street] if street else [],
            by=request.user,
            on=timezone.localdate(),
            at=timezone.now(),
        )
        for tone, words in said_of(outcome):
            messages.add_message(request, tone, words)

    return take(request, one, act)


def said_of(outcome):
    """What came of reminding, as (level, sentence)."""
    if outcome.told:
        names = "、".join(line.name for line in outcome.told[:3])
        more = f"等{len(outcome.told)}个街道" if len(outcome.told) > 3 else ""
        yield messages.SUCCESS, f"已催办{names}{more}"
    for line in outcome.rested[:3]:
        at = timezone.localtime(line.reminded.at)
        yield messages.WARNING, f"{line.name}在{at:%m-%d %H:%M}催办过，24小时内不再催办"
    if len(outcome.rested) > 3:
        rest = len(outcome.rested) - 3
        yield messages.WARNING, f"另有{rest}个街道24小时内催办过，没有再催办"
    if not outcome.told and not outcome.rested:
        yield messages.INFO, "没有要催办的街道，都已提交"


@require_http_methods(["GET", "HEAD", "POST"])
@of_round()
def round_extend(request, one, street):
    on = timezone.localdate()
    line = progress_of(request.user, one, on).line(street)
    if line is None:
        return unknown(request)
    back = reverse("collection:round", args=[one.pk])
    form = ExtendForm(request.POST if request.method == "POST" else None)

    def act():
        made = extend(
            one=one,
            street=street,
            closes_on=form.cleaned_data["closes_on"],
            reason=form.cleaned_data["reason"],
            by=request.user,
            on=on,
            at=timezone.now(),
        )
        messages.success(request, f"{line.name}已延期至{made.closes_on}，经办人和审核人已收到消息")
        return back

    if request.method == "POST" and form.is_valid():
        try:
            return redirect(once(key=form.submission_key, by=request.user, act=act))
        except ValidationError as wrong:
            form.add_error("closes_on", wrong.message_dict["closes_on"])
        except RoundError as wrong:
            form.add_error(None, str(wrong))
    context = {
        "form": form,
        "one": one,
        "line": line,
        "trail": [
            TRAIL,
            {"label": one.title, "url": back},
            {"label": f"{line.name}延期", "url": ""},
        ],
        "cancel_url": back,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "collection/rounds/extend.html", context, status=status)
