# shellcheck shell=bash disable=SC2154,SC2016 # `distro` and `root` come from outside; apt expands its own format
# Another Debian in a folder: building it, giving it this machine's network settings, running commands in it.
# Sourced by `run` and `fresh`, which set `distro` and `root` before they call anything here.

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cache=${PVW_COMPAT_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/pvw-desktop/compat}

fail() { printf 'tests/compat: %s\n' "$*" >&2 && exit 1; }

check_distro() {
    case $distro in
        bookworm | trixie | sid) ;;
        *) fail "name a Debian: bookworm, trixie or sid." ;;
    esac
    [ "$(id -u)" = 0 ] || fail "building and entering another system needs root: run it with sudo."
    command -v debootstrap >/dev/null || fail "debootstrap is missing: apt install debootstrap."
    mkdir -p "$cache/$distro" "$cache/archives"
}

# Mounts and processes of its own: whatever ends the script, none of them outlives it.
unshared() {
    [ -z "${PVW_COMPAT_UNSHARED:-}" ] || return 0
    PVW_COMPAT_UNSHARED=1 exec unshare --mount --propagation private --pid --fork --kill-child "$@"
}

only_one() {
    exec 9>"$cache/$distro/lock"
    flock -n 9 || fail "another run uses $cache/$distro."
}

# What apt here calls Debian, security updates aside.
mirror() {
    apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(REPO_URI)' 'Created-By: Packages' |
        sed -n 's/^Debian|Debian|//p' | sort -u | head -n 1
}

build_root() {
    local from=${PVW_DEBIAN_MIRROR:-$(mirror)}
    [ -n "$from" ] || fail "no Debian mirror in this machine's apt: name one in PVW_DEBIAN_MIRROR."
    echo "Building Debian $distro in $root"
    rm -rf "$root.new"
    debootstrap --variant=minbase --cache-dir="$cache/archives" "$distro" "$root.new" "$from" \
        >"$cache/$distro/debootstrap.log" 2>&1 || fail "debootstrap failed: see $cache/$distro/debootstrap.log."
    mv "$root.new" "$root"
}

# apt's proxies, pip's and npm's settings, and the certificates that this machine trusts, at the same paths.
copy_settings() {
    local file
    apt-config dump | grep -E '^Acquire::(http|https|ftp)::(Proxy|Verify|CaInfo)' >"$root/etc/apt/apt.conf.d/90host" || true
    # A mirror may be a snapshot of an older day, whose lists of sid are past their date.
    echo 'Acquire::Check-Valid-Until "false";' >"$root/etc/apt/apt.conf.d/91snapshot"
    for file in /etc/resolv.conf /etc/pip.conf /etc/npmrc ~/.npmrc ~/.config/pip/pip.conf ~/.pip/pip.conf; do
        if [ -f "$file" ]; then
            mkdir -p "$root$(dirname "$file")"
            cp -L "$file" "$root$file"
        fi
    done
    if [ -f /etc/ssl/certs/ca-certificates.crt ]; then
        mkdir -p "$root/etc/ssl/certs"
        cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/host.crt"
    fi
}

attach() {
    mount -t proc proc "$root/proc"
    mount -t sysfs -o ro sysfs "$root/sys"
    mount --rbind /dev "$root/dev"
    mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
    mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
}

# Runs a line of bash in it, with nothing of this machine's environment but how to reach the network.
inside() {
    local certificates=
    [ ! -f "$root/etc/ssl/certs/host.crt" ] || certificates=/etc/ssl/certs/host.crt
    env -i HOME=/root TERM="${TERM:-dumb}" LANG=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        CI="${CI:-}" PIP_DEFAULT_TIMEOUT="${PIP_DEFAULT_TIMEOUT:-60}" \
        ${certificates:+PIP_CERT=$certificates NODE_EXTRA_CA_CERTS=$certificates} \
        ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} ${no_proxy:+no_proxy="$no_proxy"} \
        chroot "$root" bash -c "$@"
}

# The files as they are here, committed or not.
copy_checkout() {
    mkdir -p "$root$1"
    (cd "$repository" && git ls-files -z --cached --others --exclude-standard --deduplicate |
        tar --create --null --files-from=- --ignore-failed-read 2>/dev/null) | tar --extract --no-same-owner -C "$root$1"
}
