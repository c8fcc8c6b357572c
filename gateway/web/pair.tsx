import { render } from 'preact'
import './style.css'
import { PairingPage } from './pair/index.tsx'
import { linkOfAddress, takeToken } from './pair/address.ts'

render(<PairingPage token={takeToken()} link={linkOfAddress()} />, document.getElementById('app')!)
