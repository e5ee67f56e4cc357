/** How often each outcome came, in the order of first coming: `permit ×9, CAP_EXCEEDED ×1`. */
export function tallyOutcomes(names: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].map(([name, count]) => `${name} ×${count}`).join(', ')
}
