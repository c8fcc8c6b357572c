import { SECOND_MS } from '../lib/units.ts'
import { unknown, type Check, type CheckContext, type Finding, type Unready } from './check.ts'
import { checks } from './checks/index.ts'

/** A finding, and the check that it comes from. */
export type CheckResult = Pick<Check, 'name' | 'title'> & Finding

/** Each check has limits of its own; this one bounds them together. */
const PATIENCE_MS = 60 * SECOND_MS

/** Runs all checks, at the same time. @returns what they found, in their order */
export async function runChecks(context: CheckContext): Promise<CheckResult[]> {
	const stored = once(() => context.stored())
	const whatsapp = once(() => context.whatsapp())
	const found = checks.map(async (check) => {
		const findings = await withPatience(async () =>
			runCheck(check, { ...context, stored, whatsapp }),
		)
		return findings.map((finding) => ({ name: check.name, title: check.title, ...finding }))
	})
	return (await Promise.all(found)).flat()
}

/** Runs one check, unless its settings cannot be used. */
export async function runCheck(check: Check, context: CheckContext): Promise<Finding[]> {
	const unusable = check.settings?.filter((setting) => context.unusable.has(setting)) ?? []
	if (unusable.length)
		return [unknown(`This was not checked, as ${unusable.join(' and ')} cannot be used.`)]
	return [await check.run(context)].flat()
}

/** Why the gateway takes no requests; undefined if it does. Looks at the disk only. */
export async function whyUnready(context: CheckContext): Promise<Unready | undefined> {
	for (const { unready, run } of checks) {
		if (!unready) continue
		const findings = [await run(context)].flat()
		if (findings.some(({ state }) => state === 'wrong')) return unready
	}
	return undefined
}

/** All that uses the answer in one run shares it. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
	let asked: Promise<T> | undefined
	return () => (asked ??= ask())
}

/** What a check found; a check that fails says so, and holds up no other one. */
async function withPatience(run: () => Promise<Finding[]>): Promise<Finding[]> {
	let timer: NodeJS.Timeout | undefined
	const late = new Promise<Finding[]>((resolve) => {
		timer = setTimeout(() => resolve([unknown('This took too long.')]), PATIENCE_MS)
	})
	try {
		return await Promise.race([run(), late])
	} catch (error) {
		return [unknown(`This could not be checked: ${(error as Error).message}.`)]
	} finally {
		clearTimeout(timer)
	}
}
