import { useRef, useState } from 'preact/hooks'
import { ask } from '../data/api.ts'
import type { SessionView } from '../data/console-state.ts'
import { Button } from '../parts/button.tsx'
import { Copy } from '../parts/copy.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Field } from '../parts/field.tsx'
import { Notice } from '../parts/notice.tsx'
import { useAction } from '../parts/use-action.ts'
import { DeleteNumber } from './delete-number.tsx'

type MenuProps = { session: SessionView; isLive: boolean }
type Asked = 'copy' | 'rename' | 'logout' | 'delete' | undefined

/** What can be done with a number besides its one button. */
export function NumberMenu({ session, isLive }: MenuProps) {
	const [asked, setAsked] = useState<Asked>()
	const menu = useRef<HTMLDetailsElement>(null)
	function choose(next: Asked) {
		menu.current!.open = false
		// What was pressed is hidden now: the focus comes back here after the dialog.
		menu.current!.querySelector('summary')!.focus()
		setAsked(next)
	}
	const close = () => setAsked(undefined)
	return (
		<>
			<details
				class="menu"
				ref={menu}
				onKeyDown={({ key }) => key === 'Escape' && menu.current!.removeAttribute('open')}
			>
				<summary class="button plain icon" aria-label={`More for ${session.name}`}>
					⋯
				</summary>
				<div class="menu-items">
					<Button kind="plain" onClick={() => choose('copy')}>
						Copy id
					</Button>
					<Button kind="plain" disabled={!isLive} onClick={() => choose('rename')}>
						Rename
					</Button>
					<Button kind="plain" disabled={!isLive || !session.me} onClick={() => choose('logout')}>
						Log out
					</Button>
					<Button kind="plain" disabled={!isLive} onClick={() => choose('delete')}>
						Delete
					</Button>
				</div>
			</details>
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
	const rename = useAction(async (name: string) => {
		await ask('PATCH', pathOf(session), { name })
		close()
	})
	return (
		<Dialog title="Rename" onClose={close}>
			<form
				class="stack"
				onSubmit={(event) => {
					event.preventDefault()
					void rename.run(String(new FormData(event.currentTarget).get('name')))
				}}
			>
				<Field label="Name" error={rename.problem?.message}>
					{(attributes) => (
						<input {...attributes} name="name" value={session.name} required maxLength={100} />
					)}
				</Field>
				<div class="row">
					<Button kind="main" type="submit" disabled={rename.isBusy}>
						Rename
					</Button>
					<Button onClick={close}>Cancel</Button>
				</div>
			</form>
		</Dialog>
	)
}

function LogOut({ session, close }: AskedProps) {
	const logOut = useAction(async () => {
		await ask('POST', `${pathOf(session)}/logout`)
		close()
	})
	return (
		<Dialog title={`Log out ${session.name}?`} onClose={close}>
			<p>The phone forgets this gateway; linking again needs a scan. Webhooks and keys stay.</p>
			{logOut.problem && <Notice kind="bad">{logOut.problem.message}</Notice>}
			<div class="row">
				<Button autofocus onClick={close}>
					Stay linked
				</Button>
				<Button sends kind="danger" disabled={logOut.isBusy} onClick={logOut.run}>
					Log out
				</Button>
			</div>
		</Dialog>
	)
}
