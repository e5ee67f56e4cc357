import { copyTables } from '../../memory-store/index.ts'
import type { GatewayDisk } from '../gateway/sim-disk.ts'
import type { SimGatewayDeps } from '../gateway/sim-gateway.ts'
import { SimNode } from '../gateway/sim-node.ts'
import type { Ground } from '../sim-ground.ts'

/** The other tree of a provider that forks: a copy of its disk at one moment, with a life of its own. */
export interface SimFork {
  readonly node: SimNode
  readonly disk: GatewayDisk
  /** Copies the provider's disk as it is now. */
  copy(): void
}

/** Makes the fork; it neither has a tree nor runs yet. */
export async function forkOf(
  { random, scheduler, faults, disks }: Ground,
  disk: GatewayDisk,
  gateway: SimGatewayDeps,
): Promise<SimFork> {
  const node = new SimNode(
    { ...gateway, disk },
    {
      name: gateway.organisation.host,
      lives: { scheduler, faults, random: random.fork('lives of the fork') },
      random: random.fork('fork'),
      onRefusal: () => undefined,
    },
  )
  return {
    node,
    disk,
    copy() {
      disk.tables = copyTables(disks.tax.tables)
      disk.head = disks.tax.head
      disk.files.clear()
      for (const [path, bytes] of disks.tax.files) disk.files.set(path, bytes)
    },
  }
}
