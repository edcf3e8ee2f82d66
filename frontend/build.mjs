// Bundles every widget into the package: one entry for each src/<widget>.ts and src/<sheet>.css.
//
// What several widgets import becomes a chunk of its own, so none carries another's weight. Names
// hold a digest of the content; manifest.json tells the pages which file is which.

import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const built = join(here, "../src/enact_graph/present/static/built");

const entries = readdirSync(join(here, "src"))
  .filter((file) => /(?<!\.d)\.ts$|\.css$/.test(file))
  .sort()
  .map((file) => `src/${file}`);

const { outputFiles, metafile } = await build({
  absWorkingDir: here,
  entryPoints: entries,
  outdir: built,
  write: false,
  metafile: true,
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  charset: "utf8",
  legalComments: "none", // they are in licences.txt
  entryNames: "[name]-[hash]",
  chunkNames: "part-[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file" },
  preserveSymlinks: true, // names depend on paths: on those in this folder alone
  alias: { "style-mod": "./src/shared/style-mod.ts" },
  logLevel: "warning",
});

// The pages allow no code from text; a library that tries would fail in the reader's browser.
for (const file of outputFiles.filter((f) => f.path.endsWith(".js"))) {
  const found = /\beval\(|\bnew Function\(|[^.\w]Function\("return this"\)/.exec(file.text);
  if (found) throw new Error(`${basename(file.path)} makes code from text: ${found[0]}`);
}

const manifest = {};
const sheets = new Set(Object.values(metafile.outputs).map((o) => o.cssBundle));
for (const [path, output] of Object.entries(metafile.outputs)) {
  const name = basename(path);
  const plain = name.replace(/-[A-Z0-9]{8}(?=\.\w+$)/, "");
  if (output.entryPoint && entries.includes(output.entryPoint)) {
    const stem = basename(output.entryPoint).replace(/\.\w+$/, "");
    manifest[stem + name.slice(name.lastIndexOf("."))] = name;
    if (output.cssBundle) manifest[`${stem}.css`] = basename(output.cssBundle);
  } else if (!sheets.has(path)) {
    manifest[plain.startsWith("part-") ? name : plain] = name;
  }
}

const licences = notices(metafile);
const digest = createHash("sha256").update(licences).digest("hex").slice(0, 8).toUpperCase();
manifest["licences.txt"] = `licences-${digest}.txt`;

rmSync(built, { recursive: true, force: true });
mkdirSync(built, { recursive: true });
for (const file of outputFiles) writeFileSync(file.path, file.contents);
writeFileSync(join(built, manifest["licences.txt"]), licences);
const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(join(built, "manifest.json"), JSON.stringify(sorted, null, 1) + "\n");

// Whose work is in the bundles, under which licence, with its words.
function notices(made) {
  const folders = new Set();
  for (const output of Object.values(made.outputs)) {
    for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
      const found = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input);
      if (found && bytesInOutput > 0) folders.add(found[0]);
    }
  }
  const texts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(here, folder, "package.json")));
    const files = readdirSync(join(here, folder)).filter((f) => /^(licen[cs]e|copying|notice)/i.test(f));
    const words = files.sort().map((f) => readFileSync(join(here, folder, f), "utf8").trim());
    return [`${name} ${version} (${license})`, ...words].join("\n\n");
  });
  return "The widgets of enact-graph contain the work of others:\n\n" + texts.join(`\n\n${"-".repeat(72)}\n\n`) + "\n";
}
