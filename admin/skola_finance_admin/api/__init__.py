"""The HTTP API under `/api/v1`: every command and every read of the facade, for programs.

Addresses, shapes and the OpenAPI document are made from the signatures of the library, so that a
use case that is added there is here without another line (D-23). Programs sign in with a token;
a browser's cookie opens nothing here, so that no page of another site can act for a person.
"""
