import { changeSentences, lintSentences, problemSentences } from '../../agreement/index.ts'
import { doctorSentences, gateSentences, linkSentences } from '../../sentences/index.ts'
import { abuses } from './en/abuses.ts'
import { administrator } from './en/administrator.ts'
import { agreements } from './en/agreements.ts'
import { analyst } from './en/analyst.ts'
import { caseworker } from './en/caseworker.ts'
import { complaint } from './en/complaint.ts'
import { compose } from './en/compose.ts'
import { consent } from './en/consent.ts'
import { demoHome } from './en/demo-home.ts'
import { inspector } from './en/inspector.ts'
import { joins } from './en/joins.ts'
import { laws } from './en/laws.ts'
import { officeReports } from './en/office-reports.ts'
import { officer } from './en/officer.ts'
import { personList } from './en/person-list.ts'
import { person } from './en/person.ts'
import { problemAdvice } from './en/problem-advice.ts'
import { refusals } from './en/refusals.ts'
import { report } from './en/report.ts'
import { reportSentences } from './en/report-sentences.ts'
import { requests } from './en/requests.ts'
import { shell } from './en/shell.ts'
import { signIn } from './en/sign-in.ts'
import { verify } from './en/verify.ts'
import { vocabulary } from './en/vocabulary.ts'

type English = typeof shell &
  typeof demoHome &
  typeof caseworker &
  typeof analyst &
  typeof joins &
  typeof person &
  typeof personList &
  typeof verify &
  typeof vocabulary &
  typeof laws &
  typeof refusals &
  typeof requests &
  typeof signIn &
  typeof consent &
  typeof abuses &
  typeof report &
  typeof reportSentences &
  typeof agreements &
  typeof officeReports &
  typeof officer &
  typeof inspector &
  typeof compose &
  typeof lintSentences &
  typeof changeSentences &
  typeof problemSentences &
  typeof problemAdvice &
  typeof doctorSentences &
  typeof linkSentences &
  typeof gateSentences &
  typeof complaint &
  typeof administrator

/** Every message, in English. */
export const en: English = {
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
