import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { canonicalBytes, decodeUtf8 } from '../../bytes/index.ts'
import type { HeldLog, MonitorFinding } from '../../log/verify/index.ts'
import { folderFiles } from '../../platform/index.ts'

/** What a monitor remembers of one log, in a folder of its own. Each write is atomic and on disk. */
export interface MonitorState {
  readonly folder: string
  /** What was found good last, `undefined` before the first time. */
  held(): Promise<HeldLog | undefined>
  hold(log: HeldLog): Promise<void>
  /** Keeps the notes of a finding and its sentence; resolves with their paths. Never replaces any. */
  keepEvidence(finding: MonitorFinding, nowMs: number): Promise<readonly string[]>
}

/** A name for a target's folder that people recognise, and no two targets share. */
function folderName(target: string): string {
  const readable = target.replaceAll(/[^A-Za-z0-9.]+/g, '-').replaceAll(/^[-.]+|[-.]+$/g, '')
  const digest = createHash('sha256').update(target).digest('hex').slice(0, 8)
  return `${readable.slice(-60)}-${digest}`
}

/** The state of one target below the monitor's folder; made when it is first written to. */
export function monitorState(root: string, target: string): MonitorState {
  const folder = join(root, folderName(target))
  const files = folderFiles(folder)
  return {
    folder,
    async held() {
      const note = await files.read('checkpoint')
      if (note === undefined) return undefined
      return {
        checkpoint: decodeUtf8(note),
        isClosed: (await files.read('closed')) !== undefined,
      }
    },
    async hold({ checkpoint, isClosed }) {
      const bytes = new TextEncoder().encode(checkpoint)
      await files.replace('checkpoint', bytes)
      if (isClosed) await files.replace('closed', bytes)
    },
    async keepEvidence({ code, sentence, notes }, nowMs) {
      const time = new Date(nowMs).toISOString().replaceAll(/[:.]/g, '-')
      const place = `evidence/${time}-${code.toLowerCase()}`
      const kept: string[] = []
      for (const { name, bytes } of notes) {
        await files.replace(`${place}/${name}`, bytes)
        kept.push(join(folder, place, name))
      }
      await files.replace(`${place}/finding.json`, canonicalBytes({ code, sentence, atMs: nowMs }))
      kept.push(join(folder, place, 'finding.json'))
      return kept
    },
  }
}
