import { Command } from 'commander'
import { startJoinWorker } from '../../node/index.ts'
import { JoinQueueError } from '../../storage/join-queue/index.ts'
import { type CliIo, EXIT } from '../cli-io.ts'
import { exitOfNode, explainNode } from '../node-failure.ts'
import { untilSignal } from '../until-signal.ts'

const examples = `
Examples:
  $ cloison join-worker -c worker.yaml

  # worker.yaml, beside the same key file that the gateway has
  version: 1
  join_queue:
    dsn_file: keys/queue.dsn      # postgres://joins@queue.example/joins
    key_file: keys/join-worker.key
    folder: /srv/cloison-parts    # a folder that all machines mount, or object_store: {…}

Start as many as there are cores, on as many machines as are wanted; the gateway's "join_queue.workers" says into
how many parts it deals a batch.
Exit codes: 0 stopped by a signal, 1 fault, 2 usage.
`

/** `cloison join-worker`: computes points of joins for the gateway of the same organisation. */
export function joinWorkerCommand(io: CliIo): Command {
  return new Command('join-worker')
    .summary("Computes points of joins for the organisation's gateway.")
    .description(
      "Takes parts of joins from the organisation's queue and computes their points, until it is stopped. It has the key of the parts, so it is trusted as the gateway is.",
    )
    .addHelpText('before', examples)
    .requiredOption('-c, --config <file>', "the worker's YAML file")
    .action(async ({ config }: { config: string }) => {
      const say = (event: object): void => io.stdout(`${JSON.stringify(event)}\n`)
      try {
        await using worker = await startJoinWorker(config, (what) => io.stderr(`${what}\n`))
        const stopped = untilSignal()
        say({ event: 'working', tier: worker.tier, pid: process.pid })
        await stopped
      } catch (cause) {
        const isQueue = cause instanceof JoinQueueError
        const why = isQueue ? `${cause.code}: ${cause.message}` : explainNode(cause)
        io.stderr(`cloison join-worker: ${why}\n`)
        io.exit(isQueue ? EXIT.fault : exitOfNode(cause))
      }
    })
}
