"""Heads are counted, not posts."""

from hypothesis import given
from hypothesis import strategies as st

from staffing.choices import COUNTED_ELSEWHERE, Identity, Post
from staffing.rules.counting import Held, count_heads

HELD = st.builds(
    Held,
    st.sampled_from("abcd"),
    st.sampled_from([one.value for one in Post]),
    st.sampled_from([one.value for one in Identity]),
    st.sampled_from([True, False, None]),
)


def test_count_then_groups_by_post_and_identity() -> None:
    heads = count_heads(
        [
            Held("a", "secretary", "elected"),
            Held("a", "director", "elected", True),
            Held("b", "member", "elected", None),
            Held("b", "worker", "recruited"),
            Held("c", "worker", "seconded"),
            Held("d", "deputy", "police", False),
            Held("e", "welfare_post", "welfare_post"),
            Held("f", "party_member", "elected"),
            Held("f", "deputy_secretary", "elected"),
        ]
    )

    assert heads.committee == {"a", "b"}
    assert (heads.resident_members, heads.unknown_residence) == ({"a"}, {"b"})
    assert heads.party == {"a", "f"}
    assert heads.workers == {"b"}
    assert heads.elsewhere == {"c", "d", "e"}
    assert heads.apart == {"seconded": {"c"}, "police": {"d"}, "welfare_post": {"e"}}
    # two posts of one committee are no cross-appointment
    assert heads.cross_appointed == {"a", "b"}
    assert (len(heads.everybody), heads.posts) == (6, 9)


@given(st.lists(HELD, max_size=12))
def test_count_then_groups_hold_persons_of_the_roster_once(held: list[Held]) -> None:
    heads = count_heads(held)

    groups = (heads.committee, heads.party, heads.supervision, heads.workers, heads.elsewhere)
    assert set().union(*groups) <= heads.everybody == {one.who for one in held}
    assert heads.resident_members | heads.unknown_residence <= heads.committee
    assert heads.posts == len(held)
    assert set().union(*heads.apart.values()) == heads.elsewhere
    assert set(heads.apart) <= set(COUNTED_ELSEWHERE)
    assert count_heads([*held, *held]).everybody == heads.everybody
