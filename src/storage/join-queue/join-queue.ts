import type { PgBoss as Boss } from 'pg-boss'
import { JoinQueueError } from './join-queue-error.ts'

/** How far the job of a part is. */
export type JobStanding = 'open' | 'done' | 'failed'

/** A queue of parts in a PostgreSQL database that several machines share. It holds ids and nothing else. */
export interface JoinQueue extends AsyncDisposable {
  /** Resolves, with the job's own id, once the job is in the queue for good. */
  post(part: string): Promise<string>
  standing(job: string): Promise<JobStanding>
  /** Takes one job after the other until disposed of. A job whose `handle` rejects is taken again, three times in all. */
  work(handle: (part: string) => Promise<void>): Promise<void>
}

const queue = 'cloison-join-parts'
const limits = { retryLimit: 2, retryDelay: 1, expireInSeconds: 60, deleteAfterSeconds: 3_600 }

interface PartJob {
  readonly id: string
}

async function loadBoss(): Promise<typeof Boss> {
  try {
    return (await import('pg-boss')).PgBoss
  } catch (cause) {
    throw new JoinQueueError(
      'PACKAGE_MISSING',
      'A queue of joins needs the packages "pg-boss" and "pg": npm install pg-boss pg',
      { cause },
    )
  }
}

/**
 * Opens the queue, and makes its tables in the schema `cloison_joins` where they are not there.
 *
 * @throws {@link JoinQueueError} `PACKAGE_MISSING`, `QUEUE_UNAVAILABLE`. The server's messages may quote the connection
 * string, so none is kept
 */
export async function openJoinQueue(connectionString: string): Promise<JoinQueue> {
  const PgBoss = await loadBoss()
  const boss = new PgBoss({ connectionString, schema: 'cloison_joins', useListenNotify: true })
  // A connection that the server ends is made anew.
  boss.on('error', () => undefined)
  try {
    await boss.start()
    await boss.createQueue(queue, { ...limits, notify: true })
  } catch {
    await boss.stop({ graceful: false }).catch(() => undefined)
    throw unavailable()
  }
  return {
    async post(part) {
      const job: PartJob = { id: part }
      const posted = await boss.send(queue, job).catch(() => null)
      if (posted === null) throw unavailable()
      return posted
    },
    async standing(id) {
      const [job] = await boss.findJobs(queue, { id }).catch(() => [])
      if (job?.state === 'completed') return 'done'
      return job?.state === 'failed' || job?.state === 'cancelled' ? 'failed' : 'open'
    },
    async work(handle) {
      // A new job is told of at once; one that is to be tried again is not, and would wait half a minute.
      const often = { pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 1 }
      await boss.work<PartJob>(queue, often, async (jobs) => {
        for (const { data } of jobs) await handle(data.id)
      })
    },
    [Symbol.asyncDispose]: () => boss.stop({ graceful: true, timeout: 5_000 }),
  }
}

function unavailable(): JoinQueueError {
  return new JoinQueueError('QUEUE_UNAVAILABLE', 'The database of the queue cannot be used.')
}
