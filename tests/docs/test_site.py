"""The site in a browser: on a desk and on a telephone, light and dark."""

import pytest

pytestmark = pytest.mark.docs

VIEWS = [(width, scheme) for width in (1280, 390) for scheme in ("light", "dark")]


@pytest.fixture
def visit(browser):
    """A function that opens a page at a width and a colour scheme; at the end it asks for what went wrong."""
    wrong = []
    contexts = []

    def visit(width=1280, scheme="light"):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        context.set_default_timeout(300_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: wrong.append(message.text) if message.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("response", lambda response: wrong.append(response.url) if response.status >= 400 else None)
        return page

    yield visit
    for context in contexts:
        context.close()

    assert [] == wrong


def test_pages(visit, address, pages):
    """No page has an error in the console, lacks a file, or is wider than the window, in any view."""
    page = visit()
    wide = []
    for name in pages:
        page.goto(address + name)
        for width, scheme in VIEWS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            if page.evaluate(
                "(({scrollWidth, clientWidth}) => scrollWidth > clientWidth)(document.querySelector('.content'))"
            ):
                wide.append((name, width, scheme))

    assert [] == wide


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_navigation(visit, address, width, scheme):
    """The menu leads from the first page to another."""
    page = visit(width, scheme)
    page.goto(address)
    if width < 800:
        page.locator("label.nav-overlay-icon").first.click()
    page.locator(".sidebar-tree").get_by_role("link", name="Checking a claim").click()

    assert "Checking a claim" == page.locator("h1").evaluate("heading => heading.firstChild.textContent")


@pytest.mark.parametrize("words", ["deficit", "holding", "Treaty of San Francisco"])
def test_search(visit, address, words):
    """The search finds pages, and their links lead there."""
    page = visit()
    page.goto(address)
    page.locator(".sidebar-search").fill(words)
    page.keyboard.press("Enter")
    first = page.locator("ul.search li a").first
    first.wait_for()
    first.click()
    page.wait_for_load_state()

    assert words.split()[-1].casefold() in page.locator("article").inner_text().casefold()


@pytest.mark.parametrize("card", range(5))
def test_five_questions(visit, address, card):
    """One click on a card of the first page leads to the answer, in sight on a telephone too."""
    page = visit(390)
    page.goto(address)
    page.locator(".sd-card").nth(card).click()
    page.wait_for_load_state()

    assert page.url != address
    assert page.locator(".cell_output").first.is_visible()


def test_colour_scheme(visit, address):
    """The dark page is dark."""
    light, dark = (visit(1280, scheme) for scheme in ("light", "dark"))
    colours = []
    for page in (light, dark):
        page.goto(address)
        colours.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))

    assert "rgb(255, 255, 255)" == colours[0]
    assert colours[0] != colours[1]


def test_try_it(visit, address, pyodide):
    """The page "Try it" starts Python and answers; what it asks of the network comes from the npm package here."""
    page = visit(390, "dark")
    page.route(
        "https://cdn.jsdelivr.net/npm/pyodide@*/**",
        lambda route: route.fulfill(path=pyodide / route.request.url.rpartition("/")[2]),
    )
    page.goto(f"{address}try-it.html")
    page.get_by_label("A question to begin with").select_option("Is “1952, Treaty of San Francisco” right?")
    page.get_by_role("button", name="Start").click()
    page.get_by_text("Done", exact=True).wait_for()

    assert "conflict" in page.locator("#try-it-output table").first.inner_text()

    page.get_by_label("Python").fill("import jpus\nlen(jpus.offices) > 0")
    page.get_by_role("button", name="Run").click()
    page.get_by_text("True", exact=True).wait_for()
