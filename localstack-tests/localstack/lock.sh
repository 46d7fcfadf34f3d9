#!/bin/sh
# Makes every *.lock from its *.in again. Needs uv 0.9 or later; --upgrade would move versions.
# The date is fixed because newer releases of cbor2, pyOpenSSL and twisted break LocalStack 4.12.
set -eu
cd "$(dirname "$0")"
for name in localstack bootstrap tests; do
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --exclude-newer 2025-12-20 --no-emit-find-links --index-url https://pypi.org/simple \
        --custom-compile-command ./lock.sh "$name.in" -o "$name.lock"
done
