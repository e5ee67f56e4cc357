import { CHECKPOINT_PATH } from '../../log/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import type { HttpClient } from '../../ports/index.ts'
import { openHeadReader, openStateReader } from '../../storage/sqlite/index.ts'
import type { LoadedConfig } from '../config-file.ts'
import { ownPolicy, readWitnessPolicy } from '../gateway-parts.ts'
import { NodeError, tamperingCodes } from '../node-error.ts'
import { publishedPlace } from '../published-place.ts'
import { readSettingFile } from '../read-setting-file.ts'
import { ownLogKeys, reachableWitnesses } from '../startup/check-start.ts'
import { checkWitness, type ReachableWitness } from '../startup/check-witnesses.ts'
import { type OwnLog, requireContinued } from '../startup/own-log.ts'
import { type DoctorCheck, fine, sentenceOf, wrong } from './doctor-check.ts'

/** What looking at the log needs of the machine. */
export interface LogDoctorDeps {
  readonly http: HttpClient
  readonly ed25519: Ed25519
}

const evidenceAdvice =
  'start nothing and keep every file: docs/reference/error-codes.md says what this is evidence of'

/** A failure of a comparison: evidence of tampering, or something that can be put right. */
function failed(what: string, cause: unknown, fix: string): DoctorCheck {
  const isEvidence = cause instanceof NodeError && tamperingCodes.includes(cause.code)
  const found = isEvidence ? `${cause.code}: ${cause.message}` : sentenceOf(cause)
  return wrong(what, found, isEvidence ? evidenceAdvice : fix)
}

async function checkHead({ config, at }: LoadedConfig, own: OwnLog): Promise<DoctorCheck> {
  const what = 'store.head_path'
  using heads = openHeadReader(at(config.store.head_path))
  const head = await heads.read()
  // Read again: the gateway may be running, and writes its state first.
  const state = (await own.reader.head()) ?? own.head
  if (head === undefined || head.size > state.size) {
    return wrong(
      what,
      `the head store knows ${head?.size ?? 'no'} entries, the state store ${state.size}: an older state was put back`,
      evidenceAdvice,
    )
  }
  if (head.size === state.size && head.checkpoint !== state.checkpoint) {
    return wrong(what, 'the two stores have different heads of the same size', evidenceAdvice)
  }
  return fine(what, `the head of ${head.size} entries; the state store has ${state.size}`)
}

async function checkPublishedHead(
  loaded: LoadedConfig,
  own: OwnLog,
  http: HttpClient,
): Promise<DoctorCheck> {
  const what = 'log'
  const advice = 'see docs/how-to/host-a-log.md'
  try {
    const { reading } = await publishedPlace(loaded, http)
    const note = await reading.read(CHECKPOINT_PATH)
    if (note === undefined)
      return fine(what, 'nothing is published yet: the gateway does it when it runs')
    const head = (await own.reader.head()) ?? own.head
    const size = await requireContinued(note, 'The published log', { ...own, head })
    if (size !== undefined)
      return fine(what, `${own.origin} is published to entry ${size} of ${head.size}`)
    const found = 'the published checkpoint is not one that this log has signed'
    return wrong(what, found, evidenceAdvice)
  } catch (cause) {
    return failed(what, cause, advice)
  }
}

/** A running log grows meanwhile, so what looks newer than the stores is looked at once more. */
async function withFreshHead<Result>(
  own: OwnLog,
  look: (own: OwnLog) => Promise<Result>,
): Promise<Result> {
  try {
    return await look(own)
  } catch (cause) {
    if (!(cause instanceof NodeError)) throw cause
    return look({ ...own, head: (await own.reader.head()) ?? own.head })
  }
}

async function checkOneWitness(
  witness: ReachableWitness,
  own: OwnLog,
  http: HttpClient,
): Promise<DoctorCheck> {
  const what = `witness ${witness.name}`
  try {
    const { reached, size } = await withFreshHead(own, (fresh) =>
      // The published size is another check: here only the stores are the measure.
      checkWitness(witness, { ...fresh, published: fresh.head.size }, http),
    )
    if (!reached)
      return wrong(what, `${witness.url} cannot be reached`, 'ask whoever runs it, or add another')
    if (size === undefined) return fine(what, 'it has cosigned nothing of this log yet')
    return fine(what, `it has cosigned ${size} entries`)
  } catch (cause) {
    return failed(what, cause, 'see docs/how-to/run-a-witness.md')
  }
}

async function witnessesOf({ config, at }: LoadedConfig): Promise<readonly ReachableWitness[]> {
  const text = await readSettingFile(at(config.witness.policy_file), 'witness.policy_file')
  return reachableWitnesses({ policy: ownPolicy(config, readWitnessPolicy(text)) })
}

/**
 * Holds state store, head store, published log and witnesses against each other, as a start does. Reads
 * alone; the gateway may run meanwhile.
 */
export async function checkLog(
  loaded: LoadedConfig,
  { http, ed25519 }: LogDoctorDeps,
): Promise<readonly DoctorCheck[]> {
  const { config, at } = loaded
  try {
    using reader = openStateReader(at(config.store.path))
    const head = await reader.head()
    if (head === undefined)
      return [wrong('store.path', 'there is no log in the store', 'begin with "cloison init"')]
    const { origin } = config.log
    const keys = await ownLogKeys(loaded, { ed25519 })
    const own: OwnLog = { origin, keys, ed25519, reader, head }
    const published = await checkPublishedHead(loaded, own, http)
    const witnesses = await witnessesOf(loaded)
    const cosigned = await Promise.all(witnesses.map((one) => checkOneWitness(one, own, http)))
    const alone = fine('witnesses', 'none with an address: nobody vouches for this log')
    return [
      await checkHead(loaded, own),
      published,
      ...(cosigned.length === 0 ? [alone] : cosigned),
    ]
  } catch (cause) {
    return [failed('store.path', cause, 'correct the settings of store, keys and witness')]
  }
}
