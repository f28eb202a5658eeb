# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tags and manifests of a repository. There are no layers behind them, only what the API says of them."""

from __future__ import annotations

import functools
import hashlib
import itertools
import json
import re
import time
from collections import defaultdict
from dataclasses import dataclass, field

LIST = "application/vnd.oci.image.index.v1+json"
SINGLE = "application/vnd.oci.image.manifest.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"
HOUR, MOST_WEEKS = 3600, 104
numbers = itertools.count(1)


def digest_of(text: str) -> str:
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


@dataclass(eq=False)
class Manifest:
    """An image, or with platforms a list of them."""

    data: str
    size: int
    children: list[str] = field(default_factory=list)
    created: float = field(default_factory=time.time)
    pulls: int = 0
    last_pull: float | None = None
    # What the scanner says; None while it has not looked.
    scan: dict | None = None
    # Labels, see endpoints/crud.py.
    entries: dict[str, list] = field(default_factory=lambda: defaultdict(list))

    @functools.cached_property
    def digest(self) -> str:
        return digest_of(self.data)


@dataclass(eq=False)
class Tag:
    """One stretch of the life of a tag: on one manifest, from start to end in seconds since the epoch."""

    name: str
    manifest: Manifest
    start: float
    end: float | None = None
    reversion: bool = False
    immutable: bool = False
    pulls: int = 0
    last_pull: float | None = None
    id: int = field(default_factory=lambda: next(numbers))

    @property
    def alive(self) -> bool:
        return self.end is None or self.end > time.time()


class Images:
    """All of one repository, the dead ones too."""

    def __init__(self):
        self.by_name: dict[str, list[Tag]] = defaultdict(list)
        self.manifests: dict[str, Manifest] = {}

    @property
    def tags(self) -> list[Tag]:
        return list(itertools.chain.from_iterable(self.by_name.values()))

    def tag(self, name: str) -> Tag | None:
        return next((tag for tag in self.by_name.get(name, ()) if tag.alive), None)

    def alive(self) -> list[Tag]:
        return [tag for tag in self.tags if tag.alive]

    def history(self, name: str | None = None) -> list[Tag]:
        """The newest first."""
        tags = self.by_name.get(name, ()) if name else self.tags
        return sorted(tags, key=lambda tag: (-int(tag.start * 1000), tag.name))

    def manifest(self, digest: str, dead: bool = False) -> Manifest | None:
        """One that a living tag leads to, itself or by a list of images; with ``dead`` also any other."""
        found = self.manifests.get(digest)
        led = dead or any(digest in (tag.manifest.digest, *tag.manifest.children) for tag in self.alive())
        return found if led else None

    def delete(self, tag: Tag, signatures: bool) -> None:
        """It ends now, and with the last tag of an image its signatures (quay data/model/oci/tag.py, _delete_tag)."""
        tag.end, tag.pulls, tag.last_pull = time.time(), 0, None
        names = [f"{tag.manifest.digest.replace(':', '-')}.{kind}" for kind in ("sig", "att", "sbom")]
        found = [one for one in map(self.tag, names) if one and not one.immutable]
        if signatures and found and not any(one.manifest is tag.manifest for one in self.alive()):
            for one in found:
                one.end = tag.end

    @property
    def last_modified(self) -> int | None:
        return max((int(tag.start) for tag in self.alive()), default=None)

    @property
    def size(self) -> int:
        return sum(manifest.size for manifest in self.manifests.values())

    def add(self, content: str, size: int, platforms: list[str] = (), created: float | None = None) -> Manifest:
        """A manifest, the same one for the same content; one of several platforms brings an image for each."""
        parts = [self.add(f"{content} {platform}", size // len(platforms), (), created) for platform in platforms]
        if parts:
            entries = [
                {
                    "mediaType": SINGLE,
                    "digest": part.digest,
                    "size": len(part.data),
                    "platform": {"os": "linux", "architecture": name},
                }
                for part, name in zip(parts, platforms)
            ]
            data = {"schemaVersion": 2, "mediaType": LIST, "manifests": entries}
        else:
            layers = [{"mediaType": LAYER, "digest": digest_of(f"{content} layer"), "size": size}]
            config = {"mediaType": CONFIG, "digest": digest_of(f"{content} config"), "size": 298}
            data = {"schemaVersion": 2, "mediaType": SINGLE, "config": config, "layers": layers}
        made = Manifest(json.dumps(data), 0 if parts else size, [part.digest for part in parts], created or time.time())
        return self.manifests.setdefault(made.digest, made)

    def point(self, name: str, manifest: Manifest, start: float | None = None, **more) -> Tag:
        """The tag on this manifest from now on; what it was on before stays in its history."""
        start = time.time() if start is None else start
        before = self.tag(name)
        if before is not None:
            before.end = max(start, before.start)
        tag = Tag(name, manifest, start, **more)
        self.by_name[name].append(tag)
        return tag


def end_within_limits(tag: Tag, wanted: float) -> float:
    """Between one hour and 104 weeks after its start."""
    return tag.start + min(max(wanted - tag.start, HOUR), MOST_WEEKS * 7 * 86400)


def immutable_by(policies: list[dict], name: str) -> bool:
    """Whether one of these policies makes a tag of this name immutable."""
    found = ((policy, re.fullmatch(policy["tag_pattern"], name) is not None) for policy in policies)
    return any(matches == policy["tag_pattern_matches"] for policy, matches in found)
