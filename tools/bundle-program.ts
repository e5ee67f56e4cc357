import { globSync, readFileSync, rmSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'

/**
 * The program in few files, for the tests of the whole: what they start a thousand times over reads a dozen
 * files instead of 1,500. The folder lies beside `src/`, with threads and processes at their own places.
 */
const root = resolve(import.meta.dirname, '..')
const source = resolve(root, 'src')
const target = resolve(root, 'bundled')

/** What is started by its path: the command, and the threads and processes that it starts. */
const started = ['cli/main.ts', '**/*-{worker,process,thread,main}.ts']

/** Packages with native code, and those that are loaded by the way, when something needs them. */
const kept = [
  'sodium-native',
  '@duckdb/*',
  '@peculiar/x509',
  '@rgrove/parse-xml',
  'aws4fetch',
  'oidc-provider',
  'pg',
  'pg-boss',
  'pino',
  'reflect-metadata',
]

/** Each file goes on knowing its own place, at which it looks for threads, processes and files. */
const ownPlaces: Plugin = {
  name: 'own-places',
  setup(building) {
    building.onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) => {
      const own = resolve(target, relative(source, path)).replace(/\.ts$/, '.js')
      const place = JSON.stringify(pathToFileURL(own).href)
      const contents = readFileSync(path, 'utf8').replaceAll('import.meta.url', place)
      return { contents, loader: 'ts' }
    })
  },
}

rmSync(target, { recursive: true, force: true })
await build({
  entryPoints: globSync(started, { cwd: source }).map((path) => resolve(source, path)),
  outbase: source,
  outdir: target,
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  external: kept,
  // Packages in the older form of modules ask for Node's own modules by `require`.
  banner: {
    js: `import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);`,
  },
  plugins: [ownPlaces],
  logLevel: 'warning',
})
