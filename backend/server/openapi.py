"""The description of the interface that clients and tests can ask for."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from backend.server.schema import ChatRequest, CompletionRequest, EmbeddingRequest
from backend.version import version

_POSTS: dict[str, type[BaseModel]] = {
    "/v1/chat/completions": ChatRequest,
    "/v1/completions": CompletionRequest,
    "/v1/embeddings": EmbeddingRequest,
}


def document() -> dict[str, Any]:
    """The interface as OpenAPI 3.1."""
    _, schemas = models_json_schema(
        [(kind, "validation") for kind in _POSTS.values()], ref_template="#/components/schemas/{model}"
    )
    error = {
        "type": "object",
        "required": ["error"],
        "properties": {
            "error": {
                "type": "object",
                "required": ["message", "type", "param", "code"],
                "properties": {
                    "message": {"type": "string"},
                    "type": {"type": "string"},
                    "param": {"type": ["string", "null"]},
                    "code": {"type": ["string", "null"]},
                },
            }
        },
    }
    answers = {
        "200": {"description": "The answer", "content": {"application/json": {}, "text/event-stream": {}}},
        "default": {
            "description": "What is wrong",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
        },
    }
    paths: dict[str, Any] = {
        path: {
            "post": {
                "operationId": kind.__name__,
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {"schema": {"$ref": f"#/components/schemas/{kind.__name__}"}}
                    },
                },
                "responses": answers,
            }
        }
        for path, kind in _POSTS.items()
    }
    paths["/v1/models"] = {"get": {"operationId": "ListModels", "responses": answers}}
    paths["/v1/models/{name}"] = {
        "get": {
            "operationId": "OneModel",
            "parameters": [{"name": "name", "in": "path", "required": True, "schema": {"type": "string"}}],
            "responses": answers,
        }
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Orangery", "version": version()},
        "paths": paths,
        "components": {
            "schemas": {**schemas["$defs"], "Error": error},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }
