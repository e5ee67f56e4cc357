import { CHECKPOINT_PATH } from '../../log/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import type { HttpClient } from '../../ports/index.ts'
import { openHeadReader, openStateReader } from '../../storage/sqlite/index.ts'
import type { Said } from '../../sentences/index.ts'
import type { LoadedConfig } from '../config-file.ts'
import { ownPolicy, readWitnessPolicy } from '../gateway-parts.ts'
import { NodeError, tamperingCodes } from '../node-error.ts'
import { publishedPlace } from '../published-place.ts'
import { readSettingFile } from '../read-setting-file.ts'
import { ownLogKeys, reachableWitnesses } from '../startup/check-start.ts'
import { checkWitness, type ReachableWitness } from '../startup/check-witnesses.ts'
import { type OwnLog, requireContinued } from '../startup/own-log.ts'
import {
  type CheckSentence,
  type DoctorCheck,
  failure,
  fine,
  says,
  see,
  wrong,
} from './doctor-check.ts'

/** What looking at the log needs of the machine. */
export interface LogDoctorDeps {
  readonly http: HttpClient
  readonly ed25519: Ed25519
}

const evidenceAdvice = says('doctorDo.evidence', {})

/** A failure of a comparison: evidence of tampering, or something that can be put right. */
function failed(what: string, cause: unknown, fix: Said<CheckSentence>): DoctorCheck {
  if (!(cause instanceof NodeError) || !tamperingCodes.includes(cause.code))
    return wrong(what, failure(cause), fix)
  const { code, message } = cause
  return wrong(what, says('doctorSays.coded', { code, said: message }), evidenceAdvice)
}

async function checkHead({ config, at }: LoadedConfig, own: OwnLog): Promise<DoctorCheck> {
  const what = 'store.head_path'
  using heads = openHeadReader(at(config.store.head_path))
  const head = await heads.read()
  // Read again: the gateway may be running, and writes its state first.
  const state = (await own.reader.head()) ?? own.head
  if (head === undefined)
    return wrong(what, says('doctorSays.no-head', { state: state.size }), evidenceAdvice)
  const sizes = { head: head.size, state: state.size }
  if (head.size > state.size)
    return wrong(what, says('doctorSays.older-state', sizes), evidenceAdvice)
  if (head.size === state.size && head.checkpoint !== state.checkpoint)
    return wrong(what, says('doctorSays.two-heads', {}), evidenceAdvice)
  return fine(what, says('doctorSays.head', sizes))
}

async function checkPublishedHead(
  loaded: LoadedConfig,
  own: OwnLog,
  http: HttpClient,
): Promise<DoctorCheck> {
  const what = 'log'
  const advice = see('docs/how-to/host-a-log.md')
  try {
    const { reading } = await publishedPlace(loaded, http)
    const note = await reading.read(CHECKPOINT_PATH)
    if (note === undefined) return fine(what, says('doctorSays.unpublished', {}))
    const head = (await own.reader.head()) ?? own.head
    const size = await requireContinued(note, 'The published log', { ...own, head })
    if (size === undefined) return wrong(what, says('doctorSays.strange-head', {}), evidenceAdvice)
    const { origin } = own
    return fine(what, says('doctorSays.published', { origin, size, all: head.size }))
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
    if (!reached) {
      const unreached = says('doctorSays.unreached', { url: witness.url })
      return wrong(what, unreached, says('doctorDo.witness', {}))
    }
    if (size === undefined) return fine(what, says('doctorSays.not-cosigned', {}))
    return fine(what, says('doctorSays.cosigned', { size }))
  } catch (cause) {
    return failed(what, cause, see('docs/how-to/run-a-witness.md'))
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
      return [wrong('store.path', says('doctorSays.no-log', {}), says('doctorDo.begin', {}))]
    const { origin } = config.log
    const keys = await ownLogKeys(loaded, { ed25519 })
    const own: OwnLog = { origin, keys, ed25519, reader, head }
    const published = await checkPublishedHead(loaded, own, http)
    const witnesses = await witnessesOf(loaded)
    const cosigned = await Promise.all(witnesses.map((one) => checkOneWitness(one, own, http)))
    const alone = fine('witnesses', says('doctorSays.alone', {}))
    return [
      await checkHead(loaded, own),
      published,
      ...(cosigned.length === 0 ? [alone] : cosigned),
    ]
  } catch (cause) {
    return [failed('store.path', cause, says('doctorDo.stores', {}))]
  }
}
