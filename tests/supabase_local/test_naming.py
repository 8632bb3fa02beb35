from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supabase_local import create_app, load_or_create_keys, naming
from supabase_local.app import store_of
from supabase_local.errors import StorageError


@given(st.text(max_size=40) | st.text("./ a%\\\x00~", max_size=12))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_key_is_stored_under_its_own_name_or_refused_and_never_leaves_the_folder(tmp_path: Path, key: str) -> None:
    folder = tmp_path / "storage"
    keys = load_or_create_keys(folder)
    app = create_app(folder, keys)
    client = app.test_client()
    headers = {"Authorization": f"Bearer {keys.service_key}", "x-upsert": "true"}
    client.post("/storage/v1/bucket", json={"name": "media"}, headers=headers)
    path = f"/storage/v1/object/media/{quote(key, safe='')}"
    answer = client.post(path, data=key.encode(), headers=headers)
    if answer.status_code == 200:
        assert answer.get_json()["Key"] == f"media/{key}"
        with client.get(path, headers=headers) as served:
            assert served.data == key.encode()
    else:
        assert answer.get_json()["code"] == "InvalidKey"
    store_of(app).close()
    assert [path.name for path in tmp_path.iterdir()] == ["storage"]
    assert all(len(path.name) == 36 for path in (folder / "objects").iterdir())


@pytest.mark.parametrize(
    ("text", "size"), [("1MB", 1_000_000), ("1.5kb", 1500), ("0B", 0), ("20GB", 20_000_000_000), ("7b", 7)]
)
def test_sizes_have_decimal_units(text: str, size: int) -> None:
    assert naming.parse_size(text) == size


@pytest.mark.parametrize("text", ["", "MB", "1 MB", "1TB", "-1MB", "1e3KB", "٣MB"])
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(StorageError, match="Invalid file size format"):
        naming.parse_size(text)


@pytest.mark.parametrize(
    ("mime_type", "allowed", "passes"),
    [
        ("image/png", None, True),
        ("image/png", ["image/png"], True),
        ("image/png", ["image/*"], True),
        ("image/png", ["video/*", "image/jpeg"], False),
        ("image/png", [], False),
        ("image", ["image/*"], False),
        ("imagery/png", ["image/*"], False),
    ],
)
def test_types_are_allowed_by_name_or_by_family(mime_type: str, allowed: list[str] | None, passes: bool) -> None:
    if passes:
        naming.check_mime_type(mime_type, allowed)
    else:
        with pytest.raises(StorageError):
            naming.check_mime_type(mime_type, allowed)
