from __future__ import annotations

import json

import httpx
import pytest

from tests.supabase_local import wire


def exact(client: httpx.Client, method: str, encoded: str, **options: object) -> httpx.Response:
    """A request whose path goes over the wire exactly as it is written."""
    url = client.base_url.copy_with(raw_path=f"/storage/v1/{encoded}".encode())
    return client.request(method, url, **options)  # type: ignore[arg-type]  # httpx's own options


@pytest.mark.parametrize(
    ("encoded", "key"),
    [
        ("caf%C3%A9.png", "café.png"),
        ("%2525", "%25"),
        ("a%23b", "a#b"),
        *((f"a%{ord(bad):02X}b", f"a{bad}b") for bad in '[]{}~^`|\\"<>\n\r\t\x01\x7f'),
        ("", ""),
        ("%2E", "."),
        ("a/%2E%2E/b", "a/../b"),
        ("%2E%2E%2F%2E%2E%2Fetc%2Fpasswd", "../../etc/passwd"),
        ("..%2F..%2Fkeys.json", "../../keys.json"),
        ("a/%2E/b", "a/./b"),
    ],
)
def test_a_key_outside_the_safe_characters_is_invalid(raw: httpx.Client, private: str, encoded: str, key: str) -> None:
    answer = exact(raw, "POST", f"object/{private}/{encoded}", content=b"a")
    expected = json.dumps(wire.bad_key(key), separators=(",", ":"), ensure_ascii=False)
    assert (answer.status_code, answer.text) == (400, expected)


def test_a_null_byte_is_invalid(raw: httpx.Client, private: str) -> None:
    assert exact(raw, "POST", f"object/{private}/a%00b", content=b"a").json()["code"] == "InvalidKey"


def test_bytes_that_are_no_text_are_invalid(raw: httpx.Client, private: str) -> None:
    assert exact(raw, "POST", f"object/{private}/a%FFb", content=b"a").json()["code"] == "InvalidKey"


@pytest.mark.parametrize(
    ("encoded", "key"),
    [
        ("a%20b+c.png", "a b+c.png"),
        ("a//b", "a//b"),
        ("/a", "/a"),
        ("a/", "a/"),
        (".hidden", ".hidden"),
        ("...", "..."),
        ("a%2Fb", "a/b"),
        ("A_!-.*'()%20&$=@;:+,%3F", "A_!-.*'() &$=@;:+,?"),
        ("x" * 255, "x" * 255),
    ],
)
def test_a_strange_key_that_is_allowed_is_stored_as_it_is(
    raw: httpx.Client, private: str, encoded: str, key: str
) -> None:
    answer = exact(raw, "POST", f"object/{private}/{encoded}", content=b"strange")
    assert answer.json()["Key"] == f"{private}/{key}"
    assert exact(raw, "GET", f"object/{private}/{encoded}").content == b"strange"
    assert exact(raw, "GET", f"object/info/{private}/{encoded}").json()["name"] == key


def test_keys_are_case_sensitive(raw: httpx.Client, private: str) -> None:
    raw.post(f"object/{private}/a", content=b"small")
    raw.post(f"object/{private}/A", content=b"large")
    assert raw.get(f"object/{private}/a").content == b"small"


def test_a_segment_too_long_for_a_file_system_is_an_internal_error(raw: httpx.Client, private: str) -> None:
    wire.assert_error(raw.post(f"object/{private}/{'x' * 256}", content=b"a"), wire.INT500, 500)


def test_a_file_and_a_folder_of_one_name_live_side_by_side(raw: httpx.Client, private: str) -> None:
    raw.post(f"object/{private}/a", content=b"file")
    raw.post(f"object/{private}/a/b", content=b"inside")
    assert (raw.get(f"object/{private}/a").content, raw.get(f"object/{private}/a/b").content) == (
        b"file",
        b"inside",
    )
