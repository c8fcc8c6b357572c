import { useState } from 'preact/hooks'
import type { ChatView } from '../../src/sandbox/view/bubble.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { Menu } from '../parts/menu.tsx'
import { Faults } from './faults.tsx'
import { LinkNumber } from './link-number.tsx'
import { NewChat } from './new-chat.tsx'
import { NewGroup } from './new-group.tsx'
import { NewPerson } from './new-person.tsx'
import { NewStatus } from './new-status.tsx'
import type { PhoneState } from './state.ts'

type Open = 'link' | 'chat' | 'person' | 'group' | 'status' | 'faults' | undefined

/** What can be begun below the chats. */
export function SideFoot({ state, chat }: { state: PhoneState; chat: ChatView | undefined }) {
	const [open, setOpen] = useState<Open>()
	const close = () => setOpen(undefined)
	return (
		<footer class="foot">
			<div class="row">
				<Button kind="plain" onClick={() => setOpen('chat')}>
					<Icon name="plus" /> New chat
				</Button>
				<Button kind="plain" onClick={() => setOpen('person')}>
					New person
				</Button>
				<Menu label="More to begin" face={<Icon name="more" />}>
					<Button kind="plain" onClick={() => setOpen('group')}>
						New group or channel
					</Button>
					<Button kind="plain" onClick={() => setOpen('status')}>
						New status
					</Button>
					<Button kind="plain" onClick={() => setOpen('link')}>
						Link a number
					</Button>
					<a class="button plain" href="/console">
						Console
					</a>
				</Menu>
			</div>
			<Button kind="plain" class="wrong" onClick={() => setOpen('faults')}>
				<Icon name="bolt" /> Make something go wrong
			</Button>
			{open === 'link' && <LinkNumber state={state} close={close} />}
			{open === 'chat' && <NewChat state={state} close={close} />}
			{open === 'group' && <NewGroup state={state} close={close} />}
			{open === 'status' && <NewStatus state={state} close={close} />}
			{open === 'person' && <NewPerson close={close} />}
			{open === 'faults' && <Faults state={state} chat={chat} close={close} />}
		</footer>
	)
}
