"""Places, their yearly facts, their parts and papers, and the acts that change them."""

from communities.models.acts import TRANSITIONS, ActStep, ChangeAct, Lineage
from communities.models.facts import AnnualFacts, FactsVersion
from communities.models.imports import PendingImport
from communities.models.papers import Paper, PaperContent
from communities.models.parts import (
    ArchiveEntry,
    Building,
    Contact,
    Estate,
    EstateMeeting,
    Grid,
    Organisation,
)
from communities.models.places import Community, Division, FormerDesignation

__all__ = [
    "TRANSITIONS",
    "ActStep",
    "AnnualFacts",
    "ArchiveEntry",
    "Building",
    "ChangeAct",
    "Community",
    "Contact",
    "Division",
    "Estate",
    "EstateMeeting",
    "FactsVersion",
    "FormerDesignation",
    "Grid",
    "Lineage",
    "Organisation",
    "Paper",
    "PaperContent",
    "PendingImport",
]
