# Programs that a script starts, each in a session of its own: a Ctrl-C reaches the script alone,
# which then ends them in the order it wants, with all that they started themselves.
# shellcheck shell=bash

# Those that `apart` and `beside` wait for, by pid.
TASKS=()

# beside LOG COMMAND…: starts a program that ends by itself; `joined` waits for it. Sets BESIDE.
beside() {
  local log=$1
  shift
  setsid "$@" >"$log" 2>&1 &
  BESIDE=$!
  TASKS[BESIDE]=yes
}

# joined PID: waits for a program and gives its status.
joined() {
  local status=0
  wait "$1" || status=$?
  unset "TASKS[$1]"
  return "$status"
}

# apart COMMAND…: runs a program and waits for it, so that a signal to the script is heard at once
# (bash hears none while a program is in its foreground).
apart() {
  setsid "$@" &
  TASKS[$!]=yes
  joined $!
}

# with_lib FUNCTION ARGUMENT…: `apart` for the functions of common.sh and prereq.sh.
with_lib() {
  # shellcheck disable=SC2016
  apart bash -c '. "$0/scripts/lib/common.sh" && . "$0/scripts/lib/prereq.sh" && "$@"' "$ROOT" "$@"
}

# end_tasks: ends those that are still waited for.
end_tasks() {
  local pid
  for pid in "${!TASKS[@]}"; do
    # Its children are in its group, and nobody else is.
    kill -TERM -- "-$pid" 2>/dev/null || true
  done
}

# keep FILE TEXT COMMAND…: starts a program that goes on, and notes its pid and a part of its command
# line in FILE. Sets KEPT to the pid.
keep() {
  local file=$1 text=$2
  shift 2
  (cd "$ROOT" && exec setsid "$@") &
  KEPT=$!
  printf '%s\n%s\n' "$KEPT" "$text" >"$file"
}

# kept_pid FILE: prints the pid of the program that FILE notes, if it still runs.
kept_pid() {
  local pid="" text=""
  [[ -f $1 ]] || return 1
  { read -r pid && IFS= read -r text; } <"$1" || return 1
  [[ -n $text ]] && runs "$pid" "$text" || return 1
  printf '%s\n' "$pid"
}

# end_kept FILE SECONDS: ends that program, if it still runs.
end_kept() {
  local pid
  if pid=$(kept_pid "$1"); then stop_pid "$pid" "$2"; fi
  rm -f "$1"
}
