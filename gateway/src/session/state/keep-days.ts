/** For how many days messages are kept, unless the setting says more: retry requests come within days. */
export const KEEP_DAYS = 8

/** People answer polls and events for weeks: they, and the votes in them, are kept for so long at the least. */
const QUESTION_DAYS = 92

export const questionDays = (keepDays: number): number => Math.max(QUESTION_DAYS, keepDays)
