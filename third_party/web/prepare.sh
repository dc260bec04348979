#!/usr/bin/env bash
# Makes the libraries of the browser's build in a folder that outlives build/web-tree: Debian's own source packages,
# unpacked, and GMP compiled (that takes minutes, once). Nothing of the system's package lists is touched.
# usage: prepare.sh FOLDER MIRROR RELEASE      e.g. build/web-deps http://MIRROR/debian bookworm
set -euo pipefail

folder=$(mkdir -p -- "$1" && cd -- "$1" && pwd -P) mirror=$2 release=$3
packages=(catch2 fmtlib gmp imgui libpcap libtomcrypt md4c)
jobs=${JOBS:-$(nproc)}
export NODE_PATH=/usr/share/nodejs # Debian's node looks for acorn there, which linking needs

say() { printf 'dev: %s\n' "$*" >&2; }

# Another release's sources, or other packages: all anew.
wanted="$release ${packages[*]}"
[[ ! -f $folder/ready || $(<"$folder/ready") != "$wanted" ]] || exit 0
rm -rf -- "$folder/ready" "$folder/apt" "$folder/sources"
mkdir -p -- "$folder/apt/lists/partial" "$folder/apt/cache/archives/partial" "$folder/sources"
printf 'deb-src %s %s main\n' "$mirror" "$release" >"$folder/apt/sources.list"

# apt reads no folder of its own choice without these, and drops root's rights in one that others may not enter.
apt=(apt-get -qq -o "Dir::Etc::sourcelist=$folder/apt/sources.list" -o Dir::Etc::sourceparts=- -o
    "Dir::State::lists=$folder/apt/lists" -o "Dir::Cache=$folder/apt/cache" -o APT::Sandbox::User=root)
say "getting the sources of ${packages[*]}"
"${apt[@]}" update
for package in "${packages[@]}"; do
    rm -rf -- "${folder:?}/$package"
    if (cd -- "$folder/sources" && "${apt[@]}" source --download-only "$package"); then
        dpkg-source --no-check -x "$folder"/sources/"$package"_*.dsc "$folder/$package" >/dev/null
    else # some mirrors lack the small archive of Debian's changes; what was published does as well
        published=$(find "$folder/sources" -name "${package}_*.orig.tar.*" ! -name '*.asc' | head -n 1)
        [[ -n $published ]] || exit 1
        say "taking $package as it was published, without Debian's changes"
        mkdir -p -- "$folder/$package"
        tar -xf "$published" --strip-components=1 -C "$folder/$package"
    fi
done

say "compiling GMP for the browser (a few minutes, once)"
cd -- "$folder/gmp"
mkdir -p doc # Debian took the manual away, and configure looks for its Makefile
: >doc/Makefile.in
emconfigure ./configure --host=none --disable-assembly --disable-shared --enable-cxx \
    --prefix="$folder/gmp" CC_FOR_BUILD=gcc CFLAGS=-O3 CXXFLAGS=-O3
# What programs of GMP's own write first. Then whole numbers only: all that Keyhole computes with.
# shellcheck disable=SC2016  # make reads it
printf 'include Makefile\nwritten: $(BUILT_SOURCES)\n' >written.mk
emmake make -f written.mk -j"$jobs" written
for part in mpn mpz rand; do emmake make -C "$part" -j"$jobs"; done
emmake make -j"$jobs" {assert,compat,errno,extract-dbl,invalid,memory,mp_bpl,mp_clz_tab,mp_dv_tab,mp_minv_tab}.lo \
    {mp_get_fns,mp_set_fns,version,nextprime,primesieve,tal-reent}.lo
mkdir -p include lib
cp gmp.h gmpxx.h include/
rm -f lib/libgmp.a
emar rcs lib/libgmp.a ./*.o mpn/*.o mpz/*.o rand/*.o
rm -rf -- "$folder/apt"
printf '%s\n' "$wanted" >"$folder/ready"
