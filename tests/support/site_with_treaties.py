"""Prints what a site says at each address given, as JSON, where the schema has a line more.

The line is written into a copy of the schema's source: nothing else knows of the facet.
"""

import json
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

LINE = 'FacetField("treaties", "treaty", ("معاهده",), N_("Treaties"), named=True),'
LIST = "FACETS = (\n"


def extend_schema() -> None:
    """Put the schema with the line more in place of the real one, before anybody reads it."""
    spec = find_spec("indexer.schema")
    source = Path(spec.origin).read_text("utf-8")
    assert source.count(LIST) == 1
    schema = ModuleType("indexer.schema")
    sys.modules["indexer.schema"] = schema
    exec(compile(source.replace(LIST, f"{LIST}{LINE}\n"), spec.origin, "exec"), vars(schema))


def answers(addresses: list[str]) -> dict[str, str]:
    from site_records import RECORDS, mentioned, searched, value
    from webui import create_app

    peace = mentioned(value("camp-david", "كامب ديفيد", "Camp David", 2), (0, 6))
    for record in RECORDS[:2]:
        record.facets["treaties"] = (peace,)
    with tempfile.TemporaryDirectory() as folder, searched(Path(folder)) as service:
        client = create_app(service).test_client()
        return {address: client.get(address).text for address in addresses}


if __name__ == "__main__":
    extend_schema()
    print(json.dumps(answers(sys.argv[1:])))
