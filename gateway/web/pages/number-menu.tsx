import { useState } from 'preact/hooks'
import { ask } from '../data/api.ts'
import type { SessionView } from '../data/console-state.ts'
import { Button } from '../parts/button.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { Copy } from '../parts/copy.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Field } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { Menu } from '../parts/menu.tsx'
import { DeleteNumber } from './delete-number.tsx'

type MenuProps = { session: SessionView; isLive: boolean }
type Asked = 'copy' | 'rename' | 'logout' | 'delete' | undefined

/** What can be done with a number besides its one button. */
export function NumberMenu({ session, isLive }: MenuProps) {
	const [asked, setAsked] = useState<Asked>()
	const close = () => setAsked(undefined)
	return (
		<>
			<Menu label={`More for ${session.name}`} face="⋯">
				<Button kind="plain" onClick={() => setAsked('copy')}>
					Copy id
				</Button>
				<Button kind="plain" disabled={!isLive} onClick={() => setAsked('rename')}>
					Rename
				</Button>
				<Button kind="plain" disabled={!isLive || !session.me} onClick={() => setAsked('logout')}>
					Log out
				</Button>
				<Button kind="plain" disabled={!isLive} onClick={() => setAsked('delete')}>
					Delete
				</Button>
			</Menu>
			{asked === 'copy' && <CopyId session={session} close={close} />}
			{asked === 'rename' && <Rename session={session} close={close} />}
			{asked === 'logout' && <LogOut session={session} close={close} />}
			{asked === 'delete' && <DeleteNumber session={session} close={close} />}
		</>
	)
}

type AskedProps = { session: SessionView; close: () => void }

const pathOf = ({ id }: SessionView) => `/sessions/${encodeURIComponent(id)}`

function CopyId({ session, close }: AskedProps) {
	return (
		<Dialog title={`Id of ${session.name}`} onClose={close}>
			<div class="row">
				<code data-copy>{session.id}</code>
				<Copy text={session.id} />
			</div>
			<Button autofocus onClick={close}>
				Close
			</Button>
		</Dialog>
	)
}

function Rename({ session, close }: AskedProps) {
	async function rename(form: FormData) {
		await ask('PATCH', pathOf(session), { name: form.get('name') })
		close()
	}
	return (
		<Dialog title="Rename" onClose={close}>
			<Form submit="Rename" act={rename} cancel={close}>
				{(errorOf) => (
					<Field label="Name" error={errorOf('name')}>
						{(attributes) => (
							<input
								{...attributes}
								name="name"
								defaultValue={session.name}
								required
								maxLength={100}
							/>
						)}
					</Field>
				)}
			</Form>
		</Dialog>
	)
}

function LogOut({ session, close }: AskedProps) {
	return (
		<Confirm
			title={`Log out ${session.name}?`}
			keep="Stay linked"
			go="Log out"
			act={() => ask('POST', `${pathOf(session)}/logout`)}
			close={close}
		>
			<p>The phone forgets this gateway; linking again needs a scan. Webhooks and keys stay.</p>
		</Confirm>
	)
}
