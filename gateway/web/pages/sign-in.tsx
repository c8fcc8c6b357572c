import { ask } from '../data/api.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Field } from '../parts/field.tsx'
import { Notice } from '../parts/notice.tsx'
import { useAction } from '../parts/use-action.ts'

/** Asks for an API key, over the page: nothing that was typed there is lost. */
export function SignIn({ onSignedIn }: { onSignedIn(): Promise<void> }) {
	const signIn = useAction(async (key: string) => {
		await ask('POST', '/sign-in', { key })
		await onSignedIn()
	})

	function submit(event: SubmitEvent) {
		event.preventDefault()
		const form = event.currentTarget as HTMLFormElement
		void signIn.run(String(new FormData(form).get('key')))
	}

	return (
		<Dialog title="Sign in">
			{!isPrivate() && (
				<Notice kind="warn">
					This connection is not encrypted. Fine at home; elsewhere use https.
				</Notice>
			)}
			<form class="stack" onSubmit={submit}>
				<Field
					label="API key"
					hint="The gateway shows its first key in the terminal when it is started for the first time."
					error={signIn.problem?.message}
				>
					{(attributes) => (
						<input
							{...attributes}
							name="key"
							type="password"
							autocomplete="current-password"
							required
							autofocus
						/>
					)}
				</Field>
				<Button kind="main" type="submit" disabled={signIn.isBusy}>
					{signIn.isBusy ? 'Signing in…' : 'Sign in'}
				</Button>
			</form>
		</Dialog>
	)
}

// A browser takes localhost for secure as well.
const isPrivate = () => isSecureContext
