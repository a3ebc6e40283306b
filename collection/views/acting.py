"""An act that counts once: whoever clicks again is told, and led where the first click led."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages

from accounts.services import once

REPEATED = "这一步先前办过，没有再办"


def act_once(request: Any, key: UUID, act: Callable[[], str]) -> str:
    """Do an act once for the key of its form; return the address that it led to.

    `act` says itself what it did. What it raises is raised.
    """
    done = False

    def first() -> str:
        nonlocal done
        done = True
        return act()

    led_to = once(key=key, by=request.user, act=first)
    if not done:
        messages.warning(request, REPEATED)
    return led_to
