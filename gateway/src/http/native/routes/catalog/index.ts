import { orderRoutes } from './orders.ts'
import { productRoutes } from './products.ts'
import { catalogReadRoutes } from './read.ts'

/** What businesses sell, and what is ordered of it. */
export const catalogRoutes = [...catalogReadRoutes, ...productRoutes, ...orderRoutes]
