import { z } from '@hono/zod-openapi'

/** What the n8n node offers to pick from a list. */
export type Picker = 'group' | 'community' | 'channel' | 'contact' | 'chat' | 'label'

/** The fields that people can pick from a list in the node. */
export const pickers = z.registry<{ picker: Picker }>()
