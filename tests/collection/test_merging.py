"""Texts of two sides put together by field."""

from collection.rules.merging import Conflict, is_key, merge, same, with_nones


def test_merge_when_only_i_changed_then_mine() -> None:
    assert merge({"grids": "8"}, {"grids": "7"}, {"grids": "7"}) == ({"grids": "8"}, [])


def test_merge_when_only_they_changed_then_theirs_stays() -> None:
    assert merge({"grids": "7"}, {"grids": "7"}, {"grids": "9"}) == ({}, [])


def test_merge_when_both_changed_then_a_conflict_and_nothing_is_written() -> None:
    assert merge({"grids": "8"}, {"grids": "7"}, {"grids": "9"}) == (
        {},
        [Conflict("grids", "8", "9")],
    )


def test_merge_when_both_mean_the_same_then_no_conflict() -> None:
    assert merge({"dwellings": "3,000"}, {}, {"dwellings": "３０００"}) == ({}, [])


def test_merge_when_i_emptied_a_cell_then_it_is_emptied() -> None:
    assert merge({"grids": ""}, {"grids": "7"}, {"grids": "7"}) == ({"grids": ""}, [])


def test_same_when_texts_cannot_be_read_then_only_equal_ones_are() -> None:
    assert same("grids", "约8", "约8")
    assert not same("grids", "约8", "8")


def test_is_key() -> None:
    known = ["grids", "reason-grids", "none-premises", "unchanged"]
    unknown = ["code", "version", "central_urban", "reason-code", "none-x", "households"]

    assert [key for key in known + unknown if is_key(key)] == known


def test_with_nones_when_ticked_then_only_empty_cells_are_filled() -> None:
    texts = {"none-premises": "1", "work_area_m2": "20"}

    filled = with_nones(texts)

    assert filled["premises_area_m2"] == "0"
    assert filled["premises_tenure"] == "没有用房"
    assert "work_area_m2" not in filled
    assert with_nones({"none-premises": ""}) == {}
