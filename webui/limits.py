"""What one client may take of a server: connections, bytes, seconds."""

#: Connections of a worker. Over it, the one that has waited longest makes room for a new one.
CONNECTIONS = 512
#: Of them, those of one address; a reader's browser opens six.
CONNECTIONS_OF_ADDRESS = 32
#: Bytes of the head of a request, of its body (a form; pages are only read), of an answer that is
#: kept in memory until its reader takes it.
HEAD, BODY, ANSWER_IN_MEMORY = 32 * 1024, 64 * 1024, 128 * 1024
#: Seconds in which a request must have come whole, since its first byte.
ARRIVING = 20
#: Seconds that a connection may stay without a request, or an answer without a byte being taken.
IDLE = 30
#: Seconds in which an answer must have been taken whole.
TAKING = 300
#: Seconds that requests under way are given when a worker ends.
ENDING = 10
#: Requests that a worker answers at once.
THREADS = 4
#: Exports that a worker sends at once; the other threads are for pages.
EXPORTS = 2
