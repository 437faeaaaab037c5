# Ports on 127.0.0.1.
# shellcheck shell=bash

# free_ports COUNT: prints that many ports that were free just now.
free_ports() {
  node -e '
    const net = require("node:net");
    const count = Number(process.argv[1]);
    const servers = Array.from({ length: count }, () => net.createServer());
    let open = 0;
    // All are open at once before any is let go, so that they differ.
    for (const server of servers) server.listen(0, "127.0.0.1", () => {
      if (++open < count) return;
      console.log(servers.map((s) => s.address().port).join(" "));
      for (const s of servers) s.close();
    });' "$1"
}

# port_free PORT [HOST]: whether something could listen there.
port_free() {
  node -e '
    const server = require("node:net").createServer();
    server.on("error", () => process.exit(1));
    server.listen(Number(process.argv[1]), process.argv[2], () => server.close());' "$1" "${2:-127.0.0.1}"
}

# answers PORT PATH: whether HTTP there says 200.
answers() {
  (
    exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
    printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$2" >&3
    read -r _ status _ <&3 && [[ $status == 200 ]]
  ) 2>/dev/null
}
