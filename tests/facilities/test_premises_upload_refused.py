"""Rows of premises that meet what others wrote: refused in words, and nothing is told."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.scope import scope
from collection.models import UploadRow
from collection.services.upload_taking import MovedError
from collection.services.uploads import UploadError, take
from facilities.models import Premises, Room
from facilities.services.premises_upload_taking import refused
from tests.collection.upload_desk import AT, FRAME
from tests.facilities.premises_desk import paste, row, took
from tests.facilities.test_premises_upload import gucheng, world
from tests.factories import make_community
from tests.space_factories import make_contract, make_premises, make_room
from tests.staffing.roster_desk import seen, states

__all__ = ["world"]
pytestmark = pytest.mark.django_db


def test_premises_registered_meanwhile_then_the_row_waits(clerk: User) -> None:
    upload = paste(clerk, row())
    make_room(make_premises(gucheng()), "work", "50")

    take(upload=upload, by=clerk, at=AT, frame=FRAME)

    assert states(upload) == ["changed"]
    assert Premises.objects.count() == 1


def test_community_of_another_street_then_nothing_of_it_is_told(clerk: User) -> None:
    held = make_premises(make_community("371502002001", "柳园社区居委会"), title_no="鲁1")
    make_room(held)

    found = seen(paste(clerk, row(社区代码="371502002001"), row(不动产权证号="鲁1")))

    said = "社区代码371502002001不在你的辖区。核对代码，或删去此行"
    assert found == [("wrong", [("", said)]), ("new", [])]


@pytest.mark.parametrize(
    "named",
    [
        {"社区代码": "371502002001", "社区": "柳园社区"},
        {"社区代码": "371502002001", "社区": ""},
        {"社区代码": "", "社区": "柳园社区"},
        {"社区代码": "", "社区": "柳园社区居委会"},
        {"社区代码": "371502002001", "社区": "古城社区"},
    ],
)
def test_row_of_another_street_with_its_title_number_then_neither_told_nor_written(
    clerk: User, named: dict[str, str]
) -> None:
    street = make_community("371502002001", "柳园社区居委会", short_name="柳园社区")
    held = make_premises(street, title_no="鲁2020聊城007", owner="甲")
    make_room(held)
    stored = list(Premises.objects.values()), list(Room.objects.values())
    mine = row(不动产权证号="鲁2020聊城007", 服务大厅="", 产权单位="乙") | named

    upload = paste(clerk, mine)
    with pytest.raises(UploadError), scope(clerk.scope):
        take(upload=upload, by=clerk, at=AT, frame=FRAME)

    ((state, found),) = seen(upload)
    assert state == "wrong"
    assert "登记的也是这个证号" not in str(found)
    assert UploadRow.objects.get(upload=upload).before == {}
    assert (list(Premises.objects.values()), list(Room.objects.values())) == stored


def test_two_premises_given_one_name_then_the_later_row_is_refused(clerk: User) -> None:
    took(clerk, row(不动产权证号="鲁2020聊城001"))

    upload = paste(clerk, row(用房名称="邻里中心", 不动产权证号="鲁2020聊城002"),
        row(用房名称="邻里中心", 不动产权证号="鲁2020聊城001", 变动说明="统一改名"))  # fmt: skip

    assert seen(upload)[0] == ("new", [])
    state, found = seen(upload)[1]
    assert (state, found[-1]) == (
        "wrong",
        ("premises_name", "第2行给另一处用房用了这个名称。改其中一个"),
    )


def test_database_refuses_then_in_the_words_of_the_constraint_or_another_try() -> None:
    held = make_premises(gucheng())

    with pytest.raises(IntegrityError) as unpriced, transaction.atomic():
        make_contract(held, "purchase", price_yuan=None)
    with pytest.raises(IntegrityError) as nameless, transaction.atomic():
        Premises.objects.filter(pk=held.pk).update(total_parts=0)
    with pytest.raises(IntegrityError) as twice, transaction.atomic():
        make_premises(gucheng(), name=held.name)

    assert str(refused(unpriced.value)) == "没有导入。购买合同没有总价。填写合同总价"
    said = "和登记的其他内容冲突（premises_parts_range），没有导入。告知管理员"
    assert str(refused(nameless.value)) == said
    assert isinstance(refused(twice.value), MovedError)
