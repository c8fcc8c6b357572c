/** A button of a native flow. */
export const flow = (name: string, parameters: object) => ({
	name,
	buttonParamsJson: JSON.stringify(parameters),
})

/** The cards of a carousel, as a business sends them, and as they are read. */
export const cards = [
	{
		header: { title: 'Red', subtitle: 'cotton', hasMediaAttachment: true },
		body: { text: 'A red shirt' },
		footer: { text: '9.99' },
		nativeFlowMessage: {
			buttons: [
				flow('quick_reply', { display_text: 'Buy', id: 'red' }),
				flow('cta_url', { display_text: 'Look', url: 'https://example.com/red' }),
				flow('cta_call', { display_text: 'Call', phone_number: '+4930123' }),
				flow('cta_copy', { display_text: 'Copy', copy_code: 'R10' }),
				flow('single_select', { title: 'Sizes', sections: [] }),
				{ name: 'broken', buttonParamsJson: '{' },
			],
		},
	},
	{},
]

export const readCards = [
	{
		title: 'Red\ncotton',
		text: 'A red shirt',
		footer: '9.99',
		buttons: [
			{ kind: 'quick_reply', label: 'Buy', id: 'red' },
			{ kind: 'url', label: 'Look', url: 'https://example.com/red' },
			{ kind: 'call', label: 'Call', phone: '+4930123' },
			{ kind: 'copy', label: 'Copy', code: 'R10' },
			{ kind: 'single_select', label: 'Sizes' },
			{ kind: 'broken', label: '' },
		],
	},
	{ buttons: [] },
]
