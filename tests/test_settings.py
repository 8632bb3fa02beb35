from __future__ import annotations

import os
import re
from pathlib import Path

import platformdirs
import pytest

from maestro_actors.errors import SettingsError
from maestro_actors.settings import ONE_USER, Supabase, host_and_port, read

SOMEBODY = "0b0f6f0e-6d0a-4a7e-9a7d-3c1f6a1b2c3d"
PROJECT = "https://yourproject.supabase.co"


def complaint(**environment: str) -> str:
    with pytest.raises(SettingsError) as caught:
        read(environment)
    return str(caught.value)


def test_without_any_variable_everything_has_a_value() -> None:
    settings = read({})
    cores = len(os.sched_getaffinity(0))
    assert settings.home == platformdirs.user_data_path("maestro", appauthor=False)
    assert settings.user_id == ONE_USER
    assert settings.supabase is None
    assert settings.renderers == cores
    assert settings.jobs_in_flight == max(8, 2 * cores)


def test_an_empty_variable_counts_as_not_set() -> None:
    names = "MAESTRO_HOME MAESTRO_USER MAESTRO_RENDERERS MAESTRO_JOBS_IN_FLIGHT SUPABASE_URL SUPABASE_SERVICE_KEY"
    assert read(dict.fromkeys(names.split(), "")) == read({})


def test_it_reads_what_it_is_given_and_not_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    before = read({})
    monkeypatch.setenv("MAESTRO_RENDERERS", "77")
    monkeypatch.setenv("SUPABASE_URL", PROJECT)
    assert read({}) == before


def test_home_is_an_absolute_path_and_the_demo_lies_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read({"MAESTRO_HOME": str(tmp_path)}).home == tmp_path
    assert read({"MAESTRO_HOME": str(tmp_path)}).demo == tmp_path / "demo"
    monkeypatch.chdir(tmp_path)
    assert read({"MAESTRO_HOME": "studio"}).home == tmp_path / "studio"
    monkeypatch.setenv("HOME", str(tmp_path))
    assert read({"MAESTRO_HOME": "~/studio"}).home == tmp_path / "studio"


def test_a_home_of_nobody_is_refused() -> None:
    said = complaint(MAESTRO_HOME="~nobody-of-that-name/studio")
    assert "MAESTRO_HOME" in said
    assert "~nobody-of-that-name/studio" in said


@pytest.mark.parametrize("value", [SOMEBODY, SOMEBODY.upper(), f"{{{SOMEBODY}}}", SOMEBODY.replace("-", "")])
def test_a_user_is_a_uuid_however_it_is_written(value: str) -> None:
    assert read({"MAESTRO_USER": value}).user_id == SOMEBODY


@pytest.mark.parametrize("value", ["ana", "1", SOMEBODY[:-1], f"{SOMEBODY}0", "../etc"])
def test_a_user_that_is_no_uuid_is_refused(value: str) -> None:
    assert complaint(MAESTRO_USER=value) == f"MAESTRO_USER is {value!r}: it must be a UUID, a Supabase user id"


@pytest.mark.parametrize("url", [PROJECT, f"{PROJECT}/", "http://127.0.0.1:54321"])
def test_a_supabase_project_is_an_url_and_a_key(url: str) -> None:
    settings = read({"SUPABASE_URL": url, "SUPABASE_SERVICE_KEY": "service-key"})
    assert settings.supabase == Supabase(url.rstrip("/"), "service-key")


@pytest.mark.parametrize(
    "url",
    ["yourproject", "yourproject.supabase.co", "ftp://yourproject", "https://", "http://[::1", "http://a:99999"],
)
def test_an_url_that_cannot_be_one_is_refused(url: str) -> None:
    said = complaint(SUPABASE_URL=url, SUPABASE_SERVICE_KEY="service-key")
    assert said == f"SUPABASE_URL is {url!r}: it must look like https://yourproject.supabase.co"


def test_half_a_supabase_project_is_refused_and_the_key_is_not_shown() -> None:
    said = complaint(SUPABASE_SERVICE_KEY="a-secret")
    assert said == "SUPABASE_SERVICE_KEY is set without SUPABASE_URL: set both, or neither"
    said = complaint(SUPABASE_URL=PROJECT)
    assert said == "SUPABASE_URL is set without SUPABASE_SERVICE_KEY: set both, or neither"
    assert "a-secret" not in complaint(SUPABASE_URL="nonsense", SUPABASE_SERVICE_KEY="a-secret")


@pytest.mark.parametrize(("name", "most"), [("MAESTRO_RENDERERS", 256), ("MAESTRO_JOBS_IN_FLIGHT", 1000)])
@pytest.mark.parametrize("value", ["0", "-1", "1.5", "two", " 2", "1e2", "٢", "²", "most"])
def test_a_number_out_of_bounds_is_refused(name: str, most: int, value: str) -> None:
    value = str(most + 1) if value == "most" else value
    assert complaint(**{name: value}) == f"{name} is {value!r}: it must be a whole number from 1 to {most}"


@pytest.mark.parametrize("number", [1, 2, 256])
def test_the_renderers_are_as_many_as_asked_for(number: int) -> None:
    assert read({"MAESTRO_RENDERERS": str(number)}).renderers == number


@pytest.mark.parametrize("number", [1, 1000])
def test_the_jobs_in_flight_are_as_many_as_asked_for(number: int) -> None:
    assert read({"MAESTRO_JOBS_IN_FLIGHT": str(number)}).jobs_in_flight == number


@pytest.mark.parametrize(("renderers", "jobs"), [(1, 8), (4, 8), (5, 10), (256, 512)])
def test_unless_set_there_are_two_jobs_in_flight_for_each_renderer(renderers: int, jobs: int) -> None:
    assert read({"MAESTRO_RENDERERS": str(renderers)}).jobs_in_flight == jobs


@pytest.mark.parametrize("name", ["MAESTRO_RENDERERS", "MAESTRO_JOBS_IN_FLIGHT"])
def test_a_number_too_long_to_be_read_is_refused_and_shown_in_short(name: str) -> None:
    said = complaint(**{name: "9" * 5000})
    assert said.startswith(f"{name} is '999")
    assert len(said) < 120


@pytest.mark.parametrize("home", ["/tmp/\udcff", "\udcff", "~/\udcff"])  # noqa: S108 - nothing is written there
def test_a_home_that_sqlite_could_not_name_is_refused(home: str) -> None:
    assert re.match(r"MAESTRO_HOME is '/.*\\udcff', whose name is not UTF-8: set it to", complaint(MAESTRO_HOME=home))


def test_so_is_one_that_leads_to_such_a_folder(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "\udcff")
    assert "whose name is not UTF-8" in complaint(MAESTRO_HOME=str(tmp_path / "link"))


@pytest.mark.parametrize(
    "name", ["DATABASE_URL", "MAESTRO_GATEWAY", "MAESTRO_GATEWAY_KEY", "SUPABASE_URL", "SUPABASE_SERVICE_KEY"]
)
def test_what_is_not_utf_8_is_refused_and_not_shown(name: str) -> None:
    assert complaint(**{name: "a-secret\udcff"}) == f"{name} has bytes that are not UTF-8: write it without them"


def test_nor_can_the_web_listen_there() -> None:
    with pytest.raises(SettingsError, match="MAESTRO_HOST has bytes that are not UTF-8"):
        host_and_port({"MAESTRO_HOST": "\udcff"})


def test_the_command_line_names_every_variable_and_no_other() -> None:
    source = Path(read.__code__.co_filename).read_text()
    command = Path(__file__).parent.parent / "maestro_actors" / "cli" / "command.py"
    variable = re.compile(r"\b(?:MAESTRO|SUPABASE)_[A-Z_]+\b")
    assert set(variable.findall(command.read_text())) == set(variable.findall(source))


def test_the_web_listens_on_this_machine_unless_somebody_says_otherwise() -> None:
    assert host_and_port({}) == host_and_port({"MAESTRO_HOST": "", "PORT": ""}) == ("127.0.0.1", 8000)
    assert host_and_port({"MAESTRO_HOST": "0.0.0.0", "PORT": "80"}) == ("0.0.0.0", 80)  # noqa: S104 - as it may be set


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1", "80.0", "8" * 5000])
def test_what_is_no_port_is_refused(port: str) -> None:
    with pytest.raises(SettingsError, match=r"PORT is .* it must be a whole number from 1 to 65535"):
        host_and_port({"PORT": port})
