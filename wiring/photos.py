"""Where this deployment keeps its photos: in a folder, or in a bucket."""

from handlers.terminal.settings import Settings
from storage.bucket import Bucket, BucketShelf
from storage.shelf import Shelf
from storage.vault import FileVault
from workflows.policy.policy import PhotoRules


def vault_of(settings: Settings, rules: PhotoRules) -> FileVault:
    """Where originals are sealed and copies made, within the district's limits."""
    settings.photos.mkdir(parents=True, exist_ok=True)
    return FileVault(
        settings.photos,
        most_bytes=rules.max_bytes,
        most_pixels=rules.max_pixels,
        shelf=shelf_of(settings),
    )


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
