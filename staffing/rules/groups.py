"""Posts by the body they belong to, in the order of the roster."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from staffing.choices import COMMITTEE_POSTS, PARTY_POSTS, SUPERVISION_POSTS, Post

RANKS = {post.value: rank for rank, post in enumerate(Post)}


@dataclass(frozen=True)
class PostGroup:
    """A body of a community, or a kind of staff, with its posts."""

    key: str
    label: str
    posts: tuple[Post, ...]


GROUPS = (
    PostGroup("party", "党组织", PARTY_POSTS),
    PostGroup("committee", "居委会", COMMITTEE_POSTS),
    PostGroup("supervision", "居务监督委员会", SUPERVISION_POSTS),
    PostGroup("workers", "专职工作人员", (Post.WORKER,)),
    PostGroup("grid_workers", "网格员", (Post.GRID_WORKER,)),
    PostGroup("others", "其他", (Post.POLICE_DEPUTY, Post.WELFARE_POST, Post.THREE_SUPPORTS)),
)
BY_KEY = {group.key: group for group in GROUPS}


def group_of(post: str) -> PostGroup:
    """The group that a post belongs to."""
    return next(group for group in GROUPS if post in group.posts)


def leads_both(posts: Iterable[str]) -> bool:
    """一肩挑: whether posts of one community make a person secretary and director."""
    return {Post.SECRETARY, Post.DIRECTOR} <= set(posts)
