import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPhoneNumber } from '../../../gateway/src/lib/phone-number.ts'

const number = '4917000000002'

/** Each is the same number. */
const spellings = {
	'plain digits': '4917000000002',
	'a plus': '+4917000000002',
	'00 in front': '004917000000002',
	'direction marks of an address book': '\u202a+49 1700 0000002\u202c',
	isolates: '\u2066+491700\u20690000002',
	'left-to-right and right-to-left marks': '\u200e+49\u200f17000000002',
	'a byte order mark': '\ufeff4917000000002',
	'zero-width spaces and joiners': '49\u200b1700\u200d0000\u2060002',
	'soft hyphens': '+49\u00ad1700\u00ad0000002',
	'a variation selector': '49\ufe0f17000000002',
	'spaces that do not break': '+49\u00a01700\u202f0000002',
	'thin, figure and ideographic spaces': '+49\u20091700\u2007000\u30000002',
	'tabs and line ends': '\t+49 1700\n0000002\r\n',
	'ASCII dashes': '+49-1700-0000002',
	'hyphens that do not break': '+49\u20111700\u20110000002',
	'figure, en and em dashes': '+49\u20121700\u2013000\u20140002',
	'a horizontal bar and a minus sign': '+49\u20151700\u22120000002',
	'full-width plus, digits and dash': '+49 1700-0000002'.replaceAll(/[+\d-]/g, (sign) =>
		String.fromCodePoint(sign.codePointAt(0)! + 0xfee0),
	),
	slashes: '+49 1700/0000002',
	dots: '+49.1700.0000002',
	brackets: '(+49) [1700] (0000002)',
	'the trunk prefix in brackets': '+49 (0) 1700 0000002',
	'the trunk prefix without a space': '0049(0)1700/0000002',
	'the trunk prefix after a bracket': '(+49)(0)1700-0000002',
	'a tel: URI': 'tel:+49-1700-0000002',
	'a TEL: URI in capitals': ' TEL:004917000000002',
	'Arabic-Indic digits': '+٤٩١٧٠٠٠٠٠٠٠٠٢',
	'Persian digits': '۴۹۱۷۰۰۰۰۰۰۰۰۲',
	'Devanagari digits': '४९१७००००००००२',
}

for (const [how, given] of Object.entries(spellings)) {
	test(`a phone number is read with ${how}`, () =>
		assert.deepEqual(readPhoneNumber(given), { digits: number }))
}

const refused: [given: string, why: RegExp][] = [
	['', /is not a phone number/],
	['\u202a\u202c', /is not a phone number/],
	['Ada', /is not a phone number/],
	['+49 1700 CALL ME', /letters/],
	['4917000000002 ext. 5', /letters/],
	['4.917E+12', /letters|more than one/],
	['4917000000002.0', /decimal/],
	['+4917000000002 / +4917000000003', /more than one/],
	['4917000000002, 4917000000003', /not a phone number/],
	['4917000000002#5', /not a phone number/],
	['0170 0000002', /no country code/],
	['(0) 170 0000002', /no country code/],
	['+0170 0000002', /no country code/],
	['1234', /as long/],
	['1234567890123456', /as long/],
]

for (const [given, why] of refused) {
	test(`${JSON.stringify(given)} is refused, with the reason`, () => {
		const read = readPhoneNumber(given)
		assert.match('why' in read ? read.why : `read as ${read.digits}`, why)
	})
}
