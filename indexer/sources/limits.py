"""How large a page may be: what is larger is no page but an accident or an attack."""

#: Bytes of one page's own text.
PAGE = 5_000_000
#: Bytes of one line of JSON: a page whose every letter is escaped (``\\u0627``), and its fields.
LINE = 16_000_000
#: Bytes that a compressed file may unfold to for each byte of it, once it is past ``BOMB_FROM``.
#: Pages of one site, the most alike of honest texts, stay below 60.
BOMB_RATIO = 250
BOMB_FROM = 50_000_000
#: Lines on end of a file of records that are none.
STRANGE_LINES = 10_000
#: Bytes of one page's HTML: scripts and styles are most of it.
MARKUP = 20_000_000
#: Bytes of a feed, which is parsed as a whole.
FEED = 20_000_000
#: Bytes of a JSON file that is no stream of lines, and is parsed as a whole.
JSON = 20_000_000
#: Letters of an id; longer ones are told apart by a hash.
ID = 500
#: Letters of the name of an outlet, or of the people who wrote a page.
NAME = 300
#: Letters of an address: browsers and servers take no more.
ADDRESS = 2_000
#: Letters of a title: more is the story's first paragraph.
TITLE = 1_000
