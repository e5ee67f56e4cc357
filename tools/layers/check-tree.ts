import { readdirSync } from 'node:fs'
import { join, posix } from 'node:path'
import { readModule } from './read-module.ts'
import { breachesOf, type Breach } from './rules.ts'

/** The outcome of one check: how much was read, and what is wrong, ordered by path and line. */
export interface TreeReport {
  readonly files: number
  readonly breaches: readonly Breach[]
}

const checkedFolders = ['src', 'tests', 'tools']

/** Checks every `.ts` file below `src/`, `tests/` and `tools/` of the project at `root`. */
export function checkTree(root: string): TreeReport {
  const modules = checkedFolders
    .flatMap((folder) => sourcesBelow(root, folder))
    .map((path) => readModule(root, path))
  const paths = modules.map((module) => module.path)
  const portsFace = modules.find((module) => module.path === 'src/ports/index.ts')
  const tree = {
    faces: new Set(
      paths.filter((path) => path.endsWith('/index.ts')).map((path) => posix.dirname(path)),
    ),
    ports: new Set(portsFace?.reExports ?? []),
  }
  const breaches = modules
    .flatMap((module) => breachesOf(module, tree))
    .toSorted((a, b) => a.path.localeCompare(b.path) || a.line - b.line)
  return { files: modules.length, breaches }
}

function sourcesBelow(root: string, folder: string): string[] {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => posix.join(posix.relative(root, entry.parentPath), entry.name))
}
