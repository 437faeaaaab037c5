# Shared by every script: where things are, and how progress is told. Source it, don't run it.
# shellcheck shell=bash

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
TARGET_DIR=${CARGO_TARGET_DIR:-$ROOT/target}
export CARGO_TARGET_DIR=$TARGET_DIR

say() { printf '%s\n' "$*" >&2; }
die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# stage NAME COMMAND…: runs the command, and says what it is and how long it took.
stage() {
  local name=$1 began=$SECONDS status=0
  shift
  printf '\n==> %s\n' "$name" >&2
  "$@" || status=$?
  if ((status == 0)); then
    printf '<== %s: ok, %ds\n' "$name" $((SECONDS - began)) >&2
  else
    printf '<== %s: FAILED (exit %d), %ds\n' "$name" "$status" $((SECONDS - began)) >&2
  fi
  return "$status"
}

# hash_of PATH…: one hash over the named files, and over all files of the named folders.
hash_of() {
  find "$@" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1
}

# locked FILE COMMAND…: one at a time, so that two scripts don't build the same thing at once.
locked() {
  local file=$1
  shift
  mkdir -p "$(dirname "$file")"
  if ! command -v flock >/dev/null; then
    "$@"
    return
  fi
  (
    flock 9
    "$@" 9>&-
  ) 9>"$file"
}

# runs PID TEXT: whether that process lives and its command line, with a space behind each argument,
# holds the text. A pid in an old file may have been given to somebody else since.
runs() {
  [[ $1 =~ ^[0-9]+$ ]] || return 1
  if [[ -r /proc/$1/cmdline ]]; then
    tr '\0' ' ' <"/proc/$1/cmdline" 2>/dev/null | grep -qF -- "$2"
  else
    ps -p "$1" -o args= 2>/dev/null | sed 's/$/ /' | grep -qF -- "$2"
  fi
}

# stop_pid PID SECONDS: asks a process to end, and makes it end when it hasn't after so long.
stop_pid() {
  local pid=$1 patience=$((${2:-10} * 10)) i
  kill -TERM "$pid" 2>/dev/null || return 0
  for ((i = 0; i < patience; i++)); do
    kill -0 "$pid" 2>/dev/null || return 0
    sleep 0.1
  done
  kill -KILL "$pid" 2>/dev/null || true
}

# run_ts FILE ARGUMENT…: runs a TypeScript program of this repository. It finds its packages from
# ROOT; CALLED_FROM tells it what the paths that a person gave are relative to.
run_ts() {
  (export CALLED_FROM=$PWD && cd "$ROOT" && exec node --import tsx "$@")
}
