import {
  canonicalBytes,
  encodeBase64,
  encodeBase64Url,
  encodeBase64UrlName,
  type JsonObject,
  utf8,
} from '../../bytes/index.ts'
import { hmacSha256, sha256 } from '../../crypto/index.ts'
import type { RaisedSignal } from '../../person/index.ts'
import type { Randomness } from '../../ports/index.ts'
import type { Finding } from './finding.ts'

/** Most entries that a signal names; it says how many there are. */
export const mostEntriesNamed = 64

/** When a signal is made, and over which time its window goes. */
export interface SignalTimes {
  readonly madeAtMs: number
  readonly fromMs: number
}

function rounded(value: number): number {
  return Number(value.toPrecision(3))
}

/** The subject under a key that is gone after the run: told apart within it, and put together with nothing else. */
function runHandle(runKey: Uint8Array, subject: string): string {
  return encodeBase64Url(
    hmacSha256(runKey, utf8(`cloison/signal-handle/v1\n${subject}`)).subarray(0, 16),
  )
}

/** The same for the same thing from run to run; what it is about is a handle already. */
function topicOf({ kind, side, consumer, agreement, official, subject }: Finding): string {
  const what = { kind, side, consumer, agreement, official, subject }
  return encodeBase64(sha256(utf8('cloison/signal-topic/v1\n'), canonicalBytes(what)))
}

/** What opens the digest in `signal.raised`. */
export function signalDigest(r: Uint8Array, document: Uint8Array): Uint8Array {
  return sha256(utf8('cloison/signal/v1\n'), r, document)
}

function documentOf(
  finding: Finding,
  id: string,
  { madeAtMs, fromMs }: SignalTimes,
  runKey: Uint8Array,
): JsonObject {
  const { kind, side, consumer, agreement, official, subject, traces, evidence } = finding
  return {
    v: 1,
    id,
    kind,
    side,
    consumer,
    agreement,
    official,
    subject: subject === null ? null : runHandle(runKey, subject),
    entryCount: traces.length,
    entries: traces
      .slice(0, mostEntriesNamed)
      .map(({ place }) => ({ log: place.origin, index: place.index })),
    window: { fromMs, toMs: madeAtMs },
    evidence: {
      law: evidence.law,
      observed: rounded(evidence.observed),
      expected: rounded(evidence.expected),
      threshold: rounded(evidence.threshold),
    },
    falseAlarmsPerYear: rounded(finding.falseAlarmsPerYear),
    madeAtMs,
  }
}

/**
 * Makes a finding into a signal: the document for the organisation and the inspector, and the few
 * words that its entry says in public. No identifier, no store's handle and no name of a person is in either.
 *
 * @param runKey 32 random bytes of this run, kept nowhere
 */
export function makeSignal(
  finding: Finding,
  times: SignalTimes,
  runKey: Uint8Array,
  randomness: Randomness,
): RaisedSignal {
  const id = encodeBase64UrlName(randomness.bytes(8))
  const r = randomness.bytes(32)
  const document = canonicalBytes(documentOf(finding, id, times, runKey))
  return {
    id,
    topic: topicOf(finding),
    document,
    r,
    digest: encodeBase64(signalDigest(r, document)),
    body: {
      entries: finding.traces.length,
      falseAlarmsPerYear: rounded(finding.falseAlarmsPerYear),
      kind: finding.kind,
      side: finding.side,
    },
  }
}
