"""Reading: accessibility by axe-core, dark mode, zoom, narrow phones, print."""

import io
import json

import pypdf
import pytest
from conftest import KINDS, LANGUAGES, folder

SCHEMES = ("light", "dark")
RUN = "axe.run(document, {resultTypes: ['violations']}).then(found => JSON.stringify(found.violations.map(v => [v.id, v.nodes.slice(0, 3).map(n => n.html + ' ' + (n.any[0] || {}).message)])))"


def violations(page):
    page.evaluate(folder("AXE").read_text(encoding="utf-8"))
    return json.loads(page.evaluate(RUN))


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_no_violation(site, new_page, kind, language, scheme):
    # The policy of the pages forbids scripts from elsewhere, axe-core's as well.
    page = new_page(color_scheme=scheme, bypass_csp=True)
    page.goto((site / language / KINDS[kind]).as_uri())
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(int(part) for part in background[4:-1].split(",")) < 380) == (scheme == "dark")
    assert violations(page) == []


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_no_violation_in_results(open_home, language, scheme):
    page = open_home(language, color_scheme=scheme, bypass_csp=True)
    page.locator("#q").fill("530")
    page.locator("#results a").first.wait_for()
    assert violations(page) == []


# Documents are in English unless they are translated.
DOCUMENTS = ["docs/readme/index.html", "docs/compare/index.html", "docs/tutorials/explain-a-code/index.html"]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_no_violation_in_documents(site, new_page, scheme):
    page = new_page(color_scheme=scheme, bypass_csp=True)
    for path in DOCUMENTS:
        page.goto((site / "en" / path).as_uri())
        assert violations(page) == [], path


@pytest.mark.parametrize("path", ["index.html", "404.html"])
def test_axe_finds_no_violation_on_pages_of_all_languages(site, new_page, path):
    page = new_page(locale="fr-FR", bypass_csp=True)
    page.goto((site / path).as_uri())
    assert violations(page) == []


# 640 wide is what 200 % zoom makes of 1280; 320 is WCAG 1.4.10.
@pytest.mark.parametrize("width", [640, 320])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_scrolls_sideways(site, new_page, language, width):
    page = new_page(viewport={"width": width, "height": 600}, device_scale_factor=2)
    for path in [*KINDS.values(), *(DOCUMENTS if language == "en" else [])]:
        page.goto((site / language / path).as_uri())
        wide = page.evaluate("document.scrollingElement.scrollWidth")
        assert wide <= width, (path, page.evaluate("w => [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > w && !e.closest('.wide, pre')).slice(0, 3).map(e => e.outerHTML.slice(0, 200))", width))


def test_twice_the_text_size_still_fits(site, page):
    page.goto((site / "ja/smtp/550/index.html").as_uri())
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 1280


@pytest.mark.parametrize("form", ["A4", "Letter"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_prints_on_one_page(site, new_page, language, form):
    page = new_page(color_scheme="dark")
    page.goto((site / language / "sheet/index.html").as_uri())
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(format=form, landscape=True)))
    assert len(printed.pages) == 1
    text = printed.pages[0].extract_text()
    for code in ["421", "550", "571", "425", "553"]:
        assert code in text


def test_print_shows_the_content_alone(site, page):
    page.goto((site / "en/smtp/550/index.html").as_uri())
    page.emulate_media(media="print", color_scheme="dark")
    for gone in [".top", ".trail", ".foot", ".near"]:
        assert page.locator(gone).is_hidden(), gone
    assert page.locator("article .meaning").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_japanese_is_set_as_japanese_and_english_as_english(site, page, language):
    page.goto((site / language / "ftp/425/index.html").as_uri())
    style = lambda selector, name: page.evaluate("([s, n]) => getComputedStyle(document.querySelector(s))[n]", [selector, name])
    if language == "ja":
        assert style("article .meaning", "lineBreak") == "strict"
        assert "Noto Sans CJK JP" in style("article .meaning", "fontFamily")
    else:
        assert "system-ui" in style("article .meaning", "fontFamily")
    # The server's words are English on every page.
    assert page.locator(".phrase blockquote").first.get_attribute("lang") == "en"
