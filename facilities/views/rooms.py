"""房间: added, corrected, given another use or ended from a day on, removed."""

from django.contrib import messages
from django.views.decorators.http import require_http_methods

from communities.views.editing import edit_page
from facilities.forms.rooms import EndRoomForm, RemoveRoomForm, RoomForm
from facilities.models import Room
from facilities.services.rooms import add_room, change_room, end_room, remove_room
from facilities.views.one_premises import of_piece, of_premises


def form_page(page, form_class, record, *, title, submit, save):
    """Show or take a form of a room; `save` stores it and returns what to tell."""

    def saved(form):
        messages.success(page.request, save(form))
        return f"{page.url}#rooms"

    return edit_page(
        page.request,
        form_class,
        record,
        save=saved,
        context={
            **page.context(title),
            "title": title,
            "subtitle": f"{record}（{page.premises.name}）" if record.pk else page.premises.name,
            "submit": submit,
            "cancel_url": page.url,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@of_premises(change=True)
def room_new(request, page):
    record = Room(
        premises=page.premises,
        community=page.community,
        code=page.premises.code,
        valid_from=page.premises.valid_from,
    )

    def save(form):
        made = add_room(record=form.instance, on=page.on, reason=form.reason)
        return f"已登记房间“{made}”"

    title = "登记房间"
    return form_page(page, RoomForm, record, title=title, submit=title, save=save)


@require_http_methods(["GET", "HEAD", "POST"])
@of_piece(Room)
def room_edit(request, page, record):
    def save(form):
        made = change_room(
            record=form.instance,
            fields=form.written,
            version=form.opened_version,
            on=page.on,
            reason=form.reason,
        )
        return f"已保存房间“{made}”的修改"

    return form_page(page, RoomForm, record, title="修改房间", submit="保存修改", save=save)


@require_http_methods(["GET", "HEAD", "POST"])
@of_piece(Room)
def room_end(request, page, record):
    ended = record.valid_until is not None
    use = record.get_use_display()

    def save(form):
        made = end_room(
            record=form.instance,
            version=form.opened_version,
            on=page.on,
            new_use=form.cleaned_data.get("new_use", ""),
            new_name=form.cleaned_data.get("new_name", ""),
            reason=form.reason,
        )
        if made.pk != record.pk:
            return f"{record}自{made.valid_from}起由{use}改作{made.get_use_display()}"
        if made.valid_until is None:
            return f"已恢复房间“{made}”，照常计入"
        return f"已终止房间“{made}”，自{made.valid_until}起不再计入"

    title = "更正房间的终止" if ended else "改用途或终止"
    submit = "保存更正" if ended else "终止或改用途"
    return form_page(page, EndRoomForm, record, title=title, submit=submit, save=save)


@require_http_methods(["GET", "HEAD", "POST"])
@of_piece(Room)
def room_remove(request, page, record):
    name = str(record)

    def save(form):
        remove_room(record=record, version=form.opened_version, on=page.on, reason=form.reason)
        return f"已删除房间“{name}”，记录留存在修改记录里"

    return form_page(page, RemoveRoomForm, record, title="删除房间", submit="删除房间", save=save)
