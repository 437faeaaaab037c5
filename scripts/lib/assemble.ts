// WebAssembly text to code that a chain takes: no compiler is needed for half a kilobyte.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const tool = fileURLToPath(new URL("../../node_modules/.bin/wasm-as", import.meta.url));

/** Assembles a file with the pinned binaryen. */
export async function assemble(source: URL): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), "muster-wat-"));
  try {
    const file = join(folder, "code.wasm");
    await run(tool, [fileURLToPath(source), "-o", file]);
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}
