"""What every visitor meets: assets, robots, health, headers."""

import re
from base64 import b64encode
from hashlib import sha256
from itertools import groupby

import pytest

from tests.conftest import Site
from tests.strata import some

EVERYWHERE = ["/", "/doc/inria", "/id/inria", "/sparql", "/download/enact-graph.nt", "/robots.txt"]


def test_a_page_loads_only_what_is_here_and_it_never_changes(site: Site) -> None:
    page = site.get("/", "text/html").text
    loaded = re.findall(
        r'<(?:link rel="(?:stylesheet|icon)"|script|img)[^>]*(?:href|src)="([^"]+)"', page
    )
    assert loaded
    for address in loaded:
        assert address.startswith("/static/")
        answer = site.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_answer_may_be_read_from_anywhere_and_run_nowhere(site: Site, path: str) -> None:
    headers = site.get(path, origin="https://a.example").headers
    assert headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in headers
    assert "ETag" in headers["access-control-expose-headers"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"]
    policy = headers["content-security-policy"]
    assert "unsafe-inline" not in policy
    assert "default-src 'none'" in policy
    assert "set-cookie" not in headers
    assert "server" not in headers


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_address_says_which_methods_it_takes(site: Site, path: str) -> None:
    answer = site.client.options(path)
    assert answer.status_code == 204
    assert {"GET", "HEAD", "OPTIONS"} <= set(answer.headers["allow"].split(", "))


def test_pages_hold_no_inline_style_or_script(site: Site) -> None:
    for path in ("/", "/doc/enact", "/sparql", "/ontology", "/vocab", "/shapes", "/download/"):
        page = site.get(path, "text/html").text
        assert " style=" not in page, path
        assert "<style" not in page, path
        linked = re.findall(r'<script type="module" src="/static/[^"]+"></script>', page)
        assert page.count("<script") == len(linked), path


def test_the_report_may_use_its_own_style_and_no_other(site: Site) -> None:
    report = site.get("/report", "text/html")
    style = report.text.partition("<style>")[2].partition("</style>")[0]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}' 'self'" in report.headers["content-security-policy"]
    assert "sha256-" not in site.get("/", "text/html").headers["content-security-policy"]


def test_every_link_of_a_page_leads_somewhere(site: Site) -> None:
    """Of new links to the same kind of page with the same parameters, some are followed."""
    seen: set[str] = set()
    waiting = ["/", "/doc/inria", "/sparql", "/download/", "/problem/not-found"]
    while waiting:
        found: set[str] = set()
        for asked in waiting:
            page = site.client.get(asked, headers={"Accept": "text/html,*/*;q=0.1"})
            assert page.status_code == 200, page.url
            if "text/html" in page.headers["content-type"]:
                links = re.findall(r'href="(/[^"#]*)', page.text)
                found |= {a.replace("&amp;", "&").partition("?lang=")[0] for a in links}
        alike = groupby(sorted(found - seen, key=_kind), _kind)
        waiting = [address for _, links in alike for address in some(links, 1 / 4)]
        seen |= found
    assert len(seen) > 30


def _kind(address: str) -> tuple[str, str]:
    path, _, query = address.partition("?")
    return path.split("/")[1], ",".join(re.findall(r"(?:^|&)(\w+)=", query))


def test_health(site: Site) -> None:
    live, ready = site.get("/health/live"), site.get("/health/ready")
    assert live.json() == {"status": "live"}
    assert ready.json()["release"] == site.release.name
    assert ready.json()["counts"] == dict(site.release.manifest.counts)
    assert live.headers["cache-control"] == ready.headers["cache-control"] == "no-store"


def test_robots_are_welcome_but_not_to_ask_for_ever(site: Site) -> None:
    robots = site.get("/robots.txt")
    assert robots.headers["content-type"] == "text/plain; charset=utf-8"
    assert "Disallow: /sparql?" in robots.text


def test_the_explanation_of_a_problem_is_json_or_a_page(site: Site) -> None:
    assert site.get("/problem/not-found", "image/png").status_code == 406
    for accept in ("application/json", "text/html"):
        told = site.get("/problem/not-found", accept)
        assert told.headers["content-type"].startswith(accept)
        assert {"Accept", "Accept-Language"} <= set(told.headers["vary"].split(", "))
