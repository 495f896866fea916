"""A cluster is reached by https with a certificate that is verified, and no password is ever shown."""

from __future__ import annotations

import base64
import logging
import traceback
import warnings

import pytest

import newsindex
from newsindex import Article
from newsindex.errors import ClusterUnavailable

from .certificates import make_certificates
from .proxy import refusal, running_proxy

PASSWORD = "s3cr%C3%A9t%2F@home"
"""A password as it is written in an address."""
SECRETS = ("s3cr", base64.b64encode("keeper:s3crét/@home".encode()).decode())
OPTIONS = "shards=1&replicas=0"


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    made = make_certificates(tmp_path_factory.mktemp("certificates"))
    if made is None:
        pytest.skip("no certificates without the command openssl")
    return made


def only_for(*allowed):
    """A fault that refuses all but some values of the header of HTTP that names the user."""
    return lambda request: None if request.headers.get("authorization") in allowed else refusal(401)


@pytest.fixture
def secured(cluster, certificates):
    """A proxy that speaks https, and asks for a user and a password."""
    with running_proxy(cluster.port, certificates.server_context()) as proxy:
        proxy.fault = only_for(f"Basic {SECRETS[1]}")
        yield proxy


def address(cluster, proxy, login="", scheme="opensearchs", **options):
    plain = cluster.address_of(f"sur-{proxy.port}").rpartition("/")[2]
    query = "&".join([OPTIONS, *[f"{name}={value}" for name, value in options.items()]])
    return f"{scheme}://{login}{proxy.host}/{plain}?{query}"


def test_an_index_is_made_and_searched_by_https_with_a_password(cluster, secured, certificates):
    login = f"keeper:{PASSWORD}@"
    with newsindex.create(address(cluster, secured, login, ca=certificates.authority)) as index:
        index.add([Article("Un titre", id="a")])
        assert index.search("titre").total == 1
        assert set(secured.statuses()) <= {200, 201, 404}


def test_user_and_password_come_from_the_environment_or_from_netrc(
    cluster, secured, certificates, monkeypatch, tmp_path
):
    at = address(cluster, secured, ca=certificates.authority)
    with pytest.raises(newsindex.NewsIndexError, match="NEWSINDEX_CLUSTER_USER"):
        newsindex.open(at)
    monkeypatch.setenv("NEWSINDEX_CLUSTER_USER", "keeper")
    monkeypatch.setenv("NEWSINDEX_CLUSTER_PASSWORD", "s3crét/@home")
    newsindex.open(at, create=True).close()
    monkeypatch.delenv("NEWSINDEX_CLUSTER_USER")
    file = tmp_path / "netrc"
    file.write_text('machine 127.0.0.1\nlogin keeper\npassword "s3crét/@home"\n', encoding="utf-8")
    file.chmod(0o600)
    monkeypatch.setenv("NETRC", str(file))
    newsindex.open(at).close()


def test_a_certificate_that_nobody_vouches_for_is_refused(cluster, secured):
    login = f"keeper:{PASSWORD}@"
    with pytest.raises(ClusterUnavailable, match=r"certificate.*\?ca=FILE"):
        newsindex.open(address(cluster, secured, login))
    assert secured.seen == []


def test_a_certificate_that_is_not_looked_at_is_told_once_in_words_of_newsindex(cluster, secured):
    at = address(cluster, secured, f"keeper:{PASSWORD}@", verify="no")
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("default")
        for _ in range(3):
            with newsindex.open(at, create=True) as index:
                index.search("titre")
    (warning,) = told
    assert "is not looked at (verify=no)" in str(warning.message)
    assert all(secret not in str(warning.message) for secret in SECRETS)


def test_a_client_shows_its_certificate(cluster, certificates):
    with running_proxy(cluster.port, certificates.server_context(asks_client=True)) as proxy:
        certificate, key = certificates.client
        with pytest.raises(ClusterUnavailable):
            newsindex.open(address(cluster, proxy, ca=certificates.authority), create=True)
        options = {"ca": certificates.authority, "cert": certificate, "key": key}
        newsindex.open(address(cluster, proxy, **options), create=True).close()


def test_no_password_is_shown_in_errors_names_or_logs(cluster, secured, certificates, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    good, bad = f"keeper:{PASSWORD}@", f"keeper:{PASSWORD}x@"
    shown = []
    with newsindex.open(address(cluster, secured, good, ca=certificates.authority), create=True) as index:
        index.add([Article("Un titre", id="a")])
        shown += [repr(index), repr(index._backend), repr(vars(index._backend)), index._backend.name]
    for wrong in (
        address(cluster, secured, bad, ca=certificates.authority),
        address(cluster, secured, good),
        address(cluster, secured, good, scheme="opensearch"),
        address(cluster, secured, good, ca="/none.pem"),
        address(cluster, secured, good, shards="many"),
        f"opensearchs://{good}127.0.0.1:1/presse",
        f"opensearchs://{good}127.0.0.1:port/presse",
        f"opensearchs://{good}/presse",
        f"opensearchs://{good}127.0.0.1:1/",
        f"opensearchs://{good}127.0.0.1:1/UPPER",
        f"opensearchz://{good}127.0.0.1:1/presse",
    ):
        with pytest.raises(newsindex.NewsIndexError) as caught:
            newsindex.open(wrong)
        shown += [str(caught.value), repr(caught.value), "".join(traceback.format_exception(caught.value))]
    captured = capfd.readouterr()
    shown += [caplog.text, captured.out, captured.err]
    for text in shown:
        for secret in SECRETS:
            assert secret not in text, text


def test_no_text_of_a_user_reaches_the_parser_of_the_engine(cluster, certificates):
    with running_proxy(cluster.port) as proxy:
        with newsindex.create(address(cluster, proxy, scheme="opensearch")) as index:
            index.add([Article("Un titre", "Un corps.", id="a")])
            for query in (
                'titre:"un corps"',
                "_exists_:id OR /.*/",
                '{"match_all":{}}',
                "ti*re~2 AND *",
                "[* TO *]",
            ):
                try:
                    index.search(query, facets=["source"])
                    index.suggest(query)
                except newsindex.QueryError:
                    continue
        bodies = b"".join(request.body for request, _ in proxy.seen)
        assert b"query_string" not in bodies
        assert all("q=" not in request.path for request, _ in proxy.seen)
