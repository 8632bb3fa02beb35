from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from maestro_actors.actors.desk import Backoff
from maestro_actors.actors.messages import Paint, Painted, PaintFailed, Ref, Task, Withdraw, Withdrawn, WorkDelayed
from maestro_actors.actors.painter import PainterActor
from maestro_actors.errors import PassingError, ProviderError
from maestro_actors.rendering.specs import RenderedFile
from tests.support.answers import Answers
from tests.support.errands import Script
from tests.support.patience import eventually

QUICK = Backoff(tries=3, first=0.02, limit=0.05)
SIZE = (108, 135)

Brush = Callable[[Path, tuple[int, int], int], None]


def a_picture(out: Path, size: tuple[int, int], seed: int) -> None:
    Image.new("RGB", size, (seed % 256, 80, 160)).save(out, format="PNG")


def nothing(out: Path, size: tuple[int, int], seed: int) -> None:
    """The service said yes and sent nothing."""


def an_empty_file(out: Path, size: tuple[int, int], seed: int) -> None:
    out.write_bytes(b"")


def an_error_page(out: Path, size: tuple[int, int], seed: int) -> None:
    out.write_text("<html>Quota exceeded</html>")


def a_folder(out: Path, size: tuple[int, int], seed: int) -> None:
    out.mkdir()


class Provider:
    """Paints what its brush paints, with the script's troubles; a prompt is the name in the script."""

    def __init__(self, script: Script, brush: Brush = a_picture) -> None:
        self._script = script
        self._brush = brush
        self.at_work = self.most_at_work = 0

    def paint(self, prompt: str, size: tuple[int, int], seed: int, out: Path) -> None:
        self.at_work += 1
        self.most_at_work = max(self.most_at_work, self.at_work)
        try:
            self._script.run(prompt)
            self._brush(out, size, seed)
        finally:
            self.at_work -= 1


@pytest.fixture
def script() -> Script:
    return Script()


class Easel:
    """Asks a painter for pictures in the test's folder."""

    def __init__(self, painter: Ref, folder: Path) -> None:
        self.painter = painter
        self._folder = folder

    def out(self, task: Task) -> Path:
        return self._folder / f"{task.owner}.png"

    def ask_for(self, *tasks: Task) -> None:
        for task in tasks:
            self.painter.tell(Paint(task, task.owner, SIZE, 7, str(self.out(task))))


@pytest.fixture
def easel(script: Script, timer: Ref, tmp_path: Path) -> Easel:
    return Easel(PainterActor.start(Provider(script), timer, QUICK), tmp_path)


def test_a_picture_is_answered_with_its_size_and_checksum(easel: Easel, answers: Answers) -> None:
    easel.ask_for(task := answers.task("a loaf"))
    painted = answers.settled(task)
    content = easel.out(task).read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    assert painted == Painted(task, RenderedFile(str(easel.out(task)), len(content), digest))
    with Image.open(easel.out(task)) as picture:
        assert picture.size == SIZE


def test_a_busy_provider_is_asked_again_when_it_said(easel: Easel, script: Script, answers: Answers) -> None:
    task = answers.task("a loaf")
    script.troubles["a loaf"] = iter([PassingError("too many requests", retry_after=0.3)])
    easel.ask_for(task)
    assert isinstance(answers.settled(task), Painted)
    before, after = script.times("a loaf")
    assert after - before >= 0.3
    (delayed,) = [answer for answer in answers.to(task) if isinstance(answer, WorkDelayed)]
    assert delayed.waiting_for.endswith("too many requests")


@pytest.mark.parametrize(
    ("trouble", "reason", "tries"),
    [
        (PassingError("too many requests"), "too many requests (tried 3 times)", 3),
        (ProviderError("the prompt breaks the rules"), "the prompt breaks the rules", 1),
        (KeyError("choices"), "an internal error (KeyError: 'choices'); the log has the details", 1),
    ],
)
def test_a_provider_that_will_not_paint_is_a_failure_with_its_reason(
    easel: Easel, script: Script, answers: Answers, trouble: Exception, reason: str, tries: int
) -> None:
    refused, sound = answers.task("refused"), answers.task("sound")
    script.troubles["refused"] = iter([trouble] * tries)
    easel.ask_for(refused, sound)
    assert answers.settled(refused) == PaintFailed(refused, reason)
    assert isinstance(answers.settled(sound), Painted)
    assert script.tried.count("refused") == tries


@pytest.mark.parametrize("brush", [nothing, an_empty_file, an_error_page, a_folder])
def test_what_is_no_picture_is_the_providers_failure_and_no_bug_of_ours(
    brush: Brush, script: Script, timer: Ref, tmp_path: Path, answers: Answers, caplog: pytest.LogCaptureFixture
) -> None:
    easel = Easel(PainterActor.start(Provider(script, brush), timer, QUICK), tmp_path)
    easel.ask_for(task := answers.task("a loaf"))
    failed = answers.settled(task)
    assert isinstance(failed, PaintFailed)
    assert failed.reason.startswith("the image provider left ")
    assert not caplog.records


def test_a_slow_provider_gets_one_prompt_at_a_time(
    script: Script, timer: Ref, tmp_path: Path, answers: Answers
) -> None:
    provider, gate = Provider(script), script.hold("slow")
    easel = Easel(PainterActor.start(provider, timer, QUICK), tmp_path)
    tasks = [answers.task(name) for name in ("slow", "second", "third")]
    easel.ask_for(*tasks)
    script.wait_for("slow")
    assert not answers.settling(tasks[0])
    gate.set()
    eventually(lambda: all(answers.settling(task) for task in tasks))
    assert script.tried == ["slow", "second", "third"]
    assert provider.most_at_work == 1


def test_a_picture_that_waits_is_withdrawn_and_one_under_way_is_finished(
    easel: Easel, script: Script, answers: Answers
) -> None:
    gate: threading.Event = script.hold("under way")
    tasks = under_way, waiting = answers.task("under way"), answers.task("waiting")
    easel.ask_for(*tasks)
    script.wait_for("under way")
    for task in tasks:
        easel.painter.tell(Withdraw(task))
    gate.set()
    assert isinstance(answers.settled(under_way), Painted)
    assert answers.settled(waiting) == Withdrawn(waiting)
    assert not easel.out(waiting).exists()
