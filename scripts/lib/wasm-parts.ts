// What the functions of a wasm file with names cost, by the crate that a name mentions first, and
// the dearest of them: node --import tsx scripts/lib/wasm-parts.ts FILE
import { readFileSync } from "node:fs";

const [file] = process.argv.slice(2);
if (!file) throw new Error("usage: wasm-parts.ts FILE");
const bytes = readFileSync(file);
let at = 8; // behind the magic number and the version

function number(): number {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++] ?? 0;
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return value;
  }
}

function text(): string {
  const length = number();
  at += length;
  return bytes.toString("utf8", at - length, at);
}

const sizes: number[] = [];
const names = new Map<number, string>();
let imported = 0;
let data = 0;
while (at < bytes.length) {
  const kind = bytes[at++];
  const end = number() + at;
  if (kind === 2) {
    for (let left = number(); left > 0; left--) {
      text();
      text();
      if (bytes[at++] !== 0) throw new Error("an import that is no function");
      imported++;
      number();
    }
  } else if (kind === 10) {
    for (let left = number(); left > 0; left--) {
      const size = number();
      sizes.push(size);
      at += size;
    }
  } else if (kind === 11) {
    data = end - at;
  } else if (kind === 0 && text() === "name") {
    while (at < end) {
      const part = bytes[at++];
      const behind = number() + at;
      if (part === 1) for (let left = number(); left > 0; left--) names.set(number(), text());
      at = behind;
    }
  }
  at = end;
}

const crates =
  /muster_[a-z]+|cosmwasm_[a-z]+|serde_json|serde_core|serde|sha2|bnum|base64|hex|rustc_demangle|dlmalloc|alloc|core|std/;
const parts = new Map<string, number>();
const all = sizes.map((size, i) => ({ size, name: names.get(imported + i) ?? "?" }));
for (const { size, name } of all) {
  const part = crates.exec(name)?.[0] ?? "others";
  parts.set(part, (parts.get(part) ?? 0) + size);
}
const line = (size: number, name: string) => console.log(`${String(size).padStart(8)}  ${name}`);
line(data, "data");
for (const [part, size] of [...parts].sort((a, b) => b[1] - a[1])) line(size, part);
console.log();
for (const { size, name } of all.sort((a, b) => b.size - a.size).slice(0, 30)) line(size, name);
