import type { Agreement } from './agreement.ts'

/**
 * The id under which the caps of an agreement are counted: that of the first agreement in the line that it
 * renews or replaces, as far as the line is known. A renewal under another id goes on counting where its
 * predecessor stopped, and two that replace the same one count together.
 */
export function capScope(agreement: Agreement, known: readonly Agreement[]): string {
  const all = [agreement, ...known]
  const seen = new Set<string>([agreement.id])
  let scope: string = agreement.id
  for (;;) {
    const before = predecessor(scope, all)
    if (before === undefined || seen.has(before)) return scope
    seen.add(before)
    scope = before
  }
}

/** What the oldest known version of an id replaced: no later version can move the line elsewhere. */
function predecessor(id: string, all: readonly Agreement[]): string | undefined {
  const versions = all.filter((one) => one.id === id).sort((a, b) => a.version - b.version)
  const before = versions[0]?.supersedes?.id
  return before === id ? undefined : before
}
