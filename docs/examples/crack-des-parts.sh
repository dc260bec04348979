#!/bin/sh
# A key search in eight parts on this machine, two at a time, with GNU parallel; with xargs where that is missing.
# Prints the key; exit status 1 when no part holds it.
set -u
keyhole=${KEYHOLE:-keyhole}
parts=8

search() {
    if command -v parallel >/dev/null 2>&1; then
        # halt: the first part that finds the key ends the others.
        seq $parts | parallel --jobs 2 --halt now,success=1 "$@" --part "{}/$parts"
    else
        seq $parts | xargs -P 2 -I '{}' "$@" --part "{}/$parts"
    fi
}

search "$keyhole" crack des --threads 1 \
    --plaintext 0123456789ABCDEF --ciphertext 85E813540F0AB405 \
    --known-key 133457799BBCDFF1 --unknown-bits 28 2>/dev/null | grep '^key '
