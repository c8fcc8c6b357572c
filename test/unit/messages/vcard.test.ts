import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readContent } from '../../../gateway/src/messages/index.ts'
import { cpuMsOf } from '../../support/effort.ts'

const card = (...lines: string[]) => ['BEGIN:VCARD', ...lines, 'END:VCARD'].join('\r\n')

const read = (vcard: string, displayName?: string) =>
	JSON.parse(JSON.stringify(readContent({ contactMessage: { vcard, displayName } })))

const ada = { display_name: 'Ada', phones: [{ number: '+49 151 1', phone_type: 'CELL' }] }

const cases: [what: string, lines: string[], says: object][] = [
	[
		'a number in its local form, with the one on WhatsApp',
		['VERSION:3.0', 'FN:Ada', 'TEL;type=CELL;waid=4917000000003:01700 0000003'],
		{
			...ada,
			phones: [{ number: '01700 0000003', phone_type: 'CELL', wa_id: '4917000000003' }],
		},
	],
	[
		'a name in quoted-printable',
		['VERSION:2.1', 'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Mei=C3=9Fner;Andr=C3=A9;;;'],
		{ display_name: 'André Meißner', phones: [] },
	],
	[
		'quoted-printable without the word ENCODING, over several lines',
		[
			'VERSION:2.1',
			'FN;QUOTED-PRINTABLE;CHARSET=UTF-8:Andr=C3=',
			'=A9 Mei=C3=9F=',
			'ner',
			'TEL;WORK:+49 30 1',
		],
		{ display_name: 'André Meißner', phones: [{ number: '+49 30 1', phone_type: 'WORK' }] },
	],
	[
		'another charset, and one that nobody knows',
		[
			'FN;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Andr=E9',
			'ORG;ENCODING=QUOTED-PRINTABLE;CHARSET=X-NONE:M=C3=BCller',
		],
		{ display_name: 'André', phones: [], organization: 'Müller' },
	],
	[
		'base64',
		['FN;ENCODING=b:QW5kcsOp', 'ORG;BASE64:TcO8bGxlcg=='],
		{ display_name: 'André', phones: [], organization: 'Müller' },
	],
	[
		'types without a name, several, and in lower case',
		['FN:Ada', 'TEL;VOICE;WORK:1', 'TEL;type=pref,home,voice:2', 'tel;PREF;FAX:3', 'TEL:4'],
		{
			display_name: 'Ada',
			phones: [
				{ number: '1', phone_type: 'WORK' },
				{ number: '2', phone_type: 'HOME' },
				{ number: '3', phone_type: 'FAX' },
				{ number: '4', phone_type: 'CELL' },
			],
		},
	],
	[
		'labels of groups, as iPhones write them',
		[
			'FN:Ada',
			'item1.TEL;waid=491511:+49 151 1',
			'item1.X-ABLabel:_$!<Mobile>!$_',
			'item2.TEL:+49 30 1',
			'item2.X-ABLabel:Werkstatt\\, hinten',
		],
		{
			display_name: 'Ada',
			phones: [
				{ number: '+49 151 1', phone_type: 'CELL', wa_id: '491511', label: 'Mobile' },
				{ number: '+49 30 1', phone_type: 'CELL', label: 'Werkstatt, hinten' },
			],
		},
	],
	[
		'vCard 4.0 with URIs and quoted parameters',
		[
			'VERSION:4.0',
			'FN:Ada',
			'TEL;VALUE=uri;TYPE="voice,home;x":tel:+49-30-1;ext=5',
			'TEL;VALUE=uri;TYPE=cell:tel:+49-151-1',
			'EMAIL:mailto:ada@example.com',
		],
		{
			display_name: 'Ada',
			phones: [
				{ number: '+49-30-1', phone_type: 'HOME;X' },
				{ number: '+49-151-1', phone_type: 'CELL' },
			],
			email: 'ada@example.com',
		},
	],
	[
		'folded lines and escapes',
		['FN:Ada Love', ' lace\\, Countess\\nof', '\tLovelace', 'ORG:A\\;B;C;'],
		{ display_name: 'Ada Lovelace, Countess\nofLovelace', phones: [], organization: 'A;B;C' },
	],
	[
		'a name alone',
		['N:Lovelace;Ada;King;Dr.;'],
		{ display_name: 'Dr. Ada King Lovelace', phones: [] },
	],
	[
		'an organization alone',
		['ORG:Mill;'],
		{ display_name: 'Mill', phones: [], organization: 'Mill' },
	],
	['nothing that can be read', ['::', ';', 'TEL', 'x'], { display_name: '', phones: [] }],
]

for (const [what, lines, says] of cases)
	test(`a contact is read with ${what}`, () => {
		assert.deepEqual(read(card(...lines)), {
			type: 'contact',
			contact: says,
			text: (says as { display_name: string }).display_name,
		})
	})

test('the name that WhatsApp shows goes before that of the card', () => {
	assert.equal(read(card('FN:Ada'), 'My Ada').contact.display_name, 'My Ada')
	assert.equal(read('', 'Ada').contact.display_name, 'Ada')
})

test('one contact whose card holds several people is several contacts', () => {
	const both = [card('FN:Ada', 'TEL:1'), card('FN:Carl', 'TEL:2')].join('\n')
	assert.deepEqual(read(both, '2 contacts'), {
		type: 'contacts',
		display_name: '2 contacts',
		contacts: [
			{ display_name: 'Ada', phones: [{ number: '1', phone_type: 'CELL' }] },
			{ display_name: 'Carl', phones: [{ number: '2', phone_type: 'CELL' }] },
		],
		text: 'Ada, Carl',
	})
})

test('a card of a megabyte of folded lines is read at once', async () => {
	const lines = Array.from({ length: 300_000 }, () => ' =\r\n').join('')
	const large = card(`FN;ENCODING=QUOTED-PRINTABLE:A\r\n${lines}`)
	assert.ok((await cpuMsOf(() => read(large))) < 3_000)
})
