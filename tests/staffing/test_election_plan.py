"""What a result does to a committee, in plain Python: mistakes, and any result at all."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from staffing.rules.elections import Chosen, Sitting, plan_result
from tests.election_world import HELD


def test_plan_with_two_directors_one_person_twice_and_too_many_then_each_is_said() -> None:
    chosen = [
        Chosen(1, 1, "甲", "director"),
        Chosen(2, 2, "乙", "director"),
        Chosen(3, 2, "乙", "member"),
    ]

    plan = plan_result(whole=True, day=HELD, sitting=[], chosen=chosen, seats=1)

    assert plan.mistakes == (
        "乙同时当选居委会主任、居委会委员。保留其中一个",
        "居委会主任只有一人，现在有甲、乙当选。保留其中一人",
        "当选2人，多于应选1人。改当选人，或改应选人数",
    )


def test_plan_without_anybody_elected_then_said() -> None:
    plan = plan_result(whole=True, day=HELD, sitting=[], chosen=[], seats=3)

    assert plan.mistakes == ("没有当选人。在投票结果里勾选当选人，或登记选举未成",)


# the posts of six persons, "" for none; the first director is the only one
POSTS = st.lists(st.sampled_from(("", "director", "deputy", "member")), min_size=6, max_size=6)


def one_director(posts: list[str]) -> list[tuple[int, str]]:
    """Persons with their posts; every director but the first is a member."""
    first = posts.index("director") if "director" in posts else None
    return [
        (person, "member" if post == "director" and person != first else post)
        for person, post in enumerate(posts)
        if post
    ]


@given(POSTS, POSTS.filter(any))
def test_plan_of_any_result_then_the_committee_is_the_elected_and_no_post_is_doubled(
    before: list[str], elected: list[str]
) -> None:
    since = HELD - timedelta(days=1)
    held = [
        Sitting(person + 10, person, str(person), post, since)
        for person, post in one_director(before)
    ]
    chosen = [Chosen(person, person, str(person), post) for person, post in one_director(elected)]

    plan = plan_result(whole=True, day=HELD, sitting=held, chosen=chosen, seats=6)

    assert plan.mistakes == ()
    assert {(one.person, one.post) for one in plan.after} == {
        (one.person, one.post) for one in chosen
    }
    assert plan.heads == len(chosen)
    ended = [each.appointment for one in plan.changes for each in one.ends]
    assert sorted(ended) == sorted(one.appointment for one in held)
    directors = [one.person for one in plan.after if one.post == "director"]
    assert directors == [one.person for one in chosen if one.post == "director"]
