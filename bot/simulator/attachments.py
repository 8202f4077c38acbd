"""What a send shows: an upload in any of its three wire forms, or a file known by its id."""

import asyncio

from bot.simulator.errors import Refusal, bad
from bot.simulator.files import StoredFile
from bot.simulator.outgoing import Turn
from bot.simulator.pictures import PictureError, compress, sniff
from bot.simulator.state import Content, ContentKind
from bot.simulator.wire import Upload

PHOTO_BYTES = 10 << 20
DOCUMENT_BYTES = 50 << 20
_PHOTO_ENDINGS = frozenset({"jpg", "jpeg", "gif", "png", "tif", "bmp"})
_ATTACH = "attach://"


def picked(turn: Turn, raw: str, part: str = "") -> Upload | StoredFile | None:
    """What a parameter points to: a part of its own name, `attach://`, or a `file_id`."""
    if part in turn.args.uploads:
        return turn.args.uploads[part]
    if raw.startswith(_ATTACH):
        return turn.args.uploads.get(raw.removeprefix(_ATTACH))
    if raw.startswith(("http://", "https://")):
        raise bad("failed to get HTTP URL content")  # the simulator fetches nothing
    if not raw:
        return None
    stored = turn.world.files.find(turn.bot, raw)
    if stored is None:
        raise bad("wrong file identifier/HTTP URL specified")
    return stored


async def content(turn: Turn, kind: str, source: Upload | StoredFile, words: Content) -> Content:
    """Content of kind photo or document with its caption; refuses what cannot be one."""
    if kind == "photo":
        family = await _family(turn, source)
        parts = {"photo": turn.world.files.photo_json(turn.bot, family)}
        return Content(ContentKind.PHOTO, words.text, words.entities, parts)
    shown = turn.world.files.document_json(turn.bot, _document(turn, source))
    return Content(ContentKind.DOCUMENT, words.text, words.entities, {"document": shown})


async def _family(turn: Turn, source: Upload | StoredFile) -> tuple[str, ...]:
    """All sizes of a picture: those it has, or new ones of an upload."""
    if isinstance(source, StoredFile):
        if source.kind != "Photo":
            raise bad(f"can't use file of type {source.kind} as Photo")
        return source.family
    _check_photo(source)
    try:
        sizes = await asyncio.to_thread(compress, source.data)
    except PictureError as wrong:
        raise bad(str(wrong)) from None
    return turn.world.files.keep_picture([(each.data, each.width, each.height) for each in sizes])


def _check_photo(upload: Upload) -> None:
    if len(upload.data) > PHOTO_BYTES:
        raise bad(
            f"file of size {len(upload.data)} bytes is too big for a photo;"
            f" the maximum size is {PHOTO_BYTES} bytes"
        )
    ending = upload.name.rpartition(".")[2].lower() if "." in upload.name else ""
    other_picture = sniff(b"", upload.name).startswith("image/")
    if other_picture and ending not in _PHOTO_ENDINGS:
        raise bad(
            "photo has unsupported extension. Use one of .jpg, .jpeg, .gif, .png, .tif or .bmp"
        )


def _document(turn: Turn, source: Upload | StoredFile) -> StoredFile:
    if isinstance(source, StoredFile):
        if source.kind != "Document":
            raise bad(f"can't use file of type {source.kind} as Document")
        return source
    if len(source.data) > DOCUMENT_BYTES:
        raise Refusal(413)
    if not source.data:
        raise bad("file must be non-empty")
    name = source.name
    return turn.world.files.keep(
        source.data, kind="Document", name=name, mime=sniff(source.data, name)
    )
