export { createGovernor, type Governor } from './governor.ts'
export { limitReasons, secondsUntil, sentenceOf, type LimitReason } from './reasons.ts'
export type { GovernorMode } from '../session-settings.ts'
export type { GovernorView } from './view.ts'
