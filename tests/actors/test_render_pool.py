"""The render pool with real renderer actors and real child processes: what they render is rest."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from multiprocessing.connection import Connection
from pathlib import Path

import psutil
import pytest

from maestro_actors.actors import render_pool, renderer
from maestro_actors.actors.actor import tell
from maestro_actors.actors.messages import (
    Begin,
    Leave,
    Ref,
    Render,
    Rendered,
    RenderFailed,
    RenderLost,
    Withdraw,
    Withdrawn,
    WorkDelayed,
    WorkProgressed,
    WorkStarted,
)
from maestro_actors.actors.render_pool import RenderPool
from maestro_actors.actors.rendering import RendererFree
from maestro_actors.core.content import Kind, Proposal
from maestro_actors.examples import EXAMPLE_BRANDS
from maestro_actors.rendering import child
from maestro_actors.rendering.specs import DrawPost, EncodeReel, PaintBackground, RenderedFile, Rest
from tests.actors.conftest import Deaths
from tests.support.answers import Answers
from tests.support.patience import eventually
from tests.support.studio import a_brand

LONG = 60.0
RENDERERS = 2


@pytest.fixture
def pool(timer: Ref) -> Iterator[Ref]:
    with a_pool(RENDERERS, timer) as ref:
        yield ref


@pytest.fixture
def lone(timer: Ref) -> Iterator[Ref]:
    """A pool of one renderer: its child is the one that is busy."""
    with a_pool(1, timer) as ref:
        yield ref


@contextmanager
def a_pool(renderers: int, timer: Ref) -> Iterator[Ref]:
    ref = RenderPool.start(renderers, timer, frozenset(os.sched_getaffinity(0)))
    tell(ref, Begin())
    eventually(lambda: len(children()) == renderers and all(is_polite(pid) for pid in children()))
    yield ref
    tell(ref, Leave())
    eventually(lambda: not children())


def children() -> set[int]:
    return {process.pid for process in multiprocessing.active_children() if process.pid}


def is_polite(pid: int) -> bool:
    """A child lowers its priority once it has seen to its signals."""
    return bool(psutil.Process(pid).nice() == child.NICENESS)


def busy(answers: Answers, count: int) -> None:
    eventually(lambda: sum(isinstance(message, WorkStarted) for message in answers.all) >= count)


def test_a_render_is_started_and_answered(pool: Ref, answers: Answers) -> None:
    task = answers.task("job")
    tell(pool, Render(task, Rest("out")))
    assert answers.settled(task) == Rendered(task, RenderedFile("out", 0, sha256().hexdigest()))
    assert answers.to(task)[0] == WorkStarted(task, 1)


def test_as_many_renders_run_at_once_as_there_are_renderers(pool: Ref, answers: Answers) -> None:
    tasks = [answers.task(f"job {n}") for n in range(RENDERERS + 1)]
    for task in tasks:
        tell(pool, Render(task, Rest("out", LONG)))
    busy(answers, RENDERERS)
    for task in tasks:
        tell(pool, Withdraw(task))
    assert [type(answers.settled(task)) for task in tasks] == [Withdrawn] * len(tasks)
    assert not any(isinstance(message, WorkStarted) for message in answers.to(tasks[-1]))


def test_bursts_take_turns(timer: Ref, answers: Answers) -> None:
    pool = RenderPool.start(1, timer, frozenset())
    tasks = [answers.task(f"{burst}{n}", burst) for burst, count in (("A", 5), ("B", 1)) for n in range(count)]
    for task in tasks:
        tell(pool, Render(task, Rest(task.owner)))
    tell(pool, Begin())
    for task in tasks:
        answers.settled(task)
    started = [message.task.owner for message in answers.all if isinstance(message, WorkStarted)]
    assert started.index("B0") == 1
    tell(pool, Leave())
    eventually(lambda: not children())


def test_withdrawing_a_running_render_kills_its_child_at_once(pool: Ref, answers: Answers) -> None:
    before = children()
    task = answers.task("job")
    tell(pool, Render(task, Rest("out", LONG)))
    busy(answers, 1)
    began = time.monotonic()
    tell(pool, Withdraw(task))
    assert answers.settled(task) == Withdrawn(task)
    assert time.monotonic() - began < 2, "a child in C code must not be waited for"
    assert len(before & children()) == RENDERERS - 1
    after = answers.task("next")
    tell(pool, Render(after, Rest("out")))
    assert isinstance(answers.settled(after), Rendered)


def test_a_render_whose_child_is_killed_is_tried_once_more(lone: Ref, answers: Answers) -> None:
    task = answers.task("job")
    tell(lone, Render(task, Rest("out", 0.5)))
    busy(answers, 1)
    kill_the_child()
    assert isinstance(answers.settled(task), Rendered)
    delays = [message for message in answers.to(task) if isinstance(message, WorkDelayed)]
    assert len(delays) == 1
    assert "SIGKILL" in delays[0].waiting_for
    assert WorkStarted(task, 2) in answers.to(task)


def test_a_render_whose_child_is_killed_twice_is_lost_and_those_that_wait_never_notice(
    lone: Ref, answers: Answers
) -> None:
    victim = answers.task("victim")
    tell(lone, Render(victim, Rest("out", LONG)))
    busy(answers, 1)
    kill_the_child()
    eventually(lambda: WorkStarted(victim, 2) in answers.to(victim))
    others = [answers.task(f"other {n}") for n in range(20)]
    for other in others:
        tell(lone, Render(other, Rest("out")))
    kill_the_child()
    lost = answers.settled(victim)
    assert isinstance(lost, RenderLost)
    assert "SIGKILL" in lost.reason
    assert all(isinstance(answers.settled(other), Rendered) for other in others)
    eventually(lambda: len(children()) == 1)


def test_a_killed_child_of_a_withdrawn_render_is_not_tried_again(lone: Ref, answers: Answers) -> None:
    task = answers.task("job")
    tell(lone, Render(task, Rest("out", LONG)))
    busy(answers, 1)
    kill_the_child()
    tell(lone, Withdraw(task))
    assert isinstance(answers.settled(task), Withdrawn)
    eventually(lambda: len(children()) == 1)


def test_withdrawing_what_is_done_or_unknown_changes_nothing(pool: Ref, answers: Answers) -> None:
    task = answers.task("job")
    tell(pool, Withdraw(task))
    tell(pool, Render(task, Rest("out")))
    assert isinstance(answers.settled(task), Rendered)
    tell(pool, Withdraw(task))
    tell(pool, Withdraw(answers.task("unknown")))
    after = answers.task("next")
    tell(pool, Render(after, Rest("out")))
    assert isinstance(answers.settled(after), Rendered)
    assert len(answers.settling(task)) == 1


def test_a_spec_that_cannot_be_rendered_fails_with_its_reason_and_the_child_lives_on(
    pool: Ref, answers: Answers
) -> None:
    before = children()
    task = answers.task("job")
    tell(pool, Render(task, unreadable_post()))
    failed = answers.settled(task, 30)
    assert isinstance(failed, RenderFailed)
    assert "/nowhere/background.png" in failed.reason
    assert children() == before


def test_a_render_past_its_deadline_is_stopped(pool: Ref, answers: Answers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renderer, "STILL_DEADLINE", 0.1)
    task = answers.task("job")
    tell(pool, Render(task, Rest("out", LONG)))
    failed = answers.settled(task)
    assert isinstance(failed, RenderFailed)
    assert "too long" in failed.reason
    monkeypatch.undo()
    after = answers.task("next")
    tell(pool, Render(after, Rest("out")))
    assert isinstance(answers.settled(after), Rendered)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_children_leave_it_to_the_worker_when_to_end(pool: Ref, answers: Answers, number: signal.Signals) -> None:
    before = children()
    for pid in before:
        os.kill(pid, number)
    task = answers.task("job")
    tell(pool, Render(task, Rest("out")))
    assert isinstance(answers.settled(task), Rendered)
    assert children() == before


def test_children_are_polite_to_the_coordinator(pool: Ref) -> None:
    for pid in children():
        assert is_polite(pid)
        assert set(psutil.Process(pid).cpu_affinity() or []) == os.sched_getaffinity(0)


def test_an_idle_child_that_is_killed_is_replaced(pool: Ref, answers: Answers) -> None:
    victim = next(iter(children()))
    os.kill(victim, signal.SIGKILL)
    eventually(lambda: victim not in children() and len(children()) == RENDERERS)
    task = answers.task("job")
    tell(pool, Render(task, Rest("out")))
    assert isinstance(answers.settled(task), Rendered)


def test_children_that_die_while_they_start_fail_the_renders_with_a_remedy(
    timer: Ref, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renderer, "RESTART_DELAYS", (0.0, 0.0, 0.01))
    monkeypatch.setattr(child, "serve", die_at_once)
    pool = RenderPool.start(1, timer, frozenset())
    tell(pool, Begin())
    task = answers.task("job")
    tell(pool, Render(task, Rest("out")))
    failed = answers.settled(task, 20)
    assert isinstance(failed, RenderFailed)
    assert "maestro doctor" in failed.reason
    monkeypatch.undo()
    eventually(lambda: can_render(pool, answers), 20)
    tell(pool, Leave())
    eventually(lambda: not children())


def test_a_renderer_that_dies_of_a_bug_is_replaced_and_its_render_tried_again(
    pool: Ref, answers: Answers, deaths: Deaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renderer, "_reply", bug_once(monkeypatch))
    task = answers.task("job")
    tell(pool, Render(task, Rest("out")))
    assert isinstance(answers.settled(task), Rendered)
    assert len(eventually(deaths.take)) == 1
    eventually(lambda: len(children()) == RENDERERS)


def test_a_renderer_is_not_handed_a_second_render_for_a_word_it_said_before_the_first(
    timer: Ref, answers: Answers
) -> None:
    pool, listener = RenderPool.start(0, timer, frozenset()), Answers()
    first, second = answers.task("first"), answers.task("second")
    tell(pool, RendererFree(listener.ref))
    tell(pool, Render(first, Rest("out")))
    tell(pool, RendererFree(listener.ref))  # its child died idle and is back: said before it heard of the first
    tell(pool, Render(second, Rest("out")))
    tell(pool, RendererFree(listener.ref, first))
    eventually(lambda: len(listener.all) == 2)
    assert [run.attempt.command.task.owner for run in listener.all] == ["first", "second"]
    third = answers.task("third")
    tell(pool, RendererFree(listener.ref))
    tell(pool, Render(third, Rest("out")))
    tell(pool, Withdraw(third))
    assert answers.settled(third) == Withdrawn(third), "it still waits: the second is not answered yet"
    tell(pool, Leave())


def test_a_long_render_says_how_far_it_is(pool: Ref, answers: Answers, tmp_path: Path) -> None:
    background = answers.task("background")
    paint = PaintBackground(EXAMPLE_BRANDS[0], "calm", 1, (1080, 1920), str(tmp_path / "background.png"))
    tell(pool, Render(background, paint))
    assert isinstance(answers.settled(background, 30), Rendered)
    proposal = Proposal(Kind.REEL, "healthy-college", "Bread", "Bread.", "bread", ("Flour", "Water"))
    task = answers.task("reel")
    reel = EncodeReel(EXAMPLE_BRANDS[0], proposal, paint.out, str(tmp_path / "reel.mp4"), seconds=3.0)
    tell(pool, Render(task, reel))
    assert isinstance(answers.settled(task, 60), Rendered)
    shares = [message.share for message in answers.to(task) if isinstance(message, WorkProgressed)]
    assert shares, "a reel takes longer than the interval between two reports"
    assert shares == sorted(shares)
    assert 0 < shares[-1] < 1


def test_renderers_that_die_of_bugs_time_and_again_fail_what_waits(
    timer: Ref, answers: Answers, deaths: Deaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(render_pool, "AFTER_A_CRASH", 0.01)
    monkeypatch.setattr(renderer, "_spawn", broken_spawn)
    pool = RenderPool.start(1, timer, frozenset())
    tell(pool, Begin())
    task = answers.task("job")
    tell(pool, Render(task, Rest("out")))
    failed = answers.settled(task)
    assert isinstance(failed, RenderFailed)
    assert "RuntimeError: a bug" in failed.reason
    monkeypatch.undo()
    eventually(lambda: can_render(pool, answers), 20)
    assert len(deaths.take()) >= render_pool.CRASHES
    tell(pool, Leave())
    eventually(lambda: not children())


def test_a_child_that_never_gets_ready_is_replaced(
    timer: Ref, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renderer, "START_DEADLINE", 1.0)
    monkeypatch.setattr(renderer, "WATCH", 0.05)
    pool = RenderPool.start(1, timer, frozenset())
    with monkeypatch.context() as patched:
        patched.setattr(child, "serve", never_ready)
        tell(pool, Begin())
        (stuck,) = eventually(children)
    task = answers.task("job")
    tell(pool, Render(task, Rest("out")))
    assert isinstance(answers.settled(task, 20), Rendered)
    assert stuck not in children()
    tell(pool, Leave())
    eventually(lambda: not children())


def broken_spawn(*_details: object) -> None:
    raise RuntimeError("a bug")


def never_ready(_pipe: Connection, _cores: frozenset[int]) -> None:
    time.sleep(LONG)


def kill_the_child() -> None:
    (pid,) = children()
    os.kill(pid, signal.SIGKILL)


def die_at_once(_pipe: Connection, _cores: frozenset[int]) -> None:
    os._exit(7)


def can_render(pool: Ref, answers: Answers) -> bool:
    task = answers.task(f"job {time.monotonic()}")
    tell(pool, Render(task, Rest("out")))
    return isinstance(answers.settled(task), Rendered)


def bug_once(monkeypatch: pytest.MonkeyPatch) -> object:
    real = renderer._reply

    def reply(*details: object) -> object:
        monkeypatch.setattr(renderer, "_reply", real)
        raise RuntimeError("a bug")

    return reply


def unreadable_post() -> DrawPost:
    proposal = Proposal(Kind.POST, "knead-and-spoke", "Bread", "Bread.", "bread", ("Bread",))
    return DrawPost(a_brand(), proposal, "/nowhere/background.png", "/nowhere/out.png")
