"""The newsroom of a burst: its AgentActors, and which of them is asked for what, and when.

No actor of its own, but a part of the BurstActor, which alone touches it.
"""

from __future__ import annotations

import time
import zlib
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from datetime import datetime

from maestro_actors.actors.actor import tell
from maestro_actors.actors.agent import AgentActor
from maestro_actors.actors.messages import Propose, Ref, Task, Withdraw
from maestro_actors.actors.studio import Studio
from maestro_actors.core.burst import Burst
from maestro_actors.core.events import ProposalsFailed, Request

CANCELLED = "the burst was cancelled"
AGENT_PATIENCE = 240.0  # seconds that an agent may take for one answer, from where it took the request up


class Newsroom:
    """Asks one request of a brand after the other, so that each agent knows the titles that are taken.

    What cannot be asked any more is handed to `give_up`, which records it.
    """

    def __init__(self, burst: Burst, studio: Studio, owner: Ref, give_up: Callable[[ProposalsFailed], object]) -> None:
        self._burst = burst
        self._studio = studio
        self._clock: Callable[[], datetime] = studio.services.clock
        self._owner = owner
        self._give_up = give_up
        self._agents: dict[str, Ref] = {}
        self._writing_since: dict[int, float] = {}
        self._stuck: set[str] = set()
        self._to_ask: defaultdict[str, deque[Request]] = defaultdict(deque)

    def open(self) -> None:
        """Ask for whatever is owed."""
        for agent in self._burst.started.agents:
            ref = AgentActor.start(agent, self._studio.writer, self._studio.timer, self._studio.backoff)
            self._agents[agent.slug] = ref
        for state in self._burst.owed:
            self._to_ask[state.request.brand].append(state.request)
        for brand in list(self._to_ask):
            self.ask_next(brand)

    def close(self) -> None:
        """Let the agents go."""
        for ref in self._agents.values():
            ref.stop(block=False)

    def ask_next(self, slug: str) -> None:
        """Ask for the brand's next request, of an agent that is not stuck."""
        while self._to_ask[slug]:
            request = self._to_ask[slug].popleft()
            if request.agent not in self._stuck:
                self._ask(request)
                return
            self._give_up(ProposalsFailed(self._clock(), request.request_id, self._no_answer(request)))

    def _ask(self, request: Request) -> None:
        brand = self._burst.brand(request.brand)
        avoid = frozenset(self._burst.titles(request.brand))
        seed = zlib.crc32(f"{self._burst.started.seed}/request {request.request_id}".encode())
        tell(self._agents[request.agent], Propose(self._task(request), request, brand, seed, avoid))

    def _task(self, request: Request) -> Task:
        return Task(self._burst.started.burst_id, str(request.request_id), 1, self._owner, self._owner)

    def writes(self, request_id: int) -> None:
        """An agent took the request up: its silence has a limit."""
        self._writing_since[request_id] = time.monotonic()

    def waits(self, request_id: int) -> None:
        """The agent will try again: until then its silence has none."""
        self._writing_since.pop(request_id, None)

    def cancel(self) -> None:
        """Ask nobody any more; who was asked is told that it is not wanted, and answers once more."""
        for state in list(self._burst.owed):
            if state.request in self._to_ask[state.request.brand]:
                self._give_up(ProposalsFailed(self._clock(), state.request.request_id, CANCELLED))
            else:
                tell(self._agents[state.request.agent], Withdraw(self._task(state.request)))
        self._to_ask.clear()

    def give_up_the_silent(self) -> None:
        """Settle the requests of agents who are gone, or have been silent for too long."""
        overdue = time.monotonic() - AGENT_PATIENCE
        self._stuck |= {slug for slug, ref in self._agents.items() if not ref.is_alive()}
        self._stuck |= {
            request.agent for request in self._asked() if self._writing_since.get(request.request_id, overdue) < overdue
        }
        for request in list(self._asked()):
            if request.agent in self._stuck:
                self._give_up(ProposalsFailed(self._clock(), request.request_id, self._no_answer(request)))
                self.ask_next(request.brand)

    def _asked(self) -> Iterator[Request]:
        owed = (state.request for state in self._burst.owed)
        return (request for request in owed if request not in self._to_ask[request.brand])

    def _no_answer(self, request: Request) -> str:
        return f"{self._burst.agent(request.agent).name} gave no answer in {AGENT_PATIENCE:.0f} s"
