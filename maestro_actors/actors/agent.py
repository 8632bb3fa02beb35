"""AgentActor: owns one agent's conversation with the text provider."""

from __future__ import annotations

from maestro_actors.actors.actor import tell
from maestro_actors.actors.desk import Backoff, Desk
from maestro_actors.actors.messages import ProposalFailed, Propose, Proposed, Ref, Task
from maestro_actors.core.content import Agent
from maestro_actors.providers.text import TextProvider, TextRequest


class AgentActor(Desk[Propose]):
    """One request at a time, in the order they came."""

    what = "request"

    def __init__(self, agent: Agent, provider: TextProvider, timer: Ref, backoff: Backoff) -> None:
        super().__init__(timer, backoff)
        self._agent = agent
        self._provider = provider

    def _work(self, command: Propose) -> None:
        asked = command.request
        request = TextRequest(self._agent, command.brand, asked.kind, asked.count, command.seed, command.avoid)
        tell(command.task.reply_to, Proposed(command.task, self._provider.propose(request)))

    def _fail(self, command: Propose, reason: str) -> None:
        tell(command.task.reply_to, ProposalFailed(command.task, f"{self._agent.name}: {reason}"))

    def _task(self, command: Propose) -> Task:
        return command.task

    def _group(self, command: Propose) -> str:
        return command.task.burst_id
