"""The ways to bytes: files found on disk, unpacking, zip archives, file states and watched folders."""
