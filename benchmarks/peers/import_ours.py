"""Our import of a file: read, checked, previewed, then taken with its history; prints JSON."""

import json
import resource
import sys
import time
from functools import partial
from pathlib import Path

import django

django.setup()

from django.utils import timezone  # noqa: E402 (needs django.setup first)

from accounts.models import User  # noqa: E402
from accounts.scope import scope  # noqa: E402
from benchmarks.import_files import YEAR  # noqa: E402
from collection.models import Upload, UploadContent  # noqa: E402
from collection.selectors.uploads import get_upload_page  # noqa: E402
from collection.services import jobs, uploads  # noqa: E402


def upload(path: Path) -> Upload:
    """The file as a request keeps it."""
    with scope("0"):
        by = User.objects.get(username="bench-country")
        kept = Upload.objects.create(
            code=by.scope, year=YEAR, source="file", file_name=path.name, sha256="0" * 64,
            size=path.stat().st_size, made_by=by, made_at=timezone.now(), moved_at=timezone.now(),
        )  # fmt: skip
        UploadContent.objects.create(upload=kept, code="0", content=path.read_bytes())
    return kept


def main() -> None:
    """The two jobs as the server's process runs them, and the page between them."""
    frame = jobs.Frame("/imports/new/", "benchmark")
    with scope("0"):
        by = User.objects.select_related("role").get(username="bench-country")
        kept = Upload.objects.latest("pk")
    work = partial(uploads.work, at=timezone.now())
    start = time.perf_counter()
    jobs.run(kept, by=by, frame=frame, work=work)
    read = time.perf_counter()
    with scope("0"):
        kept.refresh_from_db()
        get_upload_page(by, kept, show="", page=1, at=timezone.now())
        Upload.objects.filter(pk=kept.pk).update(state="taking", moved_at=timezone.now())
    shown = time.perf_counter()
    jobs.run(kept, by=by, frame=frame, work=work)
    end = time.perf_counter()
    with scope("0"):
        kept.refresh_from_db()
    found = {
        "preview": read - start,
        "page": shown - read,
        "take": end - shown,
        "seconds": end - start,
        "rows": kept.counts.get("taken_new", 0),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    upload(Path(sys.argv[2])) if sys.argv[1] == "upload" else main()
