"""A pasted text is read by the library itself, in a worker, and whatever it holds is only text on the page."""

import json
import pathlib
import subprocess

import pytest
from conftest import LANGUAGES, folder, results
from playwright.sync_api import expect

TRANSCRIPT = """> EHLO camera
< 250 mail.example.net
> MAIL FROM:<cam@example.com>
< 250 2.1.0 Ok
> RCPT TO:<bob@example.net>
< 554 5.7.1 <bob@example.net>: Relay access denied
> QUIT
< 221 2.0.0 Bye
"""

HOSTILE = """<script>window.ran = 1</script><img src=x onerror="window.ran = 1">
550 5.1.1 <img src=x onerror="window.ran = 1"></mark></p><script>window.ran = 1</script>
550 \x1b[31m\u202eevil\u2066 javascript:alert(1) {{7*7}} ${7*7} =cmd|' /C calc'!A0
"""

# As a reader pastes it: the clipboard goes through the page's own handler, the rest is what a browser would do.
PASTE = """(text) => {
    const box = document.getElementById("q"), data = new DataTransfer();
    data.setData("text/plain", text);
    box.focus();
    const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
    if (box.dispatchEvent(event)) {
        box.setRangeText(text);
        box.dispatchEvent(new InputEvent("input", {bubbles: true}));
    }
}"""

# What the page says of a text: ids, places, and the words that it shows.
SAID = """async (text) => {
    const told = await replycodeExplain(text), { answer, deciding } = told.answer;
    const words = JSON.parse(document.getElementById("words").textContent);
    const element = (name, className, text) => Object.assign(document.createElement(name), {className, textContent: text ?? ""});
    const tools = {element, words, fill: (text) => text, ruling: () => element("p"), steps: () => element("ol")};
    const box = element("div");
    box.append(...replycodeAnswer(told, tools));
    const title = box.querySelector("h3");
    const said = [...box.querySelectorAll("h3 ~ p")].map((p) => p.textContent).filter((text) => text && !Object.values(words.explain.speaker).includes(text));
    return {
        cause: told.texts.causes[answer.cause].id, verdict: answer.verdict, party: answer.party, rule: answer.rule, basis: answer.basis,
        speaker: told.answer.speaker, offset: deciding && deciding[0], title: title.textContent, meaning: said[0],
        replies: told.answer.replies.map((reply) => [reply[0], reply[4], reply[5]]),
    };
}"""


def cases():
    root = pathlib.Path(__file__).resolve().parents[2]
    lines = (root / "tests/data/cases.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def answer_of_the_command(text, language):
    """What `replycode explain` says of a text, as JSON."""
    # A line end behind it: a code alone would be looked up, as the page's search does.
    command = [folder("REPLYCODE"), "explain", "--format", "json", "--lang", language]
    told = subprocess.run(command, input=text.encode() + b"\n", capture_output=True)
    assert told.returncode in (0, 1), told.stderr.decode()
    return json.loads(told.stdout)


def paste(page, text):
    page.evaluate(PASTE, text)
    expect(page.locator("#answer")).to_have_attribute("data-read", str(len(text.encode("utf-16-le")) // 2))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_what_the_command_says(open_home, language):
    page = open_home(language)
    # Cases in other encodings are bytes that a browser's clipboard does not carry.
    texts = [case["input"] for case in cases() if "input" in case]
    texts += [TRANSCRIPT, HOSTILE, "\0" * 100, "あ" * 1000 + "\n535 5.7.8 認証失敗"]
    assert len(texts) > 150
    for text in texts:
        told = answer_of_the_command(text, language)
        if "replies" not in told:
            # A code alone is looked up, on the page by the search.
            continue
        shown = page.evaluate(SAID, text + "\n")
        deciding = told["deciding"] or told
        for key in ("cause", "verdict", "party", "rule", "basis"):
            assert shown[key] == deciding[key], (key, text)
        assert shown["speaker"] == told["speaker"], text
        assert shown["offset"] == (told["deciding"] and told["deciding"]["offset"]), text
        assert shown["replies"] == [[reply["offset"], reply["code"], reply["enhanced"]] for reply in told["replies"]], text
        # Where it may be either protocol's reply, the command answers for both.
        if deciding["title"]:
            assert [shown["title"], shown["meaning"]] == [deciding["title"], deciding["meaning"]], text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_transcript_is_explained(open_home, language):
    page = open_home(language)
    paste(page, TRANSCRIPT)
    answer = page.locator("#answer")
    shown = answer.inner_text()
    words = {
        "en": ["What this text says", "Fix first", "The reply that decides, line 6", "the server's words"],
        "ja": ["この内容の説明", "修正してから再試行", "結果を決めた応答", "6行目", "サーバーの応答文"],
    }[language]
    for word in [*words, "554 5.7.1 <bob@example.net>: Relay access denied"]:
        assert word in shown, word
    assert answer.locator("mark").inner_text() == "554 5.7.1 <bob@example.net>: Relay access denied"
    assert answer.get_by_role("link", name="SMTP 554").get_attribute("href") == "smtp/554/index.html"
    # The search goes by the refusal in the text, and stays there.
    assert results(page)[0] == "smtp/554/index.html"
    answer.locator("summary").click()
    assert answer.locator("ol.replies li").count() == 4


def test_a_reply_on_one_line_is_explained_and_a_code_alone_is_looked_up(open_home):
    page = open_home("en")
    page.locator("#q").fill("550 5.1.1 User unknown")
    page.locator("#answer h3").wait_for()
    page.locator("#q").fill("550")
    assert results(page)[0] == "smtp/550/index.html"
    page.locator("#answer").wait_for(state="hidden")


def test_a_text_without_a_reply_is_said_to_have_none(open_home):
    page = open_home("en")
    paste(page, "Nov 25 07:00:01 camera kernel: eth0: link up\nNov 25 07:00:02 camera ntpd: synchronized\n")
    assert "Not a reply from a server" in page.locator("#answer").inner_text()


def test_a_text_without_a_reply_may_tell_the_cause_all_the_same(open_home):
    page = open_home("en")
    # Nothing came back after PASV: no reply decides, the course of the dialogue does.
    paste(page, "> USER cam\n< 331 Password required\n> PASS secret\n< 230 Logged in\n> PASV\n* timed out after 30 seconds\n")
    shown = page.locator("#answer").inner_text()
    for word in ["the course of the text", "Replies in the text (2)"]:
        assert word in shown, shown
    assert page.locator("#answer dd a").first.get_attribute("href") == "cause/ftp_passive_blocked/index.html"


def test_a_message_of_the_network_is_said_to_be_one(open_home):
    page = open_home("en")
    paste(page, "Error: connect ECONNREFUSED 192.0.2.1:587\n    at TCPConnectWrap.afterConnect\n")
    expect(page.locator("#answer")).to_contain_text("operating system or the network")


def test_a_hostile_text_is_only_text(open_home):
    page = open_home("en")
    page.on("dialog", lambda dialog: pytest.fail("a script of the text ran"))
    paste(page, HOSTILE)
    page.locator("#answer mark").wait_for()
    assert page.evaluate("window.ran") is None
    assert page.locator("#answer :is(img, script, iframe, a[href^='javascript:'])").count() == 0
    excerpt = page.locator("#answer .excerpt").inner_text()
    assert "<script>window.ran = 1</script>" in excerpt
    page.locator("#answer summary").click()
    listed = page.locator("#answer ol.replies").inner_text()
    assert "␛[31m⟨U+202E⟩evil⟨U+2066⟩ javascript:alert(1) {{7*7}}" in listed
    assert not {"\x1b", "\u202e", "\u2066"} & set(excerpt + listed)


def test_a_reply_of_an_unknown_protocol_leads_to_both(open_home):
    page = open_home("en")
    paste(page, "500 what")
    pages = page.locator("#answer dd a").evaluate_all("links => links.map(a => a.getAttribute('href'))")
    assert pages[-2:] == ["smtp/500/index.html", "ftp/500/index.html"]


def test_ten_megabytes_are_bounded_and_read_beside_the_page(open_home):
    page = open_home("en")
    workers = []
    page.on("worker", lambda worker: workers.append(worker.url))
    line = "Nov 25 07:00:01 mx postfix/smtp[1234]: to=<bob@example.net>, status=bounced (host mx.example.net said: 550 5.1.1 <bob@example.net>: User unknown (in reply to RCPT TO command))\n"
    text = line * (10_000_000 // len(line) + 1)
    assert len(text) >= 10_000_000
    # The page answers while the worker reads: this comes back before the answer is there.
    state = page.evaluate(
        f"""async (text) => {{
            ({PASTE})(text);
            const answer = document.getElementById("answer");
            await new Promise((go) => setTimeout(go, 100));
            let turns = 0;
            while (answer.getAttribute("aria-busy") && turns < 100000) {{
                await new Promise((go) => setTimeout(go, 0));
                turns++;
            }}
            return {{ turns, value: document.getElementById("q").value.length }};
        }}""",
        text,
    )
    assert state["turns"] > 5, "the page stood still"
    assert state["value"] == 2000
    page.locator("#answer h3").wait_for()
    shown = page.locator("#answer").inner_text()
    assert "its first 4.2 MB were read" in shown
    assert "10.0 MB pasted" in page.locator("#kept").inner_text()
    assert len(workers) == 1
    # However long the text, the page stays short.
    assert page.evaluate("document.getElementById('answer').outerHTML.length") < 60_000
    page.get_by_role("button", name="Clear").click()
    assert page.get_by_role("table", name="SMTP").is_visible()


def test_without_the_module_the_search_goes_by_the_codes(open_home, bare):
    for language, words in [("en", "needs WebAssembly"), ("ja", "WebAssemblyが必要")]:
        page = open_home(language, where=bare)
        paste(page, TRANSCRIPT)
        assert words in page.locator("#answer").inner_text()
        assert results(page)[:2] == ["smtp/554/index.html", "enhanced/x.7.1/index.html"]


def test_without_webassembly_the_search_goes_by_the_codes(site, new_page):
    page = new_page()
    page.add_init_script("delete window.WebAssembly")
    page.goto((site / "en/index.html").as_uri())
    paste(page, TRANSCRIPT)
    assert "needs WebAssembly" in page.locator("#answer").inner_text()
    assert results(page)[0] == "smtp/554/index.html"


def test_a_served_page_reads_texts_too(served, page):
    page.goto(served + "ja/index.html")
    paste(page, TRANSCRIPT)
    assert "554 5.7.1" in page.locator("#answer mark").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_in_an_answer(open_home, scheme):
    from test_reading import violations

    page = open_home("ja", color_scheme=scheme, bypass_csp=True)
    paste(page, TRANSCRIPT)
    page.locator("#answer h3").wait_for()
    assert violations(page) == []
