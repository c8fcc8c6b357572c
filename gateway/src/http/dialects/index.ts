import { GatewayError } from '../../errors.ts'
import type { Dialect } from './dialect.ts'
import { evolution } from './evolution/index.ts'
import { wafastapi } from './wafastapi/index.ts'
import { waha } from './waha/index.ts'
import { wask } from './wask/index.ts'
import { wasphere } from './wasphere/index.ts'
import { wawp } from './wawp/index.ts'

/** The APIs of other systems that the gateway can serve. WAHA's comes last: it has all below `/api`. */
export const dialects: readonly Dialect[] = [wask, wasphere, wawp, wafastapi, evolution, waha]

/**
 * The dialects that the setting DIALECTS selects.
 * @param names `all`, `none`, or names of dialects
 * @throws GatewayError invalid_request for an unknown name
 */
export function dialectsNamed(names: readonly string[]): readonly Dialect[] {
	if (names.includes('all')) return dialects
	return names.filter((name) => name !== 'none').map(dialectNamed)
}

function dialectNamed(name: string): Dialect {
	const found = dialects.find((dialect) => dialect.name === name)
	if (found) return found
	const known = dialects.map((dialect) => dialect.name).join(', ')
	const advice = `DIALECTS contains ${name}. Known are all, none, ${known}.`
	throw new GatewayError('invalid_request', advice)
}
