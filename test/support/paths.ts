import { fileURLToPath } from 'node:url'

const inRepository = (path: string): string =>
	fileURLToPath(new URL(`../../${path}`, import.meta.url))

export const ROOT = inRepository('')
export const CACHE = inRepository('.cache')
export const N8N = inRepository('test/n8n')
export const LINT = inRepository('test/lint')
export const SCREENS = inRepository('test/screens')
export const KUBERNETES = inRepository('test/kubernetes')
