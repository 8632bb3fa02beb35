from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from maestro_actors.core.content import Agent
from maestro_actors.examples import EXAMPLE_AGENTS
from maestro_actors.journal.content_codec import agent_json, read_agent
from tests.cli.house import House
from tests.cli.inside import Inside

MIRA, OTTO, JUNO, WREN = EXAMPLE_AGENTS


@pytest.fixture
def maestro(tmp_path: Path) -> Inside:
    return Inside(tmp_path)


def shown(maestro: Inside, slug: str) -> Any:
    return json.loads(maestro("agent", "show", slug, "--json").out)


def test_from_the_first_agent_to_its_removal(house: House) -> None:
    added = house.run("agent", "add", "--name", "Pip", "--avatar", "🐦", "--voice", "bold, playful")
    assert (added.code, added.err) == (0, "")
    assert "✓ Added 🐦 Pip slug pip" in added.said
    edited = house.run("agent", "edit", "pip", "--brand", "healthy-college", "--json")
    assert read_agent(json.loads(edited.out)) == Agent("pip", "Pip", "🐦", "bold, playful", ("healthy-college",))
    removed = house.run("agent", "remove", "pip")
    assert (removed.code, removed.out, removed.err) == (0, "Removed Pip. What it wrote stays.\n", "")
    gone = house.run("agent", "show", "pip")
    assert (gone.code, gone.err) == (
        1,
        "maestro: there is no agent 'pip': `maestro agent list` shows those there are\n",
    )


def test_the_list_has_every_agent(maestro: Inside) -> None:
    done = maestro("agent", "list")
    assert (done.code, done.err) == (0, "")
    assert "🌻 Mira mira warm, practical every brand" in done.said
    assert "🦉 Otto otto wry, direct copper-tern-coffee, the-slow-timetable" in done.said
    assert {read_agent(each) for each in json.loads(maestro("agent", "list", "--json").out)} == set(EXAMPLE_AGENTS)


def test_show_has_everything_and_how_the_voice_is_heard(maestro: Inside) -> None:
    said = maestro("agent", "show", "otto").said
    assert "🦉 Otto slug otto voice wry, direct tone wry, practical writes for" in said
    assert "Copper Tern Coffee (copper-tern-coffee) The Slow Timetable (the-slow-timetable)" in said
    assert shown(maestro, "otto") == agent_json(OTTO)


def test_an_added_agent_has_what_is_usual(maestro: Inside) -> None:
    assert maestro("agent", "add", "--name", "Zoë").code == 0
    assert shown(maestro, "zoe") == agent_json(Agent("zoe", "Zoë", "🤖", "plain"))


def test_an_edit_changes_what_is_given_and_nothing_else(maestro: Inside) -> None:
    assert maestro("agent", "edit", "otto", "--voice", "calm").code == 0
    assert shown(maestro, "otto") == agent_json(replace(OTTO, voice="calm"))
    assert maestro("agent", "edit", "otto", "--every-brand").code == 0
    assert shown(maestro, "otto") == agent_json(replace(OTTO, voice="calm", brands=()))


def test_two_edits_at_once_both_count(maestro: Inside) -> None:
    with maestro.overtaken("agent", "edit", "mira", "--avatar", "🐦"):
        maestro("agent", "edit", "mira", "--voice", "mine")
    agent = json.loads(maestro("agent", "show", "mira", "--json").out)
    assert (agent["voice"], agent["avatar"]) == ("mine", "🐦")


def test_what_show_prints_add_reads(maestro: Inside) -> None:
    file = maestro.home / "otto.json"
    file.write_text(maestro("agent", "show", "otto", "--json").out)
    assert maestro("agent", "add", "--file", str(file), "--slug", "second").code == 0
    assert shown(maestro, "second") == agent_json(replace(OTTO, slug="second"))


def test_who_leaves_a_brand_without_an_agent_is_warned_of_that_brand(maestro: Inside) -> None:
    assert maestro("agent", "edit", "mira", "--brand", "healthy-college").err == ""
    assert maestro("agent", "remove", "otto").err == ""
    last = maestro("agent", "remove", "juno")
    assert last.code == 0
    assert last.err == (
        "maestro: no agent writes for Copper Tern Coffee, so nothing can be made for it: "
        "`maestro agent add --name NAME --brand copper-tern-coffee` adds one\n"
    )
    edited = maestro("agent", "edit", "wren", "--brand", "healthy-college")
    assert "no agent writes for The Slow Timetable" in edited.err
    assert "Copper Tern Coffee" not in edited.err, "it is warned of once"


def test_a_brand_that_was_removed_hinders_no_edit(maestro: Inside) -> None:
    maestro("brand", "remove", "copper-tern-coffee")
    assert "copper-tern-coffee (removed)" in maestro("agent", "show", "otto").said
    assert maestro("agent", "edit", "otto", "--voice", "calm").code == 0
    assert shown(maestro, "otto") == agent_json(replace(OTTO, voice="calm"))
    added = maestro("agent", "add", "--name", "Pip", "--brand", "copper-tern-coffee")
    assert added.code == 2
    assert "--brand has 'copper-tern-coffee': it must be a list of different brands of healthy-college" in added.err


def test_without_agents_the_list_says_how_to_add_one(maestro: Inside) -> None:
    for agent in EXAMPLE_AGENTS:
        maestro("agent", "remove", agent.slug)
    assert "No agent yet: `maestro agent add --name NAME` adds one." in maestro("agent", "list").said


@pytest.mark.parametrize("command", [("show",), ("edit", "--name", "X"), ("remove",)])
@pytest.mark.parametrize("slug", ["nobody", "No Body", "\udcff"])
def test_an_unknown_slug_is_said(maestro: Inside, command: tuple[str, ...], slug: str) -> None:
    name, *rest = command
    done = maestro("agent", name, slug, *rest)
    assert (done.code, done.out) == (1, "")
    assert done.err == f"maestro: there is no agent {slug!r}: `maestro agent list` shows those there are\n"


def test_a_slug_is_taken_once(maestro: Inside) -> None:
    done = maestro("agent", "add", "--name", "Mira")
    assert (done.code, done.err) == (
        1,
        "maestro: there is already an agent 'mira': change that one, or choose another slug\n",
    )


def test_the_list_marks_brands_that_were_removed(maestro: Inside) -> None:
    assert maestro("brand", "remove", "the-slow-timetable").code == 0
    assert "copper-tern-coffee, the-slow-timetable (removed)" in maestro("agent", "list").said


def test_each_brand_that_there_is_is_named_once(maestro: Inside) -> None:
    edited = maestro("agent", "edit", "otto", "--brand", "nope")
    there_are = "different brands of healthy-college, copper-tern-coffee, the-slow-timetable, or empty for every brand"
    assert there_are in edited.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("add",), ["--slug is missing", "--name is missing: it must be a line of 1 to 80 visible characters"]),
        (("add", "--name", "ميرا"), ["--slug is missing: it must be 1 to 50 of a-z, 0-9"]),
        (("add", "--name", "Pip", "--avatar", "a long avatar"), ["--avatar has 13 characters: it must be an emoji"]),
        (("add", "--name", "Pip", "--voice", ""), ["--voice is blank"]),
        (("add", "--name", "Pip", "--voice", "x" * 201), ["--voice has 201 characters"]),
        (("add", "--name", "a\x07b", "--slug", "Pip"), ["--slug is 'Pip'", "--name has invisible control characters"]),
        (
            ("add", "--name", "Pip", "--brand", "nobody"),
            ["--brand has 'nobody': it must be a list of different brands"],
        ),
        (("add", "--name", "Pip", "--brand", "x", "--every-brand"), ["--every-brand and --brand cannot both be"]),
        (("edit", "mira"), ["there is nothing to change: give an option, or --file"]),
        (("edit", "mira", "--slug", "x"), ["No such option '--slug'"]),
        (("edit", "mira", "--brand", "nobody"), ["--brand has 'nobody'"]),
        (("edit", "mira", "--avatar", "\t"), ["--avatar is blank"]),
    ],
)
def test_a_wrong_option_is_named_with_what_would_do(maestro: Inside, options: tuple[str, ...], said: list[str]) -> None:
    done = maestro("agent", *options)
    assert (done.code, done.out) == (2, "")
    assert all(each in done.err for each in said), done.err
    assert f"Try 'maestro agent {options[0]} --help' for help." in done.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"name": "Pip", "tone": "wry"}', "agent has 'tone', which nobody knows: there are slug, name, avatar, voice"),
        ('{"name": ["Pip"]}', "name is a list: it must be a line of 1 to 80 visible characters"),
        ('{"name": "Pip", "brands": "every"}', "brands is a text: it must be a list of different brands"),
        ('{"name": "Pip", "brands": [7]}', "brands has a number in it: it must be a list of different brands"),
        ('"Pip"', "has no JSON object: `show --json` prints one to start from"),
    ],
)
def test_a_wrong_file_is_named_with_what_would_do(maestro: Inside, text: str, said: str) -> None:
    file = maestro.home / "agent.json"
    file.write_text(text)
    done = maestro("agent", "add", "--file", str(file))
    assert (done.code, done.out) == (2, "")
    assert said in done.err, done.err


@pytest.mark.parametrize("name", ["ميرا ☕", "<script>alert(1)</script>", "[bold]Pip[/bold]"])
def test_names_are_only_text(maestro: Inside, name: str) -> None:
    assert name in maestro("agent", "add", "--name", name, "--slug", "pip", "--avatar", "👩🏽‍💻").out
    assert name in maestro("agent", "list").out
    assert shown(maestro, "pip")["name"] == name
