"""The shapes of requests and answers, for the checks and for the description of the API.

    common                     how strictly they are read; ids, times, pages
    bursts                     bursts and what happened to them
    jobs                       jobs, what they made, the slots that they hold
    brands, agents, routine    what a user sets up
    today                      what a day has of its quotas
    session                    sessions, and the secret address of the calendar

Names are those in the description, so no two shapes share one.
"""

from __future__ import annotations

from web.models.agents import AgentList, AgentPatch, AgentView, NewAgent, WholeAgent
from web.models.brands import BrandList, BrandPatch, BrandView, NewBrand, WholeBrand
from web.models.bursts import (
    BurstPage,
    BurstQuery,
    BurstRecord,
    Cancellation,
    CancelReason,
    EventPage,
    NewBurst,
    StartedBurst,
)
from web.models.common import BurstPath, JobPath, Nothing, PageQuery, SlugPath
from web.models.jobs import (
    BurstJobQuery,
    CalendarQuery,
    CalendarView,
    JobPage,
    JobQuery,
    JobStory,
    RegeneratedJob,
)
from web.models.routine import NewRoutine, RoutineView
from web.models.session import Credentials, Feed, FeedPath, LinkToken, SignedIn
from web.models.today import Today

__all__ = [
    "AgentList",
    "AgentPatch",
    "AgentView",
    "BrandList",
    "BrandPatch",
    "BrandView",
    "BurstJobQuery",
    "BurstPage",
    "BurstPath",
    "BurstQuery",
    "BurstRecord",
    "CalendarQuery",
    "CalendarView",
    "CancelReason",
    "Cancellation",
    "Credentials",
    "EventPage",
    "Feed",
    "FeedPath",
    "JobPage",
    "JobPath",
    "JobQuery",
    "JobStory",
    "LinkToken",
    "NewAgent",
    "NewBrand",
    "NewBurst",
    "NewRoutine",
    "Nothing",
    "PageQuery",
    "RegeneratedJob",
    "RoutineView",
    "SignedIn",
    "SlugPath",
    "StartedBurst",
    "Today",
    "WholeAgent",
    "WholeBrand",
]
