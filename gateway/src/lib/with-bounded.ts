/**
 * A list without the oldest of somebody's items, so that they have room for one more of `max`: who makes many must not
 * push out what others have.
 * @param items oldest first
 * @param isOwn whether an item is theirs
 */
export function withBounded<Item>(
	items: Item[],
	isOwn: (item: Item) => boolean,
	max: number,
): Item[] {
	let surplus = items.filter(isOwn).length + 1 - max
	return items.filter((item) => !isOwn(item) || surplus-- <= 0)
}
