"""Everything can be done with the keyboard, and one sees where one is."""

from conftest import results


def test_the_skip_link_comes_first_and_skips(site, page):
    page.goto((site / "en/smtp/550/index.html").as_uri())
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    assert skip.evaluate("a => a === document.activeElement")
    box = skip.bounding_box()
    assert box["x"] >= 0 and box["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_search_without_a_mouse(open_home):
    page = open_home("en")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("550 5.1.1")
    assert results(page)[0] == "smtp/550/index.html"
    page.keyboard.press("Enter")
    focused = "document.activeElement.getAttribute('href')"
    assert page.evaluate(focused) == "smtp/550/index.html"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == "enhanced/x.1.1/index.html"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/smtp/550/index.html")


def test_escape_clears(open_home):
    page = open_home("en")
    page.locator("#q").fill("550")
    page.locator("#results a").first.wait_for()
    page.keyboard.press("Escape")
    assert page.locator("#q").input_value() == ""


def test_enter_that_ends_a_japanese_conversion_does_not_search(open_home):
    page = open_home("ja")
    page.locator("#q").fill("めーる")
    page.locator("#q").evaluate("box => box.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}))")
    assert page.evaluate("document.activeElement.id") == "q"


def test_focus_is_visible_on_everything_that_can_have_it(site, page):
    for path in ["en/index.html?q=550", "ja/ftp/425/index.html", "en/docs/index.html"]:
        page.goto((site / path.split("?")[0]).as_uri() + ("?q=550" if "?" in path else ""))
        seen = 0
        for _ in range(60):
            page.keyboard.press("Tab")
            state = page.evaluate(
                """() => {
                    const it = document.activeElement, style = getComputedStyle(it), box = it.getBoundingClientRect();
                    return {tag: it.tagName, outline: style.outlineStyle, width: parseFloat(style.outlineWidth), size: box.width * box.height};
                }"""
            )
            if state["tag"] == "BODY":
                break
            assert state["outline"] == "solid" and state["width"] >= 2 and state["size"] > 0, (path, state)
            seen += 1
        assert seen >= 10, path


def test_the_language_is_switched_with_the_keyboard(site, page):
    page.goto((site / "en/smtp/550/index.html").as_uri())
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.hreflang") == "ja":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/ja/smtp/550/index.html")
