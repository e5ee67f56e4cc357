import { CorrectionCourier } from '../../person/index.ts'
import { systemClock, systemRandomness } from '../../platform/index.ts'
import type { LoadedConfig } from '../config-file.ts'
import { readOwnRecord } from '../directory/open-directory.ts'
import type { OpenGateway } from '../open-gateway.ts'
import { type AgreementJob, agreementJob } from './agreement-job.ts'
import { type DirectoryJob, directoryJob } from './directory-job.ts'

/** A gateway with the configuration that it was opened from. */
interface OpenedGateway {
  readonly loaded: LoadedConfig
  readonly gateway: OpenGateway
}

/** Where a job tells what went wrong. */
type ReportFailure = (job: string, cause: unknown) => void

/** Seconds between two looks at the peers' records. */
const defaultPollSeconds = 60

/** Follows the directory: own file, peers' records. */
export function makeDirectoryJob(
  { loaded, gateway }: OpenedGateway,
  report: ReportFailure,
): DirectoryJob {
  const { directory, http } = gateway
  return directoryJob({
    directory,
    http,
    clock: systemClock,
    readOwn: () => readOwnRecord(loaded),
    pollMs: (loaded.config.directory?.poll_s ?? defaultPollSeconds) * 1000,
    report: (cause) => report('directory', cause),
  })
}

/** Follows agreements: own folder, officers' keys, and what peers are to be handed. */
export function makeAgreementJob(
  { loaded, gateway }: OpenedGateway,
  mayWrite: () => boolean,
  report: ReportFailure,
): AgreementJob {
  const { agreementBook: agreements, directory, http } = gateway
  return agreementJob({
    organisation: loaded.config.org.id,
    agreements,
    peers: () => directory.peers(),
    mayWrite,
    folder: loaded.at(loaded.config.agreements.folder),
    http,
    clock: systemClock,
    report: (cause) => report('agreements', cause),
  })
}

/** Tells those who had data that it was corrected, until each has given its receipt. */
export function makeCorrectionJob(
  { gateway }: OpenedGateway,
  mayWrite: () => boolean,
): { round(): Promise<void> } {
  const { key, ed25519, http, reader, writer, directory } = gateway
  const courier = new CorrectionCourier({
    key,
    ed25519,
    http,
    reader,
    writer,
    clock: systemClock,
    randomness: systemRandomness,
    peerOf(organisation) {
      const peer = directory.peers().find(({ id }) => id === organisation)
      return peer && { ...peer, authority: new URL(peer.url).host }
    },
  })
  return {
    async round() {
      if (mayWrite()) await courier.round()
    },
  }
}
