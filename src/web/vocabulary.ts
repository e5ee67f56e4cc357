/** The id that messages use for a purpose: the last part of its IRI. */
export function purposeId(purpose: string): string {
  return purpose.slice(purpose.lastIndexOf('/') + 1)
}
