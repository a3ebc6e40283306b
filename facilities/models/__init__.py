"""Premises and their rooms, inspections, projects with gates, plans and pools, papers."""

from facilities.models.inspections import CorrectionOrder, HallCheck, Inspection
from facilities.models.papers import SpacePaper, SpacePaperContent
from facilities.models.plans import (
    SpaceMeasure,
    SpacePlan,
    SpacePool,
    SpacePoolLine,
)
from facilities.models.premises import Contract, Premises, Room, Share
from facilities.models.projects import (
    BuilderDefault,
    DefaultNotice,
    Gate,
    HandoverItem,
    Project,
)

__all__ = [
    "BuilderDefault",
    "Contract",
    "CorrectionOrder",
    "DefaultNotice",
    "Gate",
    "HallCheck",
    "HandoverItem",
    "Inspection",
    "Premises",
    "Project",
    "Room",
    "Share",
    "SpaceMeasure",
    "SpacePaper",
    "SpacePaperContent",
    "SpacePlan",
    "SpacePool",
    "SpacePoolLine",
]
