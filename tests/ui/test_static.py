"""Vendored files are what their list says."""

import hashlib
import re

from tests.ui.rendering import STATIC

ROW = re.compile(r"^\| (\S+\.js) \| .* \| (\d+\.\d+\.\d+) \| (\S+) \| ([0-9a-f]{64}) \|$", re.M)


def test_vendor_readme_lists_every_file_with_its_hash() -> None:
    vendor = STATIC / "vendor"
    listed = {
        name: digest for name, _, _, digest in ROW.findall((vendor / "README.md").read_text())
    }
    files = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in vendor.iterdir()
        if path.suffix != ".md"
    }

    assert listed == files


def test_vendored_scripts_name_no_source_map() -> None:
    found = [p.name for p in STATIC.rglob("*.js") if b"sourceMappingURL" in p.read_bytes()]

    assert found == []


def test_htmx_is_of_the_second_major_version() -> None:
    assert b'version:"2.0.11"' in (STATIC / "vendor" / "htmx.min.js").read_bytes()
