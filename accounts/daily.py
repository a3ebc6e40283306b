"""What is done once a day, at its first request: apps add their jobs when they are ready."""

import logging
from collections.abc import Callable
from datetime import date, datetime

logger = logging.getLogger(__name__)
Job = Callable[[date, datetime], object]

_jobs: dict[str, Job] = {}


def add_daily_job(job: Job, *, failed: str) -> None:
    """Add a job, called with the day and the moment outside of any transaction and scope.

    Each process does it, maybe again on the same day: a second run finds nothing to do. `failed` is
    what the log says where it raises; it also names the job, which is added once.
    """
    _jobs[failed] = job


def do_daily_jobs(*, on: date, at: datetime) -> None:
    """Do the jobs of a day in the order in which they were added; one that fails hinders none."""
    for failed, job in _jobs.items():
        try:
            job(on, at)
        except Exception:
            logger.exception(failed)
