"""Every kind of page, from a folder and from a server: no complaint, nothing from elsewhere, the right language."""

import pytest
from conftest import KINDS, LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_open_from_a_folder_without_complaints(site, page, language):
    for path in KINDS.values():
        page.goto((site / language / path).as_uri())
        assert page.locator("h1").count() == 1, path
        assert page.locator("html").get_attribute("lang") == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_open_below_any_path_of_a_server(served, page, language):
    for path in KINDS.values():
        answer = page.goto(f"{served}{language}/{path}")
        assert answer.ok, path
        # The style sheet was found.
        assert page.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute"


def test_the_other_language_is_one_click_away_on_every_page(site, page):
    for path in KINDS.values():
        page.goto((site / "en" / path).as_uri())
        page.get_by_role("navigation", name="Language").get_by_role("link", name="日本語").click()
        assert page.url == (site / "ja" / path).as_uri()
        assert page.locator("html").get_attribute("lang") == "ja"
        page.get_by_role("navigation", name="言語").get_by_role("link", name="English").click()
        assert page.url == (site / "en" / path).as_uri()


@pytest.mark.parametrize(("locale", "language"), [("ja-JP", "ja"), ("en-GB", "en"), ("fr-FR", None)])
def test_the_root_opens_the_readers_language(site, new_page, locale, language):
    page = new_page(locale=locale)
    page.goto((site / "index.html").as_uri())
    if language:
        page.wait_for_url((site / language / "index.html").as_uri())
    else:
        # Neither is the reader's: a choice.
        assert page.get_by_role("link", name="English").is_visible()
        assert page.get_by_role("link", name="日本語").is_visible()


def test_the_page_for_lost_readers_leads_to_the_search(site, page):
    page.goto((site / "404.html").as_uri())
    page.get_by_role("link", name="To the search").click()
    assert page.url == (site / "en/index.html").as_uri()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_is_there_without_scripts(site, new_page, language):
    page = new_page(java_script_enabled=False)
    page.goto((site / language / "index.html").as_uri())
    assert page.get_by_role("table", name="SMTP").is_visible()
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="535", exact=True)).first
    assert row.is_visible()
    row.get_by_role("link").first.click()
    assert page.url == (site / language / "smtp/535/index.html").as_uri()
