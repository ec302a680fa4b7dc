"""What a program sent, read strictly: one way to say a thing, and no surprise inside it."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from starlette.datastructures import UploadFile

from skola_finance import Text
from skola_finance_admin.api.problem_documents import ApiRefused, refusal

if TYPE_CHECKING:
    from pydantic import ValidationError
    from starlette.requests import Request

    from skola_finance_admin.api.inputs import Inputs

DEEPEST = 32
"""Objects inside objects; the deepest input of a command has three levels."""
LONGEST_NUMBER = 60
MOST_ERRORS = 50
_MEGABYTE = 1_000_000


async def body_of(request: Request, inputs: Inputs) -> dict[str, Any]:
    """Read the body of a request: an object of JSON, or a form with files.

    Raises: ApiRefused WEB-400 (no JSON), WEB-415 (another kind of content), WEB-422 (no object).
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return await _form(request, inputs)
    body = await request.body()
    if kind != "application/json" and (kind or body):
        raise refusal(
            "WEB-415",
            message=Text(
                lv=f"Satura veidu „{kind[:80]}” te nepieņem.",
                en=f"The content type “{kind[:80]}” is not taken here.",
            ),
            hint=Text(
                lv="Sūtiet application/json vai, ja ir datne, multipart/form-data.",
                en="Send application/json or, with a file, multipart/form-data.",
            ),
            headers={"accept-post": "application/json, multipart/form-data"},
        )
    return json_object(body) if body else {}


def json_object(body: bytes) -> dict[str, Any]:
    """Read an object of JSON.

    Raises: ApiRefused WEB-400 for what is no JSON, says a name twice, or holds a number that no
        amount can be; WEB-422 for another value than an object.
    """
    try:
        found = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_object,
            parse_constant=_no_number,
            parse_float=_decimal,
            parse_int=_whole,
        )
    except UnicodeDecodeError:
        raise unreadable(lv="tas nav UTF-8", en="it is not UTF-8") from None
    except RecursionError:
        raise _too_deep() from None
    except json.JSONDecodeError as error:
        at = f"{error.lineno}:{error.colno}"
        raise unreadable(lv=f"tas nav JSON ({at})", en=f"it is not JSON ({at})") from None
    if not isinstance(found, dict):
        raise wrong_shape([fault("", lv="vajag objektu", en="an object is needed")])
    _check_depth(found, DEEPEST)
    return found


def unreadable(*, lv: str, en: str, subject: str = "") -> ApiRefused:
    """WEB-400: a request that cannot be read at all."""
    return refusal(
        "WEB-400",
        message=Text(lv=f"Pieprasījums nav izlasāms: {lv}.", en=f"It cannot be read: {en}."),
        hint=Text(
            lv="Izlabojiet un sūtiet vēlreiz; nekas nav mainīts.",
            en="Mend it and send again; nothing was changed.",
        ),
        subject=subject,
    )


def wrong_shape(errors: list[dict[str, Any]]) -> ApiRefused:
    """WEB-422: JSON of another shape than what is asked for; names every place."""
    first = errors[0]
    place = first["pointer"] or "/"
    more = len(errors) - 1
    also = (f" (un vēl {more})", f" (and {more} more)") if more else ("", "")
    return refusal(
        "WEB-422",
        message=Text(
            lv=f"„{place}”: {first['message']['lv']}{also[0]}.",
            en=f"“{place}”: {first['message']['en']}{also[1]}.",
        ),
        hint=Text(
            lv="Salīdziniet ar aprakstu /api/v1/openapi.json; nekas nav mainīts.",
            en="Compare with the description at /api/v1/openapi.json; nothing was changed.",
        ),
        subject=place.split("/")[1],
        errors=errors[:MOST_ERRORS],
    )


def fault(pointer: str, *, lv: str, en: str) -> dict[str, Any]:
    """Say what is wrong at one place of the body (a JSON pointer)."""
    return {"pointer": pointer, "message": {"lv": lv, "en": en}}


def faults_of(error: ValidationError) -> list[dict[str, Any]]:
    """Say everything that is wrong with the values of a body."""
    found = []
    for one in error.errors(include_url=False, include_input=False, include_context=False):
        pointer = "".join(f"/{_token(part)}" for part in one["loc"])
        said = one["msg"].removeprefix("Value error, ")
        lv, en = _WORDS.get(said) or _WORDS.get(one["type"], ("vērtība neder", "it does not fit"))
        found.append(fault(pointer, lv=lv, en=en))
    return found


_WORDS = {
    "missing": ("trūkst", "it is missing"),
    "extra_forbidden": ("tādas vērtības nav", "there is no such value"),
    "string_type": ("vajag tekstu", "a text is needed"),
    "string_unicode": ("tekstā ir zīmes, kas nav rakstzīmes", "it has what is no character"),
    "int_type": ("vajag veselu skaitli", "a whole number is needed"),
    "bool_type": ("vajag true vai false", "true or false is needed"),
    "list_type": ("vajag sarakstu", "a list is needed"),
    "dict_type": ("vajag objektu", "an object is needed"),
    "date_expected": ("vajag dienu, 2025-07-01", "a day is needed, 2025-07-01"),
    "moment_expected": (
        "vajag brīdi ar laika joslu, 2025-07-01T12:00:00Z",
        "a moment with its zone is needed, 2025-07-01T12:00:00Z",
    ),
    "base64_expected": ("vajag base64", "base64 is needed"),
    "choice_expected": ("tādas izvēles nav", "there is no such choice"),
}


def _token(part: int | str) -> str:
    """Write a step of a JSON pointer; a name of any length is cut."""
    return str(part)[:80].replace("~", "~0").replace("/", "~1")


async def _form(request: Request, inputs: Inputs) -> dict[str, Any]:
    """Read a form with files; a file is called after its parameter, `file_name` after the file."""
    found: dict[str, Any] = {}
    texts: dict[str, list[str]] = {}
    async with request.form(max_files=10, max_fields=200, max_part_size=_MEGABYTE) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                found[name] = await value.read()
                for called in ("file_name", "name"):
                    if called in inputs.kinds and value.filename:
                        found.setdefault(called, value.filename)
                        break
            else:
                texts.setdefault(name, []).append(value)
    for name, value in inputs.of_texts(texts).items():
        is_json = isinstance(value, str) and not inputs.takes_text(name)
        found[name] = _json_text(value) if is_json else value
    return found


def _json_text(text: str) -> Any:  # noqa: ANN401 - any JSON
    """Read a value that a form can only hold as JSON, such as a mapping."""
    try:
        return json_object(b'{"it":' + text.encode("utf-8", "replace") + b"}")["it"]
    except (ApiRefused, KeyError):
        return text


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        left = list(found)
        twice = next(
            (name for (name, _), kept in zip(pairs, left, strict=False) if name != kept),
            pairs[len(left)][0],
        )[:80]
        raise unreadable(
            lv=f"„{twice}” ir divreiz", en=f"“{twice}” stands there twice", subject=twice
        )
    return found


def _no_number(text: str) -> Any:  # noqa: ANN401 - never gives anything
    raise unreadable(lv=f"{text} nav skaitlis", en=f"{text} is no number")


def _decimal(text: str) -> Decimal:
    """Read a number with decimals exactly as it is written; no float ever touches an amount."""
    if len(text) > LONGEST_NUMBER or "e" in text.lower():
        raise unreadable(
            lv=f"skaitlis {text[:20]}… jāraksta ar cipariem",
            en=f"the number {text[:20]}… has to be written out",
        )
    return Decimal(text)


def _whole(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise unreadable(
            lv=f"skaitlis {text[:20]}… ir par lielu", en=f"the number {text[:20]}… is too large"
        )
    return int(text)


def _too_deep() -> ApiRefused:
    return unreadable(lv="tas ir pārāk dziļš", en="it is nested too deeply")


def _check_depth(value: Any, left: int) -> None:  # noqa: ANN401 - any JSON
    if not left:
        raise _too_deep()
    inner = value.values() if isinstance(value, dict) else value
    for each in inner if isinstance(value, dict | list) else ():
        _check_depth(each, left - 1)
