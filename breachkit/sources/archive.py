"""Archives: members copied to a private folder, counted as they grow, never by the path they claim."""

from __future__ import annotations

import bz2
import dataclasses
import gzip
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO, Any

from breachkit.errors import BreachkitError
from breachkit.sources.part import Options
from breachkit.workspace import private_folder

CHUNK = 1 << 20
MOST_MEMBERS = 10_000
BROKEN = (
    OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError,
    NotImplementedError, ValueError, KeyError, OverflowError,
)  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Member:
    """One file of an archive: its name there, and its copy here."""

    name: str
    path: Path


@dataclasses.dataclass
class Budget:
    """Bytes that may still be written while expanding."""

    limit: int
    left: int

    def spend(self, size: int, origin: str) -> None:
        """Take ``size`` bytes; refuse when the limit is passed."""
        self.left -= size
        if self.left < 0:
            raise BreachkitError(
                f"{origin} expands to more than {self.limit} bytes; reading stopped there.",
                hint="If it is not a decompression bomb, raise max_expanded_bytes.",
            )


def budget(options: Options) -> Budget:
    """Make the budget of one call."""
    return Budget(options.max_expanded_bytes, options.max_expanded_bytes)


def members(path: Path, kind: str, origin: str, options: Options, purse: Budget) -> Iterator[Member]:
    """Expand the members of a zip, tar, gzip, bzip2 or xz file one by one.

    Raises
    ------
    BreachkitError
        If it is truncated, damaged or encrypted, expands beyond the limit, or holds a member whose path
        climbs out of the folder.
    """
    try:
        if kind == "zip":
            yield from _zip(path, origin, options, purse)
        elif kind == "tar" or (kind in _OPENERS and _is_tar(path)):
            yield from _tar(path, origin, purse)
        else:
            yield _single(path, kind, origin, purse)
    except BreachkitError:
        raise
    except BROKEN as error:
        raise BreachkitError(
            f"{origin} is a {kind} archive that cannot be read to its end ({type(error).__name__}).",
            hint="It is truncated or damaged: compare its size with the original, or repair it first.",
        ) from None


_OPENERS: dict[str, Any] = {"gzip": gzip.open, "bzip2": bz2.open, "xz": lzma.open}


def _is_tar(path: Path) -> bool:
    try:
        return tarfile.is_tarfile(path)
    except BROKEN:
        return False


def safe_name(name: str, origin: str) -> str:
    """Give the member's name, or refuse one that climbs out of the folder or is absolute.

    Examples
    --------
    >>> safe_name("2020/a.csv", "x.zip")
    '2020/a.csv'
    >>> safe_name("../../etc/passwd", "x.zip")
    Traceback (most recent call last):
    ...
    breachkit.errors.BreachkitError: x.zip holds a member whose path climbs out of the folder...
    """
    posix, windows = PurePosixPath(name), PureWindowsPath(name)
    absolute = posix.is_absolute() or bool(windows.drive) or bool(windows.root)
    if absolute or ".." in posix.parts or ".." in windows.parts:
        raise BreachkitError(
            f"{origin} holds a member whose path climbs out of the folder.",
            hint="Such an archive is made to overwrite files: look at it with care, read the members apart.",
        )
    return name


def _copy(stream: IO[bytes], name: str, origin: str, purse: Budget) -> Member:
    target = private_folder() / (PurePosixPath(name).name or "member")
    with target.open("wb") as file:
        while chunk := stream.read(CHUNK):
            purse.spend(len(chunk), origin)
            file.write(chunk)
    return Member(name, target)


def _too_many(count: int, origin: str) -> None:
    if count > MOST_MEMBERS:
        raise BreachkitError(
            f"{origin} holds more than {MOST_MEMBERS} members.", hint="Unpack it and read the folder."
        )


def _zip(path: Path, origin: str, options: Options, purse: Budget) -> Iterator[Member]:
    with zipfile.ZipFile(path) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        _too_many(len(infos), origin)
        for info in infos:
            safe_name(info.filename, origin)
        if sum(info.file_size for info in infos) > purse.left:
            purse.spend(purse.left + 1, origin)
        for info in infos:
            yield _zip_member(archive, info, origin, options, purse)


def _zip_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, origin: str, options: Options, purse: Budget
) -> Member:
    password = options.password.encode() if options.password else None
    if info.flag_bits & 1 and password is None:
        raise BreachkitError(f"{origin} is encrypted.", hint="Pass password=.")
    try:
        with archive.open(info, pwd=password) as stream:
            return _copy(stream, info.filename, origin, purse)
    except RuntimeError:
        raise BreachkitError(f"The password does not open {origin}.", hint="Check password=.") from None
    except NotImplementedError:
        raise BreachkitError(
            f"{origin} uses a compression or an encryption (AES?) that cannot be read here.",
            hint="Unpack it first, then read the folder.",
        ) from None
    except zipfile.BadZipFile:
        if info.flag_bits & 1:
            raise BreachkitError(f"The password does not open {origin}.", hint="Check password=.") from None
        raise


def _tar(path: Path, origin: str, purse: Budget) -> Iterator[Member]:
    with tarfile.open(path) as archive:
        for count, info in enumerate(archive):
            _too_many(count, origin)
            safe_name(info.name, origin)
            if info.issym() or info.islnk():
                safe_name(info.linkname, origin)
            stream = archive.extractfile(info) if info.isreg() else None
            if stream is not None:
                yield _copy(stream, info.name, origin, purse)


def _single(path: Path, kind: str, origin: str, purse: Budget) -> Member:
    if kind not in _OPENERS:
        raise BreachkitError(f"{origin} is compressed with {kind}.", hint="Expand it first.")
    with _OPENERS[kind](path, "rb") as stream:
        return _copy(stream, path.stem, origin, purse)
