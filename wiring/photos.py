"""Where this deployment keeps its photos: in a folder, or in a bucket."""

from handlers.terminal.settings import Settings
from storage.bucket import Bucket, BucketShelf
from storage.shelf import Shelf


def shelf_of(settings: Settings) -> Shelf | None:
    """None for the folder of photos itself."""
    if not settings.bucket:
        return None
    key_id, secret = settings.bucket_key
    return BucketShelf(
        Bucket(
            settings.bucket,
            settings.bucket_endpoint,
            settings.bucket_region,
            key_id,
            secret,
        )
    )
