import { useState } from 'preact/hooks'
import { Problem } from '../data/api.ts'

/**
 * What a button or a form does: whether it is under way, and what went wrong.
 * @example
 * const save = useAction(async () => { await ask('PATCH', path, { name }) })
 * <Button disabled={save.isBusy} onClick={save.run}>Save</Button>
 * {save.problem && <Notice kind="bad">{save.problem.message}</Notice>}
 */
export function useAction<Args extends unknown[]>(act: (...args: Args) => Promise<unknown>) {
	const [isBusy, setBusy] = useState(false)
	const [problem, setProblem] = useState<Problem>()

	async function run(...args: Args): Promise<void> {
		setBusy(true)
		setProblem(undefined)
		try {
			await act(...args)
		} catch (error) {
			if (!(error instanceof Problem)) throw error
			setProblem(error)
		} finally {
			setBusy(false)
		}
	}

	return { run, isBusy, problem }
}
