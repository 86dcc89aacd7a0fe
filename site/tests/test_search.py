"""The search takes what people paste."""

import urllib.parse

import pytest
from conftest import LANGUAGES, results

QUERIES = [
    ("550", ["smtp/550/index.html", "ftp/550/index.html"]),
    ("550 5.1.1", ["smtp/550/index.html", "enhanced/x.1.1/index.html"]),
    ("550-5.7.26", ["smtp/550/index.html", "enhanced/x.7.26/index.html"]),
    ("530 ftp", ["ftp/530/index.html"]),
    ("FTP 530", ["ftp/530/index.html"]),
    ("smtp 530", ["smtp/530/index.html"]),
    ("メール 送れない 535", ["smtp/535/index.html"]),
    ("メール　送れない　５３５", ["smtp/535/index.html"]),
    ("relay access denied", ["cause/relay_denied/index.html"]),
    ("Application-specific password required", ["cause/app_password_required/index.html"]),
    ("5.7.8", ["enhanced/x.7.8/index.html"]),
    ("10060", ["not-a-reply/index.html#number-10060"]),
    ("WSAECONNREFUSED", ["not-a-reply/index.html#number-10061"]),
    ("Can't open data connection", ["ftp/425/index.html"]),
    ("データ接続", ["ftp/425/index.html"]),
    ("4xx", ["classes/index.html#class-4"]),
    ("smtp 5yz", ["classes/index.html#class-5"]),
    ("(421, b'4.7.0 Try again later')", ["smtp/421/index.html"]),
    ("SMTPAuthenticationError: (535, b'5.7.8 Error: authentication failed')", ["smtp/535/index.html"]),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("query", "first"), QUERIES, ids=[query for query, _ in QUERIES])
def test_the_first_results(open_home, language, query, first):
    page = open_home(language)
    page.locator("#q").fill(query)
    assert results(page)[: len(first)] == first


def test_results_speak_the_language_of_the_page(open_home):
    for language, title, verdict in [("en", "Wrong user name or password", "Fix first"), ("ja", "ユーザー名またはパスワードの誤り", "修正してから再試行")]:
        page = open_home(language)
        page.locator("#q").fill("smtp 535")
        first = page.locator("#results a").first
        assert title in first.inner_text()
        assert verdict in first.inner_text()
        first.click()
        assert page.locator("h1").inner_text().endswith(title)


def test_a_code_that_no_list_knows_is_answered_by_its_class(open_home):
    page = open_home("en")
    page.locator("#q").fill("599")
    assert results(page) == ["classes/index.html#class-5"] * 2
    assert "599 is not in the catalogue" in page.locator("#results").inner_text()


def test_nothing_found_is_said(open_home):
    page = open_home("ja")
    page.locator("#q").fill("qqqq zzzz")
    assert results(page) == []
    assert page.get_by_role("status").filter(has_text="見つかりませんでした").is_visible()


def test_the_number_of_matches_is_announced(open_home):
    page = open_home("en")
    page.locator("#q").fill("530 ftp")
    results(page)
    assert page.locator("#count[role=status]").inner_text().endswith("matches")


def test_clearing_brings_the_table_back(open_home):
    page = open_home("en")
    page.locator("#q").fill("550")
    page.locator("#results a").first.wait_for()
    assert page.get_by_role("table", name="SMTP").is_hidden()
    page.get_by_role("button", name="Clear").click()
    assert page.get_by_role("table", name="SMTP").is_visible()
    assert page.locator("#q").input_value() == ""


def test_examples_are_links_that_search(open_home):
    page = open_home("ja")
    page.get_by_role("link", name="メール 送れない 535").click()
    assert results(page)[0] == "smtp/535/index.html"
    assert page.locator("#q").input_value() == "メール 送れない 535"


def test_a_query_in_the_address_is_answered(open_home):
    page = open_home("en", query=urllib.parse.quote("550 5.1.1"))
    assert results(page)[:2] == ["smtp/550/index.html", "enhanced/x.1.1/index.html"]


def test_every_page_has_a_search(site, page):
    page.goto((site / "ja/ftp/425/index.html").as_uri())
    page.get_by_role("searchbox", name="コードや語句を検索").fill("530 ftp")
    page.get_by_role("button", name="検索").click()
    page.wait_for_url("**/ja/index.html?q=*")
    assert results(page)[0] == "ftp/530/index.html"


@pytest.mark.parametrize("query", ["<img src=x onerror=alert(1)>", "<script>alert(1)</script> 550", "{{7*7}} 535", "\u202e550", "%00 550", "((((" * 200, "5" * 5000])
def test_a_hostile_query_is_only_text(open_home, query):
    page = open_home("en", query=urllib.parse.quote(query))
    page.on("dialog", lambda dialog: pytest.fail("a script of the query ran"))
    results(page)
    assert page.locator("main img, main script:not([type='application/json'])").count() == 0
