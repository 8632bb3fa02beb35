"""A demo as a person sees it in a terminal."""

from __future__ import annotations

from tests.cli.house import ONE_POST, House
from tests.cli.terminal import HIDE_CURSOR, SHOW_CURSOR, draw


def test_the_burst_is_shown_live_then_what_came_of_it_and_the_terminal_is_as_before(house: House) -> None:
    drawn = draw(house, "demo", "--reels", "0", "--posts", "2", "--carousels", "1")
    assert drawn.code == 0, drawn.text
    live = drawn.text.removesuffix(drawn.recap)
    assert "AI is creating content for" in live
    assert "0/3" in live
    assert "3/3" in live
    assert "● ● ○ ○" in live
    assert "Painting the background" in live
    assert "Today's session is complete: 3 scheduled" in drawn.recap
    assert drawn.recap.count("✓") == 3
    assert "maestro storage" in drawn.recap
    assert drawn.raw.rindex(SHOW_CURSOR) > drawn.raw.rindex(HIDE_CURSOR)
    assert drawn.modes_kept


def test_a_narrow_terminal_breaks_no_url(house: House) -> None:
    drawn = draw(house, *ONE_POST, columns=30)
    urls = [line.strip() for line in drawn.recap.splitlines() if "/object/public/" in line]
    assert len(urls) == 2
    assert all(url.endswith(".png") for url in urls)


def test_ctrl_c_cancels_the_burst_and_says_so(house: House) -> None:
    two_reels = ("--reels", "2", "--posts", "0", "--carousels", "0")
    drawn = draw(house, "demo", *two_reels, press_ctrl_c=lambda _drawn: house.encoding())
    assert drawn.code == 130, drawn.text
    assert "Today's session was cancelled: 0 scheduled and 2 cancelled" in drawn.recap
    assert "Traceback" not in drawn.text
    assert drawn.raw.rindex(SHOW_CURSOR) > drawn.raw.rindex(HIDE_CURSOR)
    assert drawn.modes_kept
    assert house.stored() == []
