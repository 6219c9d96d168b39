# shellcheck shell=bash disable=SC2154 # the script that sources this sets `state` and `python`
# The part of set-up that touches the system: which packages it needs, and how they get there. Sourced by setup.sh.

# Where a ParaView of one's own is taken instead of the system's package.
find_pvpython() {
    local candidate
    for candidate in "${PVW_PVPYTHON:-}" "$(command -v pvpython || true)" /opt/ParaView*/bin/pvpython; do
        [ -x "$candidate" ] && printf '%s' "$candidate" && return 0
    done
    return 1
}

find_browser() {
    command -v chromium chromium-browser google-chrome google-chrome-stable microsoft-edge 2>/dev/null | head -n 1 | grep .
}

# Ubuntu's `chromium` package is an empty one that asks for a snap, which neither containers nor servers have.
browser_is_packaged() { ! grep -qs '^ID=ubuntu' /etc/os-release; }

packages_for() {
    echo ca-certificates python3-venv xvfb libgl1-mesa-dri libegl1
    echo python3-gi gir1.2-gtk-3.0 gir1.2-webkit2-4.1 dbus fonts-dejavu-core
    find_pvpython >/dev/null || echo python3-paraview
    [ "$1" = test ] || return 0
    echo desktop-file-utils appstream xdotool
    # ParaView of the distribution runs on its Python, which serves the page by hand with these.
    echo python3-aiohttp python3-pil
    find_browser >/dev/null || ! browser_is_packaged || echo chromium
}

missing_packages() {
    local wanted installed
    # shellcheck disable=SC2046 # a list of words
    set -- $(packages_for "$1")
    installed=$(dpkg-query -W -f '${db:Status-Status} ${binary:Package}\n' "$@" 2>/dev/null |
        sed -n 's/^installed \([^:]*\).*/\1/p')
    for wanted in "$@"; do
        grep -qxF "$wanted" <<<"$installed" || echo "$wanted"
    done
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        fail "needs root for: $* — run that as root, then start again."
    fi
}

has_candidates() {
    local found
    found=$(LC_ALL=C apt-cache policy "$@" | grep -c '^  Candidate: [^(]' || true)
    [ "$found" = "$#" ]
}

install_packages() { as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; }

no_paraview() {
    fail "this system has no package python3-paraview (on Ubuntu it is in \`universe\`). Take ParaView from" \
        "https://www.paraview.org/download/, unpack it below /opt, and start again; a ParaView elsewhere is named by" \
        "PVW_PVPYTHON=/path/to/bin/pvpython."
}

system_packages() {
    command -v apt-get >/dev/null || { other_systems "$1" && return 0; }
    local missing
    missing=$(missing_packages "$1" | tr '\n' ' ')
    [ -n "$missing" ] || return 0
    say "Installing system packages with apt (about $([ "$1" = test ] && echo 1.5 || echo 1.2) GB on a bare system): $missing"
    # shellcheck disable=SC2086 # a list of words
    has_candidates $missing || as_root apt-get update -qq
    has_candidates python3-paraview || [[ " $missing " != *" python3-paraview "* ]] || no_paraview
    # shellcheck disable=SC2086
    install_packages $missing >"$state/apt.log" 2>&1 || {
        # Lists from an older day name files that are no longer on the mirror.
        as_root apt-get update -qq
        # shellcheck disable=SC2086
        install_packages $missing >"$state/apt.log" 2>&1 || {
            tail -n 20 "$state/apt.log" >&2
            fail "apt could not install: $missing— its last lines are above, all of them in $state/apt.log."
        }
    }
}

# No apt: says what is needed and goes on where it is there.
other_systems() {
    local absent=()
    [ -x "$python" ] || absent+=("Python 3.10 or newer as $python")
    find_pvpython >/dev/null || absent+=("ParaView 5.11 or newer (pvpython on PATH, or named by PVW_PVPYTHON)")
    command -v Xvfb >/dev/null || absent+=("Xvfb (ParaView 5 needs an X server where there is no display)")
    [ "$1" = run ] || find_browser >/dev/null || absent+=("Chromium")
    if [ ${#absent[@]} -gt 0 ]; then
        printf 'needed: %s\n' "${absent[@]}" >&2
        fail "this system has no apt-get, so these have to be installed by hand first."
    fi
    "$python" -c 'import gi; gi.require_version("WebKit2", "4.1")' 2>/dev/null ||
        say "No native window here (PyGObject with WebKitGTK 4.1 is missing): the page opens in the browser instead."
}

# Playwright's own Chromium where the system has none to install.
playwright_browser() {
    find_browser >/dev/null && return 0
    say "Taking Chromium from Playwright for the tests (170 MB)"
    .venv/bin/python -m playwright install --with-deps chromium
}
