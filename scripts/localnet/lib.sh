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
  runs "$pid" "--home $1/node " || return 1
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

# wait_for_block RPC_PORT LCD_PORT PID: until the chain has made a block since it started and
# answers questions about its state (after a kill a node that shows a height refuses them until its
# next block), at most a minute.
wait_for_block() {
  local first="" now i
  for ((i = 0; i < 600; i++)); do
    kill -0 "$3" 2>/dev/null || return 1
    now=$(height "$1") || now=""
    if [[ -n $now ]] && ((now > 0)); then
      first=${first:-$((now == 1 ? 0 : now))}
      ((now > first)) && answers "$2" /cosmos/bank/v1beta1/params && return 0
    fi
    sleep 0.1
  done
  return 1
}
