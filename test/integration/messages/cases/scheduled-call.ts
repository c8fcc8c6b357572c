import type { Case } from '../support/conversation.ts'

export const cases: Case[] = [
	{
		send: { scheduled_timestamp_ms: 1_700_000_000_000, title: 'Weekly Team Sync' },
		arrives: {
			scheduledCallCreationMessage: {
				scheduledTimestampMs: 1_700_000_000_000,
				callType: 'VOICE',
				title: 'Weekly Team Sync',
			},
		},
		receive: {
			scheduledCallCreationMessage: {
				scheduledTimestampMs: 1_893_456_000_000,
				callType: 2,
				title: 'Review',
			},
		},
		event: {
			type: 'scheduled-call',
			text: 'Review',
			scheduled_timestamp_ms: 1_893_456_000_000,
			call_type: 'video',
			title: 'Review',
		},
	},
	{
		send: { scheduled_timestamp_ms: 1_700_000_000_000, call_type: 'video' },
		arrives: {
			scheduledCallCreationMessage: {
				scheduledTimestampMs: 1_700_000_000_000,
				callType: 'VIDEO',
			},
		},
	},
]
