import { jsonKind, listKind } from '../messages/index.ts'

const kinds = {
  'join.commit': 'commit',
  'join.list': 'list',
  'join.challenge': 'challenge',
  'join.openings': 'openings',
  'join.result': 'result',
  'join.opening': 'opening',
  'join.evidence': 'evidence',
  'join.audit': 'audit',
  'join.audited': 'audited',
  'join.abort': 'abort',
} as const
const known: ReadonlyMap<string, (typeof kinds)[keyof typeof kinds]> = new Map(
  Object.entries(kinds),
)

/** What kind of message these bytes say they are; `undefined` for none of a join. */
export function messageKind(
  bytes: Uint8Array,
): (typeof kinds)[keyof typeof kinds] | 'blinded' | 'remasked' | undefined {
  return listKind(bytes) ?? known.get(jsonKind(bytes) ?? '')
}
