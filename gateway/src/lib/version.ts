import { readFileSync } from 'node:fs'

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))

/** The version of the gateway. */
export const VERSION: string = manifest.version

/** Where its repository is. */
export const HOMEPAGE: string = manifest.homepage
