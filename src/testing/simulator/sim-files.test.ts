import { filesContract } from '../files-contract.ts'
import { simFiles } from './sim-files.ts'

filesContract('in the simulator', () =>
  Promise.resolve(simFiles(new Map(), async (_name, work) => work())),
)
