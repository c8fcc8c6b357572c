import { uploaded, type Refused } from './conversation.ts'

const channel = { newsletter_jid: '120363000000000000@newsletter', newsletter_name: 'News' }
const post = { ...channel, text: 'News', server_message_id: 1 }
const group = { group_jid: '120363000000000000@g.us', group_name: 'Team', invite_code: 'AbCdEfGh' }
const product = { image: uploaded.given, product_id: '1', seller_jid: '4930123456', title: 'Hat' }
const request = { currency_code: 'USD', amount1000: 1_000 }
const comment = { text: 'Yes', target_message_id: '3EB0AB' }
const call = { scheduled_timestamp_ms: 1_700_000_000_000 }
const template = { namespace: 'n', element_name: 'e' }

/** What channels, groups and trade cannot be. */
export const refusedTrade: Record<string, Refused[]> = {
	'group-invite': [
		['no group', { ...group, group_jid: undefined }, 'group_jid'],
		['a group that is a person', { ...group, group_jid: '4930123456@c.us' }, 'group_jid'],
		['a code of spaces', { ...group, invite_code: 'a b c d e f' }, 'invite_code'],
		['a link elsewhere', { ...group, invite_code: 'https://example.com/AbCdEfGh' }, 'invite_code'],
		['a date as expiration', { ...group, invite_expiration: '2030-01-31' }, 'invite_expiration'],
	],
	'newsletter-admin-invite': [
		['no channel', { newsletter_name: 'News' }, 'newsletter_jid'],
		['a channel that is a group', { ...channel, newsletter_jid: '1-2@g.us' }, 'newsletter_jid'],
		['a negative expiration', { ...channel, invite_expiration: -1 }, 'invite_expiration'],
	],
	'newsletter-follower-invite': [
		['no name', { newsletter_jid: channel.newsletter_jid }, 'newsletter_name'],
		['a long caption', { ...channel, caption: 'x'.repeat(4_097) }, 'caption'],
	],
	'newsletter-forward': [
		['no text', { ...channel, server_message_id: 1 }, 'text'],
		['no post', { ...channel, text: 'News' }, 'server_message_id'],
		['a post 0', { ...channel, text: 'News', server_message_id: 0 }, 'server_message_id'],
		['another content', { ...post, content_type: 'story' }, 'content_type'],
	],
	product: [
		['no picture', { ...product, image: undefined }, 'image'],
		['no title', { ...product, title: '' }, 'title'],
		['no seller', { ...product, seller_jid: undefined }, 'seller_jid'],
		['a seller that is a group', { ...product, seller_jid: '1-2@g.us' }, 'seller_jid'],
		['a price with decimals', { ...product, price_amount_1000: 9.99 }, 'price_amount_1000'],
		['a currency by its sign', { ...product, currency_code: '€' }, 'currency_code'],
	],
	order: [
		['no id', {}, 'order_id'],
		['a status of its own', { order_id: '1', status: 'shipped' }, 'status'],
		['half an item', { order_id: '1', item_count: 0.5 }, 'item_count'],
		['a negative total', { order_id: '1', total_amount_1000: -1 }, 'total_amount_1000'],
		[
			'a currency in lower case',
			{ order_id: '1', total_currency_code: 'usd' },
			'total_currency_code',
		],
	],
	invoice: [
		['a file that is a video', { attachment_type: 'video' }, 'attachment_type'],
		['a media type that is none', { attachment_mimetype: 'pdf' }, 'attachment_mimetype'],
	],
	'payment-invite': [
		['a service by name', { service_type: 'UPI' }, 'service_type'],
		['a service that is none', { service_type: 4 }, 'service_type'],
	],
	'request-payment': [
		['no currency', { amount1000: 1 }, 'currency_code'],
		['no amount', { currency_code: 'USD' }, 'amount1000'],
		['a negative amount', { ...request, amount1000: -1 }, 'amount1000'],
		['an amount as text', { ...request, amount1000: '1' }, 'amount1000'],
	],
	'send-payment': [
		['data that is no JSON', { transaction_data: '{key}' }, 'transaction_data'],
		['an empty request', { request_message_id: '' }, 'request_message_id'],
	],
	'cancel-payment': [['no request', {}, 'request_message_id']],
	'decline-payment': [['no request', {}, 'request_message_id']],
	comment: [
		['no text', { ...comment, text: undefined }, 'text'],
		['no message', { text: 'Yes' }, 'target_message_id'],
		['a chat that is none', { ...comment, target_chat_jid: 'Ann' }, 'target_chat_jid'],
	],
	'scheduled-call': [
		['no time', {}, 'scheduled_timestamp_ms'],
		['a time as text', { scheduled_timestamp_ms: '2030-01-31' }, 'scheduled_timestamp_ms'],
		['a call of another kind', { ...call, call_type: 'hologram' }, 'call_type'],
	],
	'scheduled-call-edit': [
		['no call', {}, 'scheduled_call_message_id'],
		['another edit', { scheduled_call_message_id: '3EB0AB', edit_type: 'postpone' }, 'edit_type'],
	],
	'request-phone-number': [['an empty reply', { reply_to: '' }, 'reply_to']],
	'share-phone-number': [['an empty reply', { reply_to: '' }, 'reply_to']],
	'limit-sharing': [['a word for yes', { limited: 'yes' }, 'limited']],
	'highly-structured': [
		['no namespace', { element_name: 'e' }, 'namespace'],
		['no template', { namespace: 'n' }, 'element_name'],
		['one parameter without a list', { ...template, params: 'Ann' }, 'params'],
	],
}
