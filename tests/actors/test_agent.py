from __future__ import annotations

import pytest

from maestro_actors.actors.agent import AgentActor
from maestro_actors.actors.desk import Backoff
from maestro_actors.actors.messages import ProposalFailed, Propose, Proposed, Ref, Task, Withdraw, Withdrawn
from maestro_actors.core.content import Kind, Proposal
from maestro_actors.core.events import Request
from maestro_actors.errors import PassingError, ProviderError
from maestro_actors.providers.offline_writer import OfflineWriter
from maestro_actors.providers.text import TextRequest
from tests.support.answers import Answers
from tests.support.errands import Script
from tests.support.patience import eventually
from tests.support.studio import a_brand, an_agent

QUICK = Backoff(tries=3, first=0.02, limit=0.05)
BRAND, MIRA = a_brand(), an_agent("Mira")
TAKEN = frozenset({"An old title"})


class Writer:
    """Writes titles with a number, with the script's troubles; the seed is the name in the script."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self.asked: list[TextRequest] = []

    def propose(self, request: TextRequest) -> tuple[Proposal, ...]:
        self.asked.append(request)
        self._script.run(str(request.seed))
        return tuple(
            Proposal(request.kind, request.brand.slug, f"Title {n}", "caption", "prompt", lines=("line",))
            for n in range(request.count)
        )


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
def writer(script: Script) -> Writer:
    return Writer(script)


@pytest.fixture
def agent(writer: Writer, timer: Ref) -> Ref:
    return AgentActor.start(MIRA, writer, timer, QUICK)


def ask(agent: Ref, task: Task, count: int = 1) -> None:
    """Ask for reels; the task's step is the seed."""
    agent.tell(Propose(task, Request(task.step, MIRA.slug, BRAND.slug, Kind.REEL, count), BRAND, task.step, TAKEN))


def test_the_proposals_come_as_the_provider_wrote_them(agent: Ref, writer: Writer, answers: Answers) -> None:
    ask(agent, task := answers.task("request", step=5), count=3)
    proposed = answers.settled(task)
    assert isinstance(proposed, Proposed)
    assert [proposal.title for proposal in proposed.proposals] == ["Title 0", "Title 1", "Title 2"]
    assert writer.asked == [TextRequest(MIRA, BRAND, Kind.REEL, 3, 5, TAKEN)]


def test_an_agent_writes_offline(timer: Ref, answers: Answers) -> None:
    ask(AgentActor.start(MIRA, OfflineWriter(), timer, QUICK), task := answers.task("request", step=5), count=2)
    proposed = answers.settled(task)
    assert isinstance(proposed, Proposed)
    assert len({proposal.title for proposal in proposed.proposals}) == 2


@pytest.mark.parametrize(
    ("trouble", "reason", "tries"),
    [
        (PassingError("too many requests"), "Mira: too many requests (tried 3 times)", 3),
        (ProviderError("nothing left to say"), "Mira: nothing left to say", 1),
        (IndexError("a bug"), "Mira: an internal error (IndexError: a bug); the log has the details", 1),
    ],
)
def test_every_failure_is_answered_once_under_the_agents_name(
    agent: Ref, script: Script, answers: Answers, trouble: Exception, reason: str, tries: int
) -> None:
    failing, sound = answers.task("failing", step=1), answers.task("sound", step=2)
    script.troubles["1"] = iter([trouble] * tries)
    ask(agent, failing)
    assert answers.settled(failing) == ProposalFailed(failing, reason)
    ask(agent, sound)
    assert isinstance(answers.settled(sound), Proposed)
    assert len(answers.settling(failing)) == 1
    assert script.tried == ["1"] * tries + ["2"]


def test_a_provider_that_was_busy_is_asked_again(agent: Ref, script: Script, answers: Answers) -> None:
    script.troubles["1"] = iter([PassingError("too many requests", retry_after=0.1)])
    ask(agent, task := answers.task("request", step=1))
    assert isinstance(answers.settled(task), Proposed)
    before, after = script.times("1")
    assert after - before >= 0.1


def test_a_slow_provider_gets_one_request_at_a_time_in_their_order(
    agent: Ref, script: Script, answers: Answers
) -> None:
    gate, tasks = script.hold("0"), [answers.task("request", step=n) for n in range(4)]
    for task in tasks:
        ask(agent, task)
    script.wait_for("0")
    assert script.tried == ["0"]
    gate.set()
    eventually(lambda: all(answers.settling(task) for task in tasks))
    assert script.tried == ["0", "1", "2", "3"]


def test_a_request_that_waits_is_withdrawn_and_one_under_way_is_finished(
    agent: Ref, script: Script, answers: Answers
) -> None:
    gate = script.hold("0")
    tasks = under_way, waiting = answers.task("request", step=0), answers.task("request", step=1)
    for task in tasks:
        ask(agent, task)
    script.wait_for("0")
    for task in tasks:
        agent.tell(Withdraw(task))
    gate.set()
    assert isinstance(answers.settled(under_way), Proposed)
    assert answers.settled(waiting) == Withdrawn(waiting)
    assert script.tried == ["0"]


def test_agents_do_not_wait_for_each_other(agent: Ref, script: Script, timer: Ref, answers: Answers) -> None:
    gate, slow, quick = script.hold("0"), answers.task("slow", step=0), answers.task("quick", step=1)
    other: Ref = AgentActor.start(an_agent("Jonas"), Writer(script), timer, QUICK)
    ask(agent, slow)
    script.wait_for("0")
    ask(other, quick)
    assert isinstance(answers.settled(quick), Proposed)
    assert not answers.settling(slow)
    gate.set()
    answers.settled(slow)
