import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { parse } from 'yaml'
import { type NodeConfig, parseConfig } from './config.ts'
import { NodeError } from './node-error.ts'

/** Settings with every path made absolute. */
export interface LoadedConfig {
  readonly config: NodeConfig
  /** Turns a path of the file into an absolute one. */
  readonly at: (path: string) => string
}

function parseYaml(text: string, path: string): unknown {
  try {
    const value: unknown = parse(text, { version: '1.2', uniqueKeys: true })
    return value
  } catch (cause) {
    const [line = ''] = cause instanceof Error ? cause.message.split('\n', 1) : []
    const reason = line.replace(/[:.]+$/, '')
    throw new NodeError('CONFIG_UNREADABLE', `${path} is not valid YAML: ${reason}.`, { cause })
  }
}

/** A YAML file as it stands, unchecked. */
export interface YamlFile {
  readonly value: unknown
  readonly at: LoadedConfig['at']
}

/**
 * Reads a configuration file (YAML 1.2, unique keys).
 *
 * @throws {@link NodeError} `CONFIG_UNREADABLE`
 */
export async function readYamlFile(path: string): Promise<YamlFile> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new NodeError(
      'CONFIG_UNREADABLE',
      `The configuration file ${path} cannot be read; name one with -c.`,
      { cause },
    )
  })
  const folder = dirname(resolve(path))
  return { value: parseYaml(text, path), at: (relative) => resolve(folder, relative) }
}

/**
 * Reads and checks a gateway's configuration file.
 *
 * @throws {@link NodeError} `CONFIG_UNREADABLE`, `CONFIG_INVALID`
 */
export async function loadConfig(path: string): Promise<LoadedConfig> {
  const { value, at } = await readYamlFile(path)
  return { config: parseConfig(value), at }
}
