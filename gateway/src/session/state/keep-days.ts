/** Retry requests come within days; idempotent answers are promised for three. */
export const KEEP_DAYS = 8
