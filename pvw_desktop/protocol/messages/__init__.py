"""Every method, notification and topic, one file a domain. Importing this package fills the registry's tables."""

from ..registry import load_folder

load_folder(__name__)
