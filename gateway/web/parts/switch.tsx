type SwitchProps = {
	label: string
	isOn: boolean
	disabled?: boolean
	onChange(isOn: boolean): void
}

/** Something that is on or off. */
export function Switch({ label, isOn, disabled, onChange }: SwitchProps) {
	return (
		<button
			type="button"
			role="switch"
			class="switch"
			aria-checked={isOn}
			disabled={disabled}
			onClick={() => onChange(!isOn)}
		>
			<span class="track" aria-hidden="true" />
			{label}
		</button>
	)
}
