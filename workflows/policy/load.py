"""Reads every policy file once, and tells all that is wrong in them together."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from workflows.policy.mistakes import Mistake, PolicyMistakes
from workflows.policy.policy import Policy
from workflows.policy.read_approving import read_approving
from workflows.policy.read_calendar import read_calendar
from workflows.policy.read_catalogue import read_catalogue
from workflows.policy.read_checks import read_checks, read_grounds
from workflows.policy.read_duty import read_duty
from workflows.policy.read_emergency import read_emergency
from workflows.policy.read_hearing import read_elsewhere, read_sayings
from workflows.policy.read_joint import read_call_out, read_whistle
from workflows.policy.read_ladders import read_ladders
from workflows.policy.read_outages import read_outages
from workflows.policy.read_photos import check_photos, read_photos
from workflows.policy.read_privacy import read_privacy
from workflows.policy.read_requests import read_requests
from workflows.policy.read_retention import read_retention
from workflows.policy.read_risk import read_risk
from workflows.policy.read_settings import read_clocks, read_hotline, read_profiles
from workflows.policy.read_supervision import read_supervision
from workflows.policy.tables import TomlFile

CATALOGUE: Final = "catalogue.csv"
SAYINGS: Final = "sayings.csv"
FILES: Final = (
    CATALOGUE,
    SAYINGS,
    "approving.toml",
    "calendar.toml",
    "checks.toml",
    "clocks.toml",
    "emergency.toml",
    "duty.toml",
    "hotline.toml",
    "grounds.toml",
    "joint.toml",
    "elsewhere.toml",
    "ladders.toml",
    "outages.toml",
    "photos.toml",
    "privacy.toml",
    "profiles.toml",
    "risk.toml",
    "retention.toml",
    "supervision.toml",
    "requests.toml",
)
SHIPPED: Final = Path(__file__).parent
VERSION_LENGTH: Final = 12
Bundle = Mapping[str, str]
"""Every policy file by its name."""


def load_policy(district: Path | None = None) -> Policy:
    """Read the shipped policy, in which each file of the district's directory replaces ours.

    Raises PolicyMistakes with everything that was found, each with file, line and remedy.
    """
    return _checked(*_read_files(district))


def read_bundle(district: Path | None = None) -> Bundle:
    """The text of every policy file, the district's where it has its own, and nothing else.

    Raises PolicyMistakes, also for what could be read but not used.
    """
    found, mistakes = _read_files(district)
    _checked(found, mistakes)
    return {name: content.decode() for name, content in found.items()}


def policy_of(bundle: Bundle) -> Policy:
    """The policy of a kept bundle. Raises PolicyMistakes where this release needs more."""
    return _read(tuple(bundle.get(name, "").encode() for name in FILES))


def _checked(found: Mapping[str, bytes], mistakes: list[Mistake]) -> Policy:
    return _policy(found, mistakes) if mistakes else _read(tuple(found[name] for name in FILES))


@lru_cache(maxsize=2)
def _read(contents: tuple[bytes, ...]) -> Policy:
    """Whoever has just checked these bytes has their policy at once; a policy never changes."""
    return _policy(dict(zip(FILES, contents, strict=True)), [])


def digest_of(bundle: Bundle) -> str:
    """One name for exactly these bytes; a policy's version is its beginning."""
    return _digest({name: text.encode() for name, text in bundle.items()})


def _policy(found: Mapping[str, bytes], mistakes: list[Mistake]) -> Policy:
    texts = {name: _decode(name, content, mistakes) for name, content in found.items()}
    files = {n: TomlFile(n, texts[n], mistakes) for n in FILES if n.endswith(".toml")}
    catalogue = read_catalogue(CATALOGUE, texts[CATALOGUE], mistakes)
    profiles = read_profiles(files["profiles.toml"])
    own_sayings = found[SAYINGS] != (SHIPPED / SAYINGS).read_bytes()
    known = catalogue if own_sayings else None
    policy = Policy(
        catalogue=catalogue,
        sayings=read_sayings(SAYINGS, texts[SAYINGS], known, mistakes),
        elsewhere=read_elsewhere(files["elsewhere.toml"]),
        calendar_rules=read_calendar(files["calendar.toml"]),
        stage_limits=read_clocks(files["clocks.toml"]),
        ladders=read_ladders(files["ladders.toml"]),
        profiles=profiles,
        emergency=read_emergency(files["emergency.toml"], profiles),
        photos=read_photos(files["photos.toml"]),
        risk=read_risk(files["risk.toml"]),
        hotline=read_hotline(files["hotline.toml"]),
        grounds=read_grounds(files["grounds.toml"]),
        checks=read_checks(files["checks.toml"]),
        call_out=read_call_out(files["joint.toml"]),
        whistle=read_whistle(files["joint.toml"]),
        duty=read_duty(files["duty.toml"]),
        outages=read_outages(files["outages.toml"]),
        supervision=read_supervision(files["supervision.toml"]),
        requests=read_requests(files["requests.toml"]),
        retention=read_retention(files["retention.toml"]),
        privacy=read_privacy(files["privacy.toml"]),
        approving=read_approving(files["approving.toml"]),
        version=_digest(found)[:VERSION_LENGTH],
    )
    check_photos(files["photos.toml"], catalogue, policy.photos)
    if mistakes:
        raise PolicyMistakes(mistakes)
    return policy


def _read_files(district: Path | None) -> tuple[dict[str, bytes], list[Mistake]]:
    """Every file, and what is wrong with the directory."""
    mistakes: list[Mistake] = []
    own = _district_files(district, mistakes)
    return {name: own.get(name, SHIPPED / name).read_bytes() for name in FILES}, mistakes


def _district_files(district: Path | None, mistakes: list[Mistake]) -> dict[str, Path]:
    if district is None:
        return {}
    if not district.is_dir():
        remedy = "Create it, or name no policy directory to use the shipped numbers"
        mistakes.append(Mistake(str(district), 1, "there is no such directory", remedy))
        return {}
    own = {path.name: path for path in sorted(district.iterdir()) if path.is_file()}
    for name in own:
        if name not in FILES and name.endswith((".toml", ".csv")):
            remedy = f"Rename it to one of {', '.join(FILES)}, or remove it"
            mistakes.append(Mistake(name, 1, "no policy file has this name", remedy))
    return own


def _decode(name: str, content: bytes, mistakes: list[Mistake]) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        mistakes.append(Mistake(name, line, "this is not UTF-8", "Save the file as UTF-8"))
        return content.decode("utf-8", errors="replace")


def _digest(found: Mapping[str, bytes]) -> str:
    """Name these bytes; a case stores the beginning to say under which numbers it was filed."""
    whole = hashlib.sha256()
    for name, content in sorted(found.items()):
        whole.update(f"{name}\0{len(content)}\0".encode() + content)
    return whole.hexdigest()
