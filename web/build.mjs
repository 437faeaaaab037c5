// Makes web/dist: the island's scripts and the style, named by their content, and manifest.json that
// says which is which. Fails when a page's scripts grow beyond what a phone on a bad line should load.
//   node web/build.mjs
import { build } from "esbuild";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

/** Of all scripts that one page may load on a chain that isn't local, gzipped. */
const BUDGET = 40_000;
/** What each page loads for itself; the home page loads none of them. */
const PAGES = ["src/pages/cause.ts", "src/pages/person.ts", "src/create/form.ts"];
/** The one module that only a local chain loads: the test wallet. */
const LOCAL_ONLY = "src/wallet/local.ts";

const web = fileURLToPath(new URL(".", import.meta.url));
const dist = join(web, "dist");
const style = join(web, "styles/app.css");

const options = {
  absWorkingDir: web,
  bundle: true,
  minify: true,
  metafile: true,
  write: false,
  outdir: dist,
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  legalComments: "none",
  logLevel: "warning",
};
const scripts = {
  ...options,
  entryPoints: ["src/app.ts"],
  format: "esm",
  splitting: true,
  target: "es2022",
  platform: "browser",
};

/** What `name` imports at once, itself included: what the browser loads together. */
function together(name, outputs, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const { path, kind } of outputs[name].imports) {
    if (kind === "import-statement") together(path, outputs, seen);
  }
  return seen;
}

/** Everything that a page may come to load, but for the modules in `without` and what hangs on them alone. */
function reachable(name, outputs, without, seen = new Set()) {
  if (seen.has(name) || without.includes(outputs[name].entryPoint)) return seen;
  seen.add(name);
  for (const { path } of outputs[name].imports) reachable(path, outputs, without, seen);
  return seen;
}

const made = await build(scripts);
const results = [made];
if (existsSync(style)) results.push(await build({ ...options, entryPoints: ["styles/app.css"] }));

const files = results.flatMap((result) => result.outputFiles);
const gzip = new Map(files.map((file) => [basename(file.path), gzipSync(file.contents, { level: 9 }).length]));
const manifest = {};
for (const { metafile } of results) {
  for (const [name, output] of Object.entries(metafile.outputs)) {
    if (!output.entryPoint || output.entryPoint === LOCAL_ONLY) continue;
    const plain = basename(output.entryPoint).replace(/\.ts$/, ".js");
    if (plain === "app.js" || plain === "app.css") manifest[plain] = basename(name);
  }
}

const outputs = made.metafile.outputs;
const entry = Object.keys(outputs).find((name) => outputs[name].entryPoint === "src/app.ts");
const sum = (names) => [...names].reduce((total, name) => total + gzip.get(basename(name)), 0);
const atOnce = together(entry, outputs);
for (const [name, size] of gzip) console.log(`${String(size).padStart(7)} B gzip  ${name}`);
console.log(`scripts of every page at once: ${sum(atOnce)} B gzip`);
let largest = 0;
for (const page of PAGES) {
  const others = PAGES.filter((other) => other !== page);
  const all = reachable(entry, outputs, [...others, LOCAL_ONLY]);
  const more = [...reachable(entry, outputs, others)].filter((name) => !all.has(name));
  largest = Math.max(largest, sum(all));
  console.log(`${page}: ${sum(all)} of ${BUDGET} with all that it may load; on a local chain ${sum(more)} more`);
}
if (largest > BUDGET) {
  console.error(`error: the scripts of a page take ${largest} B gzip, allowed are ${BUDGET}`);
  process.exit(1);
}

// Complete or not at all: whoever embeds the folder meanwhile sees the old one or the new one.
const fresh = `${dist}.new`;
await rm(fresh, { recursive: true, force: true });
await mkdir(fresh, { recursive: true });
for (const file of files) await writeFile(join(fresh, basename(file.path)), file.contents);
await writeFile(join(fresh, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
await readFile(join(fresh, manifest["app.js"]));
const old = `${dist}.old`;
await rm(old, { recursive: true, force: true });
if (existsSync(dist)) await rename(dist, old);
await rename(fresh, dist);
await rm(old, { recursive: true, force: true });
