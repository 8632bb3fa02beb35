"""kill -9, of a renderer and of everything at once."""

from __future__ import annotations

from tests.cli.house import ONE_POST, House
from tests.support.patience import eventually


def test_a_killed_demo_takes_its_processes_along_and_the_next_sweeps_its_folder(house: House) -> None:
    with house.started("demo", "--reels", "2", "--posts", "0", "--carousels", "0", MAESTRO_RENDERERS="2") as demo:
        eventually(lambda: len(house.encoding()) == 2, 20)
        assert len(house.processes()) >= 5  # the demo, its storage, the server that forks, two renderers
        demo.process.kill()
        eventually(lambda: not house.processes(), 5)
    (left,) = house.worker_folders()
    assert house.encoding()
    assert house.run(*ONE_POST).code == 0
    assert not left.exists()


def test_a_render_whose_process_is_killed_is_done_again(house: House) -> None:
    one_reel = ("demo", "--reels", "1", "--posts", "1", "--carousels", "0", "--json")
    with house.started(*one_reel, MAESTRO_RENDERERS="1") as demo:
        eventually(house.encoding, 20)
        (renderer,) = house.renderers()
        renderer.kill()
        done = demo.wait()
    assert done.code == 0, done.said
    assert done.recap["scheduled"] == 2
    assert "Traceback" not in done.err, done.err
