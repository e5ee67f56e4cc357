import * as z from 'zod'

import { canonicalBytes, concatBytes, decodeBase64, encodeBase64, utf8 } from '../../bytes/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import { base64Of } from '../messages/bounded-values.ts'
import { type OrganisationId, organisationIdSchema } from '../organisation-id.ts'

/** Others who vouch that an organisation has lost its root key, and that the new one is its own. */
export type RootRecovery = {
  /** Base64 of 32 bytes. */
  readonly previousRootKey: string
  /** Two other organisations by their root keys, and an inspector by its inspector key. */
  readonly statements: readonly RecoveryStatement[]
}

/** One signature over {@link recoveryMessage}. */
export type RecoveryStatement = {
  readonly organisation: OrganisationId
  readonly as: 'organisation' | 'inspector'
  /** Base64 of 64 bytes. */
  readonly signature: string
}

/** What a recovery is about. */
export interface RecoverySubject {
  readonly organisation: OrganisationId
  readonly previousRootKey: string
  readonly rootKey: string
  /** Of the record that begins with the new root. */
  readonly version: number
}

/** The public keys that others' statements are held against, base64; accepted ones that count now. */
export interface RecoveryVerifiers {
  readonly ed25519: Ed25519
  readonly rootKeyOf: (organisation: OrganisationId) => string | undefined
  readonly inspectorKeysOf: (organisation: OrganisationId) => readonly string[]
}

/** Accepts a {@link RootRecovery}. */
export const rootRecoverySchema: z.ZodType<RootRecovery> = z.strictObject({
  previousRootKey: base64Of(32),
  statements: z
    .array(
      z.strictObject({
        organisation: organisationIdSchema,
        as: z.enum(['organisation', 'inspector']),
        signature: base64Of(64),
      }),
    )
    .min(3)
    .max(8),
})

const context = utf8('cloison/root-recovery/v1\n')

/** What each of those who vouch signs. */
export function recoveryMessage(subject: RecoverySubject): Uint8Array {
  const { organisation, previousRootKey, rootKey, version } = subject
  return concatBytes(context, canonicalBytes({ organisation, previousRootKey, rootKey, version }))
}

/** A statement by a root key (`organisation`) or an inspector key. */
export function signRecovery(
  subject: RecoverySubject,
  by: Pick<RecoveryStatement, 'organisation' | 'as'> & { readonly seed: Uint8Array },
  ed25519: Ed25519,
): RecoveryStatement {
  const signature = encodeBase64(ed25519.sign(recoveryMessage(subject), by.seed))
  return { organisation: by.organisation, as: by.as, signature }
}

/**
 * Whether two other organisations and an inspector vouch: three different organisations, none of
 * them the one that lost its root.
 */
export function isRecoveryGood(
  subject: RecoverySubject,
  { statements }: RootRecovery,
  { ed25519, rootKeyOf, inspectorKeysOf }: RecoveryVerifiers,
): boolean {
  const message = recoveryMessage(subject)
  const good = statements.filter(({ organisation, as, signature }) => {
    const keys = as === 'inspector' ? inspectorKeysOf(organisation) : [rootKeyOf(organisation)]
    const bytes = decodeBase64(signature)
    return (
      organisation !== subject.organisation &&
      keys.some((key) => key !== undefined && ed25519.verify(bytes, message, decodeBase64(key)))
    )
  })
  const inspectors = new Set(
    good.filter(({ as }) => as === 'inspector').map((one) => one.organisation),
  )
  const others = new Set(
    good.filter(({ as }) => as === 'organisation').map((one) => one.organisation),
  )
  return [...inspectors].some((inspector) => others.size - (others.has(inspector) ? 1 : 0) >= 2)
}
