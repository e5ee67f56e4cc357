import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import {
  belongsTo,
  canBeMet,
  LogError,
  organisationOf,
  parsePolicy,
  parseVerifierKeys,
  policyWithout,
} from '../log/verify/index.ts'
import type { Policy, VerifierKey } from '../log/verify/index.ts'

/** The keys and the quorum under which a log is verified, and the files they were read from. */
export interface Trust {
  readonly keys: readonly VerifierKey[]
  readonly policy: Policy
  readonly files: readonly string[]
}

/** Where trust is looked for. */
export interface TrustOptions {
  /** A file of verifier keys; by default `vkeys.txt` above the target. */
  readonly vkeys?: string
  /** A tlog-policy file; by default `policy.txt` above the target. */
  readonly policy?: string
  /** Organisations, or names of witnesses, whose cosignatures do not count. */
  readonly without?: readonly string[]
  /** The folder from whose parents the files are looked for; itself included with `from: 'here'`. */
  readonly folder: string
  readonly from: 'parent' | 'here'
}

/** What the person must do before a log can be verified; the message is a whole sentence. */
export class TrustError extends Error {
  override readonly name = 'TrustError'
}

const LEVELS = 4

/**
 * Reads keys and policy. The keys may stand in the policy alone; a policy there must be, because
 * without a quorum nobody but the log itself vouches for it.
 *
 * @throws {@link TrustError} when a file is missing or malformed, when nobody whose cosignatures are
 * not to count is a witness, and when nobody would be left
 */
export function readTrust(options: TrustOptions): Trust {
  const vkeysFile = options.vkeys ?? findAbove('vkeys.txt', options)
  const policyFile = options.policy ?? findAbove('policy.txt', options)
  if (policyFile === undefined) {
    throw new TrustError(
      'There is no policy.txt in a folder above the log: name with --policy the file that says ' +
        'which witnesses must have cosigned, and with --vkeys the keys you trust.',
    )
  }
  const policy = parsed(policyFile, parsePolicy)
  if (vkeysFile === undefined && policy.logs.length === 0) {
    throw new TrustError(
      'There is no vkeys.txt in a folder above the log, and the policy names no log: name with ' +
        '--vkeys the file of the keys you trust.',
    )
  }
  const keys = vkeysFile === undefined ? [] : parsed(vkeysFile, parseVerifierKeys)
  const files = [vkeysFile, policyFile].filter((file) => file !== undefined)
  return withoutParties({ keys, policy, files }, options.without ?? [])
}

function withoutParties(trust: Trust, parties: readonly string[]): Trust {
  if (parties.length === 0) return trust
  const { keys, policy, files } = trust
  const names = policy.witnesses.map(({ key }) => key.name)
  const stranger = parties.find((party) => !names.some((name) => belongsTo(name, party)))
  if (stranger !== undefined) {
    const known = [...new Set(names.map(organisationOf))].join(', ')
    throw new TrustError(`--without ${stranger}: the policy has no witness of it, but of ${known}.`)
  }
  const left = policyWithout(policy, parties)
  if (!canBeMet(left)) {
    throw new TrustError('--without: the quorum of the policy cannot be met by those who are left.')
  }
  return { keys, policy: left, files }
}

function findAbove(name: string, { folder, from }: TrustOptions): string | undefined {
  let at = resolve(folder)
  if (from === 'parent') at = dirname(at)
  for (let level = 0; level < LEVELS; level += 1) {
    const file = join(at, name)
    if (existsSync(file)) return file
    at = dirname(at)
  }
  return undefined
}

function parsed<Result>(file: string, parse: (bytes: Uint8Array) => Result): Result {
  try {
    return parse(readFileSync(file))
  } catch (cause) {
    const reason = cause instanceof LogError ? cause.message : 'it cannot be read'
    throw new TrustError(`${file} is not usable: ${reason}.`, { cause })
  }
}
