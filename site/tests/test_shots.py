"""Pictures of five pages in both languages, for people to look at; each must show something."""

import pytest
from conftest import LANGUAGES, folder
from test_paste import TRANSCRIPT, paste

PAGES = {
    "home": "index.html",
    "reply": "smtp/550/index.html",
    "ftp": "ftp/425/index.html",
    "enhanced": "enhanced/x.7.8/index.html",
    "cause": "cause/relay_denied/index.html",
    "sheet": "sheet/index.html",
}
LOOKS = {
    "wide": {"viewport": {"width": 1280, "height": 1000}},
    "phone": {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2},
    "dark": {"viewport": {"width": 1280, "height": 1000}, "color_scheme": "dark"},
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures(site, new_page, language, look):
    shots = folder("SITE_SHOTS")
    shots.mkdir(parents=True, exist_ok=True)
    page = new_page(**LOOKS[look])
    for name, path in PAGES.items():
        page.goto((site / language / path).as_uri())
        picture = page.screenshot(path=shots / f"{name}-{language}-{look}.png", full_page=look == "wide")
        assert len(picture) > 10_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_picture_of_a_pasted_text(open_home, language):
    """The one for English is the picture in the README, docs/images/site.png, with fewer colours."""
    page = open_home(language, viewport={"width": 1000, "height": 1240})
    paste(page, TRANSCRIPT)
    page.locator("#answer h3").wait_for()
    picture = page.screenshot(path=folder("SITE_SHOTS") / f"paste-{language}.png")
    assert len(picture) > 10_000
