"""What the table of routes is written with: who is walked, statuses for groups of people."""

from typing import NamedTuple

PEOPLE = (
    "visitor",
    "clerk",
    "clerk_elsewhere",
    "reviewer",
    "district_officer",
    "district_finance",
    "city_officer",
    "city_finance",
    "auditor",
    "administrator",
)
STAFF = ("city_officer", "auditor", "administrator")
WRITERS = ("city_officer", "administrator")
STREET_404 = {"clerk": 404, "clerk_elsewhere": 404, "reviewer": 404}
NOT_DRAFTS = {"clerk_elsewhere": 404, "district_finance": 404, "city_finance": 404}
Statuses = dict[str, int]


def everybody(status: int) -> Statuses:
    return dict.fromkeys(PEOPLE, status)


def people(status: int, *, visitor: int = 302, **others: int) -> Statuses:
    """The same for all who are logged in, but for those named."""
    return everybody(status) | {"visitor": visitor} | others


def staff(status: int, *names: str) -> Statuses:
    """One status for those named (all staff without names); 403 for everybody else."""
    return people(403) | dict.fromkeys(names or STAFF, status)


def registrars(status: int, **others: int) -> Statuses:
    """One status for those who may register, but another street's clerk; 403 for others."""
    inside = dict.fromkeys(("clerk", "reviewer", "district_officer", "city_officer"), status)
    return people(403, clerk_elsewhere=404) | inside | others


def importers(status: int, **others: int) -> Statuses:
    """One status for those who may import facts of their scope; 403 for everybody else."""
    names = ("clerk", "clerk_elsewhere", "reviewer", "district_officer", "city_officer")
    inside = dict.fromkeys((*names, "administrator"), status)
    return people(403) | inside | others


def proposers(status: int, **others: int) -> Statuses:
    """One status for those who may propose changes of communities; 403 for others."""
    names = ("clerk", "clerk_elsewhere", "reviewer", "district_officer", "city_officer")
    return people(403) | dict.fromkeys(names, status) | others


def staff_readers(status: int, **others: int) -> Statuses:
    """One status for those who may see persons: not finance, not the administrator."""
    closed = dict.fromkeys(("district_finance", "city_finance", "administrator"), 403)
    return people(status) | closed | others


def staff_registrars(status: int, **others: int) -> Statuses:
    """One status for those who may register persons, but another street's clerk."""
    return people(403, clerk=status, clerk_elsewhere=404, district_officer=status) | others


def trainers(status: int) -> Statuses:
    """One status for the offices that hold courses; 403 for everybody else."""
    return people(403, district_officer=status, city_officer=status)


class Route(NamedTuple):
    path: str
    statuses: Statuses


def model_pages(app: str, model: str, *, add: Statuses) -> dict[str, Route]:
    """The six pages that the stock admin makes for a model; nobody deletes there."""
    folder = f"/admin/{app}/{model}/"
    row = f"{folder}{{{model}}}/"
    name = f"admin:{app}_{model}"
    return {
        f"{name}_changelist": Route(folder, staff(200)),
        f"{name}_add": Route(f"{folder}add/", add),
        f"{name}_change": Route(f"{row}change/", staff(200)),
        f"{name}_history": Route(f"{row}history/", staff(200)),
        f"{name}_delete": Route(f"{row}delete/", people(403)),
        f"admin/{app}/{model}/<path:object_id>/": Route(row, staff(302)),
    }
