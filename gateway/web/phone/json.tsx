import { useEffect } from 'preact/hooks'
import { useState } from 'preact/hooks'
import { ask } from '../data/api.ts'
import { Button } from '../parts/button.tsx'
import { Copy } from '../parts/copy.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Loading } from '../parts/loading.tsx'
import { Notice } from '../parts/notice.tsx'
import { useAction } from '../parts/use-action.ts'
import { phonePath } from './store.ts'

/** A message as WhatsApp sends it. */
export function Json({ id, close }: { id: string; close: () => void }) {
	const [text, setText] = useState<string>()
	const get = useAction(async () => {
		const message = await ask<object>('GET', `${phonePath()}/messages/${encodeURIComponent(id)}`)
		setText(JSON.stringify(message, null, 2))
	})
	useEffect(() => void get.run(), [id])
	return (
		<Dialog title="As JSON" onClose={close}>
			{get.problem && <Notice kind="bad">{get.problem.message}</Notice>}
			{text === undefined && !get.problem && <Loading />}
			{text !== undefined && (
				<pre data-copy tabIndex={0} aria-label="JSON">
					{text}
				</pre>
			)}
			<div class="row">
				{text !== undefined && <Copy text={text} />}
				<Button autofocus onClick={close}>
					Close
				</Button>
			</div>
		</Dialog>
	)
}
