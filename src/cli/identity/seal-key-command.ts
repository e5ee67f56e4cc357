import { Command } from 'commander'
import { encodeBase64 } from '../../bytes/index.ts'
import { makeKeyFile } from '../../node/index.ts'
import { systemRandomness } from '../../platform/index.ts'
import type { CliIo } from '../cli-io.ts'
import { requireBox, requireNew, runHolder } from './identity-file.ts'

const examples = `
Examples:
  $ cloison identity seal-key --out /media/stick/sealing.key

The officer and the inspector make a key each, on machines of their own, and give the organisation that asks
the line that is printed: it goes under "keys.sealing" of its cloison.yaml. The file goes to nobody.
`

/** `cloison identity seal-key`: the key of one holder. */
export function sealKeyCommand(io: CliIo): Command {
  return new Command('seal-key')
    .summary('Makes the key of one holder.')
    .description('Makes the X25519 key of one holder in a new file, and prints its public half.')
    .addHelpText('before', examples)
    .requiredOption('--out <file>', 'where the key goes; never overwritten')
    .action(({ out }: { out: string }) =>
      runHolder('identity seal-key', io, async () => {
        const box = requireBox()
        await requireNew(out)
        io.stdout(`${encodeBase64(box.publicKey(await makeKeyFile(out, systemRandomness)))}\n`)
        io.stderr(`Made in ${out}. Keep a copy apart: without it nothing sealed for it opens.\n`)
      }),
    )
}
