"""How a wish becomes a burst: the brands and agents as they are now, and what today still lacks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from maestro_actors.core import order
from maestro_actors.core.content import Agent, Brand
from maestro_actors.core.daily import local_date
from maestro_actors.core.events import BurstKind, BurstStarted, JobAdded, Replacement
from maestro_actors.errors import BurstRefusedError
from maestro_actors.journal.entries import Opening, RecordedBurst, Regeneration
from maestro_actors.journal.errors import UnknownJobError, UnknownSlugError
from maestro_actors.journal.history import History
from maestro_actors.journal.library import Library
from maestro_actors.journal.reader import JournalReader
from maestro_actors.journal.rows import JobRow


def planned(opening: Opening, library: Library, reader: JournalReader) -> tuple[BurstStarted, date]:
    """The burst that is wished for, and the user's local date on which it counts.

    Raises:
        BurstRefusedError: it is for a brand that does not exist, or for one that nobody writes for.
    """
    brands, agents = _chosen(opening, library), library.agents.all(opening.user_id)
    timezone = library.routine(opening.user_id, opening.at).timezone
    day = opening.local_date or local_date(opening.at, timezone)
    shares = _shares(opening, brands, reader, day, timezone)
    nobody = order.unserved(shares, brands, agents)
    if nobody and opening.order is not None:
        raise BurstRefusedError(_unserved(nobody))
    requests = order.requests(shares, agents)
    unserved = tuple(_unserved([brand]) for brand in nobody)
    started = BurstStarted(
        *(opening.at, opening.burst_id, opening.user_id, opening.kind, brands, agents, requests, opening.seed),
        unserved=unserved,
    )
    return started, day


def _chosen(opening: Opening, library: Library) -> tuple[Brand, ...]:
    brands = library.brands.all(opening.user_id)
    if not brands and opening.kind is not BurstKind.DAILY:
        raise BurstRefusedError("there is no brand to make content for: add one with `maestro brand add`")
    if opening.brands is None:
        return brands
    known = {brand.slug: brand for brand in brands}
    unknown = [slug for slug in opening.brands if slug not in known]
    if unknown:
        raise BurstRefusedError(f"there is no brand {unknown[0]!r}; there are {', '.join(known)}")
    return tuple(known[slug] for slug in dict.fromkeys(opening.brands))


def _shares(opening: Opening, brands: Sequence[Brand], reader: JournalReader, day: date, timezone: str) -> order.Shares:
    if opening.order is not None:
        return order.dealt(opening.order, brands)
    if opening.kind is BurstKind.DAILY:
        return order.quotas(brands)
    return order.lacking(brands, reader.made_on(opening.user_id, day, timezone))


def _unserved(brands: Sequence[Brand]) -> str:
    names = ", ".join(brand.name for brand in brands)
    return f"no agent writes for {names}: add one, or give one the brand"


def replacement(wish: Regeneration, library: Library, reader: JournalReader, history: History) -> JobAdded:
    """The new job, made of the old one's proposal, with its brand and agent as they are now.

    Raises:
        BurstRefusedError: the old job cannot be replaced; the text says why.
    """
    try:
        found = history.job(wish.user_id, wish.replaces)
    except UnknownJobError as error:
        raise BurstRefusedError(str(error)) from error
    job, proposal = found.job, found.proposal
    if job.outcome is None:
        raise BurstRefusedError(f"job {job.job_id} is still under way: wait for its outcome, or cancel its burst")
    if job.replaced_by:
        raise BurstRefusedError(f"job {job.job_id} was replaced by {job.replaced_by}: regenerate that one")
    if proposal is None:
        raise BurstRefusedError(f"the proposal of job {job.job_id} cannot be read: let a new burst make another")
    try:
        brand = library.brands.get(wish.user_id, job.brand)
    except UnknownSlugError as error:
        raise BurstRefusedError(f"{error}: job {job.job_id} was for one that has been removed") from error
    agent = _agent(job, library, reader)
    return JobAdded(wish.at, brand, agent, Replacement(wish.job_id, job.job_id, agent.slug, proposal))


def _agent(job: JobRow, library: Library, reader: JournalReader) -> Agent:
    """The agent as it is now; or, if it was removed, as it was then."""
    try:
        return library.agents.get(job.user_id, job.agent)
    except UnknownSlugError:
        burst = reader.burst(job.burst_id)
        then = _agents_of(burst) if isinstance(burst, RecordedBurst) else ()
        return next((agent for agent in then if agent.slug == job.agent), Agent(job.agent, job.agent, "", ""))


def _agents_of(burst: RecordedBurst) -> tuple[Agent, ...]:
    return (*burst.started.agents, *(event.agent for event in burst.events if isinstance(event, JobAdded)))


def own_burst(wish: Regeneration, addition: JobAdded, seed: int) -> BurstStarted:
    """A burst for a replacement alone."""
    return BurstStarted(
        *(wish.at, wish.burst_id, wish.user_id, BurstKind.REGENERATE, (addition.brand,), (addition.agent,), (), seed),
        replacements=(addition.replacement,),
    )
