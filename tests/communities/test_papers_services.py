"""Papers: kept, taken down, moved with their community."""

from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from accounts.models import User
from accounts.scope import scope
from communities.models import Community, Paper, PaperContent
from communities.services.papers import add_paper, move_papers, withdraw_paper
from tests.factories import CHANGED_AT, make_community, make_entry, make_paper
from tests.paper_samples import pdf, png
from tests.papers_world import AT, GUCHENG, LIUYUAN, make_act

pytestmark = pytest.mark.django_db


@pytest.fixture
def gucheng(db: None) -> Community:
    return make_community()


class Unread(SimpleUploadedFile):
    """An upload that nobody may read."""

    def read(self, *args: Any) -> bytes:
        raise AssertionError("read")


def test_paper_when_added_then_has_the_code_the_type_and_the_hash(
    gucheng: Community, clerk: User
) -> None:
    paper = add_paper(
        by=clerk,
        at=AT,
        community=gucheng,
        file=SimpleUploadedFile("照片.png", png(), content_type="text/html"),
        kind="photo",
    )

    assert (paper.code, paper.title, paper.file_name) == (GUCHENG, "照片", "照片.png")
    assert (paper.content_type, paper.size) == ("image/png", len(png()))
    assert paper.sha256 == sha256(png()).hexdigest()
    assert (paper.uploaded_by, paper.uploaded_at) == (clerk, AT)
    stored = PaperContent.objects.get()
    assert (stored.code, stored.sha256, bytes(stored.content)) == (GUCHENG, paper.sha256, png())


def test_bytes_of_two_papers_when_equal_then_stored_once(gucheng: Community) -> None:
    entry = make_entry(gucheng, "重阳节活动")

    make_paper(gucheng, content=pdf())
    of_entry = make_paper(archive_entry=entry, content=pdf())

    assert (of_entry.community, of_entry.code) == (gucheng, GUCHENG)
    assert [Paper.objects.count(), PaperContent.objects.count()] == [2, 1]


def test_bytes_of_two_places_when_equal_then_stored_for_each(gucheng: Community) -> None:
    make_paper(gucheng, content=pdf())
    make_paper(make_community(LIUYUAN, "柳园社区居委会"), content=pdf())

    codes = PaperContent.objects.order_by("code").values_list("code", flat=True)
    assert list(codes) == [GUCHENG, LIUYUAN]


def test_paper_of_an_act_then_has_the_act_s_code(gucheng: Community, clerk: User) -> None:
    paper = make_paper(act=make_act(clerk, gucheng))

    assert (paper.code, paper.community) == ("371502001", None)
    assert PaperContent.objects.get().code == "371502001"


def test_paper_of_nothing_or_of_two_then_refused(gucheng: Community, clerk: User) -> None:
    for owners in ({}, {"community": gucheng, "act": make_act(clerk, gucheng)}):
        with pytest.raises(ValueError, match="belongs to one"):
            make_paper(**owners)


def test_file_that_is_too_large_then_refused_before_it_is_read(
    gucheng: Community, clerk: User, settings: Any
) -> None:
    settings.PAPER_SIZE_LIMIT = 1024 * 1024
    file = Unread("大.pdf", b"%PDF-" + b" " * 1024 * 1024)

    with pytest.raises(ValidationError, match=r"文件“大\.pdf”有1\.1MB，超过1MB"):
        add_paper(by=clerk, at=AT, community=gucheng, file=file, kind="other")


def test_bytes_and_rows_can_neither_be_changed_nor_deleted(gucheng: Community) -> None:
    make_paper(gucheng)

    for statement in (
        "UPDATE communities_papercontent SET content = ''",
        "UPDATE communities_papercontent SET sha256 = repeat('0', 64)",
        "DELETE FROM communities_papercontent",
        "DELETE FROM communities_paper",
    ):
        with scope("0"), pytest.raises(Exception, match="permission denied"), scope("0"):
            connection.cursor().execute(statement)


def test_paper_when_taken_down_then_row_bytes_reason_and_history_stay(gucheng: Community) -> None:
    paper = make_paper(gucheng)

    withdraw_paper(paper=paper, at=AT, reason="传错文件")
    again = withdraw_paper(paper=paper, at=CHANGED_AT, reason="又一次")

    assert (again.withdrawn_at, again.withdrawn_because) == (AT, "传错文件")
    assert PaperContent.objects.count() == 1
    events = paper.events.order_by("pgh_id").values_list("pgh_label", "withdrawn_because")
    assert list(events) == [("insert", ""), ("update", "传错文件")]


NEW = "371502001101"


def codes_of(model: Any) -> list[tuple[str, str]]:
    return sorted(model.objects.values_list("code", "sha256"))


def test_papers_when_moved_then_row_and_bytes_have_the_new_code(gucheng: Community) -> None:
    own = make_paper(gucheng)
    of_entry = make_paper(archive_entry=make_entry(gucheng, "重阳节活动"), name="活动.pdf")
    stays = make_paper(make_community("371502001002", "湖南社区居委会"))

    moved = move_papers(community=gucheng, code=NEW)

    assert moved == 2
    expected = sorted([(NEW, own.sha256), (NEW, of_entry.sha256), (stays.code, stays.sha256)])
    assert codes_of(Paper) == codes_of(PaperContent) == expected


def test_papers_when_moved_to_where_the_bytes_are_then_use_those(gucheng: Community) -> None:
    there = make_community(NEW, "新社区居委会")
    make_paper(there, content=pdf())
    paper = make_paper(gucheng, content=pdf())

    move_papers(community=gucheng, code=NEW)

    assert codes_of(Paper) == [(NEW, paper.sha256)] * 2
    assert (NEW, paper.sha256) in codes_of(PaperContent)


def test_papers_when_moved_then_those_of_another_under_the_old_code_keep_their_bytes(
    gucheng: Community,
) -> None:
    """A code is given again after its community ended."""
    former = make_community("371502001009", "旧社区居委会", valid_until=date(2010, 1, 1))
    Community.objects.filter(pk=gucheng.pk).update(valid_from=date(2011, 1, 1))
    old = make_paper(former, content=pdf())
    Community.objects.filter(pk=former.pk).update(code=GUCHENG)
    move_papers(community=former, code=GUCHENG)
    paper = make_paper(gucheng, content=pdf())

    move_papers(community=gucheng, code=NEW)

    old.refresh_from_db()
    assert codes_of(Paper) == [(GUCHENG, old.sha256), (NEW, paper.sha256)]
    assert codes_of(PaperContent) == [(GUCHENG, old.sha256), (NEW, paper.sha256)]


def test_papers_of_two_communities_that_change_codes_then_each_keeps_its_bytes(
    gucheng: Community,
) -> None:
    hunan = make_community("371502001002", "湖南社区居委会")
    for community in (gucheng, hunan):
        make_paper(community, content=pdf())
        make_paper(community, name=f"{community.short_name}.pdf")

    move_papers(community=gucheng, code="371502001002")
    move_papers(community=hunan, code=GUCHENG)

    have = codes_of(PaperContent)
    assert [row for row in codes_of(Paper) if row not in have] == []
    assert {p.code for p in Paper.objects.filter(community=hunan)} == {GUCHENG}
