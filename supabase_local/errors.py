"""Every error the API answers with, as measured against supabase/storage 1.11.2.

The HTTP status is 400 for nearly all of them; the one that is meant is the string `statusCode` in the body.
"""

from __future__ import annotations


class StorageError(Exception):
    """An answer other than success: its body's four fields and its HTTP status."""

    def __init__(self, status_code: int, error: str, message: str, code: str, http_status: int = 400) -> None:
        super().__init__(message)
        self.status_code = status_code
        self.error = error
        self.message = message
        self.code = code
        self.http_status = http_status

    def body(self) -> dict[str, str]:
        """The JSON body; the order of its keys is the real server's."""
        return {
            "statusCode": str(self.status_code),
            "error": self.error,
            "message": self.message,
            "code": self.code,
        }


def bucket_not_found() -> StorageError:
    return StorageError(404, "Bucket not found", "Bucket not found", "NoSuchBucket")


def key_not_found() -> StorageError:
    return StorageError(404, "not_found", "Object not found", "NoSuchKey")


def key_exists() -> StorageError:
    return StorageError(409, "Duplicate", "The resource already exists", "KeyAlreadyExists")


def bucket_exists() -> StorageError:
    return StorageError(409, "Duplicate", "The resource already exists", "BucketAlreadyExists")


def bucket_not_empty() -> StorageError:
    message = "The bucket you tried to delete is not empty"
    return StorageError(409, "ResourceNotEmpty", message, "ResourceNotEmpty")


def too_large() -> StorageError:
    message = "The object exceeded the maximum allowed size"
    return StorageError(413, "Payload too large", message, "EntityTooLarge")


def unsupported_mime_type(mime_type: str) -> StorageError:
    return StorageError(415, "invalid_mime_type", f"mime type {mime_type} is not supported", "InvalidMimeType")


def invalid_key(key: str) -> StorageError:
    return StorageError(400, "InvalidKey", f"Invalid key: {key}", "InvalidKey")


def invalid_bucket_name() -> StorageError:
    return StorageError(400, "Invalid Input", "Bucket name invalid", "InvalidBucketName")


def row_level_security() -> StorageError:
    return StorageError(403, "Unauthorized", "new row violates row-level security policy", "AccessDenied")


def service_role_needed() -> StorageError:
    """Emptying a bucket without the service role: one of the few with a true HTTP status."""
    return StorageError(403, "Unauthorized", "Access denied", "AccessDenied", http_status=403)


def bad_jwt(message: str) -> StorageError:
    return StorageError(403, "Unauthorized", message, "AccessDenied")


def schema(message: str) -> StorageError:
    return StorageError(400, "Error", message, "InvalidRequest")


def no_authorization() -> StorageError:
    return schema("headers must have required property 'authorization'")


def no_content() -> StorageError:
    return StorageError(400, "InvalidRequest", "No content provided", "InvalidRequest")


def bad_signed_token(message: str) -> StorageError:
    return StorageError(400, "InvalidJWT", message, "InvalidJWT")


def signed_for_another_object() -> StorageError:
    return StorageError(400, "InvalidSignature", "Invalid signature", "InvalidSignature")


def invalid_range() -> StorageError:
    return StorageError(416, "invalid_range", "invalid range provided", "InvalidRange", http_status=416)


def invalid_picture() -> StorageError:
    """What imgproxy says of an object that is no picture, or one that is too large."""
    return StorageError(422, "InvalidRequest", "Invalid source image", "InvalidRequest")


def unknown_route(method: str, path: str) -> StorageError:
    message = f"Route {method}:{path} not found"
    return StorageError(404, "Not Found", message, "InvalidRequest", http_status=404)


def internal() -> StorageError:
    return StorageError(500, "Internal", "Internal Server Error", "InternalError", http_status=500)
