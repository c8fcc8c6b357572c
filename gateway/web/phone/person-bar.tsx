import { ModeSwitch } from '../parts/mode-switch.tsx'
import { Switch } from '../parts/switch.tsx'
import { does } from './acts.ts'
import { openChat } from './place.ts'
import type { PhoneState } from './state.ts'

/** Whose phone it is, and whether it is online. */
export function PersonBar({ state: { person = '', people, isLive } }: { state: PhoneState }) {
	const isOnline = people[person]?.online ?? true
	const all = Object.values(people)
	return (
		<header class="bar person-bar">
			<div>
				<h1>
					<label for="person">Simulated phone of</label>
					<span class="hidden"> {people[person]?.name}</span>
				</h1>
				<select
					id="person"
					value={person}
					onChange={({ currentTarget }) => openChat(currentTarget.value)}
				>
					{!people[person] && <option value={person}>{person}</option>}
					{all.map(({ phone, name, sessions }) => (
						<option key={phone} value={phone}>
							{name}
							{sessions.length ? ` (linked: ${sessions.join(', ')})` : ''}
						</option>
					))}
				</select>
			</div>
			<Switch
				label="Online"
				isOn={isOnline}
				disabled={!isLive}
				onChange={(isOn) => does(isOn ? 'online' : 'offline')}
			/>
			<ModeSwitch />
		</header>
	)
}
