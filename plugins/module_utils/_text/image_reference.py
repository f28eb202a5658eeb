# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: references of images, such as ``payments/api:1.4``. Pure functions."""

from __future__ import annotations

import re
import typing as t

DEFAULT_TAG = "latest"
# quay util/names.py, VALID_TAG_PATTERN; digest/digest_tools.py, DIGEST_PATTERN.
_TAG = re.compile(r"\w[\w.-]{0,127}", re.ASCII)
_DIGEST = re.compile(r"[A-Za-z0-9_+.-]+:[A-Fa-f0-9]+")
TAG_RULE = "use 1 to 128 letters, digits, '_', '.' and '-' for the tag, and start with a letter, a digit or '_'"
DIGEST_RULE = "use an algorithm and hexadecimal digits for the digest, such as sha256:0d73…"
IMAGE_RULE = "use repository:tag or repository@digest, such as payments/api:1.4"


class ImageReference(t.NamedTuple):
    """``name`` is all before tag and digest: a repository, which may stand behind a registry.

    An empty ``tag`` or ``digest`` was not given. With both, the digest decides, as in all container tools.
    """

    name: str
    tag: str = ""
    digest: str = ""

    @property
    def tag_or_latest(self) -> str:
        """The tag that is meant: without tag and digest it is ``latest``."""
        return self.tag or ("" if self.digest else DEFAULT_TAG)

    def __str__(self) -> str:
        return self.name + (f":{self.tag}" if self.tag else "") + (f"@{self.digest}" if self.digest else "")


def image_reference(text: str) -> ImageReference:
    """The parts of ``name[:tag][@digest]``; slashes around the whole are dropped. Raises ValueError with the rule."""
    rest, at, digest = text.strip("/").partition("@")
    # The port of a registry has a slash behind it.
    place, slash, last = rest.rpartition("/")
    last, colon, tag = last.partition(":")
    if not last or (slash and not place):
        raise ValueError(IMAGE_RULE)
    broken = (tag_rule(tag) if colon else "") or (digest_rule(digest) if at else "")
    if broken:
        raise ValueError(broken)
    return ImageReference(place + slash + last, tag, digest)


def tag_rule(tag: str) -> str:
    """The broken rule for the name of a tag, or ""."""
    return "" if _TAG.fullmatch(tag) else TAG_RULE


def digest_rule(digest: str) -> str:
    """The broken rule for the digest of a manifest, or ""."""
    return "" if _DIGEST.fullmatch(digest) else DIGEST_RULE
