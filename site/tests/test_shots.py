"""Pictures of five pages in both languages, for people to look at; each must show something."""

import pytest
from conftest import LANGUAGES, folder

PAGES = {
    "home": "index.html",
    "reply": "smtp/550/index.html",
    "ftp": "ftp/425/index.html",
    "enhanced": "enhanced/x.7.8/index.html",
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
