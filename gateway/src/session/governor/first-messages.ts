import { DAY_MS, HOUR_MS } from '../../lib/units.ts'
import type { Chats, FirstMessage } from '../state/chats.ts'
import type { Limits } from './figures.ts'
import { createSameText } from './same-text.ts'
import { createWindow } from './window.ts'

/** A place among the first messages that may go out. It is used or given back, once. */
type Place = { holders: number }

/**
 * The first messages of a session: those that went out, which the chats keep, and those that are about to. However many
 * messages go to a person at once, they count as one.
 */
export function createFirstMessages(chats: Pick<Chats, 'all'>, now: number) {
	const marks = [...chats.all().values()].flatMap(({ began }) => began ?? [])
	const firsts = marks.filter(({ at }) => at > now - DAY_MS).sort((a, b) => a.at - b.at)
	const times = firsts.map(({ at }) => at)
	const hour = createWindow(
		HOUR_MS,
		times.filter((at) => at > now - HOUR_MS),
	)
	const day = createWindow(DAY_MS, times)
	const sameText = createSameText(firsts)
	const places = new Map<string, Place>()

	return {
		/** How many went out in the last hour and day, those that are about to included. */
		used: (now: number) => ({
			hour: hour.count(now) + places.size,
			day: day.count(now) + places.size,
		}),
		/** How many are about to go out. */
		get held() {
			return places.size
		},
		/** How many went out from that time on, of the last day. */
		since: (time: number, now: number) => day.countFrom(time, now),
		/** Whether a place is held for a person. */
		isHeld: (person: string) => places.has(person),
		/** When the next one fits, for each of the limits: Unix time in milliseconds. */
		freeAt: ({ perHour, perDay }: Limits, now: number) => ({
			hour: perHour === null ? now : hour.freeAt(now, perHour, places.size),
			day: perDay === null ? now : day.freeAt(now, perDay, places.size),
		}),
		/** Holds a place for a person. */
		hold(person: string): void {
			const place = places.get(person) ?? { holders: 0 }
			place.holders++
			places.set(person, place)
		},
		/** Gives up one hold of a person's place. */
		release(person: string): void {
			const place = places.get(person)
			if (place && --place.holders === 0) places.delete(person)
		},
		/** A first message goes out. @returns to how many people its text went within a day */
		note(first: FirstMessage): number {
			hour.add(first.at)
			day.add(first.at)
			return sameText.note(first)
		},
		mostSameText: sameText.most,
	}
}

export type FirstMessages = ReturnType<typeof createFirstMessages>
