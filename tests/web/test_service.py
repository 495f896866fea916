"""However many ask, and however long it takes, every request is answered."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest
from httpx2 import ASGITransport, AsyncClient
from starlette.testclient import TestClient

from newsindex.deadline import check_deadline
from newsindex.web import create_app
from newsindex.web.limits import Limits
from newsindex.web.problems import Problem
from newsindex.web.service import Service


@pytest.fixture
def gate():
    """What functions wait for; open in the end, so that no thread is left."""
    gate = threading.Event()
    yield gate
    gate.set()


def search_until_the_deadline(index):
    while True:
        check_deadline()
        time.sleep(0.001)


def test_a_search_ends_at_its_deadline_and_its_thread_is_free_again(index):
    async def scenario():
        service = Service(index, Limits(seconds=0.5, searches=1, waiting=1), None)
        for _ in range(2):
            with pytest.raises(Problem, match=r"no answer within 0\.5 seconds") as problem:
                await service.read(search_until_the_deadline)
            assert problem.value.status == 503
        await asyncio.sleep(0.05)
        assert await service.read(len) == 4

    asyncio.run(scenario())


def test_the_time_in_the_queue_counts(index, gate):
    called = []

    async def scenario():
        service = Service(index, Limits(seconds=0.1, searches=1, waiting=9), None)
        searches = [service.read(lambda index: gate.wait()), service.read(called.append)]
        problems = await asyncio.gather(*searches, return_exceptions=True)
        assert [problem.status for problem in problems] == [503, 503]
        gate.set()
        service.limits = Limits(seconds=60)
        assert await service.read(len) == 4

    asyncio.run(scenario())
    assert not called


def test_health_answers_while_all_threads_search(index, gate):
    async def scenario():
        app = create_app(index, limits=Limits(searches=2, waiting=1, seconds=60))
        service = app.state.service
        searches = [asyncio.create_task(service.read(lambda index: gate.wait())) for _ in range(3)]
        await asyncio.sleep(0)
        async with AsyncClient(transport=ASGITransport(app), base_url="http://localhost") as client:
            assert (await client.get("/api/search")).status_code == 503
            for path in ("/api/health", "/api/health"):
                answer = await client.get(path)
                assert (answer.status_code, answer.json()["articles"]) == (200, 4)
        gate.set()
        await asyncio.gather(*searches)

    asyncio.run(scenario())


def test_an_answer_that_takes_too_long_is_a_problem_and_its_thread_goes_on(index, gate):
    done = threading.Event()

    def function(index):
        gate.wait()
        done.set()

    async def scenario():
        service = Service(index, Limits(seconds=0.5), None)
        with pytest.raises(Problem, match=r"no answer within 0\.5 seconds") as problem:
            await service.read(function)
        assert problem.value.status == 503
        assert problem.value.headers == {"Retry-After": "5"}

    asyncio.run(scenario())
    gate.set()
    assert done.wait(60)


def test_a_thread_that_goes_on_counts_as_one_that_searches(index, gate):
    async def scenario():
        service = Service(index, Limits(seconds=0.01, searches=1, waiting=1), None)
        for _ in range(2):
            with pytest.raises(Problem, match="no answer within"):
                await service.read(lambda index: gate.wait())
        gate.set()

    asyncio.run(scenario())


def test_no_more_wait_than_may(index, gate):
    async def scenario():
        service = Service(index, Limits(searches=1, waiting=1, seconds=60), None)
        asked = [asyncio.create_task(service.read(lambda index: gate.wait())) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(Problem, match="too many requests at once") as problem:
            await service.read(len)
        assert problem.value.status == 503
        gate.set()
        assert await asyncio.gather(*asked) == [True, True]
        assert await service.read(len) == 4

    asyncio.run(scenario())


def test_the_loop_goes_on_while_a_thread_searches(index, gate):
    async def scenario():
        service = Service(index, Limits(seconds=60), None)
        asked = asyncio.create_task(service.read(lambda index: gate.wait()))
        assert await service.read(len) == 4
        gate.set()
        assert await asked

    asyncio.run(scenario())


def test_one_service_serves_several_loops(index):
    service = Service(index, Limits(), None)
    assert [asyncio.run(service.read(len)) for _ in range(3)] == [4, 4, 4]


def test_one_thread_refreshes_while_the_others_answer(index, gate, monkeypatch):
    entered = threading.Event()

    def refresh():
        entered.set()
        gate.wait()

    async def scenario():
        service = Service(index, Limits(refresh=1e-9, seconds=60), None)
        monkeypatch.setattr(index, "refresh", refresh)
        first = asyncio.create_task(service.read(len))
        await asyncio.to_thread(entered.wait)
        assert await service.read(len) == 4
        gate.set()
        assert await first == 4

    asyncio.run(scenario())


def test_a_search_whose_time_is_over_is_a_problem_and_a_page(index):
    client = TestClient(create_app(index, limits=Limits(seconds=1e-6)), headers={"Accept-Language": "en"})
    answer = client.get("/api/search?q=neige")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    page = client.get("/?q=neige", headers={"Accept": "text/html"})
    assert page.status_code == 503
    assert "The server could not answer in time" in page.text
