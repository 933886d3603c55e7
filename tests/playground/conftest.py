"""Stages over each way of delivery."""

import pytest_asyncio

from tests.playground.stage import in_silence, on_http, on_sockets


@pytest_asyncio.fixture(params=["sockets", "http"])
async def stage(request):
    """A stage over each way of delivery."""
    async for one in on_sockets() if request.param == "sockets" else on_http():
        yield one


@pytest_asyncio.fixture
async def socket_stage():
    """A stage over Socket Mode only."""
    async for one in on_sockets():
        yield one


@pytest_asyncio.fixture
async def http_stage():
    """A stage over signed HTTP only."""
    async for one in on_http():
        yield one


@pytest_asyncio.fixture
async def quiet():
    """A stage whose bot calls the API but hears nothing."""
    async for one in in_silence():
        yield one
