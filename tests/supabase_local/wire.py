"""The errors of the contract, as whole bodies, and how to compare an answer with one."""

from __future__ import annotations

import json

import httpx

Body = dict[str, str]


def body(status: str, error: str, message: str, code: str) -> Body:
    return {"statusCode": status, "error": error, "message": message, "code": code}


BUCKET404 = body("404", "Bucket not found", "Bucket not found", "NoSuchBucket")
KEY404 = body("404", "not_found", "Object not found", "NoSuchKey")
DUPKEY = body("409", "Duplicate", "The resource already exists", "KeyAlreadyExists")
DUPBUCKET = body("409", "Duplicate", "The resource already exists", "BucketAlreadyExists")
NOTEMPTY = body("409", "ResourceNotEmpty", "The bucket you tried to delete is not empty", "ResourceNotEmpty")
TOOBIG = body("413", "Payload too large", "The object exceeded the maximum allowed size", "EntityTooLarge")
BADBUCKET = body("400", "Invalid Input", "Bucket name invalid", "InvalidBucketName")
RLS = body("403", "Unauthorized", "new row violates row-level security policy", "AccessDenied")
NOAUTH = body("400", "Error", "headers must have required property 'authorization'", "InvalidRequest")
NOCONTENT = body("400", "InvalidRequest", "No content provided", "InvalidRequest")
INT500 = body("500", "Internal", "Internal Server Error", "InternalError")
BADRANGE = body("416", "invalid_range", "invalid range provided", "InvalidRange")
OTHERSIGNATURE = body("400", "InvalidSignature", "Invalid signature", "InvalidSignature")

NO_JWS = "Invalid Compact JWS"
BAD_SIGNATURE = "signature verification failed"
EXPIRED = '"exp" claim timestamp check failed'
BAD_ALGORITHM = '"alg" (Algorithm) Header Parameter value not allowed'


def mime(mime_type: str) -> Body:
    return body("415", "invalid_mime_type", f"mime type {mime_type} is not supported", "InvalidMimeType")


def bad_key(key: str) -> Body:
    return body("400", "InvalidKey", f"Invalid key: {key}", "InvalidKey")


def schema(message: str) -> Body:
    return body("400", "Error", message, "InvalidRequest")


def jwt_error(message: str) -> Body:
    return body("403", "Unauthorized", message, "AccessDenied")


def signed_jwt_error(message: str) -> Body:
    return body("400", "InvalidJWT", message, "InvalidJWT")


def assert_error(answer: httpx.Response, expected: Body, http_status: int = 400) -> None:
    """The status, the body and the order of its keys."""
    assert (answer.status_code, answer.text) == (
        http_status,
        json.dumps(expected, separators=(",", ":"), ensure_ascii=False),
    )
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
