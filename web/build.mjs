// Makes web/dist: the island's scripts and the style, named by their content, and manifest.json that
// says which is which. Fails when a page's scripts grow beyond what a phone on a bad line should load.
//   node web/build.mjs
import { build } from "esbuild";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

// All in bytes, gzipped, on a chain that isn't local.
/** Of what a page loads for whoever reads it, before there is a wallet. */
const READING = 15_000;
/** Of what a page loads for whoever acts: with a wallet, a sponsor, and the largest of the pieces below. */
const BUDGET = 40_000;
/** Of all that a page may come to load for somebody who has every part at once. */
const EVERYTHING = 50_000;
/** What each page loads for itself; the home page loads none of them. */
const PAGES = ["src/pages/cause.ts", "src/pages/person.ts", "src/create/form.ts"];
/** What causes and people's pages load once there is a wallet, and once something is signed for a sponsor. */
const ACTING = ["src/pages/acting.ts", "src/relay/panel.ts"];
/** What they load where it is offered. */
const PIECES = ["choices", "creator", "judges", "money", "roles", "words"].map((name) => `src/offers/${name}.ts`);
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
const named = (source) => Object.keys(outputs).find((name) => outputs[name].entryPoint === source);
const wrong = [];
function within(what, size, most) {
  console.log(`${what}: ${size} of ${most}`);
  if (size > most) wrong.push(`${what} takes ${size} B gzip, allowed are ${most}`);
}
for (const page of PAGES) {
  const others = PAGES.filter((other) => other !== page);
  const all = reachable(entry, outputs, [...others, LOCAL_ONLY]);
  const reading = together(named(page), outputs, new Set(atOnce));
  const acting = new Set(reading);
  for (const part of ACTING.map(named)) if (all.has(part)) together(part, outputs, acting);
  const pieces = PIECES.map(named)
    .filter((piece) => all.has(piece))
    .map((piece) => sum([...together(piece, outputs)].filter((name) => !acting.has(name))));
  // The form is for acting: whoever opens it is about to.
  if (pieces.length > 0) within(`${page}, to read`, sum(reading), READING);
  within(`${page}, to act`, sum(acting) + Math.max(0, ...pieces), BUDGET);
  within(`${page}, everything`, sum(all), EVERYTHING);
}
console.log(`more on a local chain: ${sum(together(named(LOCAL_ONLY), outputs))} at most`);
if (wrong.length > 0) {
  for (const one of wrong) console.error(`error: ${one}`);
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
