import type { JoinTablesDesk } from './analyst/joins/join-tables-desk.ts'
import type { AdministratorDesk } from './administrator/administrator-desk.ts'
import type { PopulationDesk } from './analyst/population-desk.ts'
import type { OfficerDesk } from './officer/officer-desk.ts'
import type { OfficerReports } from './officer/reports/report-desk.ts'
import type { InspectorDesk } from './inspector/inspector-desk.ts'
import type { PublicDesk } from './public/public-desk.ts'
import type { OfficerRequests } from './requests/request-desk.ts'

/**
 * What the pages ask of one organisation's own gateway, by role: each desk sees what its role may see and no
 * more. Where a desk is absent, there is nothing at its addresses.
 */
export interface Desks {
  /** For data protection officers: requests of persons. */
  readonly requests?: OfficerRequests | undefined
  /** For analysts: tables about one register. */
  readonly population?: PopulationDesk | undefined
  /** For analysts: tables over two registers that nobody joins. */
  readonly joins?: JoinTablesDesk | undefined
  /** For the data protection officer: agreements, limits, signals. */
  readonly officer?: OfficerDesk | undefined
  /** For the data protection officer: the reports that the law asks for. */
  readonly reports?: OfficerReports | undefined
  /** For administrators: how the machine is. */
  readonly administrator?: AdministratorDesk | undefined
  /** For inspectors: what is compared, and what the logs say in public. */
  readonly inspector?: InspectorDesk | undefined
  /** For everybody: agreements in force, budgets, counts. */
  readonly open?: PublicDesk | undefined
}
