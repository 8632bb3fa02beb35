"""Every error that the Auth API answers with, as supabase/auth writes it (internal/api/errors.go, August 2026).

A client that names an API version, as the `supabase` client does, gets another shape than one that names none.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from supabase_local.rows import Json

API_VERSION: Final = date(2024, 1, 1)


class AuthError(Exception):
    """An answer other than success: its HTTP status, its code, and its message for people."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message

    def body(self, versioned: bool) -> Json:
        """The JSON body, for a client that names an API version or for one that does not."""
        if versioned:
            return {"code": self.code, "message": self.message}
        return {"code": self.status, "error_code": self.code, "msg": self.message}


class GatewayError(Exception):
    """What the gateway in front of the API says, in its own shape, to whoever has no key for it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def body(self) -> Json:
        return {"message": self.message, "hint": self.hint}


def no_key() -> GatewayError:
    return GatewayError("No API key found in request", "No `apikey` request header or url param was found.")


def unknown_key() -> GatewayError:
    return GatewayError("Invalid API key", "Double check your Supabase `anon` or `service_role` API key.")


def bad_json(reason: str) -> AuthError:
    return AuthError(400, "bad_json", f"Could not parse request body as JSON: {reason}")


def too_large(limit: int) -> AuthError:
    return AuthError(413, "request_entity_too_large", f"Request body too large (max {limit} bytes)")


def unsupported_grant() -> AuthError:
    return AuthError(400, "invalid_credentials", "unsupported_grant_type")


def wrong_credentials() -> AuthError:
    return AuthError(400, "invalid_credentials", "Invalid login credentials")


def validation(message: str) -> AuthError:
    return AuthError(400, "validation_failed", message)


def no_phones() -> AuthError:
    return AuthError(422, "phone_provider_disabled", "Phone logins are disabled")


def too_many_requests() -> AuthError:
    return AuthError(429, "over_request_rate_limit", "Request rate limit reached")


def refresh_token_not_found() -> AuthError:
    return AuthError(400, "refresh_token_not_found", "Invalid Refresh Token: Refresh Token Not Found")


def refresh_token_already_used() -> AuthError:
    return AuthError(400, "refresh_token_already_used", "Invalid Refresh Token: Already Used")


def no_bearer() -> AuthError:
    return AuthError(401, "no_authorization", "This endpoint requires a valid Bearer token")


def bad_jwt(message: str) -> AuthError:
    return AuthError(403, "bad_jwt", message)


def user_not_found() -> AuthError:
    return AuthError(403, "user_not_found", "User from sub claim in JWT does not exist")


def session_not_found() -> AuthError:
    return AuthError(403, "session_not_found", "Session from session_id claim in JWT does not exist")


def unexpected() -> AuthError:
    message = "Unexpected failure, please check server logs for more information"
    return AuthError(500, "unexpected_failure", message)
