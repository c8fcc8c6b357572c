import vm from 'node:vm'

/** A search in a text that ends in time. */
export type SafeRegexp = { test(text: string): boolean }

/** Long texts are searched so far. */
const SEARCHED = 4096
/** A thousand times what an honest pattern takes. */
const LIMIT_MS = 10
/** After so many searches that took too long a pattern is not tried any more. */
const PATIENCE = 3

/**
 * A regular expression, without regard to case, that cannot hold up the gateway: one that takes too long
 * counts as found, because an event too many does less harm than one too few.
 * @throws SyntaxError when it is none
 */
export function safeRegexp(source: string): SafeRegexp {
	const expression = new RegExp(source, 'iu')
	let late = 0
	return {
		test(text) {
			if (late >= PATIENCE) return true
			try {
				return withinLimit(() => expression.test(text.slice(0, SEARCHED)))
			} catch {
				late++
				return true
			}
		},
	}
}

const context = { run: () => false }
const script = new vm.Script('run()')

// V8 looks at the clock while it backtracks, but only on behalf of a script that has a limit. That costs
// a quarter of a millisecond.
function withinLimit(run: () => boolean): boolean {
	if (!vm.isContext(context)) vm.createContext(context)
	context.run = run
	return script.runInContext(context, { timeout: LIMIT_MS }) as boolean
}
