import { GatewayError } from '../../errors.ts'
import type { Dialect } from './dialect.ts'
import { wafastapi } from './wafastapi/index.ts'
import { wask } from './wask/index.ts'
import { wasphere } from './wasphere/index.ts'
import { wawp } from './wawp/index.ts'

/** The APIs of other systems that the gateway can speak. */
export const dialects: readonly Dialect[] = [wask, wasphere, wawp, wafastapi]

/**
 * Those that a setting names: `all`, `none`, or their names.
 * @throws GatewayError invalid_request for a name that is none
 */
export function dialectsNamed(names: readonly string[]): readonly Dialect[] {
	if (names.includes('all')) return dialects
	return names
		.filter((name) => name !== 'none')
		.map((name) => dialects.find((dialect) => dialect.name === name) ?? refuse(name))
}

function refuse(name: string): never {
	const known = dialects.map((dialect) => dialect.name).join(', ')
	const advice = `DIALECTS names ${name}, which is none of all, none, ${known}.`
	throw new GatewayError('invalid_request', advice)
}
