import { type ChildProcess, spawn } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { formatVerifierKey, SIGNATURE_TYPES } from '../../src/log/index.ts'
import { makeKeyFile } from '../../src/node/index.ts'
import { claimPorts, bestEd25519, nodeMlDsa44, systemRandomness } from '../../src/platform/index.ts'
import { cliScript } from './gateway-process.ts'

/** A witness on disk, of one log. */
export interface WitnessFixture {
  readonly name: string
  readonly configPath: string
  readonly vkey: string
  /** Its ML-DSA-44 key. */
  readonly treeVkey: string
  readonly url: string
}

/** `cloison witness serve` as a process of its own. */
export interface WitnessProcess {
  readonly pid: number
  /** Resolves when the process is gone. */
  stop(): Promise<void>
}

/** Makes the key and the settings of a witness of `logVkey` in `folder`. Starts nothing. */
export async function makeWitness(folder: string, logVkey: string): Promise<WitnessFixture> {
  const name = 'witness.localhost/w1'
  const [port] = await claimPorts(1)
  const seed = await makeKeyFile(join(folder, 'keys', 'witness.key'), systemRandomness)
  const treeSeed = await makeKeyFile(join(folder, 'keys', 'witness-ml-dsa.key'), systemRandomness)
  const configPath = join(folder, 'witness.yaml')
  const settings = [
    'version: 1',
    `name: ${name}`,
    `listen: 127.0.0.1:${port}`,
    'key_file: keys/witness.key',
    'ml_dsa_key_file: keys/witness-ml-dsa.key',
    'store: { path: witness.db }',
    `logs: [${JSON.stringify(logVkey)}]`,
  ]
  await writeFile(configPath, `${settings.join('\n')}\n`)
  const publicKey = bestEd25519().publicKey(seed)
  const vkey = formatVerifierKey(name, SIGNATURE_TYPES.cosignature, publicKey)
  const treeKey = nodeMlDsa44.publicKey(treeSeed)
  const treeVkey = formatVerifierKey(name, SIGNATURE_TYPES.treeCosignature, treeKey)
  return { name, configPath, vkey, treeVkey, url: `http://127.0.0.1:${port}` }
}

/** Demands the cosignatures of both keys of the witness from a provider. */
export async function requireBothKeys(
  providerDir: string,
  { vkey, treeVkey, url }: Pick<WitnessFixture, 'vkey' | 'treeVkey' | 'url'>,
): Promise<void> {
  const path = join(providerDir, 'policy.txt')
  const [log = ''] = (await readFile(path, 'utf8')).split('\n')
  const lines = [
    log,
    `witness w1-ed25519 ${vkey} ${url}`,
    `witness w1-ml-dsa ${treeVkey} ${url}`,
    'group w1 all w1-ed25519 w1-ml-dsa',
    'quorum w1',
  ]
  await writeFile(path, `${lines.join('\n')}\n`)
}

/** Puts the witness into the policy of a provider, as the one whose cosignature is a quorum. */
export async function requireWitness(
  providerDir: string,
  { vkey, url }: WitnessFixture,
): Promise<void> {
  const path = join(providerDir, 'policy.txt')
  const [log = ''] = (await readFile(path, 'utf8')).split('\n')
  await writeFile(path, `${log}\nwitness w1 ${vkey} ${url}\nquorum w1\n`)
}

function untilListening(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    if (child.stdout === null) throw new TypeError('the witness has no output')
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.includes('"listening"')) resolve()
    })
    let told = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (told += text))
    child.once('close', () => reject(new Error(`the witness ended before it listened: ${told}`)))
  })
}

/** Starts the witness and resolves when it listens. */
export async function startWitnessProcess(fixture: WitnessFixture): Promise<WitnessProcess> {
  const args = [cliScript, 'witness', 'serve', '-c', fixture.configPath]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()))
  await untilListening(child)
  return {
    pid: child.pid ?? 0,
    async stop() {
      child.kill('SIGTERM')
      await gone
    },
  }
}
