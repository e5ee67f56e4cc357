# Sets up what is missing, for ./demo, ./test and ./cloison, which source this file after `root` is
# set to the project's folder. Everything it installs by itself stays below .cache and node_modules
# (or $XDG_CACHE_HOME/cloison); messages go to stderr, each with the seconds since the start.

caches="$root/.cache"
export NODE_COMPILE_CACHE="$caches/compiled"

say() {
  printf '[%3d s] %s\n' "$SECONDS" "$1" >&2
}

fail() {
  say "$1"
  exit 1
}

# Node ≥ 24.12 first on PATH, and node_modules as package-lock.json has it.
set_up_node_modules() {
  use_node && has_node_modules && return
  take_turns
  use_node || install_node
  has_node_modules || install_node_modules
  end_turns
}

node_suffices() {
  local version major minor
  version=$(node --version 2>/dev/null) || return 1
  IFS=. read -r major minor _ <<<"${version#v}"
  ((major > 24 || (major == 24 && minor >= 12)))
}

pinned_node="$root/tools/node-runtime"
node_home="${XDG_CACHE_HOME:+$XDG_CACHE_HOME/cloison}"
node_home="${node_home:-$caches}/node-$(cksum <"$pinned_node/package-lock.json" | cut -d' ' -f1)"

use_node() {
  node_suffices && return
  local node
  for node in "$node_home"/node_modules/node-linux-*/bin/node; do
    [ -x "$node" ] && PATH="${node%/node}:$PATH" && export PATH && return
  done
  return 1
}

# A package from npm that is nothing but the program, checked against the hash in the lock file.
install_node() {
  command -v npm >/dev/null || fail 'install Node.js 24.12 or newer, with npm'
  say "this machine's Node.js is older than 24.12; installing a newer one for this project alone"
  rm -rf -- "$node_home.new"
  mkdir -p -- "$node_home.new"
  cp -- "$pinned_node/package.json" "$pinned_node/package-lock.json" "$node_home.new/"
  install_locked "$node_home.new" || fail 'that failed; install Node.js 24.12 or newer yourself'
  rm -rf -- "$node_home"
  mv -- "$node_home.new" "$node_home"
  use_node || fail 'none of the pinned ones fits this machine; install Node.js 24.12 or newer'
}

modules_stamp="$root/node_modules/.set-up-lock.json"

has_node_modules() {
  cmp -s "$root/package-lock.json" "$modules_stamp"
}

install_node_modules() {
  say 'installing the packages of package-lock.json'
  install_locked "$root" || fail 'that failed; is the npm registry within reach?'
  cp -- "$root/package-lock.json" "$modules_stamp"
  say 'packages are there'
}

install_locked() {
  (cd "$1" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) </dev/null >&2
}

# Two scripts started at the same time install one after the other, where flock is there.
take_turns() {
  mkdir -p "$caches"
  command -v flock >/dev/null || return 0
  exec {turn}>"$caches/set-up.lock"
  flock -n "$turn" && return
  say 'waiting for another set-up in this folder'
  flock "$turn"
}

end_turns() {
  [ -z "${turn:-}" ] || exec {turn}>&-
}

# The programs that some tests drive. Where they cannot be installed, those tests are NOT RUN.
set_up_test_programs() {
  local missing=()
  command -v chromium >/dev/null || command -v chromium-browser >/dev/null ||
    command -v google-chrome >/dev/null || [ -n "${CLOISON_CHROMIUM+set}" ] ||
    missing+=(chromium fonts-dejavu-core)
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null ||
    [ -n "${CLOISON_POSTGRES_BIN+set}" ] || missing+=(postgresql)
  command -v strace >/dev/null || missing+=(strace)
  ((${#missing[@]} == 0)) && return
  install_with_apt "${missing[@]}" || say "some tests will not be run; they need: ${missing[*]}"
}

install_with_apt() {
  local as_root=()
  command -v apt-get >/dev/null || return 1
  if [ "$(id -u)" != 0 ]; then
    sudo -n true 2>/dev/null || return 1
    as_root=(sudo -n)
  fi
  say "installing with apt-get: $*"
  {
    "${as_root[@]}" apt-get -qq update
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get -qq install -y --no-install-recommends -o Dpkg::Use-Pty=0 "$@"
  } </dev/null >&2
}

# The faster arithmetic for joins, where there is a C compiler.
build_native_code() {
  local code=0
  [ -e "$root/native/build/join-group.node" ] || say 'building the arithmetic for joins'
  sh "$root/native/build.sh" >&2 || code=$?
  ((code == 0)) || say 'it was not built (that takes Linux on x86-64 and a C compiler); joins will be slower'
}

# The program that pages load to verify proofs, when its source is newer than what was built.
build_browser_code() {
  local built="$root/dist/web/assets/verify.js"
  [ -e "$root/src/web/browser/verify.ts" ] || return 0
  if [ -e "$built" ]; then
    [ -z "$(find "$root/src" -name '*.ts' -newer "$built" -print -quit)" ] && return
  fi
  say 'building the verifier for the browser'
  (cd "$root" && npm run -s build:browser) </dev/null >&2 || fail 'the build failed; see above'
}
