"""Start of the server inside pvpython.

Two ways in. The launcher runs this folder without arguments and writes one line of JSON (channel.ServerConfig) to its
stdin. By hand, `pvpython pvw_desktop/server --content www/dist --data DIR --port 8080` serves the page from this very
process. Run by path, not as a module: ParaView's interpreter knows nothing of our package, so its folder is added here.
"""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))

from pvw_desktop.server import boot, confine  # noqa: E402  the path above comes first

if __name__ == "__main__":
    boot.steady_streams()
    if len(sys.argv) > 1:
        from pvw_desktop.server.standalone import main

        sys.exit(main(sys.argv[1:]))
    config, confinement = confine.confine(boot.read_config())  # before any thread: each would keep its rights
    boot.die_with_parent()
    boot.end_with_stdin()

    from pvw_desktop.server.serving import serve

    serve(config, confinement)
    # ParaView's own teardown can take seconds or crash in a driver; everything worth keeping is saved by now.
    boot.leave(0)
