"""The contract between page, gateway and server: typed messages, errors and framing.

Runs in our Python and inside ParaView's (3.9 to 3.14), so it knows the standard library alone and does no I/O.
`messages/` declares each method, notification and topic once; TypeScript, OpenRPC and the tables of
docs/protocol.md are generated from there (`make generate`).
"""

PROTOCOL_VERSION = 2
SUBPROTOCOL = "pvw.v2"
