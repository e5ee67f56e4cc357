/**
 * Members of a state that are read where they are named, each time anew, and held by nobody: what is large is in memory only
 * while it is used. Whoever uses one names it once.
 */
export function readingEach<Name extends string, Value>(
  names: readonly Name[],
  read: (name: Name) => Value,
): Partial<Record<Name, Value>> {
  const members: Partial<Record<Name, Value>> = {}
  for (const name of names)
    Object.defineProperty(members, name, { enumerable: true, get: () => read(name) })
  return members
}

/** The members of a record, with those that are added or that replace others; none is read. */
export function withMembers<Members extends object>(
  members: Members,
  added: Partial<Members>,
): Members {
  // oxlint-disable-next-line typescript/no-unsafe-assignment -- what is made by descriptors has no type of its own
  const all: Members = Object.create(Object.prototype, {
    ...Object.getOwnPropertyDescriptors(members),
    ...Object.getOwnPropertyDescriptors(added),
  })
  return all
}

/** Whether a record has a member, which is not read. */
export function hasMember<Name extends string>(
  members: Readonly<Partial<Record<Name, unknown>>>,
  name: Name,
): boolean {
  return Object.hasOwn(members, name)
}
