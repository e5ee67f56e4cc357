import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type Agreement,
  type AgreementSignatureCheck,
  agreementDigest,
  checkAgreementSignatures,
  type InspectorVerifiers,
  parseAgreement,
} from '../agreement/index.ts'
import { encodeBase64 } from '../bytes/index.ts'
import type { Ed25519 } from '../crypto/index.ts'
import type { KnownAgreement } from '../person/index.ts'
import { NodeError } from './node-error.ts'

/** Whose signatures count under an agreement: public keys by organisation, 32 bytes each, newest first. */
export interface OfficerKeys {
  readonly dpos: ReadonlyMap<string, readonly Uint8Array[]>
  /** Of inspectors, whose organisations are neither party. */
  readonly inspectors: ReadonlyMap<string, readonly Uint8Array[]>
}

function invalid(file: string, reason: string, cause?: unknown): NodeError {
  return new NodeError(
    'AGREEMENT_FILE_INVALID',
    `The agreement in ${file} is not taken up: ${reason}.`,
    { cause },
  )
}

function parseFile(file: string, bytes: Uint8Array): Agreement {
  try {
    return parseAgreement(bytes)
  } catch (cause) {
    throw invalid(file, cause instanceof Error ? cause.message : 'it cannot be read', cause)
  }
}

/** The check under whichever officers' keys are good; when none are, what the newest ones say. */
function checkUnderAny(
  agreement: Agreement,
  { provider, consumer }: Record<'provider' | 'consumer', readonly Uint8Array[]>,
  under: InspectorVerifiers,
): AgreementSignatureCheck | undefined {
  const checks = provider.flatMap((one) =>
    consumer.map((other) =>
      checkAgreementSignatures(agreement, { provider: one, consumer: other, ...under }),
    ),
  )
  return checks.find(({ ok }) => ok) ?? checks[0]
}

function checkSigners(
  file: string,
  agreement: Agreement,
  keys: OfficerKeys,
  ed25519: Ed25519,
): KnownAgreement {
  const found = knownUnder(agreement, keys, ed25519)
  if (typeof found === 'string') throw invalid(file, found)
  return found
}

/** An agreement with every signature that it needs, under keys that count; otherwise the reason why not. */
export function knownUnder(
  agreement: Agreement,
  { dpos, inspectors }: OfficerKeys,
  ed25519: Ed25519,
): KnownAgreement | string {
  const provider = dpos.get(agreement.provider)
  const consumer = dpos.get(agreement.consumer)
  if (provider === undefined || consumer === undefined)
    return 'it names an organisation that is no peer; add it under "peers"'
  const check = checkUnderAny(
    agreement,
    { provider, consumer },
    { inspectors: (id) => inspectors.get(id) ?? [], ed25519 },
  )
  if (check === undefined) return "an officer's key is revoked or not in force yet"
  if (!check.ok) return reasonOf(check)
  return {
    agreement,
    digest: encodeBase64(agreementDigest(agreement)),
    countersigned: check.countersigned,
  }
}

function reasonOf({ by, code }: Extract<AgreementSignatureCheck, { ok: false }>): string {
  if (code === 'SIGNATURE_MISSING') return `the signature of the ${by} is missing`
  return by === 'inspector'
    ? 'its countersignature is by no inspector among the peers, or by a key that is revoked or not in force yet'
    : `the signature of the ${by} is not good`
}

/** A folder that is not there is no folder without agreements: its path may be mistyped. */
async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch((cause: unknown) => {
    throw new NodeError(
      'AGREEMENT_FILE_INVALID',
      `The folder of agreements ${folder} cannot be read; make it, even if it stays empty.`,
      { cause },
    )
  })
}

/**
 * Reads every agreement of a folder (`*.json`, canonical) and checks both officers' signatures, and every
 * countersignature under the keys of inspectors. One
 * bad file stops the start: an agreement is never left out silently.
 *
 * @throws {@link NodeError} `AGREEMENT_FILE_INVALID`
 */
export async function readAgreements(
  folder: string,
  keys: OfficerKeys,
  ed25519: Ed25519,
): Promise<readonly KnownAgreement[]> {
  const names = (await namesIn(folder)).filter((name) => name.endsWith('.json')).sort()
  const found: KnownAgreement[] = []
  for (const name of names) {
    const file = join(folder, name)
    const bytes = new Uint8Array(await readFile(file))
    found.push(checkSigners(file, parseFile(file, bytes), keys, ed25519))
  }
  return found
}
