"""A certificate for 127.0.0.1 that signs itself, and its key: worth nothing outside these tests.

Made by openssl (EC, P-256, valid for a hundred years), so that no test needs a program for it.
"""

import ssl
from pathlib import Path

CERTIFICATE = """\
-----BEGIN CERTIFICATE-----
MIIB0TCCAXigAwIBAgIUap2pIzX5vpzT3IM8QtpE+3gyrIowCgYIKoZIzj0EAwIw
LTErMCkGA1UEAwwiYSBtYWlsIHNlcnZlciB0aGF0IGxpdmVzIGluIGEgdGVzdDAg
Fw0yNjExMjQxMjAxMjNaGA8yMTI2MTAzMTEyMDEyM1owLTErMCkGA1UEAwwiYSBt
YWlsIHNlcnZlciB0aGF0IGxpdmVzIGluIGEgdGVzdDBZMBMGByqGSM49AgEGCCqG
SM49AwEHA0IABF9HNOxlmV00gKV7x9a6OXNeyZD7CMCeEok4wpkcCcM/KmrfBxEH
tlVT/lhtC68aieJVw2bWfBLOryxndXiMHTqjdDByMB0GA1UdDgQWBBTw7ameZbEy
PqOIkS8Q1/EkgTd4jTAfBgNVHSMEGDAWgBTw7ameZbEyPqOIkS8Q1/EkgTd4jTAP
BgNVHREECDAGhwR/AAABMA8GA1UdEwEB/wQFMAMBAf8wDgYDVR0PAQH/BAQDAgKE
MAoGCCqGSM49BAMCA0cAMEQCIBcqQJQUuG6RHgUXqolJHXIfolDBsWcKsu+enfym
GpnAAiAXjilPEr2OwmeKPHLhI6I7RcgF106PLFhKvp/Uj3V7VQ==
-----END CERTIFICATE-----
"""

KEY = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgfTXvWb/RZkgPihBx
9sNgJASICvIB15Zn8R6Mix9Cw2mhRANCAARfRzTsZZldNICle8fWujlzXsmQ+wjA
nhKJOMKZHAnDPypq3wcRB7ZVU/5YbQuvGoniVcNm1nwSzq8sZ3V4jB06
-----END PRIVATE KEY-----
"""


def written(folder: Path) -> Path:
    """The certificate as a file, for whoever must trust it."""
    path = folder / "own-root.txt"
    path.write_text(CERTIFICATE)
    return path


def server_context(folder: Path) -> ssl.SSLContext:
    both = folder / "server.txt"
    both.write_text(CERTIFICATE + KEY)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    return context
