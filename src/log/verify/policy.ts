import { decodeUtf8, encodeHex, utf8 } from '../../bytes/index.ts'
import { parseDecimal } from './decimal.ts'
import { LogError } from './log-error.ts'
import { parseVerifierKey, sameKey } from './verifier-key.ts'
import type { VerifierKey } from './verifier-key.ts'

/** When a checkpoint counts as witnessed: never mind, one witness, or k of some members. */
export type QuorumRule =
  | { readonly kind: 'none' }
  | { readonly kind: 'witness'; readonly key: VerifierKey }
  | {
      readonly kind: 'group'
      /** 1 ≤ threshold ≤ number of members as parsed; a group with fewer members is never met. */
      readonly threshold: number
      readonly members: readonly QuorumRule[]
    }

/** A log or a witness of a policy. */
export interface PolicyParty {
  readonly key: VerifierKey
  /** Where to reach it, as written; its use is the application's. */
  readonly url?: string
}

/** A parsed trust policy (C2SP tlog-policy). */
export interface Policy {
  /** A signature by any of them will do; the key's name must be the origin. May be empty. */
  readonly logs: readonly PolicyParty[]
  readonly witnesses: readonly PolicyParty[]
  readonly quorum: QuorumRule
}

interface Draft {
  readonly logs: PolicyParty[]
  readonly witnesses: PolicyParty[]
  /** Witnesses and groups by name; names are octets, one character each. */
  readonly rules: Map<string, QuorumRule>
  /** Names that are members of a group already. */
  readonly members: Set<string>
  quorum?: QuorumRule
}

const MAX_BYTES = 262_144
const MAX_LINES = 1000

/**
 * Reads a policy file. Names are opaque octets; fields are parted by spaces and tabs alone; a
 * comment is a line of its own; no other control character may appear anywhere. At most 262,144
 * bytes and 1,000 definitions.
 *
 * @throws {@link LogError} `POLICY_MALFORMED`
 */
export function parsePolicy(file: string | Uint8Array): Policy {
  const bytes = typeof file === 'string' ? utf8(file) : file
  if (bytes.length > MAX_BYTES) throw malformed('a policy is too long')
  if (!bytes.every(isAllowed)) throw malformed('a policy has a control character')
  const draft: Draft = { logs: [], witnesses: [], rules: new Map(), members: new Set() }
  const lines = octets(bytes)
    .split('\n')
    .map((line) => line.split(/[ \t]+/).filter((field) => field !== ''))
    .filter(([keyword]) => keyword !== undefined && !keyword.startsWith('#'))
  if (lines.length > MAX_LINES) throw malformed('a policy has too many lines')
  for (const [keyword = '', ...fields] of lines) define(keyword, fields, draft)
  const { logs, witnesses, quorum } = draft
  if (quorum === undefined) throw malformed('a policy has no quorum line')
  return { logs, witnesses, quorum }
}

/** Whether these cosigners, each counted once, meet the policy's quorum. */
export function quorumMet(policy: Policy, cosigners: readonly VerifierKey[]): boolean {
  return isMet(policy.quorum, cosigners)
}

function isMet(rule: QuorumRule, cosigners: readonly VerifierKey[]): boolean {
  switch (rule.kind) {
    case 'none':
      return true
    case 'witness':
      return cosigners.some((key) => sameKey(key, rule.key))
    case 'group':
      return rule.members.filter((member) => isMet(member, cosigners)).length >= rule.threshold
  }
}

function define(keyword: string, fields: readonly string[], draft: Draft): void {
  switch (keyword) {
    case 'log':
      return defineLog(fields, draft)
    case 'witness':
      return defineWitness(fields, draft)
    case 'group':
      return defineGroup(fields, draft)
    case 'quorum':
      return defineQuorum(fields, draft)
    default:
      throw malformed('a line of a policy begins with an unknown word')
  }
}

function defineLog([vkey, url, ...more]: readonly string[], draft: Draft): void {
  const party = readParty(vkey, url, more)
  if (party.key.type === 4) throw malformed('a log has a key for cosignatures')
  refuseRepeated(party.key, draft.logs)
  draft.logs.push(party)
}

function defineWitness([name, vkey, url, ...more]: readonly string[], draft: Draft): void {
  const party = readParty(vkey, url, more)
  if (party.key.type === 1) throw malformed('a witness has a key that is not for cosignatures')
  refuseRepeated(party.key, draft.witnesses)
  nameRule(name, { kind: 'witness', key: party.key }, draft)
  draft.witnesses.push(party)
}

function defineGroup([name, count, ...names]: readonly string[], draft: Draft): void {
  const members = names.map((member) => {
    const rule = draft.rules.get(member)
    if (rule === undefined) throw malformed('a group has a member that is not defined before it')
    if (draft.members.has(member)) throw malformed('a name is a member twice')
    draft.members.add(member)
    return rule
  })
  const threshold = readThreshold(count, members.length)
  nameRule(name, { kind: 'group', threshold, members }, draft)
}

function readThreshold(count: string | undefined, members: number): number {
  if (members === 0) throw malformed('a group has no members')
  if (count === 'all') return members
  if (count === 'any') return 1
  const threshold = parseDecimal(count ?? '')
  if (typeof threshold !== 'number' || threshold < 1 || threshold > members) {
    throw malformed('the threshold of a group is not all, any or 1 to its number of members')
  }
  return threshold
}

function defineQuorum([name, ...more]: readonly string[], draft: Draft): void {
  const rule: QuorumRule | undefined =
    name === 'none' ? { kind: 'none' } : draft.rules.get(name ?? '')
  if (rule === undefined || more.length > 0) {
    throw malformed('the quorum is not one name that is defined before it')
  }
  if (draft.quorum !== undefined) throw malformed('a policy has two quorum lines')
  draft.quorum = rule
}

function nameRule(name: string | undefined, rule: QuorumRule, draft: Draft): void {
  if (name === undefined || name === 'none' || draft.rules.has(name)) {
    throw malformed('a name of a policy is missing, reserved or taken')
  }
  draft.rules.set(name, rule)
}

function readParty(
  vkey: string | undefined,
  url: string | undefined,
  more: readonly string[],
): PolicyParty {
  if (vkey === undefined || more.length > 0) throw malformed('a line has no key or too many fields')
  const key = readKey(vkey)
  return url === undefined ? { key } : { key, url }
}

function readKey(vkey: string): VerifierKey {
  try {
    return parseVerifierKey(decodeUtf8(bytesOf(vkey)))
  } catch (cause) {
    throw new LogError('POLICY_MALFORMED', 'a key of a policy is malformed', { cause })
  }
}

/** Duplicate means the same public key, under whatever name (C2SP tlog-policy). */
function refuseRepeated(key: VerifierKey, parties: readonly PolicyParty[]): void {
  const hex = encodeHex(key.publicKey)
  if (parties.some((party) => encodeHex(party.key.publicKey) === hex)) {
    throw malformed('a public key appears twice')
  }
}

function isAllowed(byte: number): boolean {
  return byte === 0x09 || byte === 0x0a || (byte >= 0x20 && byte !== 0x7f)
}

/** One character for each octet. */
function octets(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

function malformed(message: string): LogError {
  return new LogError('POLICY_MALFORMED', message)
}
