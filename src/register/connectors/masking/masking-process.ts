/**
 * The process that masks a register's rows for one join. It takes one question, reads the rows, gives out masked points, hashes
 * and sealed tokens, and ends; identifiers and secrets end with it. Identifiers go nowhere else.
 */
import { availableParallelism } from 'node:os'
import { useDigests } from '../../../crypto/index.ts'
import {
  aesCtr,
  joinGroupOf,
  nativeDigests,
  sodiumSealedBox,
  systemRandomness,
  threadedJoinGroup,
} from '../../../platform/index.ts'
import type { MaskPlan } from '../../mask-plan.ts'
import { failure } from '../serve-connector.ts'
import { type MaskingCrew, readMaskingCrew } from './masking-crew.ts'
import { maskRegister } from './mask-register.ts'
import { maskingQuestionSchema } from './masking-messages.ts'
import type { MaskingAnswer } from './masking-messages.ts'

function post(answer: MaskingAnswer): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined) resolve()
    else process.send(answer, () => resolve())
  })
}

/** As many threads as leave a core for questions, unless told. */
function crewOf(text: string | undefined): MaskingCrew {
  if (text !== undefined) return readMaskingCrew(text)
  return { threads: Math.max(1, availableParallelism() - 1) }
}

async function answer(plan: MaskPlan): Promise<void> {
  useDigests(nativeDigests)
  try {
    const { threads, tier } = crewOf(process.argv[3])
    const machine = {
      group: threadedJoinGroup(joinGroupOf(tier), threads),
      randomness: systemRandomness,
      cipher: aesCtr,
      sealedBox: sodiumSealedBox(),
      post,
    }
    await maskRegister(process.argv[2] ?? '', plan, machine)
  } catch (cause) {
    await post(failure(cause))
  }
}

process.once('message', (message) => {
  const question = maskingQuestionSchema.safeParse(message)
  // A gateway that says anything else, or anything more, is not a gateway.
  if (!question.success) process.exit(2)
  process.on('message', () => process.exit(2))
  void answer(question.data.plan)
})
process.on('disconnect', () => process.exit(0))
