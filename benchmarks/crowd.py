"""Fifty people at once, a second between clicks: `python -m benchmarks.crowd`.

A server with three workers over PostgreSQL, the demo and 2 000 claims more, twice what forty
partners file in six years; people of every kind click through the pages they use, each of which was
opened before. The people, the server and the database share the processors.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2

from benchmarks.databases import KEY, POSTGRESQL, new_store
from benchmarks.many_claims import fill
from skola_finance.usecases.demo.accounts import DEMO_PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterator

PEOPLE, CLICKS, BETWEEN = 50, 20, 1.0
CLAIMS = 2_000
WORKERS = 3
TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')
CODE = re.compile(r'data-demo-code="(\d+)"')
PARTNERS = ("rezekne", "daugavpils", "liepaja", "jelgava")
PAGES = {
    "partner_accountant": (
        *("/admin/", "/admin/claims", "/admin/claims?state=draft", "/admin/payments"),
        *("/admin/agreement", "/admin/claims/new"),
    ),
    "agency_reviewer": (
        *("/admin/queue", "/admin/claims", "/admin/claims?order=claimed", "/admin/claims?q=B9"),
        *("/admin/claims/{claim}", "/admin/partners"),
    ),
    "programme_manager": ("/admin/", "/admin/programme", "/admin/settings", "/admin/claims"),
}


@contextmanager
def served(url: str) -> Iterator[str]:
    """Serve a database as people would; gives the address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "SKOLA_DATABASE_URL": url,
        "SKOLA_SECRET_KEY": KEY.decode(),
        "SKOLA_DEMO": "1",
        "SKOLA_PORT": str(port),
    }
    command = [sys.executable, "-m", "skola_finance.cli", "serve", "--workers", str(WORKERS)]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                if httpx2.get(f"{base}/healthz").status_code == httpx2.codes.OK:
                    break
            except httpx2.TransportError:
                time.sleep(0.1)
        yield base
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()


def visitor(base: str) -> httpx2.AsyncClient:
    """Make a client that waits for its answers and goes where it is led."""
    return httpx2.AsyncClient(base_url=base, follow_redirects=True, timeout=60)


async def sign_in(client: httpx2.AsyncClient, login: str) -> None:
    """Sign in, with the demo's second factor where one is asked for."""
    page = await client.get("/admin/login")
    fields = {"login": login, "password": DEMO_PASSWORD}
    for _ in range(2):
        token = TOKEN.search(page.text)
        headers = {"X-CSRFToken": token[1] if token else ""}
        page = await client.post(str(page.url), data=fields, headers=headers)
        code = CODE.search(page.text)
        if code is None:
            break
        fields = {"code": code[1]}
    if 'class="person"' not in page.text:
        raise AssertionError(page.text[:2000])


async def click(
    base: str, cookies: httpx2.Cookies, pages: list[str], seconds: dict[str, list[float]]
) -> None:
    """Click, a second apart."""
    chance = random.Random()
    async with visitor(base) as client:
        client.cookies = cookies
        await asyncio.sleep(chance.random() * BETWEEN)
        for _ in range(CLICKS):
            address = chance.choice(pages)
            at = time.perf_counter()
            answer = await client.get(address)
            seconds[address].append(time.perf_counter() - at)
            if answer.status_code != httpx2.codes.OK:
                raise AssertionError((address, answer.status_code, answer.text[:500]))
            await asyncio.sleep(BETWEEN)


async def warm_up(base: str, cookies: httpx2.Cookies, pages: list[str]) -> None:
    """Open every page a few times, on connections of its own: whichever worker answers them."""
    for address in pages * 2 * WORKERS:
        async with visitor(base) as client:
            client.cookies = cookies
            await client.get(address)


async def crowd(base: str, claim: str) -> dict[str, list[float]]:
    """Let everybody click; gives seconds by address."""
    seconds: defaultdict[str, list[float]] = defaultdict(list)
    roles = list(PAGES)
    sessions: dict[str, httpx2.Cookies] = {}
    clicks = []
    for number in range(PEOPLE):
        role = roles[number % len(roles)]
        partner = PARTNERS[number % len(PARTNERS)]
        login = f"{role}.{partner}" if role.startswith("partner") else role
        pages = [one.format(claim=claim) for one in PAGES[role]]
        # A code is good once, so people of one login share its session.
        if login not in sessions:
            async with visitor(base) as client:
                await sign_in(client, login)
                sessions[login] = client.cookies
            await warm_up(base, sessions[login], pages)
        clicks.append(click(base, sessions[login], pages, seconds))
    await asyncio.gather(*clicks)
    return seconds


def run() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name, new_store(POSTGRESQL, Path(name)) as store:
        claim = fill(store, more=CLAIMS)
        url = store.database.engine.url.render_as_string(hide_password=False)
        with served(url) as base:
            found = asyncio.run(crowd(base, claim))
    every = sorted(each for of_page in found.values() for each in of_page)
    print(f"\n{PEOPLE} people, {len(every)} clicks, {WORKERS} workers on PostgreSQL")
    print(
        f"  median {statistics.median(every) * 1000:.0f} ms, "
        f"95 % {every[int(len(every) * 0.95) - 1] * 1000:.0f} ms, longest {every[-1] * 1000:.0f} ms"
    )
    for address, seconds in sorted(found.items(), key=lambda one: -statistics.median(one[1])):
        print(f"  {statistics.median(seconds) * 1000:>7.0f} ms  {address}")


if __name__ == "__main__":
    run()
