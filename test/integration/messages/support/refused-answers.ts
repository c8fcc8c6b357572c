import type { Refused } from './conversation.ts'

const id = '3EB0ABC123'
const button = { selected_button_id: 'b', selected_display_text: 'B' }
const row = { title: 'R', selected_row_id: 'r' }
const flow = { name: 'quick_reply', params_json: '{}' }
const template = { selected_id: 'b', selected_display_text: 'B' }
const vote = { poll_message_id: id, selected_options: ['a'] }
const response = { event_message_id: id, response: 'going' }

/** What answers, and what is done to other messages, cannot be. */
export const refusedAnswers: Record<string, Refused[]> = {
	'buttons-response': [
		['no button', { selected_display_text: 'B' }, 'selected_button_id'],
		['an empty label', { ...button, selected_display_text: '' }, 'selected_display_text'],
	],
	'list-response': [
		['no title', { selected_row_id: 'r' }, 'title'],
		['no row', { ...row, selected_row_id: undefined }, 'selected_row_id'],
		['a long description', { ...row, description: 'x'.repeat(1_025) }, 'description'],
	],
	'interactive-response': [
		['no kind', { params_json: '{}' }, 'name'],
		['parameters that are no JSON', { ...flow, params_json: '{id}' }, 'params_json'],
		['parameters as an object', { ...flow, params_json: {} }, 'params_json'],
		['half a version', { ...flow, version: 2.5 }, 'version'],
	],
	'template-button-reply': [
		['no button', { selected_display_text: 'B' }, 'selected_id'],
		['an index before the first', { ...template, selected_index: -1 }, 'selected_index'],
	],
	'poll-update': [
		['no poll', { selected_options: ['a'] }, 'poll_message_id'],
		['no options', { poll_message_id: id }, 'selected_options'],
		['an empty option', { ...vote, selected_options: [''] }, 'selected_options.0'],
		['too many options', { ...vote, selected_options: Array(13).fill('a') }, 'selected_options'],
		['half of an encrypted vote', { ...vote, enc_payload: 'AQID' }, 'enc_iv'],
		['an IV in no base64', { ...vote, enc_iv: 'ü', enc_payload: 'AQID' }, 'enc_iv'],
	],
	'event-response': [
		['no event', { response: 'going' }, 'event_message_id'],
		['another response', { ...response, response: 'perhaps' }, 'response'],
		['less than no guest', { ...response, extra_guests: -1 }, 'extra_guests'],
	],
	edit: [
		['no message', { text: 'x' }, 'message_id'],
		['no text', { message_id: id }, 'text'],
		['an empty text', { message_id: id, text: '' }, 'text'],
	],
	react: [
		['no message', { emoji: '👍' }, 'message_id'],
		['no emoji', { message_id: id }, 'emoji'],
		['a word', { message_id: id, emoji: 'ok' }, 'emoji'],
		['a digit', { message_id: id, emoji: '1' }, 'emoji'],
		['two emoji', { message_id: id, emoji: '👍👍' }, 'emoji'],
		[
			'an author that is nobody',
			{ message_id: id, emoji: '👍', participant: 'Ann' },
			'participant',
		],
	],
	revoke: [
		['no message', {}, 'message_id'],
		['a long id', { message_id: 'x'.repeat(129) }, 'message_id'],
		['a sender that is nobody', { message_id: id, original_sender: 'Ann' }, 'original_sender'],
		['what another wrote', { message_id: id, original_sender: '4930123456' }, 'message_id'],
	],
	pin: [
		['no message', {}, 'message_id'],
		['an hour', { message_id: id, duration_seconds: 3_600 }, 'duration_seconds'],
	],
	keep: [
		['no message', {}, 'message_id'],
		['a word', { message_id: id, keep: 'yes' }, 'keep'],
	],
	forward: [
		['nothing', {}, 'message_id'],
		['a text and a message', { text: 'x', message_id: id }, 'message_id'],
		['an empty text', { text: '' }, 'text'],
	],
}
