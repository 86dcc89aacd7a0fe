"""What all browser tests use: the site under test, a browser without a network of its own, pages that watch themselves.

The command that runs these tests sets where things are:
    SITE            the site with its WebAssembly module
    SITE_BARE       the same without the module
    REPLYCODE       the command line tool, with which the page is compared
    SITE_SHOTS      the folder for screenshots
    AXE             axe-core's script
"""

import functools
import http.server
import os
import pathlib
import threading

import pytest
from playwright.sync_api import expect, sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--allow-file-access-from-files=false",
]

LANGUAGES = ("en", "ja")

# One page of each kind, without the language.
KINDS = {
    "home": "index.html",
    "reply": "smtp/550/index.html",
    "reply_ftp": "ftp/425/index.html",
    "protocol": "ftp/index.html",
    "enhanced": "enhanced/index.html",
    "enhanced_class": "enhanced/5/index.html",
    "enhanced_subject": "enhanced/x.7/index.html",
    "enhanced_detail": "enhanced/x.7.8/index.html",
    "causes": "cause/index.html",
    "cause": "cause/relay_denied/index.html",
    "classes": "classes/index.html",
    "sheet": "sheet/index.html",
    "not_a_reply": "not-a-reply/index.html",
    "docs": "docs/index.html",
}


def folder(name):
    value = os.environ.get(name)
    if not value:
        pytest.exit(f"{name} is not set; run the tests with `cargo xtask site --test`", returncode=2)
    return pathlib.Path(value)


@pytest.fixture(scope="session")
def site():
    return folder("SITE")


@pytest.fixture(scope="session")
def bare():
    return folder("SITE_BARE")


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def translate_path(self, path):
        # The site lies below a path that it does not know.
        assert path.startswith("/any/path/"), path
        return super().translate_path(path.removeprefix("/any/path"))


@pytest.fixture(scope="session")
def served(site):
    """The address of the site on a server, below some path."""
    handler = functools.partial(Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/any/path/"
    server.shutdown()


@pytest.fixture
def new_page(browser):
    """Makes pages that fail the test at its end if they complained or asked for anything from elsewhere."""
    contexts, complaints = [], []

    def make(**options):
        options.setdefault("locale", "en-US")
        options.setdefault("viewport", {"width": 1280, "height": 900})
        options.setdefault("reduced_motion", "reduce")
        context = browser.new_context(**options)
        contexts.append(context)

        def failed(request):
            # A page that is left before all of it has come is no fault.
            if request.failure != "net::ERR_ABORTED":
                complaints.append(f"failed: {request.url} {request.failure}")

        def asked(request):
            if not request.url.startswith(("file:", "http://127.0.0.1:", "data:", "blob:")):
                complaints.append(f"asked: {request.url}")

        page = context.new_page()
        page.on("console", lambda message: complaints.append(f"console: {message.type} {message.text}"))
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.on("requestfailed", failed)
        page.on("request", asked)
        return page

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(new_page):
    return new_page()


@pytest.fixture
def open_home(site, new_page):
    """Opens the first page of a language from the folder, ready to use."""

    def make(language="en", where=None, query=None, **options):
        page = new_page(**options)
        address = ((where or site) / language / "index.html").as_uri()
        page.goto(address + (f"?q={query}" if query else ""))
        return page

    return make


def results(page):
    """The addresses of the search results, without the site's own, once what is in the box was looked up."""
    query = page.locator("#q").input_value().strip()[:200]
    expect(page.locator("#found")).to_have_attribute("data-query", query)
    return page.eval_on_selector_all("#results a", "links => links.map(a => a.getAttribute('href'))")
