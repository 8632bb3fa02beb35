from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from maestro_actors.core.fair_queue import FairQueue
from tests.core.strategies import patient

groups = st.sampled_from("abcd")


class FairQueueUnderLoad(RuleBasedStateMachine):
    """The queue beside a model of it: plain lists, and for each group that waits, who may still go before it."""

    def __init__(self) -> None:
        super().__init__()
        self.queue = FairQueue[int]()
        self.now = 0.0
        self.made = 0
        self.ready: dict[str, list[int]] = {}
        self.aside: list[tuple[float, int, str]] = []
        self.before: dict[str, set[str]] = {}  # whoever waits already may go once before a group that comes to wait

    def new(self) -> int:
        self.made += 1
        return self.made

    def line_up(self, group: str) -> list[int]:
        if group not in self.ready:
            self.before[group] = set(self.ready)
            self.ready[group] = []
        return self.ready[group]

    @rule(group=groups)
    def put(self, group: str) -> None:
        item = self.new()
        self.line_up(group).append(item)
        self.queue.put(group, item)

    @rule(group=groups)
    def put_first(self, group: str) -> None:
        item = self.new()
        self.line_up(group).insert(0, item)
        self.queue.put_first(group, item)

    @rule(group=groups, delay=st.integers(-1, 5))
    def put_later(self, group: str, delay: int) -> None:
        item, due = self.new(), self.now + delay
        self.aside.append((due, item, group))
        self.queue.put_later(group, item, due)

    @rule(seconds=st.integers(1, 3))
    def time_passes(self, seconds: int) -> None:
        self.now += seconds

    @rule()
    def pop(self) -> None:
        for due in sorted(entry for entry in self.aside if entry[0] <= self.now):
            self.aside.remove(due)
            self.line_up(due[2]).append(due[1])
        item = self.queue.pop(self.now)
        if not self.ready:
            assert item is None
            return
        group = next(group for group, items in self.ready.items() if item in items)
        assert self.ready[group][0] == item, "the items of a group keep their order"
        for waiting in self.ready.keys() - {group}:
            assert group in self.before[waiting], f"{group} has gone twice while {waiting} waited"
            self.before[waiting].remove(group)
        rest = self.ready.pop(group)[1:]
        if rest:
            self.line_up(group).extend(rest)

    @rule(divisor=st.integers(1, 4), remainder=st.integers(0, 3))
    def take_out(self, divisor: int, remainder: int) -> None:
        def wanted(item: int) -> bool:
            return item % divisor == remainder

        everything = [item for items in self.ready.values() for item in items] + [item for _, item, _ in self.aside]
        taken = self.queue.take_out(wanted)
        assert sorted(taken) == sorted(filter(wanted, everything))
        self.aside = [entry for entry in self.aside if not wanted(entry[1])]
        self.ready = {group: [item for item in items if not wanted(item)] for group, items in self.ready.items()}
        self.ready = {group: items for group, items in self.ready.items() if items}

    @invariant()
    def it_has_as_many_as_wait(self) -> None:
        assert len(self.queue) == len(self.aside) + sum(map(len, self.ready.values()))
        assert bool(self.queue) == bool(self.aside or self.ready)
        everything = [item for items in self.ready.values() for item in items] + [item for _, item, _ in self.aside]
        assert sorted(self.queue) == sorted(everything)

    @invariant()
    def it_knows_when_the_next_is_due(self) -> None:
        assert self.queue.next_due() == min((due for due, _, _ in self.aside), default=None)


def test_the_queue_is_fair_whatever_comes() -> None:
    run_state_machine_as_test(FairQueueUnderLoad, settings=settings(patient, max_examples=150, stateful_step_count=40))


@patient
@given(st.lists(groups, max_size=40))
def test_of_k_groups_each_gets_a_turn_within_k_pops(arrivals: list[str]) -> None:
    queue = FairQueue[tuple[int, str]]()
    for item in enumerate(arrivals):
        queue.put(item[1], item)
    popped = [each for _ in arrivals if (each := queue.pop(0))]
    assert queue.pop(0) is None
    for start in range(len(popped)):
        waiting = {group for _, group in popped[start:]}
        assert {group for _, group in popped[start : start + len(waiting)]} == waiting
    for group in set(arrivals):
        assert [n for n, of in popped if of == group] == [n for n, of in enumerate(arrivals) if of == group]


def test_a_thousand_of_one_group_do_not_keep_another_waiting() -> None:
    queue = FairQueue[str]()
    for _ in range(1000):
        queue.put("big", "big")
    queue.put("small", "small")
    assert [queue.pop(0), queue.pop(0), queue.pop(0)] == ["big", "small", "big"]


def test_what_stands_aside_waits_until_it_is_due() -> None:
    queue = FairQueue[str]()
    queue.put_later("a", "retry", due=5.0)
    assert (queue.pop(4.9), queue.next_due(), len(queue)) == (None, 5.0, 1)
    assert (queue.pop(5.0), queue.next_due(), len(queue)) == ("retry", None, 0)


def test_what_is_due_together_comes_in_the_order_it_was_put() -> None:
    queue = FairQueue[object]()
    items = [object() for _ in range(5)]  # nothing can be said about which of them is less
    for item in items:
        queue.put_later("a", item, due=1.0)
    assert [queue.pop(1.0) for _ in items] == items


def test_a_group_keeps_its_turn_when_some_of_it_is_taken_out() -> None:
    queue = FairQueue[str]()
    for item in ("a1", "b1", "a2"):
        queue.put(item[0], item)
    assert queue.take_out(lambda item: item == "a1") == ["a1"]
    assert [queue.pop(0), queue.pop(0), queue.pop(0)] == ["a2", "b1", None]
