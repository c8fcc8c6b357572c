import type { PhoneState } from './state.ts'

/** Boxes for everybody else; the form gets their numbers as `people`. */
export function People({ state, legend }: { state: PhoneState; legend: string }) {
	const others = Object.values(state.people).filter(({ phone }) => phone !== state.person)
	return (
		<fieldset class="boxes">
			<legend>{legend}</legend>
			{others.map(({ phone, name }) => (
				<label key={phone}>
					<input type="checkbox" name="people" value={phone} defaultChecked /> {name}
				</label>
			))}
		</fieldset>
	)
}
