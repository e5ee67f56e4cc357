import { dirname, posix } from 'node:path'
import {
  arrows,
  neutralFolders,
  packageHomes,
  portsOnlyFolders,
  programArrows,
  typeArrows,
} from './arrows.ts'
import type { ModuleReference, SourceModule } from './read-module.ts'

/** One breach: where it is, and a sentence that says what to do. */
export interface Breach {
  readonly path: string
  readonly line: number
  readonly text: string
}

/** The tree as the rules see it. */
export interface Tree {
  /** Every folder, relative to the root, that has an `index.ts`. */
  readonly faces: ReadonlySet<string>
  /** Names of the interfaces that `src/ports/index.ts` exports. */
  readonly ports: ReadonlySet<string>
}

/** Everything that is wrong with one module. */
export function breachesOf(module: SourceModule, tree: Tree): Breach[] {
  if (module.faults.length > 0) {
    return module.faults.map((line) => breach(module, line, 'this does not parse; mend the syntax'))
  }
  return [
    ...nameBreaches(module),
    ...exportBreaches(module, tree),
    ...module.references.flatMap((reference) =>
      referenceBreaches(module, reference, tree).map((text) =>
        breach(module, reference.line, text),
      ),
    ),
  ]
}

const bannedWords = /(?:^|-)(?:utils?|helpers?|common|misc|managers?|services?|impl)(?:-|$)/
const bannedWholeNames = new Set(['data', 'info', 'base', 'types', 'constants'])

function nameBreaches(module: SourceModule): Breach[] {
  const parts = module.path.replace(/(\.test)?\.ts$/, '').split('/')
  const banned = parts.find(
    (part) =>
      bannedWords.test(part) ||
      bannedWholeNames.has(part) ||
      (/(?:^|-)handlers?(?:-|$)/.test(part) && !parts.includes('http')),
  )
  if (banned === undefined) return []
  return [breach(module, 1, `'${banned}' says nothing; name the file after its main export`)]
}

function exportBreaches(module: SourceModule, tree: Tree): Breach[] {
  if (module.path.endsWith('.test.ts')) return []
  const undocumented = module.exports
    .filter((exported) => !exported.documented)
    .map(({ name, line }) =>
      breach(module, line, `'${name}' is exported without a doc comment; say above it what it is`),
    )
  const stars = module.starExports.map((line) =>
    breach(module, line, `'export *' hides what is public; list the names`),
  )
  const declaredAgain = module.path.startsWith('src/ports/')
    ? []
    : module.exports
        .filter((exported) => tree.ports.has(exported.name))
        .map(({ name, line }) =>
          breach(module, line, `'${name}' is a port; import it from ports/index.ts instead`),
        )
  return [...undocumented, ...stars, ...declaredAgain]
}

function referenceBreaches(module: SourceModule, reference: ModuleReference, tree: Tree): string[] {
  const { specifier } = reference
  if (specifier === undefined) {
    return module.path.startsWith('src/') && !isTest(module.path)
      ? ['import() takes a literal here, or nobody can tell where the arrow points']
      : []
  }
  if (!specifier.startsWith('.')) return packageBreaches(module.path, specifier)
  const target = posix.join(dirname(module.path), specifier)
  return [
    ...(/\.(ts|json)$/.test(target) ? [] : [`'${specifier}' must end in .ts, as node reads it`]),
    ...arrowBreaches(module.path, target, reference.typeOnly),
    ...faceBreaches(module.path, target, tree),
    ...verifierBreaches(module.path, target),
  ]
}

function packageBreaches(path: string, specifier: string): string[] {
  const place = placeOf(path)
  if (place === undefined || isTest(path)) return []
  const breaches: string[] = []
  if (specifier.startsWith('node:') && isWithin(place, [...neutralFolders, ...portsOnlyFolders])) {
    breaches.push(
      `${topOf(place)}/ runs without node; take what '${specifier}' gives as a port of ports/index.ts`,
    )
  }
  for (const home of packageHomes) {
    const isBound = home.packages.some((name) =>
      name.endsWith('/') ? specifier.startsWith(name) : specifier === name,
    )
    if (isBound && !isWithin(place, home.folders)) {
      breaches.push(`'${specifier}' stays in ${home.folders.join(', ')}; ${home.advice}`)
    }
  }
  return breaches
}

function arrowBreaches(path: string, target: string, typeOnly: boolean): string[] {
  const place = placeOf(path)
  const targetPlace = placeOf(target)
  if (place === undefined) return testingBreaches(path, targetPlace)
  if (isTest(path)) return []
  if (targetPlace === undefined) return [`src/ is published alone; move '${target}' below src/`]
  const from = topOf(place)
  const to = topOf(targetPlace)
  const allowed = arrows.get(from)
  if (allowed === undefined) return [`'${from}' has no row in tools/layers/arrows.ts; add one`]
  if (from === to || allowed.includes(to)) return []
  const further = [
    ...(programArrows.get(place) ?? []),
    ...(typeOnly ? (typeArrows.get(from) ?? []) : []),
  ]
  if (further.includes(to)) return []
  if (to === 'testing') return ['testing/ is for tests alone; move what production needs elsewhere']
  return [
    `${from}/ may not import ${to}/; declare a port here and let the composition root hand it in`,
  ]
}

function testingBreaches(path: string, targetPlace: string | undefined): string[] {
  if (targetPlace === undefined || topOf(targetPlace) !== 'testing') return []
  return path.startsWith('tests/') ? [] : ['testing/ is imported by tests alone']
}

/**
 * A folder with an `index.ts` is entered through it, and so is every top-level folder. Inside such a
 * folder, files import each other directly.
 */
function faceBreaches(path: string, target: string, tree: Tree): string[] {
  const targetPlace = placeOf(target)
  if (targetPlace === undefined) return []
  const top = `src/${topOf(targetPlace)}`
  let folder = posix.dirname(target)
  while (folder !== top && !tree.faces.has(folder) && folder !== 'src')
    folder = posix.dirname(folder)
  if (path.startsWith(`${folder}/`) || target === `${folder}/index.ts`) return []
  return [`import '${folder.slice('src/'.length)}/index.ts', the face of that folder`]
}

/** The verifier and the writer of the log are two implementations; what they share proves nothing. */
function verifierBreaches(path: string, target: string): string[] {
  if (isTest(path)) return []
  const isVerifier = path.startsWith('src/log/verify/')
  const isVerifierTarget = target.startsWith('src/log/verify/')
  if (isVerifier && target.startsWith('src/log/') && !isVerifierTarget) {
    return /^src\/log\/entry(\.ts|\/)/.test(target)
      ? []
      : ['log/verify/ shares no code with the writer but log/entry; write it here on its own']
  }
  if (!isVerifier && isVerifierTarget && path.startsWith('src/log/')) {
    return ['the writer of the log may not lean on log/verify/; write it here on its own']
  }
  return []
}

function breach(module: SourceModule, line: number, text: string): Breach {
  return { path: module.path, line, text }
}

/** The path below `src/`, or undefined for a file outside of it. */
function placeOf(path: string): string | undefined {
  return path.startsWith('src/') ? path.slice('src/'.length) : undefined
}

function topOf(place: string): string {
  return place.split('/')[0] ?? place
}

function isWithin(place: string, folders: readonly string[]): boolean {
  return folders.some((folder) => place.startsWith(`${folder}/`))
}

function isTest(path: string): boolean {
  return path.endsWith('.test.ts') || path.startsWith('src/testing/')
}
