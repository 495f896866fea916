"""Everything public is in the reference: names, commands, errors, variables, settings, formats, addresses."""

from __future__ import annotations

import inspect
import re
import tomllib
from dataclasses import fields
from importlib.util import module_from_spec, spec_from_file_location

import click
import pytest
from starlette.testclient import TestClient

import newsindex
from newsindex import aio, clusters, errors, web
from newsindex.article import FIELDS
from newsindex.backends.opensearch import address_options
from newsindex.cli import exit_status, main
from newsindex.corpus.fields import field_names
from newsindex.corpus.formats.registry import FORMAT_NAMES, FORMATS
from newsindex.query.evaluation.bm25f import BM25F
from newsindex.query.evaluation.term_expansion import MAX_EXPANSION
from newsindex.query.ranking.search_options import MAX_LIMIT
from newsindex.query.syntax.clauses import MAX_DISTANCE, MAX_PATTERNS
from newsindex.query.syntax.grammar import MAX_DEPTH, MAX_SLOP
from newsindex.query.syntax.parser import MAX_CHARACTERS, MAX_WEIGHT, MAX_WORDS
from newsindex.query.syntax.query_fields import FIELD_NAMES
from newsindex.query.syntax.repair import MAX_BOOST
from newsindex.timelines import MAX_QUERIES
from tests.conftest import ROOT

REFERENCE = ROOT / "docs" / "reference"
PAGES = {path: path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").rglob("*.md"))}
PYTHON = "\n".join(text for path, text in PAGES.items() if REFERENCE in path.parents)
_VARIABLE = re.compile(r"\b(?:NEWSINDEX|CAMPAIGN)_[A-Z]+(?:_[A-Z]+)*\b")
_SOURCES = ("newsindex", "tests", "benchmarks", "examples", "scripts", "kernel/src", ".ci")


def page(name):
    return PAGES[REFERENCE / f"{name}.md"]


def rows(text):
    """The first cells of the rows of all tables of a page, without the heads."""
    return re.findall(r"^\| (?!-)(.*?) \|", text, re.M)


def section(text, title):
    """What stands under a heading, up to the next one."""
    return re.split(r"^#+ ", text.split(f" {title}\n", 1)[1], maxsplit=1, flags=re.M)[0]


# Python


@pytest.mark.parametrize("name", newsindex.__all__)
def test_a_public_name_has_an_entry(name):
    assert re.search(rf"^\.\. [\w:]+:: newsindex\.{name}(?:\(\))?$", PYTHON, re.M)


def _public_classes():
    for name in newsindex.__all__:
        value = getattr(newsindex, name)
        if inspect.isclass(value) and not issubclass(value, Exception) and value is not newsindex.Note:
            yield name


@pytest.mark.parametrize("name", [*_public_classes()])
def test_the_entry_of_a_class_lists_its_members(name):
    own = [member for member in vars(getattr(newsindex, name)) if not member.startswith("_")]
    options = re.search(rf"autoclass:: newsindex\.{name}(?:\(\))?\n((?:   :.*\n)*)", PYTHON)
    assert options
    assert not own or ":members:" in options[1]


@pytest.mark.parametrize("name", [*_public_classes()])
def test_every_method_of_a_public_class_says_what_it_does(name):
    for member, value in vars(getattr(newsindex, name)).items():
        if not member.startswith("_") and (inspect.isfunction(value) or isinstance(value, property)):
            assert inspect.getdoc(value), (name, member)


def test_what_an_index_passes_on_is_listed_with_the_searcher():
    options = re.search(r"autoclass:: newsindex\.Index\n(?:.*\n)*?   :exclude-members: (.*)\n", PYTHON)
    assert options
    for name in options[1].split(", "):
        assert hasattr(newsindex.Searcher, name)


def test_every_coroutine_is_named():
    public = [
        name
        for name, value in vars(aio).items()
        if not name.startswith("_") and inspect.isfunction(value) and hasattr(value, "__wrapped__")
    ]
    assert len(public) > 20
    text = page("python/aio")
    assert [name for name in public if f"`aio.{name}`" not in text] == []


def test_the_modules_beside_the_package_are_described():
    assert ".. automodule:: newsindex.clusters\n   :members:" in PYTHON
    assert all(inspect.getdoc(getattr(clusters, name)) for name in ("status", "template", "rebuild"))
    for name in web.__all__:
        assert re.search(rf"^\.\. auto\w+:: newsindex\.web\.{name}$", PYTHON, re.M)


@pytest.mark.parametrize(
    "path", [path for path, text in PAGES.items() if re.search(r"^```\{(?!toctree)[\w-]+\}", text, re.M)]
)
def test_a_page_with_generated_parts_says_so_to_who_reads_it_in_the_repository(path):
    before = re.split(r"^```\{(?!toctree)", PAGES[path], maxsplit=1, flags=re.M)[0]
    assert "when the manual is built (`scripts/docs`)" in before


# Errors


def _all_errors():
    return [
        name
        for name, value in vars(errors).items()
        if inspect.isclass(value) and issubclass(value, errors.NewsIndexError)
    ]


@pytest.mark.parametrize("name", _all_errors())
def test_an_error_has_its_cause_and_its_cure(name):
    text = section(page("errors"), name)
    assert f".. autoexception:: newsindex.{name}\n" in text
    if name not in ("NewsIndexError", "CorpusError"):  # the root, and one with a table of messages
        assert "*Cause*: " in text
        assert "*Cure*: " in text


# The command


def _commands(command=main, path=("newsindex",)):
    yield path, command
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            yield from _commands(command.get_command(click.Context(command), name), (*path, name))


def test_the_reference_shows_all_commands_as_the_program_has_them():
    assert ".. click:: newsindex.cli:main\n   :prog: newsindex\n   :nested: full\n" in page("command")


@pytest.mark.parametrize(
    ("path", "command"), [pytest.param(*row, id=" ".join(row[0])) for row in _commands()]
)
def test_a_command_and_its_options_say_what_they_do(path, command):
    assert command.help
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, (path, option.name)


def test_an_overview_names_every_command():
    named = set(re.findall(r"`(newsindex [a-z -]+)`", page("command").split("\n## ")[0]))
    assert named == {" ".join(path) for path, _ in _commands()} - {"newsindex"}


def test_every_exit_status_is_listed():
    listed = rows(section(page("command"), "Exit status"))
    numbers = [value for value in vars(exit_status).values() if isinstance(value, int)]
    assert {str(number) for number in numbers} < set(listed)


# Environment variables and settings


def _used_variables():
    used = set()
    for folder in _SOURCES:
        for path in (ROOT / folder).rglob("*"):
            if (
                path.is_file()
                and path.suffix in ("", ".py", ".rs", ".c", ".toml")
                and path != ROOT / __file__
            ):
                used |= set(_VARIABLE.findall(path.read_text(encoding="utf-8", errors="replace")))
    return used


def test_the_environment_variables_are_those_of_the_program():
    listed = set(_VARIABLE.findall("\n".join(rows(page("environment")))))
    assert listed == _used_variables()


@pytest.mark.parametrize(
    ("settings", "title"), [(BM25F, "Weights of the ranking"), (web.Limits, "Of the server")]
)
def test_every_setting_is_listed_with_its_default(settings, title):
    text = section(page("settings"), title)
    for setting in fields(settings):
        default = f"{setting.default:,}" if setting.type == "int" else f"{setting.default:g}"
        written = re.search(rf"^\| `{setting.name}` \| ([\d.,]+) \|", text, re.M)
        assert written, setting.name
        assert float(written[1].replace(",", "")) == float(default.replace(",", ""))


def test_every_argument_of_opening_and_writing_is_a_setting():
    names = set()
    for function in (newsindex.create, newsindex.open, newsindex.Index.writer, newsindex.Index.add):
        names |= set(inspect.signature(function).parameters)
    names -= {"path", "ranking", "self", "articles", "progress", "alerts"}
    assert names <= set(re.findall(r"`(\w+)`", "\n".join(rows(page("settings")))))


def test_every_option_of_the_address_of_a_cluster_is_listed():
    options = "\n".join(rows(page("cluster")))
    for name in (*address_options._OPTIONS, *address_options._SETTINGS):
        assert f"`{name}=" in options


# Formats and fields


def test_every_format_is_listed():
    assert set(re.findall(r"^`(\w+)`$", "\n".join(rows(section(page("formats"), "Formats"))), re.M)) == set(
        FORMAT_NAMES
    )
    assert len(FORMATS) >= len(FORMAT_NAMES)


def test_every_extra_is_listed():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    listed = set(re.findall(r"`(\w+)`", "\n".join(rows(section(page("formats"), "Extras")))))
    assert set(extras) == listed


def test_every_field_of_an_article_is_listed():
    listed = "\n".join(rows(section(page("formats"), "Fields of an article")))
    assert {name for name in FIELDS if f"`{name}`" not in listed} == set()


def test_the_names_of_fields_are_listed_from_the_code():
    assert "```{field-names}\n" in page("formats")
    assert set(field_names._SECOND_NAMES) <= set(field_names._NAMES) <= set(FIELDS)


# The query language


def test_every_field_of_a_query_is_listed():
    text = section(page("query-language"), "Fields")
    assert [name for name in FIELD_NAMES if f"`{name}`" not in text] == []


def test_every_query_of_the_reference_is_understood():
    text = page("query-language")
    examples = [cell for title in ("The query language", "Dates") for cell in rows(section(text, title))]
    queries = [query for cell in examples for query in re.findall(r"`([^`]+)`", cell)]
    assert len(queries) > 25
    for query in queries:
        newsindex.parse(query)


@pytest.mark.parametrize(
    "limit",
    [MAX_CHARACTERS, MAX_WORDS, MAX_DEPTH, MAX_PATTERNS, MAX_EXPANSION, MAX_DISTANCE, MAX_SLOP, MAX_BOOST,
     MAX_WEIGHT, MAX_LIMIT, MAX_QUERIES],
)  # fmt: skip
def test_a_limit_of_queries_is_listed(limit):
    text = PAGES[ROOT / "docs" / "explanation" / "limits.md"]
    cells = re.findall(r"\| ([^|\n]+) \|$", section(text, "Of a query"), re.M)
    assert re.search(rf"(?<![\d,]){limit:,}(?![\d,])", "\n".join(cells))


# The JSON API


def _description():
    """The module of the manual that describes the API."""
    spec = spec_from_file_location("api_description", ROOT / "docs" / "_ext" / "api_description.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_described_api_is_the_one_that_is_served(tmp_path):
    with (
        newsindex.create(tmp_path / "index") as index,
        TestClient(web.create_app(index, token="t")) as client,
    ):
        served = client.get("/api/openapi.json").json()
    described = _description().api_document()
    assert {**described, "servers": served["servers"]} == served


def test_every_address_parameter_and_schema_of_the_api_is_described():
    document = _description().api_document()
    described = _description().describe_api(document)
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            text = section(described, f"{method.upper()} {path}")
            assert [p for p in operation["parameters"] if f"| `{p['name']}` |" not in text] == []
    for name in document["components"]["schemas"]:
        assert f"### {name}\n" in described


def test_every_status_of_a_problem_is_explained():
    document = _description().api_document()
    answers = [o["responses"] for methods in document["paths"].values() for o in methods.values()]
    listed = set(re.findall(r"\d{3}", "\n".join(rows(page("api")))))
    assert {status for answer in answers for status in answer if int(status) >= 400} <= listed
    assert "```{openapi-reference}\n" in page("api")
