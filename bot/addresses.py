"""Where a request comes from: the address itself, or what a proxy of ours wrote about it.

Why this file exists: limits and logs by address are worth nothing when every address is the proxy's, and
less than nothing when the caller may write it. Every door asks here.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

Networks = tuple[IPv4Network | IPv6Network, ...]
HOPS = 20
"""So many proxies are followed back; a longer chain was made up."""


def networks(texts: Iterable[str]) -> Networks:
    """Addresses and ranges; what is neither is left out, for WeChat's list is not ours to mend.

    >>> networks(["101.226.103.0/25", "?"])
    (IPv4Network('101.226.103.0/25'),)
    """
    found = []
    for text in texts:
        with contextlib.suppress(ValueError):
            found.append(ip_network(str(text).strip(), strict=False))
    return tuple(found)


def within(address: str, known: Networks) -> bool:
    """Whether an address is in one of the ranges; IPv4 written as IPv6 counts as IPv4.

    >>> within("::ffff:10.1.2.3", networks(["10.0.0.0/8"]))
    True
    """
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return any(found.version == net.version and found in net for net in known)


def sender(scope: Mapping[str, Any], proxies: Networks) -> str:
    """The address a request comes from; "" when it cannot be known.

    Only a proxy we trust is believed, and only what it wrote: the chain is read from its end up to the
    first address that is none of our proxies. Whatever stands before that, the caller may have written.
    """
    address = str((scope.get("client") or ("",))[0])
    if not within(address, proxies):
        return address
    lines = [v.decode("latin-1") for k, v in scope["headers"] if k == b"x-forwarded-for"]
    for hop in reversed(",".join(lines).split(",")[-HOPS:]):
        address = _bare(hop)
        if not within(address, proxies):
            return address
    return ""


def _bare(hop: str) -> str:
    """An address without port and brackets, as some proxies write them."""
    text = hop.strip().strip('"')
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0] if text.count(":") == 1 else text
