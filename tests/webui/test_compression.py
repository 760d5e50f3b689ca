import gzip


def test_text_is_sent_compressed_to_whoever_takes_it(client):
    plain = client.get("/search?q=السفير")
    packed = client.get("/search?q=السفير", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) / 2
    assert "Accept-Encoding" in packed.headers["Vary"]
    refused = client.get("/search?q=السفير", headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers
