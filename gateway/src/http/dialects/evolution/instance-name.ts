import { z } from '@hono/zod-openapi'

/** Control characters, line ends, half surrogate pairs: none can stand in an address as it is written. */
const unspeakable = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u

/** The name of a new instance. It stands in addresses, where dots alone lead somewhere else. */
export const newInstanceName = z
	.string()
	.min(1)
	.max(100)
	.refine((name) => !unspeakable.test(name), 'must not have control characters or line ends')
	.refine((name) => /[^\s.]/.test(name), 'must have a character besides dots and spaces')
