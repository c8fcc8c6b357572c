type TabsProps<Name extends string> = {
	label: string
	/** The text of each tab by its name. */
	tabs: Record<Name, string>
	chosen: Name
	onChoose(name: Name): void
}

/** A choice between views of the same thing. */
export function Tabs<Name extends string>({ label, tabs, chosen, onChoose }: TabsProps<Name>) {
	return (
		<div class="tabs row" role="group" aria-label={label}>
			{(Object.entries(tabs) as [Name, string][]).map(([name, text]) => (
				<button
					key={name}
					type="button"
					class="button"
					aria-pressed={name === chosen}
					onClick={() => onChoose(name)}
				>
					{text}
				</button>
			))}
		</div>
	)
}
