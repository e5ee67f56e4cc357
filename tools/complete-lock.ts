import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'

/**
 * Completes package-lock.json after `npm install`.
 *
 * npm leaves out the binaries of other platforms that the registry at hand does not carry, and
 * `npm ci` then refuses the file. Each one gets its entry here, with the version that its parent
 * pins; the hash is missing until an `npm install` on a machine whose registry has the package.
 */

interface LockEntry {
  readonly version?: string
  readonly dev?: boolean
  readonly optional?: boolean
  readonly os?: readonly string[]
  readonly cpu?: readonly string[]
  readonly libc?: readonly string[]
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

interface Lock {
  readonly packages: Readonly<Record<string, LockEntry>>
}

const path = resolve(import.meta.dirname, '../package-lock.json')
const lock = JSON.parse(readFileSync(path, 'utf8')) as Lock
const entries = new Map(Object.entries(lock.packages))
const before = entries.size

for (const [parent, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`
    if (entries.has(key) || entries.has(`${parent}/${key}`)) continue
    const platform = platformOf(name)
    if (platform === undefined) throw new TypeError(`no platform in the name of ${name}`)
    const added = { version, ...(entry.dev && { dev: true }), optional: true, ...platform }
    entries.set(key, Object.fromEntries(Object.entries(added).toSorted(byKey)))
  }
}

const packages = Object.fromEntries([...entries].toSorted(byKey))
writeFileSync(path, `${JSON.stringify({ ...lock, packages }, null, 2)}\n`)
console.error(`${entries.size - before} entries added to package-lock.json`)

function platformOf(name: string): Pick<LockEntry, 'os' | 'cpu' | 'libc'> | undefined {
  const words = name.split(/[/-]/)
  const os = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'].find(isIn(words))
  const cpu = ['arm', 'arm64', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64'].find(isIn(words))
  if (os === undefined || cpu === undefined) return undefined
  const libc = words.some((word) => word.startsWith('musl')) ? 'musl' : 'glibc'
  return { os: [os], cpu: [cpu], ...(os === 'linux' && { libc: [libc] }) }
}

/** The order in which npm writes keys. */
function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  if (a === 'version') return -1
  return b === 'version' ? 1 : a.localeCompare(b, 'en')
}

function isIn(words: readonly string[]): (word: string) => boolean {
  return (word) => words.includes(word)
}
