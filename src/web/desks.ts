import type { JoinTablesDesk } from './analyst/joins/join-tables-desk.ts'
import type { PopulationDesk } from './analyst/population-desk.ts'

/**
 * What the pages ask of one organisation's own gateway, by role: each desk sees what its role may see and no
 * more. Where a desk is absent, there is nothing at its addresses.
 */
export interface Desks {
  /** For analysts: tables about one register. */
  readonly population?: PopulationDesk | undefined
  /** For analysts: tables over two registers that nobody joins. */
  readonly joins?: JoinTablesDesk | undefined
}
