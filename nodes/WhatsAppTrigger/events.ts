import type { INodePropertyOptions } from 'n8n-workflow'

const event = (value: string, name: string, description: string): INodePropertyOptions => ({
	name,
	value,
	description,
})

/** Everything that a gateway tells, as it calls it. */
export const events: INodePropertyOptions[] = [
	event('call.received', 'Call Received', 'Somebody calls, and how the call goes on'),
	event('channel.message', 'Channel Message', 'A channel published something'),
	event('chat.presence', 'Chat Presence', 'Somebody is typing, recording or online'),
	event('contact.identity', 'Contact Identity', 'The phone number of somebody became known'),
	event('contact.updated', 'Contact Updated', 'The name or the picture of somebody changed'),
	event('event.response', 'Event Response', 'Somebody said whether they come to an event'),
	event('group.join_request', 'Group Join Request', 'Somebody asks to join a group'),
	event('group.joined', 'Group Joined', 'This account is in a new group'),
	event('group.participants', 'Group Participants', 'Members came, went, or have another role'),
	event('group.updated', 'Group Updated', 'The name or a setting of a group changed'),
	event(
		'history.chats',
		'History: Chats',
		'The phone told, when it was linked, which chats there are',
	),
	event(
		'history.messages',
		'History: Messages',
		'The phone told, when it was linked, what was written before',
	),
	event('label.assigned', 'Label Assigned', 'A label was put on a chat or a message, or taken off'),
	event('label.edited', 'Label Edited', 'A label was made, changed or deleted'),
	event('message.deleted', 'Message Deleted', 'A message was deleted for everyone'),
	event('message.edited', 'Message Edited', 'A message was changed'),
	event('message.kept', 'Message Kept', 'A message was kept in a chat where messages disappear'),
	event('message.pinned', 'Message Pinned', 'A message was pinned or unpinned for everyone'),
	event('message.reaction', 'Message Reaction', 'Somebody reacted to a message'),
	event(
		'message.received',
		'Message Received',
		'Somebody sent a message, tapped a button or picked from a list',
	),
	event(
		'message.sent',
		'Message Sent by Phone',
		'The owner of the account wrote a message on another device',
	),
	event('message.status', 'Message Status', 'A message was delivered, read, played, or failed'),
	event('message.undecryptable', 'Message Undecryptable', 'A message came that cannot be read'),
	event('poll.vote', 'Poll Vote', 'Somebody voted in a poll'),
	event('session.pairing_code', 'Session Pairing Code', 'There is a code to type in on the phone'),
	event('session.qr', 'Session QR', 'There is a new QR code to scan'),
	event('session.status', 'Session Status', 'The account was connected, disconnected or unlinked'),
	event('status.received', 'Status Received', 'Somebody posted a status'),
]
