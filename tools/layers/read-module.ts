import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync, type Comment, type StaticExportEntry } from 'oxc-parser'

/** One place where a module names another. `specifier` is undefined when it is not a literal. */
export interface ModuleReference {
  readonly specifier: string | undefined
  readonly line: number
  readonly typeOnly: boolean
}

/** One exported declaration. */
export interface ExportedName {
  readonly name: string
  readonly line: number
  readonly documented: boolean
}

/** What the rules need to know about one file. `path` is relative to the root, with `/`. */
export interface SourceModule {
  readonly path: string
  readonly references: readonly ModuleReference[]
  readonly exports: readonly ExportedName[]
  /** Names that are exported from another file. */
  readonly reExports: readonly string[]
  /** Lines of `export *`. */
  readonly starExports: readonly number[]
  /** Lines with a syntax error. */
  readonly faults: readonly number[]
}

/** Reads and parses one file below `root`. */
export function readModule(root: string, path: string): SourceModule {
  const source = readFileSync(join(root, path), 'utf8')
  const parsed = parseSync(path, source)
  const lineAt = lineCounter(source)
  const entries = parsed.module.staticExports.flatMap((statement) => statement.entries)
  return {
    path,
    references: [
      ...staticReferences(parsed.module, lineAt),
      ...writtenReferences(withoutComments(source, parsed.comments), lineAt),
    ],
    exports: exportedNames(source, parsed, lineAt),
    reExports: entries
      .filter((entry) => !isDeclared(entry))
      .map((entry) => entry.exportName.name ?? '*'),
    starExports: entries
      .filter((entry) => !isDeclared(entry) && entry.exportName.name === null)
      .map((entry) => lineAt(entry.start)),
    faults: parsed.errors.map((fault) => lineAt(fault.labels[0]?.start ?? 0)),
  }
}

type Parsed = ReturnType<typeof parseSync>
type LineAt = (offset: number) => number

function lineCounter(source: string): LineAt {
  const starts = [0]
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1))
    starts.push(at + 1)
  return (offset) => {
    const next = starts.findIndex((start) => start > offset)
    return next < 0 ? starts.length : next
  }
}

function staticReferences(module: Parsed['module'], lineAt: LineAt): ModuleReference[] {
  const imports = module.staticImports.map((statement) => ({
    specifier: statement.moduleRequest.value,
    line: lineAt(statement.start),
    typeOnly: statement.entries.length > 0 && statement.entries.every((entry) => entry.isType),
  }))
  const reExports = module.staticExports
    .flatMap((statement) => statement.entries)
    .flatMap((entry) =>
      entry.moduleRequest === null
        ? []
        : [
            {
              specifier: entry.moduleRequest.value,
              line: lineAt(entry.start),
              typeOnly: entry.isType,
            },
          ],
    )
  return [...imports, ...reExports]
}

/**
 * The references that are written inside expressions and types: `import('…')`, and
 * `new URL('….ts', import.meta.url)` as a worker or child process gets it.
 */
function writtenReferences(code: string, lineAt: LineAt): ModuleReference[] {
  const dynamic = code.matchAll(/(?<![\w.$])import\s*\(\s*(?:(['"`])([^'"`$]*)\1)?/g)
  const files = code.matchAll(/new URL\(\s*(['"])([^'"]+\.ts)\1\s*,\s*import\.meta\.url/g)
  return [...dynamic, ...files].map((match) => ({
    specifier: match[2] === undefined ? undefined : relative(match[2], match[0]),
    line: lineAt(match.index),
    typeOnly: false,
  }))
}

function relative(specifier: string, written: string): string {
  return written.startsWith('new') && !specifier.startsWith('.') ? `./${specifier}` : specifier
}

/** The source with every comment blanked out, so that offsets and lines stay. */
function withoutComments(source: string, comments: readonly Comment[]): string {
  let code = ''
  let end = 0
  for (const comment of comments) {
    code += source.slice(end, comment.start)
    code += source.slice(comment.start, comment.end).replaceAll(/[^\n]/g, ' ')
    end = comment.end
  }
  return code + source.slice(end)
}

function exportedNames(source: string, parsed: Parsed, lineAt: LineAt): ExportedName[] {
  const docEnds = new Set(
    parsed.comments
      .filter((comment) => comment.type === 'Block' && comment.value.startsWith('*'))
      .map((comment) => comment.end),
  )
  return parsed.module.staticExports.flatMap((statement) => {
    const before = source.slice(0, statement.start).trimEnd().length
    return statement.entries.filter(isDeclared).map((entry) => ({
      name: entry.exportName.name ?? 'default',
      line: lineAt(statement.start),
      documented: docEnds.has(before),
    }))
  })
}

function isDeclared(entry: StaticExportEntry): boolean {
  return entry.moduleRequest === null
}
