import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'

/** The accessible name of what has the focus, as its label, its text or `aria-label` say. */
const FOCUSED = `(() => {
	const element = document.activeElement
	const named = element.getAttribute('aria-label') ?? element.labels?.[0]?.innerText ?? element.innerText
	return (named ?? '').trim()
})()`

/** Whether what has the focus has this name. */
export const isFocused = async (page: Page, name: string) => (await page.evaluate(FOCUSED)) === name

/** Presses Tab until something has the focus. */
export const tabTo = (page: Page, name: string) => pressUntil(page, 'Tab', name)

/** The same, backwards. */
export const tabBackTo = (page: Page, name: string) => pressUntil(page, 'Shift+Tab', name)

async function pressUntil(page: Page, key: string, name: string): Promise<void> {
	for (let count = 0; count < 80; count++) {
		if (await isFocused(page, name)) return
		await page.keyboard.press(key)
	}
	assert.fail(`${key} does not reach ${name}`)
}

/** Types into what has the focus, and presses a key then. */
export async function type(page: Page, text: string, last?: string): Promise<void> {
	await page.keyboard.type(text)
	if (last) await page.keyboard.press(last)
}

/** Goes to something by Tab and presses Enter. */
export async function go(page: Page, name: string): Promise<void> {
	await tabTo(page, name)
	await page.keyboard.press('Enter')
}
