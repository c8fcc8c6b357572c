import { ask } from '../../data/api.ts'
import type { WebhookView } from '../../data/console-state.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Notice } from '../../parts/notice.tsx'
import { useAction } from '../../parts/use-action.ts'
import { settingsOf, WebhookFields } from './webhook-fields.tsx'

type FormProps = { webhook: WebhookView; path: string; close(): void }

/** Changes where a webhook goes and what it gets. */
export function WebhookForm({ webhook, path, close }: FormProps) {
	const save = useAction(async (form: FormData) => {
		await ask('PATCH', path, settingsOf(form))
		close()
	})
	return (
		<Dialog title="Change the webhook" onClose={close}>
			<form
				class="stack"
				onSubmit={(event) => {
					event.preventDefault()
					void save.run(new FormData(event.currentTarget))
				}}
			>
				<WebhookFields url={webhook.url} events={webhook.events} problem={save.problem} />
				{save.problem && !save.problem.field && <Notice kind="bad">{save.problem.message}</Notice>}
				<div class="row">
					<Button kind="main" type="submit" disabled={save.isBusy}>
						Save
					</Button>
					<Button onClick={close}>Cancel</Button>
				</div>
			</form>
		</Dialog>
	)
}
