"""Prints the frames that a network namespace sees on all of its links but lo, each as a line of JSON:

    python3 sniff.py

Says `ready` first, and ends when its standard input does, after what had come by then.
"""

import ipaddress
import json
import select
import socket
import sys

ALL_PROTOCOLS = 3
PORTS_OF = {6: "tcp", 17: "udp"}


def mac(octets):
    return octets.hex(":")


def packet(kind, data):
    """Protocol and ends of an IP packet; nothing of all others."""
    if kind == 0x0800:
        protocol, source, target = data[9], data[12:16], data[16:20]
        rest = data[(data[0] & 15) * 4 :]
    elif kind == 0x86DD:
        protocol, source, target, rest = data[6], data[8:24], data[24:40], data[40:]
    else:
        return {}
    addresses = [str(ipaddress.ip_address(address)) for address in (source, target)]
    if protocol not in PORTS_OF:
        return {"protocol": str(protocol), "addresses": addresses, "ports": []}
    ports = [int.from_bytes(rest[at : at + 2], "big") for at in (0, 2)]
    return {"protocol": PORTS_OF[protocol], "addresses": addresses, "ports": ports}


def show(data, link):
    if link == "lo":
        return
    kind = int.from_bytes(data[12:14], "big")
    print(json.dumps({"link": link, "source": mac(data[6:12]), **packet(kind, data[14:])}))


frames = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ALL_PROTOCOLS))
frames.setblocking(False)
print("ready", flush=True)
while True:
    readable, _, _ = select.select([frames, sys.stdin], [], [])
    try:
        while True:
            data, address = frames.recvfrom(65536)
            show(data, address[0])
    except BlockingIOError:
        pass
    if sys.stdin in readable:
        break
