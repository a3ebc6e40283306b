"""What a row of a roster does: a person, a certificate, posts begun, changed or ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from collection.rules.findings import LOOK, UNLIKELY, WRONG
from collection.services.cell_reading import Finding
from staffing.choices import CertificateLevel, Post
from staffing.models import Appointment, Certificate, Person
from staffing.rules.roster_fields import CERTIFICATE, FIELDS, PERSON, POST, written
from staffing.services.roster_upload_rows import Row
from staffing.services.roster_upload_stored import Stored

# what an appointment that goes on may be given
CHANGEABLE: Final = tuple(name for name in POST if name != "valid_until")


@dataclass
class Plan:
    """What a row changes; `before` are the texts of what it changes, by field."""

    row: Row
    person: Person | None
    before: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    # columns of the person, of its certificate, of appointments that go on
    values: dict[str, Any] = field(default_factory=dict)
    certificate: Certificate | None = None
    certificate_values: dict[str, Any] = field(default_factory=dict)
    new_certificate: bool = False
    changed: list[tuple[Appointment, dict[str, Any]]] = field(default_factory=list)
    ended: list[Appointment] = field(default_factory=list)
    begun: list[str] = field(default_factory=list)
    sets_identity: bool = False
    sets_phone: bool = False

    @property
    def is_new(self) -> bool:
        """Whether somebody comes into a community: without a post there until now."""
        return bool(self.begun) and "posts" not in self.before

    @property
    def says(self) -> bool:
        """Whether anything changes."""
        return bool(self.person is None or self.before or self.begun)

    def find(self, name: str, grade: str, message: str) -> None:
        self.findings.append((name, grade, message))

    def differs(self, name: str, given: Any, held: Any) -> bool:
        """Whether a given value is another than the one held; what is held is noted then."""
        # what is not known is kept as '' in columns of texts and as None in others
        if (None if given == "" else given) == (None if held == "" else held):
            return False
        self.before.setdefault(name, written(name, held))
        return True


def plan_of(row: Row, person: Person | None, stored: Stored) -> Plan:
    """What a row would do with what is stored; its findings are those of values and of days."""
    plan = Plan(row, person)
    _person(plan, stored)
    _certificate(plan, stored.certificates.get(person.pk, []) if person else [])
    held = stored.posts.get(person.pk, []) if person else []
    here = [one for one in held if one.community_id == row.community]
    for post in row.posts:
        _post(plan, post, [one for one in here if one.post == post])
    if plan.begun:
        running = [one for one in here if one.valid_until is None]
        if running:
            plan.before["posts"] = written("posts", [one.post for one in running])
    return plan


def _person(plan: Plan, stored: Stored) -> None:
    row, person = plan.row, plan.person
    if person is None:
        plan.sets_identity = bool(row.identity.hmac)
        plan.sets_phone = bool(row.phone_hash)
        return
    if row.name != person.name:
        plan.values["name"] = row.name
        plan.before["person_name"] = person.name
        plan.find("person_name", UNLIKELY,
            f"这个身份证号登记的姓名是{person.name}。核对证件，改名的写明原因")  # fmt: skip
    for name in PERSON:
        if name in row.values and plan.differs(name, row.values[name], getattr(person, name)):
            plan.values[name] = row.values[name]
    if row.identity.hmac and not person.identity_hmac:
        plan.before["identity_number"] = ""
        plan.sets_identity = True
    if row.phone_hash and stored.phones.get(person.pk) != row.phone_hash:
        plan.before["phone"] = person.phone_mask
        plan.sets_phone = True


def _certificate(plan: Plan, held: list[Certificate]) -> None:
    row = plan.row
    given: dict[str, Any] = {name: row.values[name] for name in CERTIFICATE if name in row.values}
    level = row.values.get("certificate_level")
    if level is None:
        if not any(given.values()):
            return
        if len(held) != 1:
            plan.find("certificate_level", WRONG, "填了证书的其他项，写明证书级别")
            return
        level = held[0].level
    if level == CertificateLevel.OTHER:
        plan.find("certificate_level", WRONG, "其他证书在人员页登记。这一格空着")
        return
    plan.certificate = next((one for one in held if one.level == level), None)
    if plan.certificate is None:
        _new_certificate(plan, level, given)
        return
    for name, value in given.items():
        if plan.differs(name, value, getattr(plan.certificate, name)):
            plan.certificate_values[name] = "" if value is None and name != "expires_on" else value
    registered: dict[str, Any] = {name: getattr(plan.certificate, name) for name in CERTIFICATE}
    _check_expiry(plan, registered | given)


def _new_certificate(plan: Plan, level: str, given: Mapping[str, Any]) -> None:
    if given.get("issued_on") is None:
        plan.find(
            "issued_on", WRONG, f"{CertificateLevel(level).label}没有登记过，填写证书取得日期"
        )
        return
    plan.new_certificate = True
    plan.certificate_values = {"level": level, **given}
    if plan.person is not None:
        plan.before["certificate_level"] = ""
    _check_expiry(plan, given)


def _check_expiry(plan: Plan, values: Mapping[str, Any]) -> None:
    """Name a certificate that ends before it begins."""
    issued_on, expires_on = values.get("issued_on"), values.get("expires_on")
    if issued_on is not None and expires_on is not None and expires_on <= issued_on:
        said = f"登记有效期至{expires_on}，不晚于取得日期{issued_on}。改其中一个日期"
        plan.find("expires_on", WRONG, said)


def _post(plan: Plan, post: str, held: list[Appointment]) -> None:
    """One post of the row: begun, or one that is held changed or ended."""
    row = plan.row
    one = _meant(held, row.values.get("valid_from"), row.values.get("valid_until"))
    if one is None:
        plan.begun.append(post)
        return
    values: dict[str, Any] = {}
    for name in CHANGEABLE:
        if name in row.values and plan.differs(name, row.values[name], getattr(one, name)):
            values[name] = row.values[name]
    if "valid_from" in values:
        plan.find("valid_from", UNLIKELY,
            f"{Post(post).label}登记的任职日期是{one.valid_from}。是更正的，写明原因；"
            "换届后连任的不改")  # fmt: skip
    if values:
        plan.changed.append((one, values))
    until = row.values.get("valid_until")
    if until is None or until == one.valid_until:
        return
    if one.valid_until is not None:
        plan.find("valid_until", WRONG,
            f"{Post(post).label}已于{one.valid_until}离任。要更正，在人员页办理")  # fmt: skip
        return
    plan.before["valid_until"] = ""
    plan.ended.append(one)
    if row.values.get("leave_reason") is None:
        plan.find("leave_reason", LOOK, "没有写离任原因")


def _meant(held: list[Appointment], since: date | None, until: date | None) -> Appointment | None:
    """The holding of a post that a row is about: of its day, else the one that lasts."""
    if since is not None:
        for one in held:
            if one.valid_from == since:
                return one
    running = next((one for one in held if one.valid_until is None), None)
    if running is not None and until is not None and until <= running.valid_from:
        return None  # an earlier holding, not registered yet
    if running is None and since is None:
        return held[-1] if held else None
    return running


def lacking(plan: Plan) -> None:
    """Name what a new person or a new post lacks."""
    values, row = plan.row.values, plan.row
    if not row.posts:
        plan.find("posts", WRONG, "没有写职务。写党组织书记、居委会主任、专职工作人员等")
    wrong = {name for name, grade, _ in (*row.errors, *plan.findings) if grade == WRONG}
    if plan.begun:
        for name in ("identity", "pay_channel", "valid_from"):
            if values.get(name) is None and name not in wrong:
                verb = "填写" if name == "valid_from" else "选择"
                said = "、".join(Post(one).label for one in plan.begun)
                plan.find(name, WRONG, f"{said}没有登记过，{verb}{FIELDS[name].label}")
