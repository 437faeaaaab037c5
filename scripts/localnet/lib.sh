# Shared by the local chain's start, stop and fund.
# shellcheck shell=bash disable=SC2034

WASMD=$TARGET_DIR/localnet/wasmd
CHAIN_ID=muster-local-1
# Well known on purpose (BIP-39 test vectors): whoever reads them owns nothing.
FAUCET_MNEMONIC="legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth title"
VALIDATOR_MNEMONIC="letter advice cage absurd amount doctor acoustic avoid letter advice cage absurd amount doctor acoustic avoid letter advice cage absurd amount doctor acoustic bless"

# running_pid HOME: prints the pid of the chain that runs in this folder, if one does.
running_pid() {
  local pid
  [[ -f $1/pid ]] || return 1
  pid=$(<"$1/pid")
  # A pid may have been given to somebody else since: the command line must name this folder.
  if [[ -r /proc/$pid/cmdline ]]; then
    tr '\0' ' ' <"/proc/$pid/cmdline" | grep -qF -- "--home $1/node " || return 1
  else
    ps -p "$pid" -o args= 2>/dev/null | grep -qF -- "--home $1/node " || return 1
  fi
  printf '%s\n' "$pid"
}

# height RPC_PORT: the latest block's height, empty while the node doesn't answer.
height() {
  (
    exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
    printf 'GET /status HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
    sed -n 's/.*"latest_block_height": *"\([0-9]*\)".*/\1/p' <&3
  ) 2>/dev/null
}

# answers LCD_PORT: whether questions about the state are answered; after a kill a node that shows
# a height refuses them until its next block.
answers() {
  (
    exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
    printf 'GET /cosmos/bank/v1beta1/params HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
    read -r _ status _ <&3 && [[ $status == 200 ]]
  ) 2>/dev/null
}

# wait_for_block RPC_PORT LCD_PORT PID: until the chain has made a block since it started and
# answers, at most a minute.
wait_for_block() {
  local first="" now i
  for ((i = 0; i < 600; i++)); do
    kill -0 "$3" 2>/dev/null || return 1
    now=$(height "$1") || now=""
    if [[ -n $now ]] && ((now > 0)); then
      first=${first:-$((now == 1 ? 0 : now))}
      ((now > first)) && answers "$2" && return 0
    fi
    sleep 0.1
  done
  return 1
}
