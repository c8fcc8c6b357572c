import { ask } from '../../data/api.ts'
import type { WebhookView } from '../../data/console-state.ts'
import { Dialog } from '../../parts/dialog.tsx'
import { Form } from '../../parts/form.tsx'
import { settingsOf, webhookFields } from './webhook-fields.tsx'

type FormProps = { webhook: WebhookView; path: string; close(): void }

/** Changes where a webhook goes and what it gets. */
export function WebhookForm({ webhook, path, close }: FormProps) {
	async function save(form: FormData) {
		await ask('PATCH', path, settingsOf(form))
		close()
	}
	return (
		<Dialog title="Change the webhook" onClose={close}>
			<Form submit="Save" act={save} cancel={close}>
				{(errorOf) => webhookFields(errorOf, webhook)}
			</Form>
		</Dialog>
	)
}
