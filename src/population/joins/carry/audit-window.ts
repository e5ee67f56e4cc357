/** How long lists and keys are kept after a result, for an audit. */
export const auditWindowMs: number = 7 * 86_400_000
