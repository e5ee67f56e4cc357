import assert from 'node:assert/strict'
import { agreementBody, agreementDigest, type Agreement } from '../../src/agreement/index.ts'
import {
  canonicalBytes,
  encodeBase64,
  isJsonObject,
  type JsonObject,
  readCanonicalJson,
} from '../../src/bytes/index.ts'
import {
  breachIntent,
  governanceIndex,
  makeReport,
  parseReport,
  type ReportFile,
  type ReportKind,
  reportTopics,
  type ReportWish,
  signBreach,
} from '../../src/oversight/index.ts'
import { aesGcm, bestEd25519, systemRandomness } from '../../src/platform/index.ts'
import { directoryDigest, type SubjectReference } from '../../src/protocol/index.ts'
import { samplePersonAgreement, sampleRecord } from '../../src/testing/index.ts'
import {
  type ChainOrganisation,
  openOrganisation,
  origin,
  periodMs,
  personNumber,
  policy,
  recordKeys,
  vkeys,
} from './chain-organisation.ts'

const ed25519 = bestEd25519()
const timers = { sleep: async (): Promise<void> => undefined }
/** The person whom reports about a person are for. */
export const ann: SubjectReference = personNumber(1)
const agreement: Agreement = samplePersonAgreement()
/** Of the agreement that the organisation has published, base64. */
export const digest: string = encodeBase64(agreementDigest(agreement))
const cited = { id: agreement.id, version: agreement.version, digest }

interface GovernancePart {
  readonly kind: string
  readonly name?: string | null
  readonly digest?: string | null
  readonly body?: JsonObject | null
}

/** Adds a public entry. */
export async function govern(organisation: ChainOrganisation, part: GovernancePart): Promise<void> {
  await organisation.act(async (_tx, batch) => {
    batch.add({
      v: 1,
      class: 'governance',
      kind: part.kind,
      timeMs: batch.timeMs,
      organisation: 'tax',
      name: part.name ?? null,
      digest: part.digest ?? null,
      body: part.body ?? null,
    })
  })
  organisation.clock.nowMs += 1000
}

function objectOf(bytes: Uint8Array): JsonObject {
  const json = readCanonicalJson(bytes)
  assert.ok(isJsonObject(json))
  return json
}

const record = sampleRecord({ organisation: agreement.provider })
const recordBytes = canonicalBytes({ ...record })

/** A published agreement, five questions about two people, one of them refused, a signal, a breach, an epoch. */
export async function usualOrganisation(): Promise<ChainOrganisation> {
  const organisation = await openOrganisation()
  const { clock } = organisation
  const fromMs = clock.nowMs
  const recordEntry = encodeBase64(directoryDigest(record))
  await govern(organisation, {
    kind: 'directory.published',
    name: 'tax',
    digest: recordEntry,
    body: {},
  })
  const signatures = agreement.signatures.map((one) => ({ ...one }))
  const body = { agreement: objectOf(agreementBody(agreement)), signatures }
  await govern(organisation, { kind: 'agreement.published', name: 'x', digest, body })
  for (const who of [ann, personNumber(2), ann])
    await organisation.record(who, { agreement: cited })
  await organisation.record(ann, {
    agreement: cited,
    kind: 'person.denied',
    outcome: 'deny',
    code: 'CASE_CLOSED',
  })
  await organisation.record(ann, { agreement: cited, notice: 'withheld', noticeUntilMs: 9e12 })
  await govern(organisation, { kind: 'signal.raised', name: 'a', body: {} })
  const unsigned = { v: 1, organisation: 'tax', key: 'housing/gateway/00112233' } as const
  const times = { fromMs, untilMs: clock.nowMs, knownAtMs: clock.nowMs }
  const declaration = signBreach({ ...unsigned, ...times }, new Uint8Array(32).fill(9), ed25519)
  const scope = { by: 'party', organisation: 'housing' } as const
  const intent = breachIntent(declaration, scope, { exchanges: 4, persons: 2, erased: 0 })
  await govern(organisation, { kind: intent.kind, name: intent.name, body: intent.body })
  clock.nowMs += periodMs
  assert.equal(await organisation.closeEpoch(), 'closed')
  return organisation
}

/** A report as somebody reads it from its file. */
export async function make(
  organisation: ChainOrganisation,
  report: ReportKind,
  change: Partial<ReportWish> = {},
): Promise<ReportFile> {
  const { reader, clock } = organisation
  const row = {
    organisation: 'tax',
    version: 1,
    record: recordBytes,
    atMs: 0,
  }
  const made = await makeReport(
    {
      report,
      parameters: { fromMs: 0, untilMs: clock.nowMs + 1, agreement: null },
      person: reportTopics[report] === 'person' ? await organisation.fileFor(ann) : null,
      ...change,
    },
    {
      organisation: 'tax',
      reader: {
        ...reader,
        directoryRecords: async () => [{ ...row, place: { origin, index: 0 } }],
      },
      aead: aesGcm(systemRandomness),
      recordKeys,
      timers,
      clock: { now: () => clock.nowMs },
      index: governanceIndex({ reader, timers }),
      publishedHead: async () => ({
        checkpoint: await organisation.checkpoint(),
        size: organisation.disk.tables.head?.size ?? 0,
      }),
      isWitnessed: () => true,
      lock: { milliseconds: 1, demo: true },
      trust: async () => ({ vkeys, policy }),
    },
  )
  assert.ok(made !== 'not-yet')
  const read = parseReport(JSON.stringify(made))
  assert.ok(read !== undefined && read !== 'malformed')
  return read
}
