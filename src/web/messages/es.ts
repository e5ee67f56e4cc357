import type { en } from './en.ts'
import { abuses } from './es/abuses.ts'
import { administrator } from './es/administrator.ts'
import { agreements } from './es/agreements.ts'
import { analyst } from './es/analyst.ts'
import { caseworker } from './es/caseworker.ts'
import { complaint } from './es/complaint.ts'
import { changeSentences } from './es/change-sentences.ts'
import { compose } from './es/compose.ts'
import { consent } from './es/consent.ts'
import { demoHome } from './es/demo-home.ts'
import { doctorSentences } from './es/doctor-sentences.ts'
import { gateSentences } from './es/gate-sentences.ts'
import { inspector } from './es/inspector.ts'
import { joins } from './es/joins.ts'
import { laws } from './es/laws.ts'
import { linkSentences } from './es/link-sentences.ts'
import { lintSentences } from './es/lint-sentences.ts'
import { officeReports } from './es/office-reports.ts'
import { officer } from './es/officer.ts'
import { personList } from './es/person-list.ts'
import { person } from './es/person.ts'
import { problemAdvice } from './es/problem-advice.ts'
import { problemSentences } from './es/problem-sentences.ts'
import { refusals } from './es/refusals.ts'
import { report } from './es/report.ts'
import { reportSentences } from './es/report-sentences.ts'
import { requests } from './es/requests.ts'
import { shell } from './es/shell.ts'
import { signIn } from './es/sign-in.ts'
import { verify } from './es/verify.ts'
import { vocabulary } from './es/vocabulary.ts'

/** Every message, in Spanish. */
export const es: Readonly<Record<keyof typeof en, string>> = {
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
