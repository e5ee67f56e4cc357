import { Command } from 'commander'
import { canonicalBytes } from '../../bytes/index.ts'
import { readKeyFile } from '../../node/index.ts'
import {
  type IdentityRequest,
  openIdentity,
  openShare,
  readIdentityRequest,
  readIdentityShare,
} from '../../person/index.ts'
import { aesGcm, systemRandomness } from '../../platform/index.ts'
import type { CliIo } from '../cli-io.ts'
import { requireLogged } from './look-up-opening.ts'
import {
  readIdentityFile,
  requireBox,
  requireNew,
  runHolder,
  writeSecret,
} from './identity-file.ts'

const shareExamples = `
Examples:
  $ cloison log verify https://housing.example/log/2026h2
  $ cloison identity open-share request.json --log https://housing.example/log/2026h2 \\
      --key /media/stick/sealing.key --out share.json

For the first of the two holders, on a machine of their own. The opening must stand in the published log, at
a URL or in a copied folder; verify that log first.
Exit codes: 0 done, 1 fault, 2 usage, 3 the opening is not in the log, or a part belongs to something else.
`

const openExamples = `
Examples:
  $ cloison identity open request.json --log copied/log --key /media/stick/sealing.key --share share.json

For the second of the two holders, with the share of the first. Prints the official's id.
Exit codes: 0 done, 1 fault, 2 usage, 3 the opening is not in the log, or a part belongs to something else.
`

async function readRequest(
  path: string,
  { log }: { readonly log: string },
  io: CliIo,
): Promise<IdentityRequest> {
  const request = readIdentityRequest(await readIdentityFile(path))
  const { opening, entry, of } = request
  io.stderr(
    `Entry ${entry.index} of ${entry.log}: official ${of.official ?? ''} asked "${of.provider}". Opened by entry ${opening.index} of ${opening.log}.\n`,
  )
  await requireLogged(opening, log)
  return request
}

interface ShareFlags {
  readonly log: string
  readonly key: string
  readonly out: string
}

async function share(path: string, flags: ShareFlags, io: CliIo): Promise<void> {
  const { key, out } = flags
  const box = requireBox()
  const request = await readRequest(path, flags, io)
  await requireNew(out)
  const opened = openShare(request, await readKeyFile(key), { box })
  await writeSecret(out, canonicalBytes({ ...opened }))
  io.stdout(`The share of the ${opened.holder} is in ${out}; it is for the other holder alone.\n`)
}

/** `cloison identity open-share`: the first holder's half. */
export function openShareCommand(io: CliIo): Command {
  return new Command('open-share')
    .summary('Opens the half of the first holder.')
    .description('Opens the first holder’s half of a request, for the second holder.')
    .addHelpText('before', shareExamples)
    .argument('<request>', 'what "identity request" wrote')
    .requiredOption('--log <target>', 'the published log, a URL or a folder')
    .requiredOption('--key <file>', 'the own sealing key')
    .requiredOption('--out <file>', 'where the share goes; never overwritten')
    .action((path: string, flags: ShareFlags) =>
      runHolder('identity open-share', io, () => share(path, flags, io)),
    )
}

interface OpenFlags {
  readonly log: string
  readonly key: string
  readonly share: string
}

async function open(path: string, flags: OpenFlags, io: CliIo): Promise<void> {
  const deps = { box: requireBox(), aead: aesGcm(systemRandomness) }
  const request = await readRequest(path, flags, io)
  const first = readIdentityShare(await readIdentityFile(flags.share))
  const secretKey = await readKeyFile(flags.key)
  io.stdout(`${openIdentity(request, { secretKey, first }, deps)}\n`)
}

/** `cloison identity open`: the second holder opens the identity. */
export function openCommand(io: CliIo): Command {
  return new Command('open')
    .summary('Opens the identity, for the second holder.')
    .description('Joins both halves of a request and prints the official’s id.')
    .addHelpText('before', openExamples)
    .argument('<request>', 'what "identity request" wrote')
    .requiredOption('--log <target>', 'the published log, a URL or a folder')
    .requiredOption('--key <file>', 'the own sealing key')
    .requiredOption('--share <file>', 'what the first holder gave')
    .action((path: string, flags: OpenFlags) =>
      runHolder('identity open', io, () => open(path, flags, io)),
    )
}
