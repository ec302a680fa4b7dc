"""What every posting is told apart by."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Quota(StrEnum):
    """The action quota that an amount is charged to."""

    INDIVIDUAL_SUPPORT = "individual_support"
    """Individual support by plan, mentors included (Regulation 483 par. 23.3)."""
    PROJECTS = "projects"
    """Initiative and partnership projects (par. 23.5)."""
    EVENTS = "events"
    """The partners' own events (par. 23.7.2)."""
    CENTRAL = "central"
    """The beneficiary's own costs, which no partner has a quota for."""
    UNDIVIDED = "undivided"
    """The programme has no quotas (PuMPuRS): one allocation for every action."""
    NOT_CARRIED = ""
    """The account is not kept by quota."""


class Dimension(StrEnum):
    """A name that sums may be told apart by; the names are those of the fields."""

    PROGRAMME = "programme"
    """Programmes never share books."""
    PARTNER = "partner"
    """Registration number of the partner; the beneficiary is a partner of its own."""
    QUOTA = "quota"
    """The action quota."""
    SEMESTER = "semester"
    """Semester of the activity, such as `2025-autumn`."""
    RATE_PERIOD = "rate_period"
    """Period of one co-financing rate, over which the split cumulates (D-03)."""
    SUB_PROJECT = "sub_project"
    """Number of an initiative, partnership or youth project."""
    DOCUMENT = "document"
    """Claim, advance, correction or recovery that the amount stands on until it is settled."""
    SOURCE = "source"
    """ESF+ or the state budget."""


@dataclass(frozen=True, slots=True)
class Dimensions:
    """The dimensions of a posting, all but its source; what an account does not carry is empty."""

    programme: str
    partner: str = ""
    quota: Quota = Quota.NOT_CARRIED
    semester: str = ""
    rate_period: str = ""
    sub_project: str = ""
    document: str = ""

    def value(self, dimension: Dimension) -> str:
        """Give one dimension as text, empty where it is not carried."""
        value: str = getattr(self, dimension)
        return value
