/** Unix time in seconds, as stanzas carry it. */

import { randomBytes } from 'crypto'

export const now = () => Math.floor(Date.now() / 1000)
export const newStanzaId = () => randomBytes(8).toString('hex').toUpperCase()
