import { formatVerifierKey } from '../log/index.ts'
import {
  LogError,
  openNote,
  organisationOf,
  policyWithout,
  quorumMet,
  type SignatureAlgorithms,
  type SubjectFile,
} from '../log/verify/index.ts'
import { epochMaps, exportSubject, logTiles, type SubjectExportDeps } from '../oversight/index.ts'
import {
  aesGcm,
  nodeMlDsa44,
  systemClock,
  systemRandomness,
  systemTimers,
} from '../platform/index.ts'
import type { SubjectReference } from '../protocol/index.ts'
import type { LoadedConfig } from './config-file.ts'
import type { OpenGateway } from './open-gateway.ts'
import { type PublishedFolders, publishedHeadOf } from './published-folders.ts'
import { readSettingFile } from './read-setting-file.ts'
import { ownLogKeys } from './startup/check-start.ts'

/**
 * Makes the file of one person (`spec/epoch-map.md`); `undefined` while no closed epoch is published
 * and witnessed. Personal data, for that person alone.
 */
export type MakeSubjectFile = (subject: SubjectReference) => Promise<SubjectFile | undefined>

/** A published checkpoint is without its cosignatures for a moment; longer than witnesses take. */
const patienceMs = 8_000
const stepMs = 200

/** What a person's entries, and reports, are proven with. */
export function exportDeps(
  { config }: LoadedConfig,
  gateway: OpenGateway,
  folders: PublishedFolders,
): SubjectExportDeps {
  const { reader, subjects, policy, ed25519, keys } = gateway
  const algorithms: SignatureAlgorithms = { ed25519, mlDsa44: nodeMlDsa44 }
  const witnesses = policy.witnesses.map(({ key }) => key)
  return {
    reader,
    subjects,
    organisation: config.org.id,
    aead: aesGcm(systemRandomness),
    recordKeys: keys.record,
    clock: systemClock,
    tilesOf: logTiles(),
    publishedHead: publishedHeadOf(folders),
    maps: epochMaps({ reader, subjects, timers: systemTimers }),
    isWitnessed(origin, checkpoint) {
      // Where the policy asks for nobody, nobody is waited for; the reader's own policy decides.
      if (policy.quorum.kind === 'none') return true
      try {
        const { cosignatures } = openNote(checkpoint, witnesses, algorithms)
        const cosigners = cosignatures.map(({ key }) => key)
        return quorumMet(policyWithout(policy, [organisationOf(origin)]), cosigners)
      } catch (cause) {
        if (cause instanceof LogError) return false
        throw cause
      }
    },
  }
}

/** The public keys of all of the organisation's logs: a closed one was signed by the same keys. */
export async function verifierKeys(loaded: LoadedConfig, gateway: OpenGateway): Promise<string> {
  const keys = await ownLogKeys(loaded, gateway)
  const origins = await gateway.reader.logs()
  const lines = origins.flatMap((origin) =>
    keys.map(({ type, publicKey }) => formatVerifierKey(origin, type, publicKey)),
  )
  return `${lines.join('\n')}\n`
}

/** Prepares the making of subject files for a gateway that runs. */
export function subjectFiles(
  loaded: LoadedConfig,
  gateway: OpenGateway,
  folders: PublishedFolders,
): MakeSubjectFile {
  const deps = exportDeps(loaded, gateway, folders)
  const { config, at } = loaded
  return async (subject) => {
    const deadlineMs = systemClock.now() + patienceMs
    for (;;) {
      const made = await exportSubject(subject, deps)
      if (made !== 'not-yet') {
        return {
          kind: 'cloison/subject',
          v: 1,
          madeAtMs: systemClock.now(),
          vkeys: await verifierKeys(loaded, gateway),
          policy: await readSettingFile(at(config.witness.policy_file), 'witness.policy_file'),
          ...made,
        }
      }
      if ((await gateway.reader.newestEpoch()) === undefined) return undefined
      if (systemClock.now() >= deadlineMs) return undefined
      await systemTimers.sleep(stepMs)
    }
  }
}
