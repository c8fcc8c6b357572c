import type { EventName } from './names.ts'

/** An event of WAHA: its name and what it says. */
export type Told = { name: EventName | 'webhook.test'; payload: unknown }
