import { decodeBase64, decodeUtf8, encodeBase64, equalBytes } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import type { Aead, SealedBox } from '../../ports/index.ts'
import { IdentityError } from './identity-error.ts'
import type { IdentityRequest, IdentityShare } from './identity-request.ts'
import {
  type HolderRole,
  identityContext,
  joinHalves,
  paddedBytes,
  shareBytes,
} from './sealed-identity.ts'

/** What a holder opens with. */
export interface HolderDeps {
  readonly box: SealedBox
  readonly aead: Aead
}

type ToOpen = Pick<IdentityRequest, 'of' | 'sealed'>

function contextOf({ of, sealed }: ToOpen): Uint8Array {
  return identityContext(of, sealed)
}

function roleOf({ sealed }: ToOpen, publicKey: string): HolderRole {
  const roles = ['dpo', 'inspector'] as const
  const role = roles.find((one) => sealed[one].key === publicKey)
  if (role !== undefined) return role
  throw new IdentityError(
    'IDENTITY_KEY_FOREIGN',
    `This key is of neither holder: the identity is sealed for the officer of "${sealed.dpo.organisation}" and for "${sealed.inspector.organisation}" by keys of their own.`,
  )
}

function notOpened(): IdentityError {
  return new IdentityError(
    'IDENTITY_NOT_OPENED',
    'What is sealed does not open: it was changed, or belongs to another entry. Have a new request made.',
  )
}

/**
 * The first holder's half: opened with their key, and given on only if it was sealed for this very entry and
 * these holders. Without that a share of another entry could be brought in under this request.
 *
 * @throws {@link IdentityError} `IDENTITY_KEY_FOREIGN`, `IDENTITY_NOT_OPENED`, `IDENTITY_SHARE_FOREIGN`
 */
export function openShare(
  request: ToOpen,
  secretKey: Uint8Array,
  { box }: Pick<HolderDeps, 'box'>,
): IdentityShare {
  const holder = roleOf(request, encodeBase64(box.publicKey(secretKey)))
  const opened = box.open(secretKey, decodeBase64(request.sealed[holder].share))
  if (opened?.length !== shareBytes) throw notOpened()
  const digest = sha256(contextOf(request))
  if (!equalBytes(opened.subarray(0, 32), digest))
    throw new IdentityError(
      'IDENTITY_SHARE_FOREIGN',
      'The share in this file was sealed for another entry. Give nothing on, and tell the inspector.',
    )
  return { v: 1, context: encodeBase64(digest), holder, share: encodeBase64(opened.subarray(32)) }
}

function unpadded(bytes: Uint8Array): string {
  const length = (bytes[0] ?? 0) * 256 + (bytes[1] ?? 0)
  if (bytes.length !== paddedBytes || length > paddedBytes - 2) throw notOpened()
  return decodeUtf8(bytes.subarray(2, 2 + length))
}

/** The id under a key that was joined of both halves; `undefined` under any other, or at another entry. */
export function openJoined(
  request: ToOpen,
  halves: readonly [Uint8Array, Uint8Array],
  aead: Aead,
): string | undefined {
  const { sealed } = request
  const opened = aead.open(joinHalves(...halves), decodeBase64(sealed.identity), contextOf(request))
  return opened === undefined ? undefined : unpadded(opened)
}

/**
 * The official's id, by the second holder with the first one's share. For the two of them alone.
 *
 * @throws {@link IdentityError} `IDENTITY_SHARE_FOREIGN` for a share of another entry or of the same holder,
 * and what {@link openShare} throws
 */
export function openIdentity(
  request: ToOpen,
  { secretKey, first }: { readonly secretKey: Uint8Array; readonly first: IdentityShare },
  deps: HolderDeps,
): string {
  const own = openShare(request, secretKey, deps)
  if (own.holder === first.holder || own.context !== first.context)
    throw new IdentityError(
      'IDENTITY_SHARE_FOREIGN',
      own.holder === first.holder
        ? 'The share is of the same holder as the key: the other holder has to give theirs.'
        : 'The share is of another entry; have the first holder open this request.',
    )
  const halves = [decodeBase64(own.share), decodeBase64(first.share)] as const
  const official = openJoined(request, halves, deps.aead)
  if (official === undefined) throw notOpened()
  return official
}
