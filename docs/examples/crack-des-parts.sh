#!/bin/sh
# A key search in eight parts on this machine, two at a time, with GNU parallel; with xargs where that is missing.
# Prints the key; exit status 1 when no part holds it, 2 when the search was refused.
# Usage: crack-des-parts.sh [OPTIONS of keyhole crack des]; without any, an example.
set -u
keyhole=${KEYHOLE:-keyhole}
parts=8

command -v "$keyhole" >/dev/null || {
    echo "$0: no program $keyhole (put it into the PATH, or name it in KEYHOLE)" >&2
    exit 2
}
if [ $# -eq 0 ]; then
    set -- --plaintext 0123456789ABCDEF --ciphertext 85E813540F0AB405 --known-key 133457799BBCDFF1 --unknown-bits 28
fi

search() {
    if parallel --version 2>/dev/null | grep -q '^GNU parallel'; then
        # halt: the first part that finds the key ends the others.
        seq $parts | parallel --jobs 2 --halt now,success=1 "$@" --part "{}/$parts"
    else
        seq $parts | xargs -P 2 -I '{}' "$@" --part "{}/$parts"
    fi
}

log=$(mktemp) || exit 2
trap 'rm -f "$log"' EXIT
search "$keyhole" crack des --threads 1 "$@" 2>"$log" | grep '^key ' && exit 0
if grep -q ': error: ' "$log"; then
    grep ': error: ' "$log" | sort -u >&2
    exit 2
fi
exit 1
