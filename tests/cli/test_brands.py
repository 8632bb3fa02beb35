from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import Any

import pytest

from maestro_actors.core.content import PerKind
from maestro_actors.examples import EXAMPLE_AGENTS, EXAMPLE_BRANDS, HEALTHY_COLLEGE
from maestro_actors.journal.content_codec import brand_json, read_brand
from tests.cli.house import MAESTRO, House
from tests.cli.inside import Inside

LOAF = ("brand", "add", "--name", "Loaf", "--topic", "bread")


@pytest.fixture
def maestro(tmp_path: Path) -> Inside:
    return Inside(tmp_path)


def file_with(maestro: Inside, text: str | bytes) -> str:
    file = maestro.home / "brand.json"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return str(file)


def shown(maestro: Inside, slug: str) -> Any:
    return json.loads(maestro("brand", "show", slug, "--json").out)


def test_from_the_first_brand_to_its_removal(house: House) -> None:
    added = house.run("brand", "add", "--name", "Knead & Spoke", "--topic", "sourdough", "--timezone", "Europe/Lisbon")
    assert (added.code, added.err) == (0, "")
    assert "✓ Added" in added.out
    assert "Knead & Spoke @knead.spoke" in added.said
    edited = house.run("brand", "edit", "knead-spoke", "--reels-at", "07:30,12:15", "--reels", "2", "--json")
    assert json.loads(edited.out)["quota"] == {"reel": 2, "post": 1, "carousel": 1}
    listed = house.run("brand", "list")
    assert "Knead & Spoke Europe/Lisbon 2 reels 07:30 12:15" in listed.said
    removed = house.run("brand", "remove", "knead-spoke")
    assert (removed.code, removed.out) == (
        0,
        "Removed Knead & Spoke. Its history, its slots and the media it published stay.\n",
    )
    gone = house.run("brand", "show", "knead-spoke")
    assert (gone.code, gone.out) == (1, "")
    assert gone.err == "maestro: there is no brand 'knead-spoke': `maestro brand list` shows those there are\n"


def test_what_show_prints_edit_reads_from_a_pipe(house: House) -> None:
    pipe = f"{MAESTRO} brand show healthy-college --json | {MAESTRO} brand edit healthy-college --file - --json"
    done = subprocess.run(["sh", "-c", pipe], env=house.environment(), capture_output=True, timeout=30, check=True)
    assert read_brand(json.loads(done.stdout)) == HEALTHY_COLLEGE


def test_the_list_has_every_brand_with_its_times_and_quotas(maestro: Inside) -> None:
    done = maestro("brand", "list")
    assert (done.code, done.err) == (0, "")
    assert "Copper Tern Coffee Europe/Lisbon 2 reels 08:00 15:30" in done.said
    assert "copper-tern-coffee 8 topics 2 posts 06:45 11:00 1 carousel 18:15" in done.said
    printed = json.loads(maestro("brand", "list", "--json").out)
    assert {read_brand(each) for each in printed} == set(EXAMPLE_BRANDS)


@pytest.mark.parametrize("columns", [80, 120])
def test_the_examples_fit_the_terminal(maestro: Inside, columns: int) -> None:
    for command in (("brand", "list"), ("brand", "show", "the-slow-timetable")):
        lines = maestro(*command, COLUMNS=str(columns)).out.splitlines()
        assert max(map(len, lines)) <= columns
        assert any("Australia/Lord_Howe" in line for line in lines), "nothing is broken in two"


def test_show_has_everything_and_who_writes(maestro: Inside) -> None:
    said = maestro("brand", "show", "healthy-college").said
    assert "Healthy College @healthy.college slug healthy-college timezone America/New_York" in said
    assert "dark #10302b ██ light #fdf5e6 ██ primary #1c6b57 ██ accent #ff9466" in said
    assert "reels 3 a day, at 07:30, 12:15, 20:30" in said
    assert "agents 🌻 Mira, 🔭 Juno, 🪶 Wren" in said
    assert shown(maestro, "healthy-college") == brand_json(HEALTHY_COLLEGE)


def test_an_added_brand_has_what_is_usual(maestro: Inside) -> None:
    added = maestro("brand", "add", "--name", "Café Ström", "--topic", "coffee", "--topic", "cake", "--json")
    assert (added.code, added.err) == (0, "")
    brand = read_brand(json.loads(added.out))
    assert (brand.slug, brand.handle, brand.topics) == ("cafe-strom", "cafe.strom", ("coffee", "cake"))
    assert brand.quota == PerKind(1, 1, 1)
    assert all(len(times) == 1 for _, times in brand.publishing_times.items())
    assert shown(maestro, "cafe-strom") == json.loads(added.out)


@pytest.mark.parametrize("handle", [(), ("--handle", "kissaten")])
def test_of_a_name_without_latin_letters_the_slug_alone_is_to_be_given(
    maestro: Inside, handle: tuple[str, ...]
) -> None:
    command = ("brand", "add", "--name", "日本", "--topic", "tea", *handle)
    without = maestro(*command)
    assert without.code == 2
    assert "--slug is missing" in without.err
    assert "--handle" not in without.err
    added = maestro(*command, "--slug", "nihon-tea", "--json")
    assert read_brand(json.loads(added.out)).handle == (handle[1] if handle else "nihon.tea")


def test_the_quota_is_as_many_as_there_are_times(maestro: Inside) -> None:
    added = maestro(*LOAF, "--reels-at", "07:30, 12:15", "--posts-at", "", "--json")
    brand = read_brand(json.loads(added.out))
    assert brand.publishing_times.reel == (time(7, 30), time(12, 15))
    assert brand.quota == PerKind(2, 0, 1)


def test_every_option_is_kept(maestro: Inside) -> None:
    given = "--slug loaf --handle @the.loaf --typeface poster --timezone Asia/Kathmandu"
    given += " --dark #000001 --light #FFFFF2 --primary #000003 --accent #000004"
    given += " --reels-at 01:00 --posts-at 02:00 --carousels-at 03:00 --reels 1 --posts 2 --carousels 3"
    assert maestro("brand", "add", "--name", "The Loaf", "--topic", "bread", *given.split()).code == 0
    assert shown(maestro, "loaf") == {
        "slug": "loaf",
        "name": "The Loaf",
        "handle": "the.loaf",
        "palette": {"dark": "#000001", "light": "#FFFFF2", "primary": "#000003", "accent": "#000004"},
        "typeface": "poster",
        "topics": ["bread"],
        "timezone": "Asia/Kathmandu",
        "publishing_times": {"reel": ["01:00:00"], "post": ["02:00:00"], "carousel": ["03:00:00"]},
        "quota": {"reel": 1, "post": 2, "carousel": 3},
    }


def test_a_file_is_read_and_options_come_before_it(maestro: Inside, tmp_path: Path) -> None:
    file = tmp_path / "brand.json"
    file.write_text(json.dumps(brand_json(HEALTHY_COLLEGE)), encoding="utf-8-sig")
    done = maestro("brand", "add", "--file", str(file), "--slug", "second", "--dark", "#000000")
    assert done.code == 0, done.said
    expected = replace(HEALTHY_COLLEGE, slug="second", palette=replace(HEALTHY_COLLEGE.palette, dark="#000000"))
    assert shown(maestro, "second") == brand_json(expected)


def test_an_edit_changes_what_is_given_and_nothing_else(maestro: Inside) -> None:
    done = maestro("brand", "edit", "healthy-college", "--accent", "#123456", "--posts-at", "", "--posts", "0")
    assert "✓ Changed" in done.out
    palette = replace(HEALTHY_COLLEGE.palette, accent="#123456")
    times = replace(HEALTHY_COLLEGE.publishing_times, post=())
    expected = replace(HEALTHY_COLLEGE, palette=palette, publishing_times=times, quota=PerKind(3, 0, 1))
    assert shown(maestro, "healthy-college") == brand_json(expected)


def test_two_edits_at_once_both_count(maestro: Inside) -> None:
    with maestro.overtaken("brand", "edit", "healthy-college", "--handle", "theirs"):
        maestro("brand", "edit", "healthy-college", "--name", "Mine")
    brand = shown(maestro, "healthy-college")
    assert (brand["name"], brand["handle"]) == ("Mine", "theirs")


def test_a_part_of_a_brand_in_a_file_changes_that_part(maestro: Inside) -> None:
    file = file_with(maestro, '{"quota": {"reel": 9}, "topics": ["tea"]}')
    done = maestro("brand", "edit", "healthy-college", "--file", file)
    assert done.code == 0, done.said
    expected = replace(HEALTHY_COLLEGE, topics=("tea",), quota=PerKind(9, 2, 1))
    assert shown(maestro, "healthy-college") == brand_json(expected)


def test_a_removed_brand_may_come_back(maestro: Inside) -> None:
    maestro(*LOAF)
    maestro("brand", "remove", "loaf")
    assert "loaf" not in maestro("brand", "list").said
    assert maestro(*LOAF).code == 0


def test_a_slug_is_taken_once(maestro: Inside) -> None:
    maestro(*LOAF)
    again = maestro(*LOAF)
    assert again.code == 1
    assert again.err == "maestro: there is already a brand 'loaf': change that one, or choose another slug\n"


@pytest.mark.parametrize("command", [("show",), ("edit", "--name", "X"), ("remove",)])
@pytest.mark.parametrize("slug", ["nobody", "No Body", "'; drop table brands; --", "\udcff", "x" * 10_000])
def test_an_unknown_slug_is_said(maestro: Inside, command: tuple[str, ...], slug: str) -> None:
    name, *rest = command
    done = maestro("brand", name, slug, *rest)
    assert (done.code, done.out) == (1, "")
    assert done.err == f"maestro: there is no brand {slug!r}: `maestro brand list` shows those there are\n"


def test_without_brands_the_list_says_how_to_add_one(maestro: Inside) -> None:
    for brand in EXAMPLE_BRANDS:
        assert maestro("brand", "remove", brand.slug).code == 0
    assert "No brand yet: `maestro brand add --name NAME --topic TEXT` adds one." in maestro("brand", "list").said
    assert json.loads(maestro("brand", "list", "--json").out) == []


def test_who_adds_a_brand_that_nobody_writes_for_is_warned(maestro: Inside) -> None:
    for agent in EXAMPLE_AGENTS:
        maestro("agent", "remove", agent.slug)
    done = maestro(*LOAF, "--json")
    assert done.code == 0
    assert json.loads(done.out)["slug"] == "loaf"
    assert done.err == (
        "maestro: no agent writes for Loaf, so nothing can be made for it: "
        "`maestro agent add --name NAME --brand loaf` adds one\n"
    )


def test_who_adds_a_brand_about_which_nothing_can_be_written_is_warned(maestro: Inside) -> None:
    done = maestro("brand", "add", "--name", "Loaf", "--topic", "خبز")
    assert done.code == 0
    assert "maestro: nothing can be written about the topics of Loaf: add one in Latin letters" in done.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), ["--slug is missing", "--name is missing", "--topic is missing: it must be a list of 1 to 50"]),
        (("--name", "Loaf"), ["--topic is missing"]),
        (("--name", "مقهى", "--topic", "a"), ["--slug is missing: it must be 1 to 50 of a-z, 0-9"]),
        ((*LOAF[2:], "--timezone", "lisbon"), ["--timezone is 'lisbon' (did you mean Europe/Lisbon?)"]),
        ((*LOAF[2:], "--timezone", "localtime"), ["--timezone is 'localtime': it must be an IANA timezone"]),
        ((*LOAF[2:], "--typeface", "comic"), ["--typeface is 'comic': it must be one of grotesk, editorial"]),
        ((*LOAF[2:], "--dark", "black"), ["--dark is 'black': it must be a colour as #rrggbb"]),
        ((*LOAF[2:], "--reels-at", "25:00,7"), ["--reels-at has '25:00', '7' in it"]),
        ((*LOAF[2:], "--posts", "101"), ["'--posts': 101 is not in the range 0<=x<=100"]),
        ((*LOAF[2:], "--posts-at", "", "--posts", "1"), ["--posts-at has no time, and the quota of posts is 1"]),
        ((*LOAF[2:], "--slug", "-loaf"), ["--slug is '-loaf'"]),
        ((*LOAF[2:], "--name", "a\x1b[2Jb"), ["--name has invisible control characters"]),
        ((*LOAF[2:], "--handle", ""), ["--handle is ''"]),
        ((*LOAF[2:], "--topic", " "), ["--topic has '', which is blank"]),
        ((*LOAF[2:], "--topic", "\udcff"), [r"--topic has '\udcff', which has invisible control characters"]),
        ((*LOAF[2:], "--file", "no such file"), ["'--file': 'no such file': No such file or directory"]),
        ((*LOAF[2:], "--file", "/"), ["'--file': '/': Is a directory"]),
    ],
)
def test_a_wrong_option_is_named_with_what_would_do(maestro: Inside, options: tuple[str, ...], said: list[str]) -> None:
    done = maestro("brand", "add", *options)
    assert (done.code, done.out) == (2, "")
    assert all(each in done.err for each in said), done.err
    assert "Try 'maestro brand add --help' for help." in done.err
    assert not (maestro.home / "maestro.db").exists(), "it is seen before anything is opened"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "brand.json is not JSON: in line 1, column 1: Expecting value"),
        ("name: Loaf", "brand.json is not JSON: in line 1, column 1: Expecting value"),
        ('{"name": "Loaf",}', "brand.json is not JSON: in line 1, column 17"),
        (b'{"name": "\xff"}', "brand.json is not JSON: its text is not UTF-8"),
        (b"\0\0\0\0", "brand.json is not JSON: in line 1, column 1"),
        ("[" * 100_000, "brand.json is not JSON for this: it goes too deep"),
        ("9" * 5_000, "brand.json is not JSON for this: it goes too deep, or has a number too long"),
        ("[]", "brand.json has no JSON object: `show --json` prints one to start from"),
        (" " * 10_000_000 + "{}", "brand.json is longer than 1 MB"),
        ('{"name": "a\\u0000b", "topics": ["x"]}', "name has invisible control characters"),
        ('{"name": "\\ud83d", "topics": ["x"]}', "name has invisible control characters"),
        ('{"name": {"a": 1}, "topics": "tea"}', "name is an object: it must be a line of 1 to 80"),
        ('{"colour": "red"}', "brand has 'colour', which nobody knows: there are slug, name, handle"),
        ('{"publishing_times": [1], "quota": 3}', "publishing_times is a list: it must be an object with reel, post"),
        ('{"publishing_times": {"reel": 7}}', "publishing_times.reel is a number: it must be a list of at most 24"),
        ('{"quota": {"reel": 1e99, "post": NaN}}', "quota.reel is a number: it must be a whole number from 0 to 100"),
        ('{"quota": {"reel": ' + "9" * 4000 + "}}", "quota.reel is out of range"),
    ],
    ids=range(17),
)
@pytest.mark.parametrize("command", [("add",), ("edit", "healthy-college")], ids=["add", "edit"])
def test_a_wrong_file_is_named_with_what_would_do(
    maestro: Inside, command: tuple[str, ...], text: str | bytes, said: str
) -> None:
    done = maestro("brand", *command, "--file", file_with(maestro, text))
    assert (done.code, done.out) == (2, "")
    assert said in done.err, done.err
    assert len(done.err) < 3000


def test_an_edit_of_nothing_is_refused(maestro: Inside) -> None:
    done = maestro("brand", "edit", "healthy-college")
    assert done.code == 2
    assert "there is nothing to change: give an option, or --file" in done.err


def test_an_edit_of_the_slug_is_refused(maestro: Inside) -> None:
    done = maestro("brand", "edit", "healthy-college", "--file", file_with(maestro, '{"slug": "other"}'))
    assert done.code == 2
    assert "the file is about 'other', not 'healthy-college': a slug never changes" in done.err


@pytest.mark.parametrize("name", ["☕ مقهى", "<script>alert(1)</script>", "[red]Loaf[/red] [/]", "%s {0}", "ﬁ ‏שלום"])
def test_names_are_only_text(maestro: Inside, name: str) -> None:
    added = maestro("brand", "add", "--name", name, "--slug", "loaf", "--topic", "bread")
    assert added.code == 0, added.said
    assert name in added.out
    assert name in maestro("brand", "list").out
    assert shown(maestro, "loaf")["name"] == name


def test_json_is_right_where_stdout_knows_few_characters(house: House) -> None:
    done = house.run(
        "brand", "add", "--name", "☕ مقهى", "--slug", "loaf", "--topic", "a", "--json", PYTHONIOENCODING="ascii"
    )
    assert json.loads(done.out)["name"] == "☕ مقهى"


def test_a_file_of_ten_megabytes_is_refused_without_reading_it(house: House, tmp_path: Path) -> None:
    file = tmp_path / "big.json"
    file.write_bytes(b'{"name": "' + b"x" * 10_000_000 + b'"}')
    done = house.run("brand", "add", "--file", str(file))
    assert (done.code, done.out) == (2, "")
    assert "is longer than 1 MB: that is no brand, and no agent" in done.said
    assert not house.home.exists()


def test_a_database_that_cannot_be_used_is_a_wrong_setting(maestro: Inside) -> None:
    done = maestro("brand", "list", DATABASE_URL="mysql://somewhere/else")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("maestro: DATABASE_URL begins with mysql, which cannot be used: write postgresql://")
