"""Events: who met whom, where, when; and who said what."""

#: Raised when other events or quotations are read out of the same article than before.
VERSION = 1
