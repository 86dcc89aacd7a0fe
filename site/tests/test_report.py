"""The report that `replycode scan --format html` makes, opened from a folder as people open it."""

import io
import os
import pathlib
import subprocess

import pypdf
import pytest
from conftest import LANGUAGES, folder
from playwright.sync_api import expect
from test_reading import SCHEMES, violations

REPOSITORY = pathlib.Path(__file__).parents[2]
LOGS = ("examples/camera.log", "examples/mail.log")
HOSTILE = "crates/replycode-cli/tests/data/hostile.log"
COUNTS = {"en": "{} of {} rows shown", "ja": "{1}行のうち{0}行を表示"}


@pytest.fixture(scope="session")
def report(tmp_path_factory):
    """Makes the report of some logs."""
    made = {}

    def make(*logs, language="en"):
        if (logs, language) not in made:
            path = tmp_path_factory.mktemp("report") / "report.html"
            command = [folder("REPLYCODE"), "scan", "--format", "html", "--lang", language, "--output", path, *logs]
            subprocess.run(command, check=True, cwd=REPOSITORY, env={**os.environ, "NO_COLOR": "1"})
            made[logs, language] = path.as_uri()
        return made[logs, language]

    return make


def shown(page):
    return page.locator("#rows tr:visible")


def count(page, language, shown, all):
    expect(page.locator("#shown")).to_have_text(COUNTS[language].format(shown, all))


def test_it_asks_for_nothing(report, new_page):
    page = new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(report(*LOGS))
    assert asked == [report(*LOGS)]
    assert page.evaluate("performance.getEntriesByType('resource').length") == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_is_chosen(report, new_page, language):
    page = new_page()
    page.goto(report(*LOGS, language=language))
    other = "ja" if language == "en" else "en"
    titles = {"en": "SMTP and FTP failures", "ja": "SMTP・FTPのエラー"}
    causes = {"en": "Server will not forward mail", "ja": "メールの中継を拒否"}
    for now in (language, other, language):
        page.locator(f".choose[data-lang={now}]").click()
        expect(page).to_have_title(titles[now])
        assert page.locator("html").get_attribute("lang") == now
        pressed = page.locator("[aria-pressed=true]")
        assert [button.get_attribute("data-lang") for button in pressed.all()] == [now]
        expect(page.locator("#relay_denied h3")).to_contain_text(causes[now])
        assert causes["ja" if now == "en" else "en"] not in page.locator("main").inner_text()
        expect(page.locator("#rows tr[data-cause=relay_denied] .cause").first).to_have_text(causes[now])
        expect(page.locator("#cause option[value=relay_denied]")).to_have_text(causes[now])
        count(page, now, 27, 27)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_is_filtered(report, new_page, language):
    page = new_page()
    page.goto(report(*LOGS, language=language))
    count(page, language, 27, 27)
    page.locator("#search").fill("NIGHTSHIFT@")
    count(page, language, 5, 27)
    assert shown(page).count() == 5
    page.locator("#search").fill("nothing like this")
    count(page, language, 0, 27)
    assert shown(page).count() == 0
    page.locator("#search").fill("")
    page.locator("#severity").select_option("transient")
    transient = shown(page).count()
    page.locator("#severity").select_option("permanent")
    assert transient > 0 and shown(page).count() == 27 - transient
    page.locator("#severity").select_option("")
    page.locator("#cause").select_option("mailbox_full")
    count(page, language, 2, 27)
    # From a cause to its problems.
    page.locator("#relay_denied .filter").click()
    count(page, language, 4, 27)
    expect(page.locator("#found")).to_be_focused()
    expect(page.locator("#found")).to_be_in_viewport()


def test_figures_and_links(report, new_page):
    page = new_page()
    page.goto(report(*LOGS))
    figures = [text.split("\n") for text in page.locator(".figures > div").all_inner_texts()]
    assert ["Problems", "27"] in figures and ["Files", "2"] in figures
    page.locator(".overview a").first.click()
    expect(page.locator("article").first).to_be_in_viewport()
    bars = page.locator("figure rect")
    page.locator("details summary").click()
    assert page.locator(".counts tbody tr:visible").count() == bars.count() > 5
    total = sum(int(text) for text in page.locator(".counts .number:visible").all_inner_texts())
    assert total == 27


def test_a_hostile_log_is_inert(report, new_page):
    page = new_page()
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(report(HOSTILE))
    count(page, "en", 11, 11)
    expect(page).to_have_title("SMTP and FTP failures")
    for gone in ["main script", "main img", "main svg[onload]", "main [onerror]", "main [href^='javascript']"]:
        assert page.locator(gone).count() == 0, gone
    text = page.locator("main").inner_text()
    for told in ["<script>document.title='owned'", r"\u{1b}", "=cmd|", "＝１＋１"]:
        assert told in text, told
    titles = page.eval_on_selector_all("#rows .text", "cells => cells.map(cell => cell.title).join()")
    assert "<svg onload=alert(2)>" in titles and "{{ 7*7 }} {% raw %}" in titles
    assert not set(text + titles) & set("\x1b\x07\x9b\u202e\u2066\u200b\u2028\ufeff")
    # Nor does it break the layout.
    page.set_viewport_size({"width": 320, "height": 600})
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320


@pytest.mark.parametrize("width", [1280, 640, 320])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_does_not_scroll_sideways(report, new_page, language, width):
    page = new_page(viewport={"width": width, "height": 600})
    page.goto(report(*LOGS, language=language))
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    # Nor does the table, where there is little room.
    assert width > 700 or page.evaluate("document.querySelector('.found').scrollWidth") <= width


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_no_violation(report, new_page, language, scheme):
    page = new_page(color_scheme=scheme, bypass_csp=True)
    page.goto(report(*LOGS, language=language))
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(int(part) for part in background[4:-1].split(",")) < 380) == (scheme == "dark")
    assert violations(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_read_without_scripts_and_on_paper(report, new_page, language):
    page = new_page(java_script_enabled=False)
    page.goto(report(*LOGS, language=language))
    assert page.locator("#relay_denied").is_visible() and not page.locator("#search").is_visible()
    assert shown(page).count() == 27
    page = new_page(color_scheme="dark")
    page.goto(report(*LOGS, language=language))
    page.emulate_media(media="print", color_scheme="dark")
    for gone in [".languages", "#search", "details"]:
        assert page.locator(gone).is_hidden(), gone
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(252, 251, 248)"
    text = "".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(page.pdf(format="A4"))).pages)
    assert "relay_denied" in text and "Contract 4711 has ended" in text


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures(report, new_page, language, scheme):
    """For people to look at. The first is the picture in the README, docs/images/report-en.png, with fewer colours."""
    shots = folder("SITE_SHOTS")
    shots.mkdir(parents=True, exist_ok=True)
    page = new_page(viewport={"width": 1000, "height": 1100}, color_scheme=scheme)
    page.goto(report(*LOGS, language=language))
    assert len(page.screenshot(path=shots / f"report-{language}-{scheme}.png")) > 10_000
    assert len(page.screenshot(path=shots / f"report-{language}-{scheme}-all.png", full_page=True)) > 10_000
