import { chromium } from 'playwright-core'

export const openBrowser = (executablePath) =>
	chromium.launch({ executablePath, args: ['--no-sandbox'] })
