import type { proto } from '@whiskeysockets/baileys'
import { present, textOrNone } from './present.ts'

/** What is said of the bot that wrote a message, or that it was written to. */
export function readBot<Person>(
	bot: proto.IBotMetadata | null | undefined,
	person: (jid: string) => Person,
) {
	if (!bot) return undefined
	const { suggestedPromptMetadata: suggested, richResponseSourcesMetadata: found } = bot
	const sources = found?.sources?.map(({ sourceTitle, sourceProviderUrl }) => ({
		title: sourceTitle ?? '',
		url: sourceProviderUrl ?? '',
	}))
	return present({
		persona_id: textOrNone(bot.personaId),
		invoked_by: bot.invokerJid ? person(bot.invokerJid) : undefined,
		response_id: textOrNone(bot.botResponseId),
		disclaimer: textOrNone(bot.messageDisclaimerText),
		suggestions: suggested?.suggestedPrompts?.length ? suggested.suggestedPrompts : undefined,
		sources: sources?.length ? sources : undefined,
	})
}
