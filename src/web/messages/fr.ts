import type { en } from './en.ts'
import { abuses } from './fr/abuses.ts'
import { administrator } from './fr/administrator.ts'
import { agreements } from './fr/agreements.ts'
import { analyst } from './fr/analyst.ts'
import { caseworker } from './fr/caseworker.ts'
import { complaint } from './fr/complaint.ts'
import { changeSentences } from './fr/change-sentences.ts'
import { compose } from './fr/compose.ts'
import { consent } from './fr/consent.ts'
import { demoHome } from './fr/demo-home.ts'
import { doctorSentences } from './fr/doctor-sentences.ts'
import { gateSentences } from './fr/gate-sentences.ts'
import { inspector } from './fr/inspector.ts'
import { joins } from './fr/joins.ts'
import { laws } from './fr/laws.ts'
import { linkSentences } from './fr/link-sentences.ts'
import { lintSentences } from './fr/lint-sentences.ts'
import { officeReports } from './fr/office-reports.ts'
import { officer } from './fr/officer.ts'
import { personList } from './fr/person-list.ts'
import { person } from './fr/person.ts'
import { problemAdvice } from './fr/problem-advice.ts'
import { problemSentences } from './fr/problem-sentences.ts'
import { refusals } from './fr/refusals.ts'
import { report } from './fr/report.ts'
import { reportSentences } from './fr/report-sentences.ts'
import { requests } from './fr/requests.ts'
import { shell } from './fr/shell.ts'
import { signIn } from './fr/sign-in.ts'
import { verify } from './fr/verify.ts'
import { vocabulary } from './fr/vocabulary.ts'

/** Every message, in French. */
export const fr: Readonly<Record<keyof typeof en, string>> = {
  ...shell,
  ...demoHome,
  ...caseworker,
  ...analyst,
  ...joins,
  ...person,
  ...personList,
  ...verify,
  ...vocabulary,
  ...laws,
  ...refusals,
  ...requests,
  ...signIn,
  ...consent,
  ...abuses,
  ...report,
  ...reportSentences,
  ...agreements,
  ...officeReports,
  ...officer,
  ...compose,
  ...lintSentences,
  ...changeSentences,
  ...problemSentences,
  ...problemAdvice,
  ...doctorSentences,
  ...linkSentences,
  ...gateSentences,
  ...complaint,
  ...administrator,
  ...inspector,
}
