"""The journal's actor before a database that does as a test wants."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from maestro_actors.actors.journal import STALE, JournalActor
from maestro_actors.actors.messages import Ref
from maestro_actors.actors.recording import (
    BurstOpened,
    BurstRead,
    BurstUnwritable,
    ClaimFailed,
    ClaimsAnswered,
    ClaimWithdrawn,
    CountUnwritten,
    DatabaseAway,
    DatabaseBack,
    NotOpened,
    ObjectsRemoved,
    OpenBurst,
    ReadBurst,
    ReadUnfinished,
    Record,
    SlotClaimed,
    UnfinishedRead,
    Watch,
    WithdrawClaim,
)
from maestro_actors.errors import MaestroError, PassingError
from maestro_actors.journal.entries import (
    Item,
    RecordedBurst,
    Removed,
    UnreadableBurst,
)
from maestro_actors.journal.errors import DatabaseError, SupersededError, UnreadableEventError
from tests.actors.fake_journal import AWAY, NOW, SLOT, FakeJournal, claim, entry, failing, opening, started_as
from tests.support.answers import Answers
from tests.support.patience import eventually


@dataclass
class Scene:
    journal: FakeJournal
    actor: Ref
    answers: Answers
    ended: list[MaestroError]

    def record(self, *items: Item, then: object = None) -> None:
        told = ((self.answers.ref, then),) if then is not None else ()
        self.actor.tell(Record(items, told, self.answers.ref))

    def heard(self, *messages: object) -> None:
        """Until exactly these have been heard, in this order."""
        eventually(lambda: self.answers.all == list(messages))

    @contextmanager
    def held(self) -> Iterator[None]:
        """While the block runs, the actor is in the middle of a commit of its own."""
        gate, inside = threading.Event(), threading.Event()

        def wait(_call: str) -> None:
            inside.set()
            assert gate.wait(10)

        before, self.journal.trouble = self.journal.trouble, wait
        self.record(Removed(()))
        assert inside.wait(5)
        self.journal.trouble = before
        try:
            yield
        finally:
            gate.set()


@pytest.fixture
def scene(timer: Ref, answers: Answers) -> Scene:
    journal, ended = FakeJournal(), list[MaestroError]()
    actor = JournalActor.start(journal, timer, lambda: NOW, ended.append)
    return Scene(journal, actor, answers, ended)


def test_what_is_to_be_told_is_told_when_it_is_written(scene: Scene) -> None:
    with scene.held():
        scene.record(entry(1), then="seen")
        scene.record(then="seen too")
        assert scene.answers.all == []
    scene.heard("seen", "seen too")
    assert scene.journal.written[1:] == [entry(1)]


def test_what_comes_while_a_group_is_written_is_written_as_one(scene: Scene) -> None:
    with scene.held():
        for number in range(1, 30):
            scene.record(entry(number))
        scene.record(then="all")
    scene.heard("all")
    assert scene.journal.groups[1:] == [[entry(number) for number in range(1, 30)]]


def test_claims_are_answered_each_with_its_slot_or_the_reason(scene: Scene) -> None:
    scene.journal.full = {"two"}
    scene.record(claim("one"), entry(2), claim("two"), then="afterwards")
    answers = SlotClaimed("one", SLOT), ClaimFailed("two", "the next 60 days are full")
    scene.heard(ClaimsAnswered(answers), "afterwards")


def test_a_claim_that_waits_can_be_withdrawn_and_one_in_hand_cannot(scene: Scene) -> None:
    with scene.held():
        scene.record(claim("one"), entry(2))
        scene.actor.tell(WithdrawClaim("one"))
        scene.actor.tell(WithdrawClaim("unknown"))
    scene.heard(ClaimWithdrawn("one"))
    eventually(lambda: scene.journal.written[1:] == [entry(2)])


def test_a_group_that_may_have_been_written_is_handed_over_again_as_it_was(scene: Scene) -> None:
    tried: list[int] = []

    def trouble(call: str) -> None:
        tried.append(1)
        if len(tried) < 4:
            raise AWAY

    with scene.held():
        scene.record(claim("one"), entry(2), then="done")
        scene.journal.trouble = trouble
    eventually(lambda: tried)
    scene.actor.tell(WithdrawClaim("one"))
    scene.record(entry(3), then="and the rest")
    scene.heard(ClaimsAnswered((SlotClaimed("one", SLOT),)), "done", "and the rest")
    assert [item for item in scene.journal.written if item != Removed(())] == [claim("one"), entry(2), entry(3)]


def test_who_watches_hears_that_the_database_is_away_and_back(scene: Scene) -> None:
    scene.actor.tell(Watch(scene.answers.ref))
    scene.journal.trouble = failing(AWAY, AWAY, AWAY)
    scene.record(entry(1), then="written")
    scene.heard(DatabaseAway(str(AWAY)), "written", DatabaseBack())


def test_a_connection_that_was_cut_once_is_no_news(scene: Scene) -> None:
    scene.actor.tell(Watch(scene.answers.ref))
    scene.journal.trouble = failing(AWAY)
    scene.record(entry(1), then="written")
    scene.heard("written")


def test_while_the_database_is_away_nothing_is_opened_and_nobody_waits(scene: Scene) -> None:
    away = [True]

    def trouble(_call: str) -> None:
        if away[0]:
            raise AWAY

    scene.actor.tell(Watch(scene.answers.ref))
    scene.journal.trouble = trouble
    scene.record(entry(1))
    scene.heard(DatabaseAway(str(AWAY)))
    scene.actor.tell(OpenBurst(opening("B"), scene.answers.ref))
    eventually(lambda: isinstance(scene.answers.all[-1], NotOpened))
    away[0] = False
    eventually(lambda: scene.answers.all[-1] == DatabaseBack())
    scene.actor.tell(OpenBurst(opening("C"), scene.answers.ref))
    eventually(lambda: scene.answers.all[-1] == BurstOpened("C", "C", started_as("C")))
    assert list(scene.journal.bursts) == ["C"]


def test_an_opening_that_waits_behind_others_is_refused_as_soon_as_the_database_is_known_to_be_away(
    scene: Scene,
) -> None:
    away = [True]

    def trouble(_call: str) -> None:
        if away[0]:
            raise AWAY

    with scene.held():
        scene.record(entry(1), then="written")
        scene.actor.tell(OpenBurst(opening("B"), scene.answers.ref))
        scene.record(entry(2), then="written too")
        scene.journal.trouble = trouble
    eventually(lambda: [type(each) for each in scene.answers.all] == [NotOpened])
    away[0] = False
    eventually(lambda: scene.answers.all[1:] == ["written", "written too"])
    assert not scene.journal.bursts


def test_an_opening_that_waited_until_whoever_asked_had_gone_is_refused(scene: Scene) -> None:
    """A database that hangs, and then goes on: nothing begins of which somebody was told that it did not."""
    long_ago = replace(opening("B"), at=NOW - timedelta(seconds=STALE + 0.1))
    with scene.held():
        scene.actor.tell(OpenBurst(long_ago, scene.answers.ref))
        scene.actor.tell(OpenBurst(opening("C"), scene.answers.ref))
    eventually(lambda: len(scene.answers.all) == 2)
    refused, opened = scene.answers.all
    assert isinstance(refused, NotOpened)
    assert isinstance(refused.error, PassingError)
    assert opened == BurstOpened("C", "C", started_as("C"))
    assert list(scene.journal.bursts) == ["C"]


def test_an_opening_that_was_written_although_it_failed_runs(scene: Scene) -> None:
    """The connection broke between the commit and its answer: who asked was refused, but what is on record counts."""
    scene.journal.trouble = failing(AWAY, call="opened")
    scene.actor.tell(OpenBurst(opening("B"), scene.answers.ref))
    eventually(lambda: len(scene.answers.all) == 2)
    refused, opened = scene.answers.all
    assert isinstance(refused, NotOpened)
    assert opened == BurstOpened("B", "B", started_as("B"))


def test_an_opening_that_was_not_written_is_refused_and_forgotten(scene: Scene) -> None:
    scene.journal.trouble = failing(AWAY, call="open")
    scene.actor.tell(OpenBurst(opening("B"), scene.answers.ref))
    scene.record(then="gone on")
    eventually(lambda: scene.answers.all[-1] == "gone on")
    assert len(scene.answers.all) == 2
    assert not scene.journal.bursts


def test_what_is_asked_is_answered_in_its_turn(scene: Scene) -> None:
    with scene.held():
        scene.record(entry(1), then="before")
        scene.actor.tell(ReadBurst("A", scene.answers.ref))
        scene.record(entry(2), then="after")
    scene.heard("before", BurstRead("A", None), "after")


def test_one_record_that_is_refused_costs_its_burst_and_no_other(scene: Scene) -> None:
    scene.actor.tell(Watch(scene.answers.ref))
    scene.journal.poison = {"B"}
    with scene.held():
        scene.record(entry(1), then="first")
        scene.record(entry(1, "B"), then="never")
        scene.record(entry(2, "B"), then="never")
        scene.record(entry(2), then="last")
    scene.heard("first", BurstUnwritable("B", "the database refuses: too long"), "last")
    assert [item for item in scene.journal.written if item != Removed(())] == [entry(1), entry(2)]
    assert scene.ended == []


@pytest.mark.parametrize("call", ["commit", "renew"])
def test_a_worker_that_is_superseded_writes_nothing_more_and_tells_nobody(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    from maestro_actors.actors import journal

    monkeypatch.setattr(journal, "RENEWAL", 0.02)
    error = SupersededError("another worker has taken over")
    scene.journal.trouble = failing(error, call=call)
    scene.actor.tell(Watch(Answers().ref))
    if call == "commit":
        scene.record(entry(1), claim("one"), then="never")
    eventually(lambda: scene.ended == [error])
    scene.record(entry(2), then="never")
    assert scene.actor.ask(CountUnwritten(), timeout=5) == 0
    assert scene.answers.all == []
    assert scene.journal.groups == []


def test_a_database_that_refuses_everything_ends_the_worker(scene: Scene) -> None:
    scene.journal.trouble = failing(DatabaseError("the database refuses: it is no database"), call="unfinished")
    scene.actor.tell(ReadUnfinished(scene.answers.ref))
    eventually(lambda: scene.ended)


def test_a_burst_that_cannot_be_read_is_ended_and_the_others_are_gone_on_with(scene: Scene) -> None:
    good = RecordedBurst("A", "user", 1, started_as("A"), ())
    bad = UnreadableBurst("B", "user", 3, UnreadableEventError("B", 1, "StepTaken", 1, "unknown"))
    scene.journal.left = (bad, good)
    scene.actor.tell(ReadUnfinished(scene.answers.ref))
    scene.heard(UnfinishedRead((good,), ("a/path",)))
    assert scene.journal.abandoned == ["B"]


def test_what_the_bucket_let_go_of_is_written_down(scene: Scene) -> None:
    scene.actor.tell(ObjectsRemoved(("a", "b")))
    eventually(lambda: scene.journal.written == [Removed(("a", "b"))])


def test_what_is_not_written_yet_is_counted(scene: Scene) -> None:
    scene.journal.trouble = failing(*[AWAY] * 5)
    scene.record(entry(1), then="written")
    scene.record(entry(2))
    assert scene.actor.ask(CountUnwritten(), timeout=5) == 2
    eventually(lambda: scene.actor.ask(CountUnwritten(), timeout=5) == 0)
    eventually(lambda: scene.answers.all == ["written"])
