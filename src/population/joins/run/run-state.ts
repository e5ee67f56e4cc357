import {
  type HolderState,
  type InspectorState,
  inspectorStateParts,
  readInspectorState,
  holderStateParts,
  JoinError,
  listsOfHead,
  readHolderState,
  readTallyState,
  type StateParts,
  type TallyState,
  tallyStateParts,
} from '../../psi/index.ts'
import type { RunFiles } from './run-files.ts'

/** The state of a run at one of its parties. */
export type RunState =
  | { readonly role: 'holder'; readonly state: HolderState }
  | { readonly role: 'tally'; readonly state: TallyState }
  | { readonly role: 'inspector'; readonly state: InspectorState }

const headFile: Readonly<Record<RunState['role'], string>> = {
  holder: 'head.holder',
  tally: 'head.tally',
  inspector: 'head.inspector',
}

const roles: readonly RunState['role'][] = ['holder', 'tally', 'inspector']

/** The pieces of a state: its head, and its lists by name. */
function partsOfRun(run: RunState): StateParts {
  switch (run.role) {
    case 'holder':
      return holderStateParts(run.state)
    case 'tally':
      return tallyStateParts(run.state)
    case 'inspector':
      return inspectorStateParts(run.state)
  }
}

/** Writes what is new of a state, its head last: a crash before that leaves the state that was. */
export function saveRunState(files: RunFiles, run: RunState): void {
  const { head, lists } = partsOfRun(run)
  for (const [name, read] of lists) if (!files.has(name)) files.write(name, read())
  files.write(headFile[run.role], head)
}

/**
 * Reads the state of a run; `undefined` where none was written. Its lists must be there, and are read where a step needs them.
 *
 * @throws {@link JoinError} `STATE_INVALID`, `STATE_DAMAGED`; the latter also later, where a list is read
 */
export function loadRunState(files: RunFiles): RunState | undefined {
  const role = roles.find((one) => files.has(headFile[one]))
  const head = role && files.read(headFile[role])
  if (role === undefined || head === undefined) return undefined
  const parts = { head, lists: readLists(files, head) }
  switch (role) {
    case 'holder':
      return { role, state: readHolderState(parts) }
    case 'tally':
      return { role, state: readTallyState(parts) }
    case 'inspector':
      return { role, state: readInspectorState(parts) }
  }
}

function readLists(files: RunFiles, head: Uint8Array): StateParts['lists'] {
  const missing = (): JoinError => new JoinError('STATE_INVALID', 'a list of a run is missing')
  const lists = new Map<string, () => Uint8Array>()
  for (const name of listsOfHead(head) ?? []) {
    if (files.length(name) === undefined) throw missing()
    lists.set(name, () => {
      const bytes = files.read(name)
      if (bytes === undefined) throw missing()
      return bytes
    })
  }
  return lists
}
