"""django-import-export 4, tuned: bulk, cached keys, no diffs; a dry run, then the import."""

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

import django

django.setup()

import tablib  # noqa: E402 (needs django.setup first)
from import_export import fields, resources, widgets  # noqa: E402

from accounts.scope import scope  # noqa: E402
from benchmarks.import_files import COLUMNS, YEAR  # noqa: E402
from collection.rules.fields import FIELDS  # noqa: E402
from communities.models import AnnualFacts, Community  # noqa: E402


class ByCode(widgets.Widget):
    """A community by its code; all are fetched once."""

    def __init__(self) -> None:
        super().__init__()
        self.known: dict[str, Community] = {}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Community | None:
        if not self.known:
            self.known = {one.code: one for one in Community.objects.only("pk", "code")}
        return self.known[str(value)]


def field(name: str) -> fields.Field:
    decimal = FIELDS[name].places > 0
    widget = widgets.DecimalWidget() if decimal else widgets.IntegerWidget()
    return fields.Field(name, FIELDS[name].heading, widget)


class FactsResource(resources.ModelResource):
    """New facts of a year."""

    community = fields.Field("community", "社区代码", ByCode())
    for _name in COLUMNS:
        locals()[_name] = field(_name)

    class Meta:
        model = AnnualFacts
        fields = ("community", *COLUMNS)
        import_id_fields = ("community",)
        use_bulk = True
        batch_size = 2000
        force_init_instance = True
        skip_diff = True
        skip_html_diff = True
        use_transactions = True

    def import_instance(self, instance: AnnualFacts, row: Any, **kwargs: Any) -> None:
        of(instance, str(row["社区代码"]))
        super().import_instance(instance, row, **kwargs)
        # its own clean_model_instances asks the database several times a row: minutes more
        instance.clean_fields(exclude=("community",))


def of(instance: AnnualFacts, code: str) -> None:
    instance.year, instance.code, instance.status = YEAR, code, "draft"
    instance.street_code, instance.district_code, instance.city_code = code[:9], code[:6], code[:4]


def table(path: Path) -> tablib.Dataset:
    if path.suffix == ".csv":
        return tablib.Dataset().load(path.read_text("utf-8"), format="csv")
    return tablib.Dataset().load(path.read_bytes(), format="xlsx")


def main(path: Path) -> None:
    start = time.perf_counter()
    data = table(path)
    with scope("0"):
        dry = FactsResource().import_data(data, dry_run=True, raise_errors=True)
    shown = time.perf_counter()
    data = table(path)  # its admin reads the file again to confirm
    with scope("0"):
        done = FactsResource().import_data(data, dry_run=False, raise_errors=True)
    end = time.perf_counter()
    print(
        json.dumps(
            {
                "preview": shown - start,
                "take": end - shown,
                "seconds": end - start,
                "rows": done.totals["new"],
                "checked": dry.totals["new"],
                "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
