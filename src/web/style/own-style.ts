import { chartStyle } from './chart-style.ts'
import { frameStyle } from './frame-style.ts'
import { homeStyle } from './home-style.ts'
import { partStyle } from './part-style.ts'

/** Our own style sheet, on top of the design system's. */
export const ownStyle: string = [frameStyle, partStyle, homeStyle, chartStyle].join('\n')
