"""Where the gateway listens."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

import pytest

from pvw_desktop.gateway.server import Gateway, GatewayConfig
from pvw_desktop.gateway.session.registry import SessionRegistry
from pvw_desktop.gateway.session.session import Session
from pvw_desktop.protocol.errors import Failed


def gateway(content: Path, **config: object) -> Gateway:
    return Gateway(GatewayConfig(content=content, **config), SessionRegistry(Session()))  # type: ignore[arg-type]


async def test_a_free_port_of_this_computer_alone(content: Path) -> None:
    one = gateway(content)
    await one.start()
    assert one.url == f"http://127.0.0.1:{one.port}/"
    assert one._listener is not None
    assert [item.getsockname() for item in one._listener.sockets] == [("127.0.0.1", one.port)]  # type: ignore[attr-defined]
    await one.stop()
    await one.stop()
    with pytest.raises(OSError):
        await asyncio.open_connection("127.0.0.1", one.port)


async def test_the_port_can_be_used_again_at_once(content: Path) -> None:
    one = gateway(content)
    await one.start()
    port = one.port
    await one.stop()
    two = gateway(content, port=port)
    await two.start()
    assert two.port == port
    await two.stop()


async def test_a_port_in_use_gives_one_sentence(content: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Failed, match=f"Port {port} is in use") as caught:
            await gateway(content, port=port).start()
    assert "--port" in (caught.value.hint or "")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.20", "example.org", "", "127.0.0.1:80"])
async def test_only_on_this_computer(content: Path, host: str) -> None:
    with pytest.raises(Failed, match="not an address of this computer alone"):
        await gateway(content, host=host).start()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.0.0.2"])
async def test_other_names_of_this_computer(content: Path, host: str) -> None:
    one = gateway(content, host=host)
    await one.start()
    assert one.url.startswith(f"http://{host}:")
    await one.stop()


async def test_no_page_no_listener(tmp_path: Path) -> None:
    one = gateway(tmp_path / "nothing here")
    with pytest.raises(Failed, match=r"index\.html is missing"):
        await one.start()
    assert one.port == 0


async def test_each_sign_in_url_is_new(content: Path) -> None:
    one = gateway(content)
    await one.start()
    assert len({one.new_sign_in_url(session) for session in one.sessions for _ in range(5)}) == 5
    await one.stop()
