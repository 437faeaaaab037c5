# What must be on the machine. Each check says exactly what is missing and how to get it.
# shellcheck shell=bash

MISSING=()
missing() { MISSING+=("$1"); }
have() { command -v "$1" >/dev/null 2>&1; }

need_rust() {
  local channel
  channel=$(sed -n 's/^channel = "\(.*\)"/\1/p' "$ROOT/rust-toolchain.toml")
  if ! have rustup; then
    missing "rustup (Rust's toolchain manager): see https://rustup.rs"
    return
  fi
  # Explicitly, because rustup may be set not to install on demand.
  if ! rustup run "$channel" rustc --version >/dev/null 2>&1 ||
    ! rustup component list --toolchain "$channel" --installed 2>/dev/null | grep -q '^clippy' ||
    ! rustup target list --toolchain "$channel" --installed 2>/dev/null | grep -qx wasm32-unknown-unknown; then
    say "installing Rust $channel with the wasm32-unknown-unknown target …"
    rustup toolchain install "$channel" --profile minimal --no-self-update \
      --component rustfmt --component clippy --target wasm32-unknown-unknown >&2 ||
      missing "Rust $channel: 'rustup toolchain install $channel --component rustfmt,clippy --target wasm32-unknown-unknown' failed"
  fi
}

need_cc() {
  have cc || missing "a C compiler named cc (Debian, Ubuntu: apt-get install build-essential)"
}

need_go() {
  if ! have go; then
    missing "Go 1.25 or newer, to build the local chain: see https://go.dev/dl"
    return
  fi
  local version
  version=$(cd / && GOTOOLCHAIN=local go env GOVERSION | sed 's/^go//')
  at_least "$version" 1.25 || missing "Go 1.25 or newer (found $version): see https://go.dev/dl"
}

need_node() {
  if ! have node; then
    missing "Node.js 20 or newer: see https://nodejs.org"
  else
    local version
    version=$(node --version)
    at_least "${version#v}" 20 || missing "Node.js 20 or newer (found $version): see https://nodejs.org"
  fi
  have npm || missing "npm, which comes with Node.js: see https://nodejs.org"
}

need_tools() {
  local tool
  for tool in sha256sum gzip find sort xargs sed grep setsid; do
    have "$tool" || missing "the command '$tool' (Debian, Ubuntu: apt-get install coreutils gzip findutils sed grep util-linux)"
  done
}

# Chromium is only for the tests in the browser. CHROMIUM may name another executable.
find_chromium() {
  local name
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
    if [[ -n $name ]] && have "$name"; then
      command -v "$name"
      return
    fi
  done
  return 1
}

need_chromium() {
  find_chromium >/dev/null && return
  if have apt-get; then
    local sudo=()
    ((EUID == 0)) || sudo=(sudo -n)
    say "installing Chromium …"
    if "${sudo[@]}" apt-get update -qq >&2 && "${sudo[@]}" apt-get install -y -qq chromium >&2; then
      find_chromium >/dev/null && return
    fi
  fi
  missing "Chromium, for the tests in the browser (Debian: apt-get install chromium; or set CHROMIUM to an executable)"
}

# at_least FOUND WANTED: compares dotted versions.
at_least() {
  [[ $(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n1) == "$2" ]]
}

# require CHECK…: runs the checks, and ends with the list of what is missing.
require() {
  local check
  MISSING=()
  for check in "$@"; do "need_$check"; done
  ((${#MISSING[@]} == 0)) && return
  say "error: this machine lacks:"
  printf '  - %s\n' "${MISSING[@]}" >&2
  return 1
}

# npm_ready: node_modules as package-lock.json says; quick when it is already so.
npm_ready() {
  local stamp=$ROOT/node_modules/.muster-lock want
  want=$(hash_of "$ROOT/package.json" "$ROOT/package-lock.json")
  [[ -f $stamp && $(<"$stamp") == "$want" ]] && return
  (cd "$ROOT" && npm ci --no-audit --no-fund) >&2 || return
  printf '%s\n' "$want" >"$stamp"
}
