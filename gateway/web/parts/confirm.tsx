import type { ComponentChildren } from 'preact'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Notice } from './notice.tsx'
import { useAction } from './use-action.ts'

type ConfirmProps = {
	title: string
	/** On the button that does nothing, which has the focus. */
	keep: string
	/** On the button that does it. */
	go: string
	/** False until everything is filled in that it asks for. */
	isReady?: boolean
	act(): Promise<unknown>
	close(): void
	children: ComponentChildren
}

/** Asks before something that nothing brings back. */
export function Confirm({ title, keep, go, isReady = true, act, close, children }: ConfirmProps) {
	const { run, isBusy, problem } = useAction(async () => {
		await act()
		close()
	})
	return (
		<Dialog title={title} onClose={close}>
			{children}
			{problem && <Notice kind="bad">{problem.message}</Notice>}
			<div class="row">
				<Button autofocus onClick={close}>
					{keep}
				</Button>
				<Button sends kind="danger" disabled={!isReady || isBusy} onClick={run}>
					{go}
				</Button>
			</div>
		</Dialog>
	)
}
