"""Addresses of indexes on clusters."""

import pytest

from newsindex import QueryError
from newsindex.backends.opensearch.addresses import Credentials, Host, parse_address


@pytest.fixture(autouse=True)
def no_known_user(monkeypatch, tmp_path):
    """Nobody is named but in the address."""
    for name in ("NEWSINDEX_CLUSTER_USER", "NEWSINDEX_CLUSTER_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NETRC", str(tmp_path / "none"))
    return monkeypatch


def test_an_address_names_hosts_and_an_index():
    address = parse_address("opensearch://un,deux:9201,[::1]:9202/presse")
    assert address.hosts == (Host("un", 9200), Host("deux", 9201), Host("::1", 9202))
    assert (address.index, address.is_secure, address.credentials) == ("presse", False, None)
    assert address.name == "opensearch://un:9200,deux:9201,[::1]:9202/presse"


def test_https_is_verified_unless_the_address_tells_otherwise():
    assert parse_address("opensearchs://un/presse").is_verified
    assert parse_address("opensearchs://un/presse").is_secure
    assert not parse_address("opensearchs://un/presse?verify=no").is_verified


def test_options_become_settings_of_the_index():
    address = parse_address(
        "opensearch://un/presse?shards=5&replicas=0&refresh=30s&replication=document&routing=zone:paris"
        "&index.codec=best_compression&timeout=5&visible=later&partial=true"
    )
    assert address.settings == {
        "index.number_of_shards": "5",
        "index.number_of_replicas": "0",
        "index.refresh_interval": "30s",
        "index.replication.type": "DOCUMENT",
        "index.routing.allocation.require.zone": "paris",
        "index.codec": "best_compression",
    }
    assert (address.timeout, address.visible, address.is_partial) == (5.0, "later", True)


@pytest.mark.parametrize("login", ["moi:p%40ss%2Fword@", "moi:p@ss/word@".replace("/", "%2F")])
def test_a_user_is_shown_nowhere(login):
    address = parse_address(f"opensearchs://{login}un,deux/presse")
    assert address.credentials == Credentials("moi", "p@ss/word")
    assert address.hosts[0] == Host("un", 9200)
    for shown in (repr(address), str(address), address.name, repr(address.credentials)):
        assert "moi" not in shown
        assert "word" not in shown


def test_a_user_of_the_environment_counts_before_that_of_netrc(no_known_user, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine un login lui password secret\ndefault login tous password pour")
    netrc.chmod(0o600)
    no_known_user.setenv("NETRC", str(netrc))
    assert parse_address("opensearch://un/presse").credentials == Credentials("lui", "secret")
    assert parse_address("opensearch://deux/presse").credentials is None
    no_known_user.setenv("NEWSINDEX_CLUSTER_USER", "elle")
    no_known_user.setenv("NEWSINDEX_CLUSTER_PASSWORD", "mot")
    assert parse_address("opensearch://un/presse").credentials == Credentials("elle", "mot")
    assert parse_address("opensearch://moi:a@un/presse").credentials == Credentials("moi", "a")


@pytest.mark.parametrize(
    "text",
    [
        "opensearch://",
        "opensearch:///presse",
        "opensearch://un",
        "opensearch://un/",
        "opensearch://un/Presse",
        "opensearch://un/presse/articles",
        "opensearch://un/-presse",
        "opensearch://un/presse-v0001",
        "opensearch://un/presse-Write-1",
        "opensearch://un/presse-files",
        "opensearch://un:port/presse",
        "opensearch://un:0/presse",
        "opensearch://un deux/presse",
        "opensearch://un/presse#fin",
        "opensearch://moi@un/presse",
        "opensearch://un/presse?shards=0",
        "opensearch://un/presse?shards=beaucoup",
        "opensearch://un/presse?replicas=-1",
        "opensearch://un/presse?refresh=souvent",
        "opensearch://un/presse?replication=double",
        "opensearch://un/presse?routing=paris",
        "opensearchs://un/presse?verify=peut-être",
        "opensearch://un/presse?verify=yes",
        "opensearch://un/presse?timeout=0",
        "opensearch://un/presse?timeout=nan",
        "opensearch://un/presse?visible=demain",
        "opensearchs://un/presse?ca=/n/existe/pas",
        "opensearchs://un/presse?key=pyproject.toml",
        "opensearch://un/presse?ca=pyproject.toml",
        "opensearch://un/presse?inconnu=1",
        "opensearch://un/presse?shards",
    ],
)
def test_an_address_that_makes_no_sense_is_refused(text):
    with pytest.raises(QueryError):
        parse_address(text)


@pytest.mark.parametrize("rest", ["un:port/presse", "un/Presse", "un/presse?inconnu=1", "/presse", "un"])
def test_an_error_does_not_show_the_password(rest):
    with pytest.raises(QueryError) as caught:
        parse_address(f"opensearch://moi:motdepasse@{rest}")
    assert "motdepasse" not in str(caught.value)


@pytest.mark.parametrize("password", ["mot/passe", "mot#passe", "12#passe", "12/passe", "mot?passe",
    "12?a=passe", "12/x?passe=1"])  # fmt: skip
def test_a_password_that_is_not_escaped_is_not_shown(password):
    with pytest.raises(QueryError, match="%2F") as caught:
        parse_address(f"opensearch://moi:{password}@un:9200/presse")
    assert "mot" not in str(caught.value)
    assert "passe" not in str(caught.value)


def test_an_option_may_have_an_at_sign(tmp_path):
    file = tmp_path / "a@b.pem"
    file.touch()
    address = parse_address(f"opensearchs://un:9200/presse?ca={file}")
    assert (address.ca, address.credentials) == (str(file), None)


def test_the_password_of_a_user_of_the_address_is_known_elsewhere(no_known_user, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine un login lui password secret")
    netrc.chmod(0o600)
    no_known_user.setenv("NETRC", str(netrc))
    assert parse_address("opensearch://lui@un/presse").credentials == Credentials("lui", "secret")
    with pytest.raises(QueryError, match="without a password"):
        parse_address("opensearch://moi@un/presse")
    no_known_user.setenv("NEWSINDEX_CLUSTER_PASSWORD", "mot")
    assert parse_address("opensearch://moi@un/presse").credentials == Credentials("moi", "mot")
    no_known_user.setenv("NEWSINDEX_CLUSTER_USER", "elle")
    assert parse_address("opensearch://lui@un/presse").credentials == Credentials("lui", "secret")


def test_a_client_of_the_program_needs_no_host():
    address = parse_address("opensearch:///presse", needs_host=False)
    assert (address.hosts, address.index) == ((), "presse")
