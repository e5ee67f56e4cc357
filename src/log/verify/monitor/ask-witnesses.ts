import { encodeBase64, encodeHex, utf8 } from '../../../bytes/index.ts'
import { sha256 } from '../../../crypto/index.ts'
import type { HttpClient } from '../../../ports/index.ts'
import { readHead } from '../audit/head.ts'
import { problemList } from '../audit/log-problem.ts'
import { verifyLog } from '../audit/verify-log.ts'
import type { Checkpoint } from '../checkpoint.ts'
import { LogError } from '../log-error.ts'
import type { LogSource } from '../log-source.ts'
import type { PolicyParty } from '../policy.ts'
import { finding, type EvidenceNote, type MonitorFinding } from './monitor-finding.ts'
import { checkpointOf, type HeldLog, type MonitorRules, sourceFailure } from './monitor-round.ts'

const request = {
  method: 'GET',
  headers: {},
  timeoutMs: 10_000,
  maxResponseBytes: 131_072,
} as const

/** How often a log is read again that shows less than a witness has seen. */
const patience = 3

/** What is compared with what the witnesses saw. */
export interface WitnessQuestions {
  readonly source: LogSource
  /** What the last round found good. */
  readonly held: HeldLog
  readonly http: HttpClient
  readonly rules: MonitorRules
}

interface Cosigned {
  readonly name: string
  readonly note: EvidenceNote
  readonly checkpoint: Checkpoint
}

/** The witnesses of the policy that have an address, each address once. */
function reachable({ policy }: MonitorRules): readonly PolicyParty[] {
  const byUrl = new Map<string, PolicyParty>()
  for (const party of policy.witnesses)
    if (party.url !== undefined && !byUrl.has(party.url)) byUrl.set(party.url, party)
  return [...byUrl.values()]
}

/** A checkpoint that the log signed and the witness shows; anything else proves nothing. */
async function fetchCosigned(
  { key, url = '' }: PolicyParty,
  { held, http, rules }: WitnessQuestions,
): Promise<Cosigned | MonitorFinding | undefined> {
  const { origin } = checkpointOf(held.checkpoint)
  const address = `${url.replace(/\/+$/, '')}/${encodeHex(sha256(utf8(origin)))}/checkpoint`
  const failed = (what: string): MonitorFinding =>
    finding('WITNESS_UNREACHABLE', `The witness ${key.name} ${what}.`)
  let body: Uint8Array
  try {
    const reply = await http.send({ ...request, url: address })
    if (reply.status === 404) return undefined
    if (reply.status !== 200) return failed(`answered with status ${reply.status}`)
    body = reply.body
  } catch {
    return failed('cannot be reached')
  }
  const lenient = { ...rules, strict: false, origin }
  const source: LogSource = { read: () => Promise.resolve(body) }
  const policy = { ...rules.policy, quorum: { kind: 'none' as const } }
  const head = await readHead(source, { ...lenient, policy }, problemList())
  if (head === undefined) return failed('shows a checkpoint that this log has not signed')
  const note = { name: `witness-${key.name.replaceAll(/[^a-z0-9.]+/gi, '-')}`, bytes: body }
  return { name: key.name, note, checkpoint: head.checkpoint }
}

/** The size that the log shows by now, when it has grown since it was held. */
async function sizeShown(
  { source, rules, held }: WitnessQuestions,
  wanted: number,
): Promise<number> {
  let size = checkpointOf(held.checkpoint).size
  for (let left = patience; size < wanted && left > 0; left -= 1) {
    await rules.settle()
    const shown = await verifyHead(source, rules)
    size = Math.max(size, shown ?? 0)
  }
  return size
}

async function verifyHead(source: LogSource, rules: MonitorRules): Promise<number | undefined> {
  try {
    const head = await readHead(source, { ...rules, strict: false }, problemList())
    return head?.checkpoint.size
  } catch (cause) {
    throw new LogError('SOURCE_FAILED', 'the log could not be read', { cause })
  }
}

async function compare(
  { name, note, checkpoint }: Cosigned,
  asked: WitnessQuestions,
): Promise<readonly MonitorFinding[]> {
  const { held, source, rules } = asked
  const own = checkpointOf(held.checkpoint)
  const notes = [{ name: 'held', bytes: utf8(held.checkpoint) }, note]
  const fork = finding(
    'FORK',
    `The log showed the witness ${name} another history of ${checkpoint.size} entries than it shows here.`,
    notes,
  )
  if (checkpoint.size === own.size) {
    return encodeBase64(checkpoint.root) === encodeBase64(own.root) ? [] : [fork]
  }
  const shown = await sizeShown(asked, checkpoint.size)
  if (shown < checkpoint.size) {
    const sentence = `The witness ${name} was shown ${checkpoint.size} entries, here the log shows ${shown}.`
    return [finding('WITNESS_AHEAD', sentence, notes)]
  }
  const { problems } = await verifyLog(source, { ...rules, since: checkpoint, onlyNew: true })
  return problems.some(({ code }) => code === 'FORKED') ? [fork] : []
}

/**
 * Asks every witness of the policy for the newest checkpoint of this log that it cosigned, and holds
 * it against what the log shows here: a log that shows its witnesses one history and its readers
 * another is found out. Call after a round that found nothing against the log.
 */
export async function askWitnesses(asked: WitnessQuestions): Promise<readonly MonitorFinding[]> {
  const findings: MonitorFinding[] = []
  const cosigned = await Promise.all(
    reachable(asked.rules).map((party) => fetchCosigned(party, asked)),
  )
  for (const one of cosigned) {
    if (one === undefined) continue
    if ('code' in one) findings.push(one)
    else findings.push(...(await compare(one, asked).catch((cause) => [sourceFailure(cause)])))
  }
  return findings
}
