"""What is written in an address is what Python gets, or a QueryError that says why not."""

from __future__ import annotations

import inspect
from contextlib import suppress
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsindex
from newsindex import QueryError, timelines
from newsindex.query.ranking import search_options
from newsindex.query.syntax.filters import FilterArguments
from newsindex.web import parameter_types, parameters, search_parameters
from newsindex.web.limits import Limits

SEARCH = search_parameters.search_parameters(Limits())


def read(**values):
    return SEARCH.read(urlencode(values, doseq=True).encode())


def test_parameters_are_named_as_in_python():
    known = inspect.signature(newsindex.Index.search).parameters.keys() - {
        "index",
        "self",
        "filters",
        "timeout",
    }
    known |= FilterArguments.__annotations__.keys()
    assert {parameter.argument for parameter in SEARCH} == known


def test_choices_are_those_of_the_index():
    assert search_parameters.FACETS == search_options.FACETS
    assert search_parameters.TIMELINE_UNITS == timelines.TIMELINE_UNITS
    assert search_parameters.SORTS == search_options.SORTS


def test_values_have_the_types_of_python():
    assert read(q="neige", limit=3, collapse="true", highlight="0", sort="recent", half_life="1.5") == {
        "query": "neige", "limit": 3, "collapse": True, "highlight": False, "sort": "recent",
        "half_life": 1.5,
    }  # fmt: skip


def test_facets_are_repeated_or_separated_by_commas():
    assert read(facets=["source", "year"]) == read(facets="source,year") == {"facets": ("source", "year")}


@pytest.mark.parametrize("name", ["source", "section", "author", "lang"])
def test_a_label_has_one_value_or_several_with_commas_in_them(name):
    assert read(**{name: "L'Écho, le matin"}) == {name: ("L'Écho, le matin",)}
    assert read(**{name: ["a", "", "b"]}) == {name: ("a", "b")}
    with pytest.raises(QueryError, match=f"{name} has 2,001 characters"):
        read(**{name: ["a", "b" * 2001]})


def test_the_empty_fields_of_a_form_are_not_given():
    assert read(q="", source="", since="", limit="") == {}


def test_utf8_is_read_escaped_or_not():
    assert SEARCH.read("q=été".encode()) == SEARCH.read(b"q=%C3%A9t%C3%A9") == {"query": "été"}


@pytest.mark.parametrize(
    ("query_string", "says"),
    [
        (b"page=2", "there is no parameter 'page': choose one of q, limit"),
        (b"q=a&q=b", "q is given more than once"),
        (b"limit=101", "limit must be a whole number from 0 to 100, not '101'"),
        (b"limit=-1", "limit must be"),
        (b"limit=1e1", "limit must be"),
        (b"limit=%D9%A1", "limit must be"),
        (b"limit=" + b"9" * 5000, "limit must be"),
        (b"half_life=0", "half_life must be a number of days up to 1,000,000, not '0'"),
        (b"half_life=nan", "half_life must be"),
        (b"half_life=inf", "half_life must be"),
        (b"half_life=un", "half_life must be"),
        (b"half_life=" + b"9" * 1999, "half_life must be"),
        (b"sort=best", "sort must be one of relevance, newest"),
        (b"facets=source,", "facets must be one of"),
        (b"facets=month", "not 'month'; the option timeline counts by month"),
        (b"timeline=hour", "timeline must be one of day"),
        (b"collapse=yes", "collapse must be one of true"),
        (b"q=%FF", "not valid UTF-8"),
        (b"q=\xff", "not valid UTF-8"),
        (b"q=%ED%A0%80", "not valid UTF-8"),
        (b"q=" + b"a" * 2001, "q has 2,001 characters and the limit is 2,000: shorten it"),
        (b"&".join(b"facets=source" for _ in range(101)), "more than 100 parameters"),
    ],
)
def test_what_makes_no_sense_is_an_error_that_says_so(query_string, says):
    with pytest.raises(QueryError) as error:
        SEARCH.read(query_string)
    assert says in str(error.value)


def test_an_address_without_parameters_says_that_it_takes_none():
    with pytest.raises(QueryError, match="there is no parameter 'q': this address takes none"):
        parameters.Parameters([]).read(b"q=neige")


def test_what_is_required_is_missed():
    required = parameters.Parameters([parameter_types.text("id", "", 10, required=True)])
    with pytest.raises(QueryError, match="id is missing"):
        required.read(b"id=")


@given(st.binary(max_size=60))
def test_any_bytes_are_arguments_or_a_query_error(query_string):
    with suppress(QueryError):
        assert SEARCH.read(query_string).keys() <= {parameter.argument for parameter in SEARCH}


@given(st.dictionaries(st.sampled_from(["q", "source", "author", "since", "after"]), st.text(min_size=1)))
def test_texts_come_through_as_they_are(values):
    labels = {name: (values[name],) for name in ("source", "author") if name in values}
    expected = {"query" if name == "q" else name: value for name, value in values.items()} | labels
    assert read(**values) == expected
