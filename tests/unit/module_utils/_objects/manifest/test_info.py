# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._errors import FeatureOff, ParentMissing, ReadFailed
from ansible_collections.dockhand.quay.plugins.module_utils._objects.manifest import info

NAMES = {"image": "ops/a:1", "repository": "ops/a", "digest": "sha256:x"}
PLAIN = {
    "digest": "sha256:x",
    "is_manifest_list": False,
    "manifest_data": "{}",
    "config_media_type": None,
    "layers_compressed_size": None,
    "layers": None,
}


def context(answer, **params):
    def get(*_call, **_options):
        if isinstance(answer, Exception):
            raise answer
        return answer

    warned = []
    return SimpleNamespace(client=SimpleNamespace(get=get), params=params, warn=warned.append, warned=warned)


def test_a_list_of_images_has_its_children_and_no_layers():
    child = {"digest": "sha256:c", "mediaType": "m", "size": 7, "platform": {"os": "linux", "architecture": "arm64"}}
    data = json.dumps({"mediaType": "list", "manifests": [child, {}]})
    found = info.show_manifest(context({**PLAIN, "is_manifest_list": True, "manifest_data": data}), NAMES)["manifest"]
    assert (found["media_type"], found["size"]) == ("list", 0)
    assert found["children"][0] == {
        "digest": "sha256:c",
        "media_type": "m",
        "size": 7,
        "os": "linux",
        "architecture": "arm64",
        "variant": None,
        "annotations": {},
    }
    assert info.list_layers(context(PLAIN), NAMES) == {"layers": []}


@pytest.mark.parametrize("data", ["", "no JSON", "[]", "null", '{"manifests": null, "annotations": null}'])
def test_what_a_manifest_says_of_itself_may_be_anything(data):
    found = info.show_manifest(context({**PLAIN, "manifest_data": data}), NAMES)["manifest"]
    assert (found["children"], found["annotations"], found["content"]) == ([], {}, data)


def test_the_last_build_step_comes_first():
    layers = [{"index": 0, "command": ["a"]}, {"index": 2, "secret": "x"}, {"index": 1}]
    found = info.list_layers(context({**PLAIN, "layers": layers}), NAMES)["layers"]
    assert [layer["index"] for layer in found] == [2, 1, 0]
    assert set(found[0]) == set(info.LAYER_KEYS)


@pytest.mark.parametrize("answer", [FeatureOff("No scanner.", 404, ""), None])
def test_without_a_scanner_nothing_is_known(answer):
    assert info.list_vulnerabilities(context(answer), NAMES) == info.UNKNOWN


def test_a_scanner_that_does_not_answer_is_a_warning():
    asked = context(ReadFailed("The scanner is down."))
    assert info.list_vulnerabilities(asked, NAMES) == info.UNKNOWN
    assert asked.warned == ["The scanner is down."]


def test_only_packages_with_findings_are_listed():
    features = [
        {"Name": "a", "Vulnerabilities": [{"Name": "CVE"}]},
        {"Name": "b", "Vulnerabilities": []},
        {"Name": "c"},
    ]
    scan = {"status": "scanned", "data": {"Layer": {"Features": features}}}
    (package,) = info.list_vulnerabilities(context(scan), NAMES)["vulnerabilities"]
    assert package == {"Name": "a", "Version": "", "VersionFormat": "", "Vulnerabilities": [{"Name": "CVE"}]}
    queued = {"status": "queued", "data": None}
    assert info.list_vulnerabilities(context(queued), NAMES) == {"status": "queued", "vulnerabilities": []}


def test_an_image_that_is_missing_is_named():
    with pytest.raises(ParentMissing, match="Image ops/a:1 does not exist"):
        info.show_manifest(context(None), NAMES)
