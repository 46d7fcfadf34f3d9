#!/usr/bin/env bash
# Gives the Docker engine an image of LocalStack: pulled where a registry can be reached, else built from Debian's and
# Python's packages. Does nothing when the engine has it. Building needs root, debootstrap and the package indexes.
set -euo pipefail
cd "$(dirname "$0")"

PULLED=localstack/localstack:4.14.0
BUILT=synth-localstack:4.12.0
DEBIAN=trixie # the first Debian with Python 3.13, which LocalStack is written for

fail() {
    printf 'cannot make the image of LocalStack: %s\n' "$*" >&2
    exit 1
}

has() { docker image inspect "$1" >/dev/null 2>&1; }

docker version >/dev/null 2>&1 || fail "no Docker engine answers: start one, or run this as \`.ci/with-docker $0\`"
if has "$PULLED"; then
    echo "the engine has $PULLED"
    exit 0
fi

# What the image is made from, so that another lock file makes another image.
recipe=$(cat Dockerfile build.sh ../localstack/bootstrap.lock ../localstack/localstack.lock | sha256sum | cut -c1-16)
if [ "$(docker image inspect --format '{{ index .Config.Labels "recipe" }}' "$BUILT" 2>/dev/null || true)" = "$recipe" ]; then
    echo "the engine has $BUILT"
    exit 0
fi

if docker pull --quiet "$PULLED" 2>/dev/null; then
    exit 0
fi
echo "$PULLED cannot be pulled: building $BUILT"

[ "$(id -u)" = 0 ] || fail "building it needs root (debootstrap): run \`sudo $PWD/build.sh\`, or \`docker pull $PULLED\` where a registry can be reached"
command -v debootstrap >/dev/null || fail "install debootstrap (\`apt-get install debootstrap\`)"

work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT

base=synth-localstack-base:$DEBIAN
if ! has "$base"; then
    begun=$SECONDS
    debootstrap --variant=minbase --include=python3,python3-venv "$DEBIAN" "$work/root" \
        "${SYNTH_DEBIAN_MIRROR:-http://deb.debian.org/debian}" >"$work/log" 2>&1 \
        || fail "debootstrap says: $(tail -n 3 "$work/log"); name a mirror that can be reached in SYNTH_DEBIAN_MIRROR"
    tar -C "$work/root" --exclude=./var/cache/apt --exclude=./var/lib/apt/lists -c . | docker import - "$base" >/dev/null
    rm -rf --one-file-system "$work/root"
    echo "bootstrapped $base in $((SECONDS - begun)) s"
fi

begun=$SECONDS
mkdir -p "$work/context/locks"
cp Dockerfile "$work/context"
cp ../localstack/bootstrap.lock ../localstack/localstack.lock "$work/context/locks"
cp "${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}" "$work/context/authorities.crt"
# The network of the machine: an engine without address translation has no other way out.
# The classic builder: BuildKit's plugin is not among Debian's packages.
DOCKER_BUILDKIT=0 docker build --network host --build-arg BASE="$base" --label recipe="$recipe" --tag "$BUILT" "$work/context" \
    >"$work/log" 2>&1 || fail "docker build says: $(tail -n 5 "$work/log")"
echo "built $BUILT in $((SECONDS - begun)) s"
