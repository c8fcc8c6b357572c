import type { ComponentChildren } from 'preact'
import { Button } from './button.tsx'
import { Notice } from './notice.tsx'
import { useAction } from './use-action.ts'

type FormProps = {
	/** On the button that submits it. */
	submit: string
	/** Gets what was filled in. */
	act(form: FormData): Promise<unknown>
	/** Puts a dialog away without doing anything. */
	cancel?: () => void
	/** The fields. `errorOf` says what is wrong with one of them, by its name in the API or the start of it. */
	children(errorOf: (field: string) => string | undefined): ComponentChildren
}

/**
 * A form with its fields, what went wrong, and its buttons. A problem that no field shows stands above the buttons.
 * @example
 * <Form submit="Save" act={save} cancel={close}>
 *   {(errorOf) => <Field label="Name" error={errorOf('name')}>{…}</Field>}
 * </Form>
 */
export function Form({ submit, act, cancel, children }: FormProps) {
	const { run, isBusy, problem } = useAction(act)
	let isShown = false
	function errorOf(field: string) {
		if (!problem?.field?.startsWith(field)) return undefined
		isShown = true
		return problem.message
	}
	return (
		<form
			class="stack"
			onSubmit={(event) => {
				event.preventDefault()
				void run(new FormData(event.currentTarget))
			}}
		>
			{children(errorOf)}
			{problem && !isShown && <Notice kind="bad">{problem.message}</Notice>}
			<div class="row">
				<Button kind="main" type="submit" disabled={isBusy}>
					{submit}
				</Button>
				{cancel && <Button onClick={cancel}>Cancel</Button>}
			</div>
		</form>
	)
}
