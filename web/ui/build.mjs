// Bundles the page into one folder: scripts, styles and workers under names with content hashes, the licences of
// what is bundled, and `manifest.json`, which says what the page loads. Usage: node build.mjs <folder>
import { build } from 'esbuild';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, '../static'));
// Monaco's scripts import their styles one by one; GraphiQL's own sheet has them already.
const withoutMonacoStyles = {
  name: 'without-monaco-styles',
  setup(made) {
    made.onLoad({ filter: /node_modules.monaco-editor.*\.css$/ }, () => ({ contents: '', loader: 'empty' }));
  },
};

const common = {
  absWorkingDir: here,
  bundle: true,
  charset: 'utf8',
  define: { 'process.env.NODE_ENV': '"production"' },
  entryNames: '[name]-[hash]',
  chunkNames: 'chunk-[hash]',
  format: 'esm',
  legalComments: 'none', // the licences stand together in one file: see licences()
  logLevel: 'warning',
  metafile: true,
  minify: true,
  outdir: out,
  plugins: [withoutMonacoStyles],
  target: ['chrome111', 'firefox114', 'safari16.4'],
};

const WORKERS = {
  editor: 'monaco-editor/esm/vs/editor/editor.worker.js',
  graphql: 'monaco-graphql/esm/graphql.worker.js',
  json: 'monaco-editor/esm/vs/language/json/json.worker.js',
};

// esbuild names are relative to here; what is in `out` are plain names.
function outputOf(result, entry) {
  const found = Object.entries(result.metafile.outputs).find(([, made]) => made.entryPoint?.endsWith(entry));
  return { script: basename(found[0]), style: found[1].cssBundle && basename(found[1].cssBundle) };
}

function packageOf(input) {
  const at = input.lastIndexOf('node_modules/');
  if (at < 0) return null;
  const parts = input.slice(at + 'node_modules/'.length).split('/');
  return input.slice(0, at + 'node_modules/'.length) + parts.slice(0, parts[0].startsWith('@') ? 2 : 1).join('/');
}

function licenceOf(folder) {
  const about = JSON.parse(readFileSync(join(here, folder, 'package.json'), 'utf8'));
  const files = readdirSync(join(here, folder)).filter((name) => /^(licen[cs]e|copying|notice|thirdparty)/i.test(name));
  const texts = files.map((name) => readFileSync(join(here, folder, name), 'utf8').trim());
  const title = `${about.name} ${about.version}\nLicence: ${about.license ?? 'see below'}`;
  return [title, ...(texts.length ? texts : [`(The package brings no text of it.)`])].join('\n\n');
}

function licences(results) {
  const inputs = results.flatMap((result) => Object.keys(result.metafile.inputs));
  const folders = [...new Set(inputs.map(packageOf).filter(Boolean))].sort();
  return folders.map(licenceOf).join(`\n\n\n${'='.repeat(80)}\n\n`) + '\n';
}

function writeHashed(stem, suffix, text) {
  const name = `${stem}-${createHash('sha256').update(text).digest('hex').slice(0, 8)}${suffix}`;
  writeFileSync(join(out, name), text);
  return name;
}

if (existsSync(out)) rmSync(out, { recursive: true });
mkdirSync(out, { recursive: true });
const workers = await build({ ...common, entryPoints: Object.values(WORKERS) });
const names = Object.fromEntries(Object.entries(WORKERS).map(([label, entry]) => [label, outputOf(workers, entry).script]));
const page = await build({
  ...common,
  define: { ...common.define, WORKERS: JSON.stringify(names) },
  entryPoints: ['src/page.jsx'],
  jsx: 'automatic',
  splitting: true,
});
const manifest = { ...outputOf(page, 'src/page.jsx'), licences: writeHashed('licences', '.txt', licences([workers, page])) };
writeFileSync(join(out, 'manifest.json'), JSON.stringify(manifest, null, 2) + '\n');
