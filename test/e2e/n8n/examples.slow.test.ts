import { after, afterEach, before, describe } from 'node:test'
import { conversations } from './examples/conversations.ts'
import { files } from './examples/files.ts'
import { groups } from './examples/groups.ts'
import { orders } from './examples/orders.ts'
import { INSTALLING, openShop, type Shop } from './examples/shop.ts'

// One file, because an n8n takes longer to start than all examples to run.
describe('The examples in a real n8n', { timeout: INSTALLING }, () => {
	let shop: Shop

	before(async () => {
		shop = await openShop()
	})
	afterEach(() => shop.tidy())
	after(() => shop?.close())

	conversations(() => shop)
	orders(() => shop)
	groups(() => shop)
	files(() => shop)
})
