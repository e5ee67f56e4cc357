import * as z from 'zod'

import { decodeHex, encodeHex } from '../../../bytes/index.ts'
import { maskBatchCeiling, packedAt, POINT_BYTES } from '../../../crypto/index.ts'
import type { MaskedBatch, MaskedRows } from '../../../crypto/index.ts'
import type { MaskPlan } from '../../mask-plan.ts'
import type { RegisterDescription } from '../../register-description.ts'
import { RegisterError } from '../../register-error.ts'
import { countRepeated } from '../masking/count-repeated.ts'
import { ByteReader } from './byte-reader.ts'
import { noUsableReply, openRecords } from './records-client.ts'
import type { HttpPlace } from './records-client.ts'

/** Masked rows as an organisation's own interface gives them: identifiers never came here. */
export interface RemoteRows extends Pick<MaskedRows, 'counts' | 'stride' | 'sealKey'> {
  readonly batches: AsyncIterable<MaskedBatch>
}

/** Longest first line of a reply. */
const headBytes = 65_536

const head = z.strictObject({
  counts: z.array(z.int().min(0)).max(2000),
  stride: z.int().min(16).max(528).multipleOf(16),
  sealKey: z.string().regex(/^[0-9a-f]{160}$/),
})

/**
 * Has an organisation's own interface mask its rows (`spec/register.md`, `/mask-points`). The plan's secrets go to it. `seed`:
 * 32 random bits.
 *
 * @throws {@link RegisterError} `UNAVAILABLE`, `JOINS_NOT_GRANTED`, `RECORDS_INVALID`; so do the batches
 */
export async function httpMasking(
  place: HttpPlace,
  description: RegisterDescription,
  { plan, seed }: { readonly plan: MaskPlan; readonly seed: number },
): Promise<RemoteRows> {
  await using stack = new AsyncDisposableStack()
  const client = stack.use(await openRecords(place))
  const body = { register: description.name, plan: planJson(plan) }
  const reader = new ByteReader(await client.stream('/mask-points', body))
  const read = head.safeParse(parseLine(await reader.line(headBytes).catch(refuse)))
  if (!read.success) throw noUsableReply()
  const { counts, stride, sealKey } = read.data
  const total = counts.reduce((sum, one) => sum + one, 0)
  if (counts.length !== plan.groups.length * plan.parts.length) throw noUsableReply()
  if (total > plan.maxRows)
    throw new RegisterError('RECORDS_INVALID', 'there are more rows than the plan has room for')
  const batches = batchesOf(reader, { total, stride, seed, opened: stack.move() })
  return { counts, stride, sealKey: decodeHex(sealKey), batches }
}

/** A plan as the body of a request, bytes in hex. It holds the plan's secrets. */
function planJson({ planHash, scalar, saltKey, inspectorKey, ...rest }: MaskPlan): object {
  return {
    ...rest,
    planHash: encodeHex(planHash),
    scalar: encodeHex(scalar),
    saltKey: encodeHex(saltKey),
    inspectorKey: encodeHex(inspectorKey),
  }
}

function parseLine(line: Uint8Array): unknown {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(line).toString('utf8'))
    return parsed
  } catch {
    return undefined
  }
}

interface RemoteReply {
  readonly total: number
  readonly stride: number
  readonly seed: number
  /** The connections, closed behind the last batch. */
  readonly opened: AsyncDisposable
}

async function* batchesOf(
  reader: ByteReader,
  { total, stride, seed, opened }: RemoteReply,
): AsyncGenerator<MaskedBatch, void> {
  await using _connections = opened
  const all = new Uint8Array(total * POINT_BYTES)
  let left = total
  while (left > 0) {
    const count = Math.min(left, maskBatchCeiling)
    const points = await reader.take(count * POINT_BYTES).catch(refuse)
    const leaves = await reader.take(count * POINT_BYTES).catch(refuse)
    all.set(points, (total - left) * POINT_BYTES)
    yield { points, leaves, slots: await reader.take(count * stride).catch(refuse) }
    left -= count
  }
  if (!(await reader.isOver().catch(refuse))) throw noUsableReply()
  // One token has one point, whatever group it is in: the same point twice is somebody with two rows.
  const repeated = countRepeated({ count: total, at: (index) => packedAt(all, index) }, seed)
  if (repeated > 0)
    throw new RegisterError('RECORDS_INVALID', `rows of somebody who has one already: ${repeated}`)
}

/** What ended a connection is not told on. */
function refuse(): never {
  throw noUsableReply()
}
