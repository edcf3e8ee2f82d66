"""The lock file: exact versions, checksums, and no word of where packages were fetched."""

import json
import re
from typing import Any

from tests.frontend.bundles import FRONTEND

LOCK: dict[str, Any] = json.loads((FRONTEND / "package-lock.json").read_text("utf-8"))
PACKAGE: dict[str, Any] = json.loads((FRONTEND / "package.json").read_text("utf-8"))
EXACT = re.compile(r"\d+\.\d+\.\d+(?:-[\w.]+)?")


def test_it_names_no_host_and_no_address_of_a_package() -> None:
    for name, package in LOCK["packages"].items():
        assert "resolved" not in package, name
        assert not package.get("link"), name
    told = json.dumps({n: {k: v for k, v in p.items() if k != "funding"} for n, p in
                       LOCK["packages"].items()})  # fmt: skip
    assert "://" not in told
    assert "omit-lockfile-registry-resolved=true" in (FRONTEND / ".npmrc").read_text("utf-8")
    assert "registry=" not in (FRONTEND / ".npmrc").read_text("utf-8").replace("-registry", "")


def test_every_package_has_a_version_and_a_checksum() -> None:
    packages = {name: p for name, p in LOCK["packages"].items() if name}
    assert len(packages) > 20
    for name, package in packages.items():
        assert EXACT.fullmatch(package["version"]), name
        assert package["integrity"].startswith("sha512-"), name


def test_versions_are_exact_and_the_same_in_both_files() -> None:
    root = LOCK["packages"][""]
    for kind in ("dependencies", "devDependencies"):
        assert PACKAGE[kind] == root[kind]
        for name, version in PACKAGE[kind].items():
            assert EXACT.fullmatch(version), name
            assert LOCK["packages"][f"node_modules/{name}"]["version"] == version


def test_no_package_runs_a_script_when_it_is_installed() -> None:
    assert "ignore-scripts=true" in (FRONTEND / ".npmrc").read_text("utf-8")


def test_every_licence_is_a_free_one() -> None:
    free = {"MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "OFL-1.1", "0BSD"}
    for name, package in LOCK["packages"].items():
        if name and not package.get("dev"):
            assert package["license"] in free, name
