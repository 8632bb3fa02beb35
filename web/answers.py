"""Answers in JSON."""

from __future__ import annotations

import json
from typing import Any

from flask import Response


def json_answer(value: Any, status: int = 200) -> Response:
    """The value as JSON, with its keys in the order given."""
    return Response(json.dumps(value, ensure_ascii=False), status, content_type="application/json")
