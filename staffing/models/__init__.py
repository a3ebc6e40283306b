"""Persons, appointments, acts, quotas, elections, training, awards and pay."""

from staffing.models.acts import StaffAct, StaffPaper, StaffPaperContent
from staffing.models.elections import Candidate, Election, ElectionRound
from staffing.models.pay import Award, PayRecord
from staffing.models.persons import Appointment, Certificate, Person, PersonPhone
from staffing.models.quotas import ExtraWorkers, QuotaLine, QuotaPlan
from staffing.models.training import Attendance, Course

__all__ = [
    "Appointment",
    "Attendance",
    "Award",
    "Candidate",
    "Certificate",
    "Course",
    "Election",
    "ElectionRound",
    "ExtraWorkers",
    "PayRecord",
    "Person",
    "PersonPhone",
    "QuotaLine",
    "QuotaPlan",
    "StaffAct",
    "StaffPaper",
    "StaffPaperContent",
]
