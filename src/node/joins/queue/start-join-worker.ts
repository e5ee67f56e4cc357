import * as z from 'zod'
import { useDigests } from '../../../crypto/index.ts'
import {
  bestJoinGroup,
  carryOut,
  nativeDigests,
  undiciHttpClient,
} from '../../../platform/index.ts'
import { computePart, type PartOrder, placeBytes } from '../../../storage/join-queue/index.ts'
import { readYamlFile } from '../../config-file.ts'
import { NodeError } from '../../node-error.ts'
import { type JoinQueueConfig, joinQueueSchema } from './join-queue-config.ts'
import { openParts, placedQueue } from './open-parts.ts'

/** The settings of a worker: those of its gateway's queue. Paths are relative to their file. */
export interface JoinWorkerConfig {
  readonly version: 1
  readonly join_queue: JoinQueueConfig
}

const schema: z.ZodType<JoinWorkerConfig> = z.strictObject({
  version: z.literal(1),
  join_queue: joinQueueSchema,
})

/** A worker that takes parts; disposing lets it finish the one it computes. */
export interface RunningJoinWorker extends AsyncDisposable {
  /** The implementation that computes, by its name. */
  readonly tier: string
}

/** The likeliest mistake: the gateway's own file. */
function isGatewayFile(value: unknown): boolean {
  return z.looseObject({ org: z.looseObject({}) }).safeParse(value).success
}

function parse(value: unknown, path: string): JoinWorkerConfig {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  if (isGatewayFile(value))
    throw new NodeError(
      'CONFIG_INVALID',
      `${path} is not the file of a worker: it is a gateway's. Name the worker's own file, with "version" and "join_queue", as docs/reference/configuration.md says.`,
    )
  const [issue] = parsed.error.issues
  const where = issue === undefined || issue.path.length === 0 ? 'the file' : issue.path.join('.')
  throw new NodeError(
    'CONFIG_INVALID',
    `${path} is not valid. "${where}": ${issue?.message ?? ''}. It has "version" and "join_queue", as docs/reference/configuration.md says.`,
  )
}

/**
 * Starts a worker that computes points of joins for the gateways of its own organisation. `tell` hears of each part by its
 * size, and of each that failed.
 *
 * @throws {@link NodeError} `CONFIG_UNREADABLE`, `CONFIG_INVALID`, `KEY_FILE_INVALID`; `JoinQueueError`, `ObjectStoreError`
 */
export async function startJoinWorker(
  configFile: string,
  tell: (what: string) => void,
): Promise<RunningJoinWorker> {
  useDigests(nativeDigests)
  const { value, at } = await readYamlFile(configFile)
  await using stack = new AsyncDisposableStack()
  const http = stack.use(undiciHttpClient())
  const { queue, parts } = await openParts(
    placedQueue(parse(value, configFile).join_queue, at),
    http,
  )
  stack.use(queue)
  const { name, group } = bestJoinGroup()
  const compute = (order: PartOrder): Uint8Array => {
    const result = carryOut(group, order)
    return result.kind === 'points' ? result.points : placeBytes(result.place)
  }
  await queue.work(async (part) => {
    try {
      await computePart(part, parts, compute)
      tell(`part ${part} computed`)
    } catch (cause) {
      tell(`part ${part} failed: ${cause instanceof Error ? cause.message : 'unknown reason'}`)
      throw cause
    }
  })
  const owned = stack.move()
  return { tier: name, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
