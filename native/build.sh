#!/bin/sh
# Builds native/build/join-group.node, when the sources changed since it was built. Needs a C compiler, on x86-64.
# Cloison works without it, more slowly. Exit code 3: nothing to build here.
set -eu
cd -- "$(dirname -- "$0")"
[ "$(uname -m)" = x86_64 ] && [ "$(uname -s)" = Linux ] || exit 3
compiler=$(command -v "${CC:-cc}" || command -v gcc) || exit 3
sources=$(cat ./*.c ./*.h build.sh | cksum)
[ -e build/join-group.node ] && [ "$(cat build/sources 2>/dev/null)" = "$sources" ] && exit 0
mkdir -p build
made=$(mktemp -d build/new.XXXXXX)
trap 'rm -rf -- "$made"' EXIT
compile() { "$compiler" -O3 -std=gnu11 -fPIC -fvisibility=hidden "$@"; }
compile -mavx2 -c curve4.c -o "$made/curve4.o"
compile -mavx2 -mavx512f -mavx512ifma -c curve8.c -o "$made/curve8.o"
compile -c sha512.c -o "$made/sha512.o"
compile -mssse3 -msha -c sha256.c -o "$made/sha256.o"
compile -c module.c -o "$made/module.o"
"$compiler" -shared "$made"/*.o -o "$made/join-group.node"
mv -- "$made/join-group.node" build/join-group.node
echo "$sources" >build/sources
