import { POINT_BYTES } from '../../../crypto/index.ts'
import type { MaskedBatch, MaskedRows } from '../../../crypto/index.ts'
import type { MaskPlan } from '../../mask-plan.ts'
import { RegisterError } from '../../register-error.ts'
import type { SpawnConnector } from '../fork-connector.ts'
import { maskingAnswerSchema } from './masking-messages.ts'
import type { MaskingAnswer } from './masking-messages.ts'

/** How long a masking process may say nothing: as long as it may take to read the register; milliseconds. */
export const maskingSilenceMs = 600_000

/**
 * Has a register's rows masked in a process of their own, which answers this one question and is ended. The plan's secrets go
 * into it; what comes out is held against the plan before any of it is used.
 *
 * @throws {@link RegisterError} as the process says; `UNAVAILABLE` when it ends, says nothing for `silenceMs`, or says what no
 * such process says
 */
export async function runMasking(
  plan: MaskPlan,
  { settings, spawn, silenceMs = maskingSilenceMs }: MaskingPlace,
): Promise<MaskedRows> {
  const done = Promise.withResolvers<MaskedRows>()
  const collected = new CollectedRows(plan)
  const started = spawn(settings, {
    message: (content) => {
      silence.refresh()
      try {
        const rows = collected.take(maskingAnswerSchema.parse(content))
        if (rows !== undefined) done.resolve(rows)
      } catch (cause) {
        done.reject(cause instanceof RegisterError ? cause : strange())
      }
    },
    ended: () => done.reject(unavailable('the masking process ended')),
  })
  const silence = setTimeout(
    () => done.reject(unavailable('the masking process does not answer')),
    silenceMs,
  )
  try {
    if (!started.send({ kind: 'maskPoints', plan }))
      throw unavailable('the masking process does not start')
    return await done.promise
  } finally {
    clearTimeout(silence)
    started.kill()
  }
}

/** Which register, how its process is started, and how patient the gateway is. */
export interface MaskingPlace {
  /** The settings of the register as JSON. */
  readonly settings: string
  readonly spawn: SpawnConnector
  readonly silenceMs?: number
}

/** Masked rows as they arrive; their size is fixed by the first message and bound by the plan. */
class CollectedRows {
  readonly #plan: MaskPlan
  #rows: MaskedRows | undefined
  #total = 0
  #taken = 0

  constructor(plan: MaskPlan) {
    this.#plan = plan
  }

  /** All rows, once they are here. */
  take(answer: MaskingAnswer): MaskedRows | undefined {
    switch (answer.kind) {
      case 'failure':
        throw new RegisterError(answer.code, answer.message)
      case 'begun':
        this.#begin(answer)
        return undefined
      case 'rows':
        this.#add(answer)
        return undefined
      case 'ended':
        if (this.#rows === undefined || this.#taken !== this.#total) throw strange()
        return this.#rows
    }
  }

  #begin({ counts, stride, sealKey }: Extract<MaskingAnswer, { kind: 'begun' }>): void {
    const { groups, parts, maxRows } = this.#plan
    this.#total = counts.reduce((sum, one) => sum + one, 0)
    const isOfPlan = counts.length === groups.length * parts.length && this.#total <= maxRows
    if (this.#rows !== undefined || !isOfPlan) throw strange()
    const points = new Uint8Array(this.#total * POINT_BYTES)
    const leaves = new Uint8Array(this.#total * POINT_BYTES)
    const slots = new Uint8Array(this.#total * stride)
    this.#rows = { counts, points, leaves, slots, stride, sealKey }
  }

  #add({ points, leaves, slots }: MaskedBatch): void {
    const rows = this.#rows
    const count = points.length / POINT_BYTES
    if (rows === undefined || this.#taken + count > this.#total) throw strange()
    if (slots.length !== count * rows.stride) throw strange()
    rows.points.set(points, this.#taken * POINT_BYTES)
    rows.leaves.set(leaves, this.#taken * POINT_BYTES)
    rows.slots.set(slots, this.#taken * rows.stride)
    this.#taken += count
  }
}

function unavailable(message: string): RegisterError {
  return new RegisterError('UNAVAILABLE', message)
}

function strange(): RegisterError {
  return unavailable('the masking process said what none says')
}
