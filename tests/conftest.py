"""Settings of the whole suite; its folder is on the import path, for ``factories``."""

from hypothesis import settings

# The same examples in every run, however slow the machine is.
settings.register_profile("rasad", derandomize=True, deadline=None)
settings.load_profile("rasad")
