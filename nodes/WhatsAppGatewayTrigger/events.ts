import type { INodePropertyOptions } from 'n8n-workflow'

const event = (value: string, name: string, description: string): INodePropertyOptions => ({
	name,
	value,
	description,
})

/** Every type of event of the gateway. */
export const events: INodePropertyOptions[] = [
	event('call.received', 'Call Received', 'Somebody calls, and how the call goes on'),
	event('call.rejected', 'Call Rejected', 'The gateway rejected a call'),
	event(
		'channel.admins',
		'Channel Admins',
		'Somebody became an admin of a channel, or is one no longer',
	),
	event('channel.message', 'Channel Message', 'A channel published a post'),
	event('channel.reaction', 'Channel Reaction', 'The reactions to a post of a channel changed'),
	event(
		'channel.updated',
		'Channel Updated',
		'A channel changed, or the account follows, mutes or leaves it',
	),
	event('channel.view', 'Channel View', 'A post of a watched channel was seen more often'),
	event('chat.presence', 'Chat Presence', 'A person is typing, recording or online'),
	event(
		'chat.updated',
		'Chat Updated',
		'A chat was archived, muted, pinned, marked as unread, cleared or deleted',
	),
	event('community.groups', 'Community Groups', 'Groups came into a community, or out of it'),
	event('contact.about', 'Contact About', 'The about text of a contact changed'),
	event('contact.blocked', 'Contact Blocked', 'The account blocked or unblocked a contact'),
	event(
		'contact.identity',
		'Contact Identity',
		'The phone number of a contact became known, or has a new account or new keys',
	),
	event('contact.updated', 'Contact Updated', 'The name or the picture of somebody changed'),
	event('event.response', 'Event Response', 'Somebody said whether they come to an event'),
	event('group.join_request', 'Group Join Request', 'Somebody asks to join a group'),
	event('group.joined', 'Group Joined', 'This account is in a new group'),
	event('group.left', 'Group Left', 'This account is no longer in a group'),
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
		'The phone sent messages from before the session was linked',
	),
	event(
		'label.assigned',
		'Label Assigned',
		'A label was added to or removed from a chat or a message',
	),
	event('label.edited', 'Label Edited', 'A label was created, changed or deleted'),
	event('message.deleted', 'Message Deleted', 'A message was deleted for everyone'),
	event('message.edited', 'Message Edited', 'A message was edited'),
	event('message.kept', 'Message Kept', 'A disappearing message was kept'),
	event('message.outgoing', 'Message Outgoing', 'A message that was sent with the API has left'),
	event('message.pinned', 'Message Pinned', 'A message was pinned or unpinned for everyone'),
	event(
		'message.reaction',
		'Message Reaction',
		'A reaction to a message was added, changed or removed',
	),
	event(
		'message.received',
		'Message Received',
		'A message was received; includes replies to buttons and lists',
	),
	event(
		'message.sent',
		'Message Sent by Phone',
		'A message was sent from another device of the account',
	),
	event('message.status', 'Message Status', 'A message was delivered, read, played, or failed'),
	event('message.undecryptable', 'Message Undecryptable', 'A message could not be decrypted'),
	event('poll.vote', 'Poll Vote', 'A vote in a poll was cast or changed'),
	event(
		'profile.updated',
		'Profile Updated',
		'The name, picture or about text of the account changed',
	),
	event(
		'session.limits',
		'Session Limits',
		'WhatsApp lets the account write to new people, or does not any more',
	),
	event('session.pairing_code', 'Session Pairing Code', 'A session has a pairing code'),
	event(
		'session.pairing_link',
		'Session Pairing Link',
		'A pairing link was opened, or linked a phone',
	),
	event(
		'session.passkey',
		'Session Passkey',
		'WhatsApp asks for a passkey to link the account, or goes on with it',
	),
	event('session.qr', 'Session QR', 'There is a new QR code to scan'),
	event('session.restored', 'Session Restored', 'The session goes on from a backup'),
	event('session.status', 'Session Status', 'The account was connected, disconnected or unlinked'),
	event(
		'session.version',
		'Session Version',
		'WhatsApp refused the version of the client, or takes the new one',
	),
	event('settings.updated', 'Settings Updated', 'A setting of the account changed'),
	event('status.received', 'Status Received', 'Somebody posted a status'),
]
