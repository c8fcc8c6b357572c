import { z } from '@hono/zod-openapi'

/** The languages in which the page of a link can speak; each has a file in `gateway/web/pair/words`. */
export const linkLanguage = z.enum(['en', 'de', 'es', 'fr', 'id', 'it', 'pt-BR'])

export type LinkLanguage = z.output<typeof linkLanguage>
