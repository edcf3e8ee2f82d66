"""What the addresses of the named questions take and give."""

from collections.abc import Iterable
from typing import Final

from enact_graph import terms
from enact_graph.formats import JSON, TURTLE, XLSX
from enact_graph.release.questions import KINDS, Parameter, Question
from enact_graph.topics.openapi.parts import (
    ASKING,
    LANGUAGE,
    PAGE,
    RESULTS,
    Json,
    answer,
    in_path,
    in_query,
    of_text,
    operation,
)
from enact_graph.topics.questions.forms import FORMS
from enact_graph.topics.questions.page import PATH

_ANSWERS: Final = (*RESULTS, XLSX.media_type, TURTLE.media_type, PAGE)
_SCHEMAS: Final[dict[str, Json]] = {
    "date": {"type": "string", "format": "date"},
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
    "iri": {"type": "string", "maxLength": 300},
    "language": {"enum": list(terms.LANGUAGES)},
}


def questions(asked: Iterable[Question]) -> Json:
    """The list, any question by its name, and each question with its own parameters."""
    asked = tuple(asked)
    listed = answer("The questions, with parameters and addresses.", JSON.media_type)
    page = answer("The list.", JSON.media_type, PAGE)
    name = in_path("name", "The name of a question, which the extension of a format may follow.")
    if asked:
        name["schema"] = name["schema"] | {"examples": [q.name for q in asked]}
    found = answer("The answer.", *_ANSWERS)
    search = in_query("find", of_text("Words that the questions shown have in their texts."))
    paths: Json = {
        PATH: {"get": operation("questions", "All questions", page, [search, LANGUAGE])},
        f"{PATH}.json": {"get": operation("questionList", "All questions", listed)},
        f"{PATH}/{{name}}": {
            "get": operation("question", "The answer to a question", found, [name, *_ANY], ASKING)
        },
    }
    for q in asked:
        paths[f"{PATH}/{q.name}.{{suffix}}"] = {"get": _one(q)}
    return paths


_ANY: Final = (
    LANGUAGE,
    in_query("download", of_text("Save the answer, under this name if there is one.")),
)


def _one(question: Question) -> Json:
    suffix = in_path("suffix", "The extension of the format.")
    suffix["schema"] = {"enum": [f.extension for f in FORMS]}
    own = [_parameter(p) for p in question.parameters if p.kind != "language"]
    key = "".join(part.capitalize() for part in question.name.split("-"))
    found = answer("The answer.", *_ANSWERS)
    told = operation(f"question{key}", question.titles["en"], found, [suffix, *own, *_ANY], ASKING)
    return told | {"description": question.abouts.get("en", ""), "tags": [question.topic]}


def _parameter(parameter: Parameter) -> Json:
    schema = _SCHEMAS[parameter.kind] | {
        "default": _typed(parameter),
        "examples": [_example(parameter)],
    }
    return in_query(parameter.name, schema) | {"description": parameter.titles["en"]}


def _typed(parameter: Parameter) -> str | int | float:
    match parameter.kind:
        case "integer":
            return int(parameter.default)
        case "decimal":
            return float(parameter.default)
        case _:
            return parameter.default


def _example(parameter: Parameter) -> str | int | float:
    return _typed(parameter) if parameter.kind in ("integer", "decimal") else KINDS[parameter.kind]
